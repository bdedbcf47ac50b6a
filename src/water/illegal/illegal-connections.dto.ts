import {
  DateField,
  Flag,
  Id,
  IdList,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  TextList,
  Txt,
} from '@libs/http';
import { formatAmount } from '@libs/money';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';
import type { RatedBack } from './back-charge';
import {
  ILLEGAL_KINDS,
  ILLEGAL_STATES,
  type IllegalConnection,
  type IllegalKind,
  type IllegalState,
} from './illegal-connection.entity';

export class IllegalParam {
  @Id() id: number;
}

export class ListIllegal extends PageQuery {
  @OneOf(ILLEGAL_STATES, { optional: true, example: 'PROPOSED' }) state?: IllegalState;
  @Id({ optional: true }) subscriptionId?: number;
  @Id({ optional: true }) accountId?: number;
}

export class ProposeIllegal {
  @OneOf(ILLEGAL_KINDS, { example: 'BYPASS' }) kind: IllegalKind;
  @Id({ optional: true, about: 'either this or an account' }) subscriptionId?: number;
  @Id({ optional: true, about: 'in ILS, of who took the water without a subscription' }) accountId?: number;
  @OneOf(WATER_CLASSES, { optional: true, example: 'DOMESTIC', about: 'with an account' }) waterClass?: WaterClass;
  @Int({ optional: true, min: 10, max: 500, example: 15, about: 'with an account' }) sizeMm?: number;
  @Int({ optional: true, min: 1, max: 1000, example: 1, about: 'with an account; default 1' }) units?: number;
  @Flag({ optional: true, about: 'with an account; default no' }) sewer?: boolean;
  @DateField() foundOn: string;
  @Txt({ max: 60, example: 'م.ض 2026/31', about: 'one case for a report' }) reportNumber: string;
  @TextList({ min: 1, max: 50, length: 200, example: ['photos/2026/11/24/31-1.jpg'], about: 'where it is kept' })
  evidence: string[];
  @DateField({ about: 'first day of the water' }) fromOn: string;
  @DateField({ about: 'last day' }) toOn: string;
  @Int({ max: 1_000_000, example: 180, about: 'estimated over these days, m³' }) cubicMetres: number;
  @Int({
    optional: true,
    max: 1_000_000,
    example: 60,
    about: 'of it, billed already; left out: these days were never billed',
  })
  billedCubicMetres?: number;
  @Txt({ min: 3, max: 500, example: 'متوسط استهلاك مبنى مماثل' }) basis: string;
  @Int({ example: 50_000, about: 'agorot; 0: none' }) fine: number;
}

export class DecideIllegal {
  @Txt({ max: 100, example: 'ق.م 2026/114' }) decisionNumber: string;
}

export class IllegalReason {
  @Txt({ min: 3, max: 500, example: 'لم تثبت المخالفة' }) reason: string;
}

class RatedMonthView {
  @DateField() from: string;
  @DateField() to: string;
  @Int({ example: 15_000 }) litres: number;
  @Int({ nullable: true, example: 5_000 }) billedLitres: number | null;
  @TextList({ example: ['JWU-2024-01'] }) tariffs: string[];
  @MoneyField() amount: string;
}

class HeadAmountView {
  @Txt({ example: 'WATER' }) head: string;
  @MoneyField() amount: string;
}

export class BackChargeView {
  @ListOf(() => RatedMonthView, { max: 1000 }) months: RatedMonthView[];
  @ListOf(() => HeadAmountView) lines: HeadAmountView[];
  @MoneyField({ about: 'ILS, without the fine' }) backCharge: string;
  @Txt({ example: '1,250.00' }) formatted: string;
}

export class IllegalView extends BackChargeView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @OneOf(ILLEGAL_STATES, { example: 'PROPOSED' }) state: string;
  @OneOf(ILLEGAL_KINDS, { example: 'BYPASS' }) kind: string;
  @Id({ nullable: true }) subscriptionId: number | null;
  @Id() accountId: number;
  @DateField() foundOn: string;
  @Txt({ example: 'م.ض 2026/31' }) reportNumber: string;
  @TextList({ example: ['photos/2026/11/24/31-1.jpg'] }) evidence: string[];
  @DateField() fromOn: string;
  @DateField() toOn: string;
  @Int({ example: 180 }) cubicMetres: number;
  @Int({ nullable: true, example: 60 }) billedCubicMetres: number | null;
  @Txt({ max: 500, example: 'متوسط استهلاك مبنى مماثل' }) basis: string;
  @MoneyField({ example: '50000' }) fine: string;
  @Id({ about: 'employee' }) proposedBy: number;
  @InstantField() proposedAt: string;
  @Txt({ nullable: true, example: 'ق.م 2026/114' }) decisionNumber: string | null;
  @Id({ nullable: true, about: 'employee' }) decidedBy: number | null;
  @InstantField({ nullable: true }) decidedAt: string | null;
  @IdList({ min: 0, example: [] }) chargeIds: number[];
  @Txt({ nullable: true, max: 500, example: null }) endReason: string | null;
  @Id({ nullable: true, about: 'employee' }) reversedBy: number | null;
  @InstantField({ nullable: true }) reversedAt: string | null;
}

export const backChargeView = ({ months, lines, total }: RatedBack): BackChargeView => ({
  months: months.map((month) => ({ ...month, amount: String(month.amount) })),
  lines: lines.map(({ head, amount }) => ({ head, amount: String(amount) })),
  backCharge: String(total),
  formatted: formatAmount(total, 'ILS'),
});

export const illegalView = ({ months, lines, backCharge: total, fine, ...found }: IllegalConnection): IllegalView => ({
  ...found,
  ...backChargeView({ months, lines, total }),
  fine: String(fine),
});
