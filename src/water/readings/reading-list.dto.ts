import { DateField, Flag, Id, IdList, InstantField, Int, OneOf, PageQuery, TextList, Txt } from '@libs/http';
import { PeriodField } from './capture.dto';
import { ANOMALIES, type Anomaly } from './judgement.rules';
import { READING_SOURCES, READING_STATES, type ReadingSource, type ReadingState } from './reading.entity';
import type { ReadingDetail } from './reading-list';

export class ReadingParam {
  @Id() id: number;
}

export class ListReadings extends PageQuery {
  @PeriodField({ optional: true }) period?: string;
  @Id({ optional: true }) routeId?: number;
  @Id({ optional: true }) subscriptionId?: number;
  @OneOf(READING_STATES, { optional: true, example: 'SUSPECT' }) state?: ReadingState;
  @OneOf(READING_SOURCES, { optional: true, example: 'FIELD' }) source?: ReadingSource;
  @OneOf(ANOMALIES, { optional: true, example: 'HIGH' }) anomaly?: Anomaly;
  @Txt({ optional: true, min: 1, max: 40, example: '12' }) reader?: string;
}

export class DecideReading {
  @Txt({ min: 3, max: 300, example: 'تأكد القارئ من القراءة' }) reason: string;
}
export class ConfirmReading extends DecideReading {
  @Flag({ optional: true, about: 'the register passed all nines' }) rollover?: boolean;
}
export class ConfirmReadings extends DecideReading {
  @IdList({ max: 500, example: [1042, 1043] }) readingIds: number[];
}
export class ConfirmedView {
  @Int({ example: 2, about: 'of those given; the others are not suspect, or need a decision each' }) confirmed: number;
}

export class ReadingView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Id() subscriptionId: number;
  @Txt({ example: '20005' }) subscription: string;
  @Txt({ example: 'Z2409234' }) serial: string;
  @Id({ nullable: true }) routeId: number | null;
  @PeriodField() period: string;
  @DateField() readOn: string;
  @Int({ nullable: true, example: 1042, about: 'of the register; null without access' }) value: number | null;
  @Int({ nullable: true, min: -2_147_483_648, example: 24, about: 'm³ since the reading before' })
  consumption: number | null;
  @Int({ nullable: true, example: 22, about: 'm³ by the average, for the same days' }) expected: number | null;
  @Int({ nullable: true, example: 1018, about: 'of the true reading before, or the installation; null: not known' })
  previous: number | null;
  @DateField() previousOn: string;
  @OneOf(READING_STATES, { example: 'SUSPECT' }) state: string;
  @OneOf(READING_SOURCES, { example: 'FIELD' }) source: string;
  @TextList({ example: ['HIGH'] }) anomalies: string[];
  @Txt({ nullable: true, example: null }) noAccess: string | null;
  @Txt({ nullable: true, example: '12' }) reader: string | null;
  @Txt({ nullable: true, max: 300, example: null }) note: string | null;
  @Int({ example: 1, about: 'how many are attached' }) photos: number;
  @InstantField() capturedAt: string;
  @InstantField() receivedAt: string;
  @Id({ nullable: true, about: 'employee' }) recordedBy: number | null;
  @Id({ nullable: true, about: 'employee' }) decidedBy: number | null;
  @InstantField({ nullable: true }) decidedAt: string | null;
}

export function readingView({ reading, site, previous, expected, photos }: ReadingDetail): ReadingView {
  const { installationId: _, standingInstallationId: __, clientKey: ___, legacyReadingId: ____, ...own } = reading;
  return {
    ...own,
    ...{ subscription: site.number, serial: site.serial, routeId: site.routeId },
    ...{ previous: previous.value, previousOn: previous.on, expected, photos },
  };
}
