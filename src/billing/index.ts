export { Accounts } from './accounts/accounts';
export { BillingModule } from './billing.module';
export { Books } from './books/books';
export { TakeOvers } from './take-over/take-over.service';
