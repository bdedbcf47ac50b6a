import { DateField, Id, InstantField, Int, MoneyField, OneOf, PageQuery, Txt } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import { ADJUSTMENT_KINDS, ADJUSTMENT_STATES, type Adjustment } from './adjustment.entity';
import type { AdjustmentKind, AdjustmentState } from './adjustment.entity';

const PERIOD = /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/;

export class AdjustmentParam {
  @Id() id: number;
}

export class AdjustmentsQuery extends PageQuery {
  @OneOf(ADJUSTMENT_STATES, { optional: true, example: 'PROPOSED' }) state?: AdjustmentState;
  @OneOf(ADJUSTMENT_KINDS, { optional: true, example: 'CREDIT_NOTE' }) kind?: AdjustmentKind;
  @Id({ optional: true }) accountId?: number;
}

class Proposed {
  @Txt({ max: 30, example: '125.50', about: 'of the currency of the account, above zero' }) amount: string;
  @Txt({ min: 3, max: 500, example: 'قراءة عداد خاطئة' }) reason: string;
  @Txt({ max: 100, example: 'م.م 2026/114', about: 'number of the paper that supports it' }) documentNumber: string;
}

export class ProposeOnCharge extends Proposed {
  @Id({ about: 'the charge that is taken back or given up, in part or whole' }) chargeId: number;
}

export class ProposeDebitNote extends Proposed {
  @Id() accountId: number;
  @Txt({ max: 20, example: 'WATER', about: 'code of a charge head' }) head: string;
  @Txt({ optional: true, min: 7, max: 7, pattern: PERIOD, example: '2026-10', about: 'default the month of posting' })
  period?: string;
  @DateField({ optional: true, about: 'default the day of posting' }) dueOn?: string;
}

export class AdjustmentReason {
  @Txt({ min: 3, max: 500, example: 'المستند لا يخص هذا الحساب' }) reason: string;
}

export class AdjustmentView {
  @Id() id: number;
  @OneOf(ADJUSTMENT_KINDS, { example: 'CREDIT_NOTE' }) kind: string;
  @OneOf(ADJUSTMENT_STATES, { example: 'POSTED' }) state: string;
  @Id() accountId: number;
  @Id({ nullable: true, about: 'null for a debit note' }) chargeId: number | null;
  @Txt({ example: 'WATER' }) head: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ example: '12550' }) amount: string;
  @Txt({ example: '125.50' }) formatted: string;
  @Txt({ nullable: true, example: null }) period: string | null;
  @DateField({ nullable: true, example: null }) dueOn: string | null;
  @Txt({ max: 500, example: 'قراءة عداد خاطئة' }) reason: string;
  @Txt({ example: 'م.م 2026/114' }) documentNumber: string;
  @Id({ about: 'employee' }) proposedBy: number;
  @InstantField() proposedAt: string;
  @Id({ nullable: true }) decidedBy: number | null;
  @InstantField({ nullable: true }) decidedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was rejected' }) rejection: string | null;
  @Txt({ nullable: true, example: 'CN-OSS-2026-000012-41', about: 'given when it is posted' }) serial: string | null;
  @DateField({ nullable: true }) postedOn: string | null;
  @Id({ nullable: true }) postingId: number | null;
  @Id({ nullable: true, example: null }) reversedBy: number | null;
  @InstantField({ nullable: true, example: null }) reversedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was reversed' }) reversal: string | null;
  @Id({ nullable: true, example: null }) reversalPostingId: number | null;
  @Int({ min: 1, example: 2 }) version: number;
}

export const adjustmentView = (adjustment: Adjustment): AdjustmentView => ({
  ...adjustment,
  amount: String(adjustment.amount),
  formatted: formatAmount(adjustment.amount, adjustment.currency as Currency),
});
