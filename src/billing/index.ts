export { BillingModule } from './billing.module';
export { Proofs } from './reports/proof';
export { TakeOvers } from './take-over/take-over.service';
export { BillFeeders, type BillFeeder, type Calculation } from './bill-runs/feeders';
