export { Accounts } from './accounts/accounts';
export { BillingModule } from './billing.module';
export { Proofs } from './reports/proof';
export { TAKEN_OVER } from './take-over/take-over.jobs';
export { TakeOvers } from './take-over/take-over.service';
export { BillFeeders, type BillFeeder, type Calculation } from './bill-runs/feeders';
export { AccountMoves, type AccountMove } from './transfers/account-moves';
export { CollectionRates } from './reports/collection';
