import { DateField, Id, IdList, InstantField, Int, ListOf, MoneyField, OneOf, PageQuery, Txt } from '@libs/http';
import { CURRENCIES, formatAmount, type Currency } from '@libs/money';
import { END_CAUSES, PLAN_STATES, type InstalmentPlan, type PlanState } from './plan.entity';
import { INSTALMENT_STATES, type Standing } from './plan.rules';

export class PlanParam {
  @Id() id: number;
}

export class RecordOfPlan {
  @Id() id: number;
}

export class PlansQuery extends PageQuery {
  @OneOf(PLAN_STATES, { optional: true, example: 'ACTIVE' }) state?: PlanState;
  @Id({ optional: true }) oneRecordId?: number;
}

export class PlanTerms {
  @Txt({ max: 30, example: '200.00', about: 'of the currency of the plan; 0 for none; less than the total' })
  downPayment: string;
  @Int({ min: 1, max: 600, example: 10, about: 'after the down payment, one a month' }) instalments: number;
  @DateField({ example: '2026-12-31', about: 'at the earliest today; clamped to the end of shorter months' })
  firstDueOn: string;
  @Txt({ optional: true, max: 500, example: 'بقرار لجنة التقسيط 2026/31' }) note?: string;
}

export class ProposePlan extends PlanTerms {
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: Currency;
  @IdList({ optional: true, max: 1000, about: 'default all that is open on the accounts of the person' })
  chargeIds?: number[];
}

export class PlanReason {
  @Txt({ min: 3, max: 500, example: 'بطلب من المكلف' }) reason: string;
}

export class PlanSummaryView {
  @Id() id: number;
  @Id() oneRecordId: number;
  @OneOf(PLAN_STATES, { example: 'ACTIVE' }) state: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ example: '120000' }) total: string;
  @MoneyField({ example: '20000' }) downPayment: string;
  @MoneyField({ example: '30000', about: 'of the total, when the plan ended or now' }) settled: string;
  @Txt({ example: '900.00', about: 'of the total, for people' }) leftFormatted: string;
  @DateField() firstDueOn: string;
  @Txt({ nullable: true, max: 500, example: null }) note: string | null;
  @Id({ nullable: true, example: null, about: 'the plan whose rest this one took' }) restructuresId: number | null;
  @Id() proposedBy: number;
  @InstantField() proposedAt: string;
  @DateField({ nullable: true }) activatedOn: string | null;
  @OneOf(END_CAUSES, { nullable: true, example: null }) endCause: string | null;
  @Txt({ nullable: true, max: 500, example: null }) endReason: string | null;
  @Id({ nullable: true, example: null, about: 'null when the nightly review ended it' }) endedBy: number | null;
  @InstantField({ nullable: true, example: null }) endedAt: string | null;
  @Int({ min: 1, example: 2 }) version: number;
}

class PlanInstalmentView {
  @Int({ min: 1, example: 1 }) number: number;
  @DateField() dueOn: string;
  @MoneyField({ example: '10000' }) amount: string;
  @MoneyField({ example: '10000', about: 'by what is settled of the plan’s charges, the oldest instalment first' })
  paid: string;
  @Txt({ example: '100.00' }) formatted: string;
  @OneOf(INSTALMENT_STATES, { example: 'PAID' }) state: string;
}

class PlanChargeView {
  @Id() chargeId: number;
  @Id() accountId: number;
  @MoneyField({ about: 'outstanding when the plan was proposed' }) amount: string;
}

export class PlanView extends PlanSummaryView {
  @MoneyField({ example: '20000' }) downPaid: string;
  @Int({ example: 0, about: 'instalments whose day is over and which are not paid whole' }) missed: number;
  @ListOf(() => PlanInstalmentView, { max: 600 }) instalments: PlanInstalmentView[];
  @ListOf(() => PlanChargeView, { max: 1000 }) charges: PlanChargeView[];
}

export interface PlanDetail {
  plan: InstalmentPlan;
  settled: number;
  standing: Standing;
  charges: { chargeId: number; accountId: number; amount: number }[];
}

export function planSummaryView({ settledAtEnd: _, ...plan }: InstalmentPlan, settled: number): PlanSummaryView {
  return {
    ...plan,
    total: String(plan.total),
    downPayment: String(plan.downPayment),
    settled: String(settled),
    leftFormatted: formatAmount(plan.total - settled, plan.currency as Currency),
  };
}

export const planView = ({ plan, settled, standing, charges }: PlanDetail): PlanView => ({
  ...planSummaryView(plan, settled),
  downPaid: String(standing.downPaid),
  missed: standing.missed,
  instalments: standing.instalments.map(({ number, dueOn, amount, paid, state }) => ({
    number,
    dueOn,
    amount: String(amount),
    paid: String(paid),
    formatted: formatAmount(amount, plan.currency as Currency),
    state,
  })),
  charges: charges.map(({ chargeId, accountId, amount }) => ({ chargeId, accountId, amount: String(amount) })),
});
