import { Module } from '@nestjs/common';
import { BillingModule } from '../billing';
import { CitizensModule } from '../citizens';
import { NotificationsModule } from '../notifications';
import { WaterModule } from '../water';
import { PortalAccountsController } from './accounts/accounts.controller';
import { MyAccounts } from './accounts/my-accounts';
import { PortalBillsController } from './bills/bills.controller';
import { BillsInHand } from './bills/bills-in-hand';
import { PortalAccountStatementsController } from './documents/account-statements.controller';
import { PortalClearancesController } from './documents/clearances.controller';
import { PortalStatementsController } from './documents/statements.controller';
import { PortalMessagesController } from './messages/messages.controller';
import { PortalPushController } from './messages/push.controller';
import { MyPayments } from './payments/my-payments';
import { MyReceipts } from './payments/my-receipts';
import { PortalPaymentsController } from './payments/payments.controller';
import { PortalReceiptsController } from './payments/receipts.controller';
import { PortalProfileController } from './profile/profile.controller';
import { DailyLimits } from './scope/daily-limits';
import { OwnRecords } from './scope/own-records';
import { PortalDesk } from './scope/portal-desk';
import { PortalFaultsController } from './water/faults.controller';
import { MyFaults } from './water/my-faults';
import { MyRequests } from './water/my-requests';
import { MyWater } from './water/my-water';
import { PortalRequestsController } from './water/requests.controller';
import { PortalWaterController } from './water/water.controller';

/** What a citizen does by phone: everything under `/me`, scoped to the own OneRecord. */
@Module({
  imports: [NotificationsModule, CitizensModule, BillingModule, WaterModule],
  controllers: [
    PortalProfileController,
    PortalAccountsController,
    PortalBillsController,
    PortalPaymentsController,
    PortalReceiptsController,
    PortalClearancesController,
    PortalStatementsController,
    PortalAccountStatementsController,
    PortalWaterController,
    PortalRequestsController,
    PortalFaultsController,
    PortalMessagesController,
    PortalPushController,
  ],
  providers: [
    DailyLimits,
    OwnRecords,
    PortalDesk,
    MyAccounts,
    BillsInHand,
    MyPayments,
    MyReceipts,
    MyWater,
    MyRequests,
    MyFaults,
  ],
})
export class PortalModule {}
