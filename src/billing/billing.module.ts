import { Module } from '@nestjs/common';
import { CitizensModule } from '../citizens';
import { LegacyModule } from '../legacy';
import { NotificationsModule } from '../notifications';
import { DocumentsModule } from '../documents';
import { Accounts } from './accounts/accounts';
import { AccountsController } from './accounts/accounts.controller';
import { ChargeHeads } from './accounts/charge-heads';
import { Books } from './books/books';
import { BillRuns } from './bill-runs/bill-runs.service';
import { BillFeeders } from './bill-runs/feeders';
import { ItemStore } from './books/item-store';
import { Adjustments } from './adjustments/adjustments.service';
import { Corrections } from './adjustments/corrections';
import { ADJUSTMENT_CONTROLLERS, ADJUSTMENT_PROVIDERS } from './adjustments';
import { BANK_CONTROLLERS, BANK_PROVIDERS } from './bank';
import './billing.reads';
import { BILL_RUN_CONTROLLERS, BILL_RUN_PROVIDERS } from './bill-runs';
import { CAMPAIGN_CONTROLLERS, CAMPAIGN_PROVIDERS } from './campaigns';
import { CHEQUE_CONTROLLERS, CHEQUE_PROVIDERS } from './cheques';
import { CLEARANCE_CONTROLLERS, CLEARANCE_PROVIDERS } from './clearances';
import { Holders } from './bill-runs/holders';
import { DUNNING_CONTROLLERS, DUNNING_PROVIDERS } from './dunning';
import { FEE_PROVIDERS } from './fees';
import { Arrears } from './fees/arrears';
import { Fees } from './fees/fees';
import { GATEWAY_CONTROLLERS, GATEWAY_PROVIDERS } from './gateway';
import { BILLING_NOTICE_PROVIDERS } from './notices';
import { AccountTally } from './notices/account-tally';
import { AccountAudience } from './notices/account-audience';
import { PAYER_CONTROLLERS, PAYER_PROVIDERS } from './payers';
import { PAYMENT_CONTROLLERS, PAYMENT_PROVIDERS } from './payments';
import { PENALTY_CONTROLLERS, PENALTY_PROVIDERS } from './penalties';
import { PERIOD_CONTROLLERS, PERIOD_PROVIDERS } from './periods';
import { PLAN_CONTROLLERS, PLAN_PROVIDERS } from './plans';
import { RATE_CONTROLLERS, RATE_PROVIDERS } from './rates';
import { RECURRING_CONTROLLERS, RECURRING_PROVIDERS } from './recurring';
import { CollectionRates } from './reports/collection';
import { REPORT_CONTROLLERS, REPORT_PROVIDERS } from './reports';
import { SHARE_CONTROLLERS, SHARE_PROVIDERS } from './shares';
import { TILL_CONTROLLERS, TILL_PROVIDERS } from './till';
import { AccountMoves } from './transfers/account-moves';
import { TRANSFER_CONTROLLERS, TRANSFER_PROVIDERS } from './transfers';
import { OpeningPosting } from './take-over/opening-posting';
import { Transfers } from './transfers/transfers';
import { OpenCharges } from './accounts/open-charges';
import { BillPrints } from './bill-runs/bill-prints';
import { Bills } from './bill-runs/bills.service';
import { ClearancePrints } from './clearances/clearance-prints';
import { Clearances } from './clearances/clearances';
import { Polls } from './gateway/polls';
import { GatewayTransactions } from './gateway/transactions';
import { BoundPayments } from './payments/bound-payments';
import { PaymentQuotes } from './payments/payment-quotes';
import { PaymentSearch } from './payments/payment-search';
import { Payments } from './payments/payments';
import { ReceiptPrints } from './payments/receipt-prints';
import { Reversals } from './payments/reversals';
import { AccountMovements } from './reports/statement/account-movements';
import { IssuedStatements } from './reports/statement/issued-statements';
import { AccountStatementPrints } from './reports/statement/statement-prints';
import { TakeOverController } from './take-over/take-over.controller';
import { TakeOverJobs } from './take-over/take-over.jobs';
import { TakeOvers } from './take-over/take-over.service';

@Module({
  imports: [LegacyModule, CitizensModule, DocumentsModule, NotificationsModule],
  controllers: [
    AccountsController,
    TakeOverController,
    ...ADJUSTMENT_CONTROLLERS,
    ...BANK_CONTROLLERS,
    ...BILL_RUN_CONTROLLERS,
    ...CAMPAIGN_CONTROLLERS,
    ...CHEQUE_CONTROLLERS,
    ...CLEARANCE_CONTROLLERS,
    ...DUNNING_CONTROLLERS,
    ...GATEWAY_CONTROLLERS,
    ...PAYER_CONTROLLERS,
    ...PAYMENT_CONTROLLERS,
    ...PENALTY_CONTROLLERS,
    ...PERIOD_CONTROLLERS,
    ...PLAN_CONTROLLERS,
    ...RATE_CONTROLLERS,
    ...RECURRING_CONTROLLERS,
    ...REPORT_CONTROLLERS,
    ...SHARE_CONTROLLERS,
    ...TILL_CONTROLLERS,
    ...TRANSFER_CONTROLLERS,
  ],
  providers: [
    Accounts,
    ChargeHeads,
    OpenCharges,
    Books,
    ItemStore,
    OpeningPosting,
    TakeOverJobs,
    TakeOvers,
    ...ADJUSTMENT_PROVIDERS,
    ...BANK_PROVIDERS,
    ...BILL_RUN_PROVIDERS,
    ...CAMPAIGN_PROVIDERS,
    ...CHEQUE_PROVIDERS,
    ...BILLING_NOTICE_PROVIDERS,
    ...CLEARANCE_PROVIDERS,
    ...DUNNING_PROVIDERS,
    ...FEE_PROVIDERS,
    ...GATEWAY_PROVIDERS,
    ...PAYER_PROVIDERS,
    ...PAYMENT_PROVIDERS,
    ...PENALTY_PROVIDERS,
    ...PERIOD_PROVIDERS,
    ...PLAN_PROVIDERS,
    ...RATE_PROVIDERS,
    ...RECURRING_PROVIDERS,
    ...REPORT_PROVIDERS,
    ...SHARE_PROVIDERS,
    ...TILL_PROVIDERS,
    ...TRANSFER_PROVIDERS,
  ],
  exports: [
    AccountAudience,
    AccountTally,
    AccountMoves,
    AccountMovements,
    Accounts,
    AccountStatementPrints,
    Adjustments,
    Arrears,
    BillFeeders,
    BillPrints,
    BillRuns,
    Bills,
    Books,
    BoundPayments,
    ClearancePrints,
    Clearances,
    CollectionRates,
    Corrections,
    Fees,
    GatewayTransactions,
    Holders,
    IssuedStatements,
    OpenCharges,
    PaymentQuotes,
    Payments,
    PaymentSearch,
    Polls,
    ReceiptPrints,
    Reversals,
    TakeOvers,
    Transfers,
  ],
})
export class BillingModule {}
