export { recordsOfAccounts } from './billing.reads';
export { Accounts } from './accounts/accounts';
export { AccountTally } from './notices/account-tally';
export { BILLS, LEGAL } from './notices/topics';
export { AccountAudience, type AccountCondition } from './notices/account-audience';
export { BillingModule } from './billing.module';
export { Proofs } from './reports/proof';
export { TAKEN_OVER } from './take-over/take-over.jobs';
export { TakeOvers } from './take-over/take-over.service';
export { Adjustments } from './adjustments/adjustments.service';
export { BillRuns } from './bill-runs/bill-runs.service';
export { Corrections, type CorrectedLine } from './adjustments/corrections';
export type { BillDetail, InBoth } from './bill-runs/bill-content';
export { BillFeeders } from './bill-runs/feeders';
export type { BilledCycle, BilledRun, BillFeeder, BillLine, Calculation, FedBill } from './bill-runs/feeders';
export { AccountMoves, type AccountMove } from './transfers/account-moves';
export { CollectionRates } from './reports/collection';
export { Arrears, type Arrear } from './fees/arrears';
export { Fees } from './fees/fees';
export { seedDemoTills } from './till/demo';
export { Holders } from './bill-runs/holders';
export { Transfers } from './transfers/transfers';
// What the citizens' portal shows.
export type { Account, ServiceType } from './accounts/account.entity';
export { SERVICE_TYPES } from './accounts/account.entity';
export type { HeldAccount, Holding } from './accounts/accounts';
export { AccountView, AsOfQuery, recordAccountsView } from './accounts/accounts.dto';
export { OpenCharges, type OpenCharge } from './accounts/open-charges';
export { SERVICE_NAMES } from './accounts/service-names';
export type { BillContent } from './bill-runs/bill-content';
export { BillPrints } from './bill-runs/bill-prints';
export { BILL_RUNS } from './bill-runs/bill-runs.problems';
export { billSummaryView, BillSummaryView, billView, BillView } from './bill-runs/bills.dto';
export { Bills, type IssuedBill } from './bill-runs/bills.service';
export { BOOKS } from './billing.problems';
export type { PostingKind } from './books/posting';
export type { Clearance } from './clearances/clearance.entity';
export { CLEARANCE } from './clearances/clearance.problems';
export { ClearancePrints } from './clearances/clearance-prints';
export { Clearances } from './clearances/clearances';
export { clearanceView, ClearanceView } from './clearances/clearances.dto';
export { TRANSACTION_STATES, type GatewayTransaction, type TransactionState } from './gateway/gateway.entity';
export { GATEWAY } from './gateway/gateway.problems';
export { Polls as GatewayPolls } from './gateway/polls';
export { GatewayTransactions, type FoundTransaction } from './gateway/transactions';
export { PaymentQuotes, type PaymentQuote } from './payments/payment-quotes';
export { paymentQuoteView, PaymentQuoteView } from './payments/payment-quotes.dto';
export type { PaymentWithReceipt } from './payments/payment-recorder';
export { PaymentSearch } from './payments/payment-search';
export { Payments } from './payments/payments';
export { PAYMENTS } from './payments/payments.problems';
export { BoundPayments } from './payments/bound-payments';
export { Reversals } from './payments/reversals';
export { ReceiptPrints } from './payments/receipt-prints';
export type { ReceiptLine } from './payments/receipt.content';
export { REPORTS } from './reports/reports.problems';
export { AccountMovements, type MovementPage } from './reports/statement/account-movements';
export type { AccountStatementContent, IssuedAccountStatement } from './reports/statement/issued-statement.entity';
export { IssuedStatements } from './reports/statement/issued-statements';
export {
  issuedSummaryView,
  IssuedStatementView,
  IssuedSummaryView,
  issuedView,
} from './reports/statement/issued-statements.dto';
export { AccountStatementPrints } from './reports/statement/statement-prints';
export { NO_DAY } from './take-over/take-over.rules';
export { moneyView } from './till/amounts';
export { CurrencyAmountView } from './till/shifts.dto';
