import { Module } from '@nestjs/common';
import { CitizensModule } from '../citizens';
import { LegacyModule } from '../legacy';
import { Accounts } from './accounts/accounts';
import { AccountsController } from './accounts/accounts.controller';
import { ChargeHeads } from './accounts/charge-heads';
import { BILL_RUN_CONTROLLERS, BILL_RUN_PROVIDERS } from './bill-runs';
import { BillFeeders } from './bill-runs/feeders';
import { Books } from './books/books';
import { ItemStore } from './books/item-store';
import { RECURRING_CONTROLLERS, RECURRING_PROVIDERS } from './recurring';
import { OpeningPosting } from './take-over/opening-posting';
import { TakeOverController } from './take-over/take-over.controller';
import { TakeOverJobs } from './take-over/take-over.jobs';
import { TakeOvers } from './take-over/take-over.service';

@Module({
  imports: [LegacyModule, CitizensModule],
  controllers: [AccountsController, TakeOverController, ...BILL_RUN_CONTROLLERS, ...RECURRING_CONTROLLERS],
  providers: [
    Accounts,
    ChargeHeads,
    Books,
    ItemStore,
    OpeningPosting,
    TakeOverJobs,
    TakeOvers,
    ...BILL_RUN_PROVIDERS,
    ...RECURRING_PROVIDERS,
  ],
  exports: [Accounts, Books, TakeOvers, BillFeeders],
})
export class BillingModule {}
