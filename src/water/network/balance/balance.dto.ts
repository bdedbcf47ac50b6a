import { Id, Int, ListOf, OneOf, Part, TextList, Txt } from '@libs/http';
import { Month } from '../local-times';
import type { Balance } from './balance.rules';
import { MISSING } from './balance.rules';
import type { BalanceLine, RangeBalance } from './balances';

export class BalanceQuery {
  @Month({ about: 'first month' }) from: string;
  @Month({ about: 'last month, at most 24 in all' }) to: string;
  @Id({ optional: true, about: 'only this zone' }) zoneId?: number;
}

export class BalanceSheetQuery extends BalanceQuery {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar', about: 'default ar' }) lang?: 'ar' | 'en';
}

/** Volumes have a sign: more may be billed than was put in. */
const volume = (about: string, example = 48_250) =>
  Int({ nullable: true, min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, example, about });

class BalanceFigures {
  @volume('system input volume, m³') input: number | null;
  @volume('billed by a reading, m³') billedMetered: number | null;
  @volume('billed by an estimate, m³') billedEstimated: number | null;
  @volume('billed authorised consumption, m³') billed: number | null;
  @volume('unbilled authorised consumption, m³', 500) unbilledAuthorised: number | null;
  @volume('non-revenue water: input less billed, m³', 16_000) nonRevenue: number | null;
  @volume('hundredths of a percent of the input', 3312) nonRevenueHundredths: number | null;
  @volume('water losses, apparent and real: input less authorised consumption, m³', 15_500) losses: number | null;
  @volume('hundredths of a percent of the input', 3205) lossesHundredths: number | null;
  @volume('losses in litres a connection and day', 250) litresPerConnectionDay: number | null;
  @volume('losses in tenths of m³ a km of mains and day', 412) tenthsPerKmDay: number | null;
  @Int({ example: 4120, about: 'meters that stood at the end of the month' }) connections: number;
  @Int({ nullable: true, example: 12_500, about: 'm of mains' }) metres: number | null;
  @Int({ example: 30 }) days: number;
  @Int({ example: 0, about: 'readings of the month that are not billed yet: billed may still grow' })
  pendingReadings: number;
  @TextList({ example: ['INPUT'], about: `what was not entered, of ${MISSING.join(', ')}; nothing is taken for zero` })
  missing: string[];
}

class BalanceLineView extends BalanceFigures {
  @Id({ nullable: true, about: 'null: subscriptions that have no zone' }) zoneId: number | null;
  @Txt({ nullable: true, example: 'Z-WEST' }) zone: string | null;
  @Txt({ nullable: true, example: 'المنطقة الغربية' }) nameAr: string | null;
  @Txt({ nullable: true, example: 'West' }) nameEn: string | null;
}

class MonthBalanceView {
  @Txt({ example: '2026-10' }) period: string;
  @ListOf(() => BalanceLineView, { max: 1000 }) lines: BalanceLineView[];
  @Part(() => BalanceFigures, { about: 'of all zones; lacks what one of them lacks' }) total: BalanceFigures;
}

export class BalanceView {
  @ListOf(() => MonthBalanceView, { max: 24 }) months: MonthBalanceView[];
  @Part(() => BalanceFigures, { about: 'of all months' }) total: BalanceFigures;
}

const figures = (balance: Balance & { pendingReadings: number }): BalanceFigures => ({
  input: balance.input,
  billedMetered: balance.billedMetered,
  billedEstimated: balance.billedEstimated,
  billed: balance.billed,
  unbilledAuthorised: balance.unbilledAuthorised,
  nonRevenue: balance.nonRevenue,
  nonRevenueHundredths: balance.nonRevenueHundredths,
  losses: balance.losses,
  lossesHundredths: balance.lossesHundredths,
  litresPerConnectionDay: balance.litresPerConnectionDay,
  tenthsPerKmDay: balance.tenthsPerKmDay,
  connections: balance.connections,
  metres: balance.metres,
  days: balance.days,
  pendingReadings: balance.pendingReadings,
  missing: balance.missing,
});

const lineView = ({ zone, ...balance }: BalanceLine): BalanceLineView => ({
  zoneId: zone?.id ?? null,
  zone: zone?.code ?? null,
  nameAr: zone?.nameAr ?? null,
  nameEn: zone?.nameEn ?? null,
  ...figures(balance),
});

export const balanceView = ({ months, total }: RangeBalance): BalanceView => ({
  months: months.map((month) => ({
    period: month.period,
    lines: month.lines.map(lineView),
    total: figures(month.total),
  })),
  total: figures(total),
});
