import { Module } from '@nestjs/common';
import { CitizensModule } from '../citizens';
import { LegacyModule } from '../legacy';
import { VerificationModule } from '../verification';
import { Accounts } from './accounts/accounts';
import { AccountsController } from './accounts/accounts.controller';
import { ChargeHeads } from './accounts/charge-heads';
import { ADJUSTMENT_CONTROLLERS, ADJUSTMENT_PROVIDERS } from './adjustments';
import { Books } from './books/books';
import { ItemStore } from './books/item-store';
import { CLEARANCE_CONTROLLERS, CLEARANCE_PROVIDERS } from './clearances';
import { REPORT_CONTROLLERS, REPORT_PROVIDERS } from './reports';
import { PENALTY_CONTROLLERS, PENALTY_PROVIDERS } from './penalties';
import { PLAN_CONTROLLERS, PLAN_PROVIDERS } from './plans';
import { OpeningPosting } from './take-over/opening-posting';
import { TakeOverController } from './take-over/take-over.controller';
import { TakeOverJobs } from './take-over/take-over.jobs';
import { TakeOvers } from './take-over/take-over.service';

@Module({
  imports: [LegacyModule, CitizensModule, VerificationModule],
  controllers: [
    AccountsController,
    TakeOverController,
    ...REPORT_CONTROLLERS,
    ...CLEARANCE_CONTROLLERS,
    ...ADJUSTMENT_CONTROLLERS,
    ...PLAN_CONTROLLERS,
    ...PENALTY_CONTROLLERS,
  ],
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
    ...ADJUSTMENT_PROVIDERS,
    ...PLAN_PROVIDERS,
    ...PENALTY_PROVIDERS,
  ],
  exports: [Accounts, Books, TakeOvers],
})
export class BillingModule {}
