import { Adjustment } from './adjustments/adjustment.entity';
import { Account, ChargeHead } from './accounts/account.entity';
import { BANK_ENTITIES } from './bank/bank.entity';
import { Bill, BillRun, BillRunException } from './bill-runs/bill-run.entity';
import { Allocation, Charge, Credit, TakeBack } from './books/open-item.entity';
import { CAMPAIGN_ENTITIES } from './campaigns/campaign.entity';
import { CHEQUE_ENTITIES } from './cheques/cheque.entity';
import { Clearance } from './clearances/clearance.entity';
import { GatewayEvent, GatewayReconciliation, GatewayTransaction } from './gateway/gateway.entity';
import { SandboxSession } from './gateway/sandbox/sandbox.entity';
import { LedgerEntry, LedgerPeriod, LedgerPosting } from './books/posting.entity';
import { DunningDebtor, DunningRun } from './dunning/dunning.entity';
import { Warning, WarningCharge } from './dunning/warning.entity';
import { LedgerProof } from './reports/proof.entity';
import { PAYMENT_ENTITIES } from './payments/payment.entity';
import { ExchangeRate } from './rates/rate.entity';
import { RecurringCharge } from './recurring/recurring-charge.entity';
import { DiscountWindow, PenaltyAssessment, PenaltyRule, PenaltyRun } from './penalties/penalty.entity';
import { InstalmentPlan, PlanCharge, PlanInstalment } from './plans/plan.entity';
import { SHARE_ENTITIES } from './shares/share.entity';
import { IssuedAccountStatement } from './reports/statement/issued-statement.entity';
import { TakeOver } from './take-over/take-over.entity';
import { TILL_ENTITIES } from './till/till.entity';
import { TRANSFER_ENTITIES } from './transfers/transfer.entity';

export const BILLING_ENTITIES = [
  Account,
  GatewayEvent,
  GatewayReconciliation,
  GatewayTransaction,
  SandboxSession,
  ChargeHead,
  LedgerPosting,
  LedgerEntry,
  LedgerPeriod,
  Charge,
  Credit,
  Allocation,
  TakeBack,
  TakeOver,
  Clearance,
  LedgerProof,
  ExchangeRate,
  ...TILL_ENTITIES,
  ...PAYMENT_ENTITIES,
  ...CHEQUE_ENTITIES,
  RecurringCharge,
  BillRun,
  Bill,
  BillRunException,
  Adjustment,
  InstalmentPlan,
  PlanInstalment,
  PlanCharge,
  PenaltyRule,
  PenaltyRun,
  PenaltyAssessment,
  DiscountWindow,
  IssuedAccountStatement,
  ...BANK_ENTITIES,
  ...SHARE_ENTITIES,
  ...CAMPAIGN_ENTITIES,
  DunningRun,
  DunningDebtor,
  Warning,
  WarningCharge,
  ...TRANSFER_ENTITIES,
];
