import { InstantField, Int, ListOf, OneOf, TextList, Txt } from '@libs/http';
import { Month } from '../local-times';
import { INDICATOR_CODES, INDICATORS, UNITS, type Indicator, type IndicatorCode } from './definitions';

export class IndicatorsQuery {
  @Month({ about: 'first month' }) from: string;
  @Month({ about: 'last month, at most 24 in all' }) to: string;
}

const figure = (about: string, example: number) =>
  Int({ nullable: true, min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, example, about });

class IndicatorView {
  @OneOf(INDICATOR_CODES, { example: 'NON_REVENUE_WATER' }) code: IndicatorCode;
  @Txt({ nullable: true, example: 'DOMESTIC', about: 'class or state of which it is, where there are several' })
  group: string | null;
  @Txt({ example: 'المياه غير المدرة للدخل' }) nameAr: string;
  @Txt({ example: 'Non-revenue water by volume (IWA, IBNET)' }) nameEn: string;
  @Txt({ max: 500, example: 'System input volume less billed authorised consumption' }) definition: string;
  @OneOf(UNITS, { example: 'PERCENT' }) unit: (typeof UNITS)[number];
  @Int({ max: 3, example: 2, about: 'of the value: 3312 with 2 decimals is 33.12' }) decimals: number;
  @figure('null where it cannot be said', 3312) value: number | null;
  @figure('what it was computed from: agorot, m³, counts or minutes', 16_000) numerator: number | null;
  @Txt({ nullable: true, example: '48250', about: 'a half may be in it' }) denominator: string | null;
  @TextList({ example: ['INPUT'], about: 'what has to be entered first' }) missing: string[];
}

export class IndicatorsView {
  @Txt({ example: '2026-01' }) from: string;
  @Txt({ example: '2026-10' }) to: string;
  @InstantField() asOf: string;
  @ListOf(() => IndicatorView) indicators: IndicatorView[];
}

export const indicatorView = ({ denominator, ...indicator }: Indicator): IndicatorView => ({
  ...INDICATORS[indicator.code],
  ...indicator,
  denominator: denominator === null ? null : String(denominator),
});
