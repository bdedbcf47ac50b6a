export { BillingModule } from './billing.module';
export { Proofs } from './reports/proof';
export { TakeOvers } from './take-over/take-over.service';
