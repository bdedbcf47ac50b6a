import { DateField, Id, InstantField, Int, ListOf, MoneyField, OneOf, Txt } from '@libs/http';
import { CURRENCIES, formatAmount, type Currency } from '@libs/money';
import { SERVICE_TYPES, type ServiceType } from '../accounts/account.entity';
import type { DiscountQuote } from './discount.rules';
import {
  PENALTY_METHODS,
  PENALTY_RUN_STATES,
  type DiscountWindow,
  type PenaltyMethod,
  type PenaltyRule,
  type PenaltyRun,
} from './penalty.entity';

const PERIOD = /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/;
const MILLION = 1_000_000;

export class CreatePenaltyRule {
  @Txt({ optional: true, max: 20, example: 'WATER', about: 'code of a charge head; either this or the service' })
  head?: string;
  @OneOf(SERVICE_TYPES, { optional: true, example: 'WATER' }) serviceType?: ServiceType;
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: Currency;
  @DateField({ about: 'for charges that fall due from this day on, until the next rule' }) validFrom: string;
  @Int({ min: 1, max: 3650, example: 15, about: 'days after the due day on which the penalty begins' })
  startDays: number;
  @OneOf(PENALTY_METHODS, { example: 'MONTHLY' }) method: PenaltyMethod;
  @Int({
    optional: true,
    max: MILLION,
    example: 10_000,
    about: 'millionths of what is unpaid, a month or day; not FLAT',
  })
  ratePpm?: number;
  @Txt({ optional: true, max: 30, example: '50.00', about: 'once; FLAT only' }) flatAmount?: string;
  @Int({
    optional: true,
    max: 10 * MILLION,
    example: 200_000,
    about: 'most of all penalties: millionths of the charge',
  })
  capPpm?: number;
  @Txt({ max: 100, example: 'قرار 2026/7' }) documentNumber: string;
}

export class PenaltyRuleView {
  @Id() id: number;
  @Txt({ nullable: true, example: 'WATER' }) head: string | null;
  @OneOf(SERVICE_TYPES, { nullable: true, example: null }) serviceType: string | null;
  @Txt({ example: 'ILS' }) currency: string;
  @DateField() validFrom: string;
  @Int({ min: 1, example: 15 }) startDays: number;
  @OneOf(PENALTY_METHODS, { example: 'MONTHLY' }) method: string;
  @Int({ nullable: true, example: 10_000 }) ratePpm: number | null;
  @MoneyField({ nullable: true, example: null }) flatAmount: string | null;
  @Int({ nullable: true, example: 200_000 }) capPpm: number | null;
  @Txt({ example: 'قرار 2026/7' }) documentNumber: string;
  @Id() createdBy: number;
  @InstantField() createdAt: string;
}

class PenaltyTotalView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() charged: string;
  @MoneyField({ example: '0', about: 'taken back by corrections' }) credited: string;
}

export class PenaltyRunView {
  @Id() id: number;
  @OneOf(PENALTY_RUN_STATES, { example: 'DONE' }) state: string;
  @DateField() asOf: string;
  @Id({ nullable: true, about: 'null for the nightly run' }) startedBy: number | null;
  @InstantField() startedAt: string;
  @InstantField({ nullable: true }) finishedAt: string | null;
  @Int({ example: 1200, about: 'late charges looked at' }) examined: number;
  @Int({ example: 0, about: 'charges of closed accounts, or whose posting failed' }) leftOut: number;
  @ListOf(() => PenaltyTotalView, { nullable: true }) totals: PenaltyTotalView[] | null;
  @Txt({ nullable: true, max: 1000, example: null }) failure: string | null;
}

export class PenaltyRunAskedView {
  @Id({ about: 'the message a worker takes' }) messageId: number;
}

export class CreateDiscountWindow {
  @Txt({ max: 20, example: 'PROPERTY_TAX' }) head: string;
  @Txt({ min: 7, max: 7, pattern: PERIOD, example: '2027-01', about: 'periods of the charges, inclusive' })
  periodFrom: string;
  @Txt({ min: 7, max: 7, pattern: PERIOD, example: '2027-12' }) periodTo: string;
  @DateField({ example: '2027-01-01', about: 'days of payment, inclusive' }) opensOn: string;
  @DateField({ example: '2027-01-31' }) closesOn: string;
  @Int({ min: 1, max: MILLION, example: 80_000, about: 'millionths of what is unpaid' }) ratePpm: number;
  @Txt({ max: 100, example: 'قرار 2026/60' }) documentNumber: string;
}

export class DiscountWindowView extends CreateDiscountWindow {
  @Id() id: number;
  @Id() createdBy: number;
  @InstantField() createdAt: string;
}

export class AccountOfQuote {
  @Id() id: number;
}

export class QuoteQuery {
  @DateField({ optional: true, about: 'day of payment, at the earliest today; default today' }) on?: string;
}

class DiscountLineView {
  @Id() chargeId: number;
  @MoneyField({ example: '100000' }) outstanding: string;
  @MoneyField({ example: '8000' }) discount: string;
  @MoneyField({ example: '92000' }) toPay: string;
}

export class DiscountQuoteView {
  @DateField() on: string;
  @Txt({ example: 'JOD' }) currency: string;
  @MoneyField({ example: '0', about: 'overdue beside these charges; above 0 there is no discount' }) arrears: string;
  @ListOf(() => DiscountLineView, { max: 100_000 }) lines: DiscountLineView[];
  @MoneyField({ example: '8000' }) discount: string;
  @Txt({ example: '8.000' }) formatted: string;
}

export const penaltyRuleView = (rule: PenaltyRule): PenaltyRuleView => ({
  ...rule,
  flatAmount: rule.flatAmount === null ? null : String(rule.flatAmount),
});

export const penaltyRunView = (run: PenaltyRun): PenaltyRunView => ({ ...run });
export const discountWindowView = (window: DiscountWindow): DiscountWindowView => ({ ...window });

export function discountQuoteView(quote: DiscountQuote & { currency: string; on: string }): DiscountQuoteView {
  const discount = quote.lines.reduce((sum, line) => sum + line.discount, 0);
  return {
    on: quote.on,
    currency: quote.currency,
    arrears: String(quote.arrears),
    lines: quote.lines.map((line) => ({
      chargeId: line.chargeId,
      outstanding: String(line.outstanding),
      discount: String(line.discount),
      toPay: String(line.outstanding - line.discount),
    })),
    discount: String(discount),
    formatted: formatAmount(discount, quote.currency as Currency),
  };
}
