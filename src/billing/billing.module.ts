import { Module } from '@nestjs/common';
import { CitizensModule } from '../citizens';
import { LegacyModule } from '../legacy';
import { Accounts } from './accounts/accounts';
import { AccountsController } from './accounts/accounts.controller';
import { ChargeHeads } from './accounts/charge-heads';
import { Books } from './books/books';
import { ItemStore } from './books/item-store';
import { PERIOD_CONTROLLERS, PERIOD_PROVIDERS } from './periods';
import { REPORT_CONTROLLERS, REPORT_PROVIDERS } from './reports';
import { OpeningPosting } from './take-over/opening-posting';
import { TakeOverController } from './take-over/take-over.controller';
import { TakeOverJobs } from './take-over/take-over.jobs';
import { TakeOvers } from './take-over/take-over.service';

@Module({
  imports: [LegacyModule, CitizensModule],
  controllers: [AccountsController, TakeOverController, ...PERIOD_CONTROLLERS, ...REPORT_CONTROLLERS],
  providers: [
    Accounts,
    ChargeHeads,
    Books,
    ItemStore,
    OpeningPosting,
    TakeOverJobs,
    TakeOvers,
    ...PERIOD_PROVIDERS,
    ...REPORT_PROVIDERS,
  ],
  exports: [Accounts, Books, TakeOvers],
})
export class BillingModule {}
