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
import { REPORT_CONTROLLERS, REPORT_PROVIDERS } from './reports';
import { OpeningPosting } from './take-over/opening-posting';
import { TakeOverController } from './take-over/take-over.controller';
import { TakeOverJobs } from './take-over/take-over.jobs';
import { TakeOvers } from './take-over/take-over.service';

@Module({
  imports: [LegacyModule, CitizensModule, VerificationModule],
  controllers: [AccountsController, TakeOverController, ...REPORT_CONTROLLERS, ...CLEARANCE_CONTROLLERS],
  providers: [
    Accounts,
    ChargeHeads,
    Books,
    ItemStore,
    OpeningPosting,
    TakeOverJobs,
    TakeOvers,
    ...REPORT_PROVIDERS,
    ...CLEARANCE_PROVIDERS,
  ],
  exports: [Accounts, Books, TakeOvers],
})
export class BillingModule {}
