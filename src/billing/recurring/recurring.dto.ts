import { Flag, Id, InstantField, Int, MoneyField, PageQuery, Txt } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import type { RecurringCharge } from './recurring-charge.entity';

const PERIOD = /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/;

export class RecurringParam {
  @Id() id: number;
}

export class RecurringQuery extends PageQuery {
  @Id({ optional: true }) accountId?: number;
  @Flag({ optional: true, example: true }) active?: boolean;
}

export class CreateRecurringCharge {
  @Id() accountId: number;
  @Txt({ max: 20, example: 'WASTE', about: 'code of a charge head' }) head: string;
  @Txt({ max: 30, example: '12.50', about: 'of the account’s currency, above zero' }) amount: string;
  @Int({ min: 1, max: 120, example: 1 }) everyMonths: number;
  @Txt({ max: 7, pattern: PERIOD, example: '2026-11', about: 'first month that it is due' }) fromPeriod: string;
  @Txt({ max: 7, pattern: PERIOD, optional: true, min: 1, example: '2027-10', about: 'last month that it may be due' })
  toPeriod?: string;
  @Txt({ max: 200, optional: true, example: 'محل رقم 4، سوق الخضار' }) detail?: string;
}

export class ChangeRecurringCharge {
  @Txt({ max: 30, optional: true, min: 1, example: '15.00' }) amount?: string;
  @Int({ min: 1, max: 120, optional: true, example: 1 }) everyMonths?: number;
  @Txt({ max: 7, pattern: PERIOD, nullable: true, optional: true, min: 1, example: '2027-10' })
  toPeriod?: string | null;
  @Txt({ max: 200, nullable: true, optional: true, min: 1, example: 'محل رقم 4' }) detail?: string | null;
}

export class RecurringChargeView {
  @Id() id: number;
  @Id() accountId: number;
  @Txt({ example: 'WASTE' }) head: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ example: '1250' }) amount: string;
  @Txt({ example: '12.50' }) formatted: string;
  @Int({ min: 1, max: 120, example: 1 }) everyMonths: number;
  @Txt({ example: '2026-11' }) fromPeriod: string;
  @Txt({ nullable: true, example: null }) toPeriod: string | null;
  @Txt({ nullable: true, example: null }) detail: string | null;
  @Flag({ example: true, about: 'false once withdrawn' }) active: boolean;
  @InstantField() createdAt: string;
  @Int({ min: 1, example: 1 }) version: number;
}

export const recurringView = (
  { createdBy: _, amount, ...charge }: RecurringCharge,
  currency: string,
): RecurringChargeView => ({
  ...charge,
  currency,
  amount: String(amount),
  formatted: formatAmount(amount, currency as Currency),
});
