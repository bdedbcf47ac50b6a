import { Module } from '@nestjs/common';
import { CitizensModule } from '../citizens';
import { LegacyModule } from '../legacy';
import { VerificationModule } from '../verification';
import { Accounts } from './accounts/accounts';
import { AccountsController } from './accounts/accounts.controller';
import { ChargeHeads } from './accounts/charge-heads';
import { Books } from './books/books';
import { ItemStore } from './books/item-store';
import { CLEARANCE_CONTROLLERS, CLEARANCE_PROVIDERS } from './clearances';
import { PAYMENT_CONTROLLERS, PAYMENT_PROVIDERS } from './payments';
import { REPORT_CONTROLLERS, REPORT_PROVIDERS } from './reports';
import { TILL_CONTROLLERS, TILL_PROVIDERS } from './till';
import { OpeningPosting } from './take-over/opening-posting';
import { TakeOverController } from './take-over/take-over.controller';
import { TakeOverJobs } from './take-over/take-over.jobs';
import { TakeOvers } from './take-over/take-over.service';

@Module({
  imports: [LegacyModule, CitizensModule, VerificationModule],
  controllers: [
    AccountsController,
    TakeOverController,
    ...CLEARANCE_CONTROLLERS,
    ...PAYMENT_CONTROLLERS,
    ...REPORT_CONTROLLERS,
    ...TILL_CONTROLLERS,
  ],
  providers: [
    Accounts,
    ChargeHeads,
    Books,
    ItemStore,
    OpeningPosting,
    TakeOverJobs,
    TakeOvers,
    ...CLEARANCE_PROVIDERS,
    ...PAYMENT_PROVIDERS,
    ...REPORT_PROVIDERS,
    ...TILL_PROVIDERS,
  ],
  exports: [Accounts, Books, TakeOvers],
})
export class BillingModule {}
