export { BillingModule } from './billing.module';
export { TakeOvers } from './take-over/take-over.service';
