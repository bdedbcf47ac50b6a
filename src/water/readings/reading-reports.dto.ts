import { DateField, Fraction, Id, InstantField, Int, ListOf, OneOf, PageQuery, Txt } from '@libs/http';
import { WATER_CLASSES } from '../subscriptions/subscription.entity';
import { PeriodField } from './capture.dto';
import type { ReaderDay, RouteCoverage } from './reading-reports';

export class OfPeriod {
  @PeriodField() period: string;
}
export class PageOfPeriod extends PageQuery {
  @PeriodField() period: string;
}
export class UnreadQuery extends PageOfPeriod {
  @Id({ optional: true }) routeId?: number;
}
export class DeadQuery extends OfPeriod {
  @Int({ optional: true, min: 2, max: 24, fallback: 3, example: 3, about: 'cycles without consumption' })
  cycles?: number;
}

class CountedView {
  @Int({ example: 82, about: 'active, with a meter' }) meters: number;
  @Int({ example: 78 }) read: number;
  @Int({ example: 3 }) estimated: number;
  @Int({ example: 1 }) unread: number;
  @Int({ example: 2, about: 'waiting for a decision' }) suspect: number;
  @Fraction({ example: 0.037, about: 'of the meters' }) estimatedShare: number;
}

class RouteCoverageView extends CountedView {
  @Id() routeId: number;
  @Txt({ example: '26' }) code: string;
  @Txt({ example: 'رفيديا، الشارع الرئيسي' }) name: string;
}

export class CoverageView extends CountedView {
  @ListOf(() => RouteCoverageView, { max: 10_000 }) routes: RouteCoverageView[];
}

export class UnreadView {
  @Id() subscriptionId: number;
  @Txt({ example: '20005' }) number: string;
  @Id({ nullable: true }) routeId: number | null;
  @Int({ nullable: true, example: 369 }) sequence: number | null;
  @Txt({ example: 'Z2409234' }) serial: string;
  @Txt({ nullable: true, example: 'LOCKED' }) noAccess: string | null;
}

class ReaderDayView {
  @Txt({ example: '12' }) reader: string;
  @DateField() readOn: string;
  @Int({ example: 210, about: 'visits, those without access as well' }) readings: number;
  @Int({ example: 9 }) noAccess: number;
  @Int({ example: 4, about: 'found odd, decided or not' }) suspects: number;
  @Int({ example: 1 }) rejected: number;
  @InstantField({ nullable: true }) first: string | null;
  @InstantField({ nullable: true }) last: string | null;
  @Int({ nullable: true, example: 35, about: 'visits an hour, from the first to the last' }) perHour: number | null;
}

export class ReadersView {
  @ListOf(() => ReaderDayView, { max: 100_000 }) days: ReaderDayView[];
}

export class ConsumerView {
  @Id() subscriptionId: number;
  @Txt({ example: '20005' }) number: string;
  @Id({ nullable: true }) routeId: number | null;
  @OneOf(WATER_CLASSES, { example: 'DOMESTIC' }) waterClass: string;
  @Txt({ example: 'Z2409234' }) serial: string;
  @Int({ example: 240, about: 'm³' }) consumption: number;
}

export class DeadMetersView {
  @ListOf(() => ConsumerView, { max: 1_000_000 }) meters: ConsumerView[];
}

export function coverageView(routes: readonly RouteCoverage[]): CoverageView {
  const counted = (list: readonly RouteCoverage[]): CountedView => {
    const sum = (name: 'meters' | 'read' | 'estimated' | 'suspect') => list.reduce((all, row) => all + row[name], 0);
    const [meters, read, estimated] = [sum('meters'), sum('read'), sum('estimated')];
    const estimatedShare = meters === 0 ? 0 : Math.round((estimated * 1000) / meters) / 1000;
    return { meters, read, estimated, unread: meters - read - estimated, suspect: sum('suspect'), estimatedShare };
  };
  const view = (row: RouteCoverage) => ({ routeId: row.routeId, code: row.code, name: row.name, ...counted([row]) });
  return { ...counted(routes), routes: routes.map(view) };
}

const HOUR_MS = 3_600_000;

export function readersView(days: readonly ReaderDay[]): ReadersView {
  return {
    days: days.map((day) => {
      const hours = day.first && day.last ? (Date.parse(day.last) - Date.parse(day.first)) / HOUR_MS : 0;
      return { ...day, perHour: hours > 0 ? Math.round((day.readings - 1) / hours) : null };
    }),
  };
}
