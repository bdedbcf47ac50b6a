import { Adjustment } from './adjustments/adjustment.entity';
import { Account, ChargeHead } from './accounts/account.entity';
import { Bill, BillRun, BillRunException } from './bill-runs/bill-run.entity';
import { Allocation, Charge, Credit, TakeBack } from './books/open-item.entity';
import { CAMPAIGN_ENTITIES } from './campaigns/campaign.entity';
import { Clearance } from './clearances/clearance.entity';
import { LedgerEntry, LedgerPeriod, LedgerPosting } from './books/posting.entity';
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

export const BILLING_ENTITIES = [
  Account,
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
  Clearance,
  LedgerProof,
  IssuedAccountStatement,
  ...SHARE_ENTITIES,
  ...CAMPAIGN_ENTITIES,
];
