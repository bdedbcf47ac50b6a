import { Proofs } from './proof';
import { ProofController } from './proof.controller';
import { ProofJobs } from './proof.jobs';

export const REPORT_CONTROLLERS = [ProofController];
export const REPORT_PROVIDERS = [Proofs, ProofJobs];
