export { BillingModule } from './billing.module';
export { TakeOvers } from './take-over/take-over.service';
export { BillFeeders, type BilledCycle, type BillFeeder, type BillLine, type Calculation } from './bill-runs/feeders';
