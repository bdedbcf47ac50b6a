import { Adjustment } from './adjustments/adjustment.entity';
import { Account, ChargeHead } from './accounts/account.entity';
import { Allocation, Charge, Credit } from './books/open-item.entity';
import { Clearance } from './clearances/clearance.entity';
import { LedgerEntry, LedgerPeriod, LedgerPosting } from './books/posting.entity';
import { DiscountWindow, PenaltyAssessment, PenaltyRule, PenaltyRun } from './penalties/penalty.entity';
import { InstalmentPlan, PlanCharge, PlanInstalment } from './plans/plan.entity';
import { LedgerProof } from './reports/proof.entity';
import { TakeOver } from './take-over/take-over.entity';

export const BILLING_ENTITIES = [
  Account,
  ChargeHead,
  LedgerPosting,
  LedgerEntry,
  LedgerPeriod,
  Charge,
  Credit,
  Allocation,
  TakeOver,
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
];
