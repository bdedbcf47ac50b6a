import { DateField, Id, IdList, InstantField, Int, ListOf, MoneyField, OneOf, Txt } from '@libs/http';
import { formatAmount } from '@libs/money';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';
import type { ListedDifference } from './differences';
import { DIFFERENCE_STATES, RE_RATING_STATES, RE_RATING_TASKS, type ReRating } from './re-rating.entity';

const PERIOD = { min: 7, max: 7, pattern: /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/ };
/** Differences in one workbook. */
export const ROWS_PER_FILE = 10_000;

export class ReRatingParam {
  @Id() id: number;
}

export class CreateReRating {
  @Txt({ min: 3, max: 500, example: 'إلغاء زيادة الرسم الثابت' }) reason: string;
  @Txt({ max: 100, example: '14/2024', about: 'the decision that it carries out' }) decisionNumber: string;
  @Txt({ ...PERIOD, example: '2024-01' }) fromPeriod: string;
  @Txt({ ...PERIOD, example: '2024-01' }) toPeriod: string;
  @DateField({ example: '2026-12-31', about: 'of what is charged more' }) dueOn: string;
  @OneOf(WATER_CLASSES, { optional: true, example: 'DOMESTIC' }) waterClass?: WaterClass;
  @Id({ optional: true }) routeId?: number;
  @Id({ optional: true }) zoneId?: number;
  @IdList({ optional: true, max: 100, about: 'versions that it is rated by; without them all that is approved' })
  tariffIds?: number[];
}

export class EndReRating {
  @Txt({ min: 3, max: 500, example: 'أُلغي القرار' }) reason: string;
}

export class WorkbookQuery {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: 'ar' | 'en';
  @Int({ min: 1, max: 100_000, optional: true, fallback: 1, example: 1, about: `of ${ROWS_PER_FILE} rows each` })
  part: number = 1;
}

export class ReRatingView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Txt({ max: 500, example: 'إلغاء زيادة الرسم الثابت' }) reason: string;
  @Txt({ example: '14/2024' }) decisionNumber: string;
  @Txt({ example: '2024-01' }) fromPeriod: string;
  @Txt({ example: '2024-01' }) toPeriod: string;
  @OneOf(WATER_CLASSES, { nullable: true, example: 'DOMESTIC' }) waterClass: string | null;
  @Id({ nullable: true, example: null }) routeId: number | null;
  @Id({ nullable: true, example: null }) zoneId: number | null;
  @IdList({ min: 0, example: [1042] }) tariffIds: number[];
  @DateField({ example: '2026-12-31' }) dueOn: string;
  @OneOf(RE_RATING_STATES, { example: 'SIMULATED' }) state: string;
  @OneOf(RE_RATING_TASKS, { nullable: true, example: null, about: 'what a worker is busy with' }) task: string | null;
  @Int({ example: 12_000, about: 'cycles that were looked at' }) rated: number;
  @Int({ example: 11_000, about: 'of them come to something else' }) differences: number;
  @MoneyField({ example: '0', about: 'charged more in all' }) debits: string;
  @MoneyField({ example: '2750000', about: 'taken back in all' }) credits: string;
  @Txt({ nullable: true, max: 1000, example: null }) failure: string | null;
  @Id() createdBy: number;
  @InstantField() createdAt: string;
  @Id({ nullable: true }) postedBy: number | null;
  @InstantField({ nullable: true }) postedAt: string | null;
  @Id({ nullable: true, example: null }) endedBy: number | null;
  @InstantField({ nullable: true, example: null }) endedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was reversed or cancelled' }) ending: string | null;
}

class ChangeView {
  @Txt({ example: 'WATER_FIXED' }) head: string;
  @MoneyField({ example: '-2500', about: 'below zero is taken back' }) amount: string;
}

export class DifferenceView {
  @Id() id: number;
  @Id() subscriptionId: number;
  @Txt({ example: '20005' }) subscriptionNumber: string;
  @Id() accountId: number;
  @Txt({ example: '20005' }) accountNumber: string;
  @Txt({ example: '2024-01' }) period: string;
  @MoneyField({ example: '9700' }) before: string;
  @MoneyField({ example: '7200' }) after: string;
  @MoneyField({ example: '-2500' }) change: string;
  @Txt({ example: '-25.00' }) formatted: string;
  @ListOf(() => ChangeView) changes: ChangeView[];
  @OneOf(DIFFERENCE_STATES, { example: 'LISTED' }) state: string;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was not posted, or not reversed' })
  refusal: string | null;
}

export const reRatingView = ({ cursor: _, debits, credits, ...run }: ReRating): ReRatingView => ({
  ...run,
  debits: String(debits),
  credits: String(credits),
});

export const changeOf = ({ changes }: ListedDifference): number => changes.reduce((sum, [, amount]) => sum + amount, 0);

export function differenceView(difference: ListedDifference): DifferenceView {
  const change = changeOf(difference);
  return {
    ...difference,
    before: String(difference.before),
    after: String(difference.after),
    change: String(change),
    formatted: formatAmount(change, 'ILS'),
    changes: difference.changes.map(([head, amount]) => ({ head, amount: String(amount) })),
  };
}
