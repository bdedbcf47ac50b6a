import { ApiProperty } from '@nestjs/swagger';
import { DateField, Id, InstantField, Int, ListOf, OneOf, problemKind, TextList, Txt } from '@libs/http';
import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import type { Outcome } from './capture';
import { NO_ACCESS_REASONS } from './no-access';
import { BATCH, type LineOutcome } from './reading-files';
import { READING_STATES } from './reading.entity';
import { ANOMALIES } from './judgement.rules';

const PERIOD = { max: 7, min: 7, pattern: /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/, example: '2026-11' };
export const PeriodField = (options: { optional?: boolean; about?: string } = {}): PropertyDecorator =>
  Txt({ ...PERIOD, ...options });

const SENT = ['FIELD', 'PHOTO', 'CITIZEN', 'OFFICE', 'FILE'] as const;
const OUTCOMES = ['ACCEPTED', 'DUPLICATE', 'REFUSED'] as const;

/** Says what a reading of a batch may hold; each is judged for itself, so that a bad one stops no other. */
class BatchReading {
  @Txt({ optional: true, max: 64, example: 'hh7-20261124-0031', about: 'sent twice, it is one reading' })
  clientKey?: string;
  @Txt({ optional: true, max: 100, example: '20005', about: 'or the serial, or both' }) subscription?: string;
  @Txt({ optional: true, max: 60, example: 'Z2409234' }) serial?: string;
  @PeriodField({ optional: true, about: 'default: that of the batch' }) period?: string;
  @Int({ optional: true, example: 1042, about: 'of the register' }) value?: number;
  @OneOf(NO_ACCESS_REASONS.map(({ code }) => code), { optional: true, example: 'LOCKED' }) noAccess?: string; // prettier-ignore
  @DateField({ optional: true, about: 'default: the day of capturedAt' }) readOn?: string;
  @InstantField({ optional: true }) capturedAt?: string;
  @Txt({ optional: true, max: 40, example: '12' }) reader?: string;
  @OneOf(SENT, { optional: true, example: 'FIELD' }) source?: string;
  @Txt({ optional: true, max: 300, example: 'زجاج العداد مكسور', about: 'of a correction its reason' }) note?: string;
  @Id({ optional: true, about: 'reading that this one of the office corrects' }) replaces?: number;
}

export class ReadingBatch {
  @PeriodField() period: string;
  @Txt({ optional: true, max: 40, example: '12', about: 'who read those that name nobody' }) reader?: string;

  @ApiProperty({ type: () => BatchReading, isArray: true, minItems: 1, maxItems: BATCH })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BATCH)
  readings: unknown[];
}

export class FileQuery {
  @PeriodField({ about: 'of lines that name none' }) period: string;
  @Txt({ optional: true, max: 40, example: '12' }) reader?: string;
}

export class CaptureOne {
  @PeriodField() period: string;
  @Int({ example: 1042, about: 'of the register' }) value: number;
  @DateField({ optional: true, about: 'default: today' }) readOn?: string;
  @OneOf(['CITIZEN', 'OFFICE', 'PHOTO'], { example: 'CITIZEN' }) source: 'CITIZEN' | 'OFFICE' | 'PHOTO';
  @Id({ optional: true, about: 'reading that this one corrects; needs a note' }) replaces?: number;
  @Txt({ optional: true, max: 300, example: 'قرأه المواطن بنفسه' }) note?: string;
}

export class OutcomeView {
  @Txt({ nullable: true, max: 64, example: 'hh7-20261124-0031' }) clientKey: string | null;
  @OneOf(OUTCOMES, { example: 'ACCEPTED' }) outcome: string;
  @Id({ nullable: true }) readingId: number | null;
  @OneOf(READING_STATES, { nullable: true, example: 'VALID' }) state: string | null;
  @TextList({ example: [], about: ANOMALIES.join(', ') }) anomalies: string[];
  @Txt({ nullable: true, example: null, about: 'of the refusal' }) code: string | null;
  @Txt({ nullable: true, example: null }) reasonAr: string | null;
  @Txt({ nullable: true, example: null }) reasonEn: string | null;
}

class CountsView {
  @Int({ example: 1980 }) accepted: number;
  @Int({ example: 14, about: 'of the accepted' }) suspect: number;
  @Int({ example: 12 }) duplicate: number;
  @Int({ example: 8 }) refused: number;
}

export class BatchView extends CountsView {
  @ListOf(() => OutcomeView, { max: BATCH }) outcomes: OutcomeView[];
}

class LineView {
  @Int({ example: 14, about: 'the header is line 1' }) line: number;
  @Txt({ example: 'water.reading-twice' }) code: string;
  @Txt({ example: 'للعداد قراءة في هذه الدورة' }) reasonAr: string;
  @Txt({ example: 'The meter was read for this period already' }) reasonEn: string;
}

export class FileView extends CountsView {
  @Int({ example: 2000, about: 'but for blank ones' }) lines: number;
  @ListOf(() => LineView, { max: 1_000_000, about: 'refused lines, in their order' }) refusals: LineView[];
}

export class NoAccessView {
  @Txt({ example: 'LOCKED' }) code: string;
  @Txt({ example: 'الباب مغلق' }) ar: string;
  @Txt({ example: 'Locked' }) en: string;
}

export class CloseRoute {
  @PeriodField() period: string;
}
export class ReopenRoute extends CloseRoute {
  @Txt({ min: 3, max: 300, example: 'وردت قراءات متأخرة' }) reason: string;
}
export class RouteClosingView {
  @Id() routeId: number;
  @PeriodField() period: string;
  @OneOf(['CLOSED', 'REOPENED'], { example: 'CLOSED' }) state: string;
  @InstantField() changedAt: string;
}

export class EstimateRoute extends CloseRoute {
  @DateField({ about: 'the day that the estimates are for, after the readings before' }) readOn: string;
}

const reason = (code: string) => ({ code, reasonAr: problemKind(code).ar, reasonEn: problemKind(code).en });

export function outcomeView(clientKey: unknown, outcome: Outcome): OutcomeView {
  const key = typeof clientKey === 'string' && clientKey.length <= 64 ? clientKey : null;
  const blank = { readingId: null, state: null, anomalies: [], code: null, reasonAr: null, reasonEn: null };
  const view = { clientKey: key, ...blank, outcome: outcome.outcome };
  if (outcome.outcome === 'REFUSED') return { ...view, ...reason(outcome.code) };
  const { id, state, anomalies } = outcome.reading;
  return { ...view, readingId: id, state, anomalies: [...anomalies] };
}

function counts(outcomes: readonly Outcome[]): CountsView {
  const of = (kind: string) => outcomes.filter(({ outcome }) => outcome === kind).length;
  const suspect = outcomes.filter((each) => each.outcome === 'ACCEPTED' && each.reading.state === 'SUSPECT').length;
  return { accepted: of('ACCEPTED'), suspect, duplicate: of('DUPLICATE'), refused: of('REFUSED') };
}

export function batchView(readings: readonly unknown[], outcomes: readonly Outcome[]): BatchView {
  const keyOf = (raw: unknown) => (raw as { clientKey?: unknown } | null)?.clientKey;
  return { ...counts(outcomes), outcomes: outcomes.map((outcome, at) => outcomeView(keyOf(readings[at]), outcome)) };
}

export const fileView = (lines: readonly LineOutcome[]): FileView => ({
  lines: lines.length,
  ...counts(lines.map(({ outcome }) => outcome)),
  refusals: lines.flatMap(({ line, outcome }) => ('code' in outcome ? [{ line, ...reason(outcome.code) }] : [])),
});
