export { Accounts } from './accounts/accounts';
export { BillingModule } from './billing.module';
export { Proofs } from './reports/proof';
export { TAKEN_OVER } from './take-over/take-over.jobs';
export { TakeOvers } from './take-over/take-over.service';
export { Corrections, type CorrectedLine } from './adjustments/corrections';
export type { BillDetail, InBoth } from './bill-runs/bill-content';
export { BillFeeders } from './bill-runs/feeders';
export type { BilledCycle, BilledRun, BillFeeder, BillLine, Calculation, FedBill } from './bill-runs/feeders';
