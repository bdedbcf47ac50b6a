import { AgedDebt } from './aged-debt';
import { CollectionRates } from './collection';
import { Proofs } from './proof';
import { ProofController } from './proof.controller';
import { ProofJobs } from './proof.jobs';
import { ReportsController } from './reports.controller';
import { TrialBalances } from './trial-balance';

export const REPORT_CONTROLLERS = [ProofController, ReportsController];
export const REPORT_PROVIDERS = [Proofs, ProofJobs, TrialBalances, AgedDebt, CollectionRates];
