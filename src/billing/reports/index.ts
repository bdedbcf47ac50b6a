import { AgedDebt } from './aged-debt';
import { CollectionRates } from './collection';
import { Proofs } from './proof';
import { ProofController } from './proof.controller';
import { ProofJobs } from './proof.jobs';
import { ReportsController } from './reports.controller';
import { AccountLedgers } from './statement/account-ledger';
import { AccountStatements } from './statement/account-statements';
import { AccountStatementsController } from './statement/account-statements.controller';
import { DocumentSerials } from './statement/document-serials';
import { HeldBalances } from './statement/held-balances';
import { IssuedStatements } from './statement/issued-statements';
import { IssuedStatementsController } from './statement/issued-statements.controller';
import { TrialBalances } from './trial-balance';

export const REPORT_CONTROLLERS = [
  ProofController,
  ReportsController,
  AccountStatementsController,
  IssuedStatementsController,
];
export const REPORT_PROVIDERS = [
  Proofs,
  ProofJobs,
  TrialBalances,
  AgedDebt,
  CollectionRates,
  DocumentSerials,
  AccountLedgers,
  AccountStatements,
  HeldBalances,
  IssuedStatements,
];
