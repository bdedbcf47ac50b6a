import { DateField, Flag, Id, InstantField, Int, ListOf, OneOf, PageQuery, Part, TextList, Txt } from '@libs/http';
import { METER_ACTS, METER_STATES, TEST_OUTCOMES, type Meter, type MeterState, type MeterTest } from './meter.entity';
import type { MeterHistory } from './meters';

export class MeterParam {
  @Id() id: number;
}

export class ListMeters extends PageQuery {
  @OneOf(METER_STATES, { optional: true, example: 'STOCK' }) state?: MeterState;
  @Txt({ optional: true, min: 1, max: 60, example: 'Z24', about: 'how the serial begins' }) serial?: string;
}

export class ReceiveMeters {
  @Txt({ optional: true, max: 60, example: 'Sensus 620' }) make?: string;
  @Int({ min: 3, max: 9, example: 5, about: 'of the register' }) digits: number;
  @Int({ min: 10, max: 500, example: 15 }) sizeMm: number;
  @Int({ optional: true, min: 1, max: 1000, example: 1, about: 'm³ a unit of the register; default 1' })
  multiplier?: number;
  @TextList({ min: 1, max: 1000, length: 60, example: ['Z2409234', 'Z2409235'] }) serials: string[];
}

const MOVES = ['STOCK', 'TESTING', 'REPAIR', 'RETIRED'] as const;

export class MoveMeter {
  @OneOf(MOVES, { example: 'REPAIR' }) to: (typeof MOVES)[number];
  @Txt({ min: 3, max: 500, example: 'زجاج مكسور' }) reason: string;
}

class BenchErrorsOf {
  @Int({
    optional: true,
    min: -10_000,
    max: 10_000,
    example: -150,
    about: 'hundredths of a percent at the lowest flow',
  })
  low?: number;
  @Int({ min: -10_000, max: 10_000, example: 40, about: 'at nominal flow; positive: it counts too much' })
  nominal: number;
  @Int({ min: -10_000, max: 10_000, example: 20, about: 'at the highest flow' }) high: number;
}

export class RecordTest {
  @DateField() testedOn: string;
  @Part(() => BenchErrorsOf, { optional: true, about: 'left out: the register did not move' }) errors?: BenchErrorsOf;
  @Txt({ max: 60, example: 'ف.ع 2026/41', about: 'of the report of the bench' }) reportNumber: string;
  @OneOf(['STOCK', 'REPAIR', 'RETIRED'], { example: 'REPAIR', about: 'where it goes' }) then:
    'STOCK' | 'REPAIR' | 'RETIRED';
}

export class MeterView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Txt({ example: 'Z2409234' }) serial: string;
  @Txt({ nullable: true, example: 'Sensus 620' }) make: string | null;
  @Int({ example: 5 }) digits: number;
  @Int({ example: 15 }) sizeMm: number;
  @Int({ example: 1, about: 'm³ a unit of the register' }) multiplier: number;
  @Txt({ nullable: true, example: 'S-118834' }) seal: string | null;
  @OneOf(METER_STATES, { example: 'STOCK' }) state: string;
}

export class ReceivedView {
  @ListOf(() => MeterView, { max: 1000 }) meters: MeterView[];
}

class StoodView {
  @Id() subscriptionId: number;
  @DateField() installedOn: string;
  @Int({ example: 0 }) initialReading: number;
  @DateField({ nullable: true }) removedOn: string | null;
  @Int({ nullable: true, example: 1320 }) finalReading: number | null;
}

class MeterEventView {
  @OneOf(METER_ACTS, { example: 'INSTALLED' }) act: string;
  @OneOf(METER_STATES, { example: 'INSTALLED', about: 'afterwards' }) state: string;
  @DateField() happenedOn: string;
  @Id({ nullable: true }) subscriptionId: number | null;
  @Txt({ nullable: true, max: 500, example: null }) reason: string | null;
  @Id({ nullable: true, about: 'employee' }) recordedBy: number | null;
  @InstantField() recordedAt: string;
}

export class MeterTestView {
  @Id() id: number;
  @Id() meterId: number;
  @Id({ nullable: true, about: 'where it stood last' }) subscriptionId: number | null;
  @DateField() testedOn: string;
  @Int({ min: -10_000, nullable: true, example: -150, about: 'hundredths of a percent' }) errorLow: number | null;
  @Int({ min: -10_000, nullable: true, example: 40 }) errorNominal: number | null;
  @Int({ min: -10_000, nullable: true, example: 20 }) errorHigh: number | null;
  @Int({ example: 400 }) tolerance: number;
  @OneOf(TEST_OUTCOMES, { example: 'RIGHT' }) outcome: string;
  @Flag({ about: 'the fee of the request was taken back, because the meter was wrong' }) feeGivenBack: boolean;
  @Txt({ example: 'ف.ع 2026/41' }) reportNumber: string;
  @Id({ about: 'employee' }) recordedBy: number;
  @InstantField() recordedAt: string;
}

export class MeterHistoryView extends MeterView {
  @ListOf(() => StoodView, { max: 10_000 }) installations: StoodView[];
  @ListOf(() => MeterEventView, { max: 10_000 }) events: MeterEventView[];
  @ListOf(() => MeterTestView, { max: 10_000 }) tests: MeterTestView[];
}

export const meterView = (meter: Meter): MeterView => ({ ...meter });

export const meterTestView = (test: MeterTest): MeterTestView => ({ ...test });

export const meterHistoryView = ({ meter, installations, events, tests }: MeterHistory): MeterHistoryView => ({
  ...meter,
  installations: installations.map(({ subscriptionId, installedOn, initialReading, removedOn, finalReading }) => ({
    ...{ subscriptionId, installedOn, initialReading, removedOn, finalReading },
  })),
  events: events.map(({ id: _, meterId: __, ...event }) => event),
  tests: tests.map(meterTestView),
});
