import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addDays, addMonths, daysBetween, type LocalDate } from '@libs/calendar';
import { CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { stringify } from 'csv-stringify/sync';
import { Route } from '../subscriptions/subscription.entity';
import { averageADay, startOf } from './judgement.rules';
import { NO_ACCESS_REASONS } from './no-access';
import type { VisitReason } from './reading-visit.entity';
import { limitsOf } from './reading-settings';
import type { Site, Standing } from './rejudge.rules';
import { Sites } from './sites';
import { StandingRows } from './standing-rows';
import { Visits } from './visits';

export interface SheetStop {
  subscription: string;
  sequence: number | null;
  address: string;
  serial: string;
  digits: number;
  /** Null where it is not known. */
  lastReading: number | null;
  lastReadOn: LocalDate;
  /** The last one is an estimate. */
  estimated: boolean;
  /** m³ a month. */
  average: number | null;
  /** Between which the register is expected at the end of the period. */
  expectedFrom: number | null;
  expectedTo: number | null;
  /** Somebody is sent here, and why. */
  visit: VisitReason | null;
  note: string | null;
  /** What stands for the period already. */
  read: number | null;
}

export interface RouteSheet {
  route: { id: number; code: string; name: string };
  period: string;
  noAccess: typeof NO_ACCESS_REASONS;
  stops: SheetStop[];
}

const DAYS_OF_MONTH = 30.4375;

const HEADERS: Record<keyof SheetStop | 'value' | 'noAccess' | 'readOn', string> = {
  sequence: 'التسلسل / Sequence',
  subscription: 'رقم الاشتراك / Subscription',
  serial: 'رقم العداد / Serial',
  address: 'العنوان / Address',
  digits: 'الخانات / Digits',
  lastReading: 'آخر قراءة / Last reading',
  lastReadOn: 'تاريخ آخر قراءة / Last read on',
  estimated: 'مقدرة / Estimated',
  average: 'المعدل الشهري م³ / Average a month m³',
  expectedFrom: 'المتوقع من / Expected from',
  expectedTo: 'المتوقع إلى / Expected to',
  visit: 'زيارة مطلوبة / Visit',
  note: 'ملاحظة الخط / Route note',
  read: 'المسجل / Recorded',
  value: 'القراءة / Reading',
  noAccess: 'سبب التعذر / No access',
  readOn: 'تاريخ القراءة / Read on',
};

/** What a reader takes along: the walk of a route with what each meter showed and may show now. */
@Injectable()
export class RouteSheets {
  constructor(
    private readonly store: Store,
    private readonly sites: Sites,
    private readonly standing: StandingRows,
    private readonly visits: Visits,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Active subscriptions with a meter, in the order of the walk. @throws {Problem} http.not-found */
  async of(routeId: number, period: string): Promise<RouteSheet> {
    const route = await this.store.reads(Route).findOneBy({ id: routeId });
    if (!route) throw new Problem('http.not-found');
    const sites = await this.sites.ofRoute(routeId);
    const ids = sites.map(({ subscriptionId }) => subscriptionId);
    const [histories, visits, places] = [await this.standing.of(ids, period), await this.visits.open(ids), await this.places(ids)]; // prettier-ignore
    const until = addDays(addMonths(`${period}-01`, 1), -1);
    const stops = sites.map((site): SheetStop => {
      const { subscriptionId: id, number: subscription, serial } = site;
      const visit = visits.get(id);
      const place = places.get(id)!;
      return {
        ...{ subscription, ...place, serial, digits: site.register.digits },
        ...this.expected(site, histories.get(id)!, period, until),
        ...{ visit: visit?.reason ?? null, note: visit?.note ?? null },
      };
    });
    const { id, code, name } = route;
    return { route: { id, code, name }, period, noAccess: NO_ACCESS_REASONS, stops };
  }

  private expected(site: Site, history: readonly Standing[], period: string, until: LocalDate) {
    const own = history.filter((row) => row.installationId === site.installationId);
    const last = own.findLast((row) => row.period < period);
    const [lastReading, lastReadOn] = last ? [last.value, last.readOn] : [site.initialReading, site.installedOn];
    const start = startOf(history, { ...site, id: site.installationId }, period);
    const average = averageADay(history, period);
    const { lowPercent, highPercent } = limitsOf(this.config);
    const days = Math.max(daysBetween(start.on, until), 1);
    const { digits, multiplier } = site.register;
    const at = (percent: number) =>
      average === null || start.value === null
        ? null
        : (start.value + Math.round((average * days * percent) / 100 / multiplier)) % 10 ** digits;
    return {
      ...{ lastReading, lastReadOn, estimated: last?.source === 'ESTIMATE' },
      average: average === null ? null : Math.round(average * DAYS_OF_MONTH),
      ...{ expectedFrom: at(lowPercent), expectedTo: at(highPercent) },
      read: own.find((row) => row.period === period && row.source !== 'ESTIMATE')?.value ?? null,
    };
  }

  private async places(ids: readonly number[]): Promise<Map<number, { sequence: number | null; address: string }>> {
    const rows = await this.store.selectIn<{ id: number | string; sequence: number | null; address: string }>(
      (list) =>
        `SELECT s."id", s."sequence", p."address" FROM "water_subscriptions" s
         JOIN "water_premises" p ON p."id" = s."premise_id" WHERE s."id" IN (${list})`,
      ids,
    );
    return new Map(rows.map(({ id, sequence, address }) => [Number(id), { sequence, address }]));
  }
}

/** Of what a handheld has: another one, and it loads the sheet again. */
export const sheetHash = (sheet: RouteSheet): string =>
  createHash('sha256').update(JSON.stringify(sheet)).digest('hex').slice(0, 32);

/** UTF-8 with a BOM; the last three columns are left to the reader, and the file can be uploaded as it is. */
export function sheetCsv({ stops }: RouteSheet): Buffer {
  const columns = Object.entries(HEADERS).map(([key, header]) => ({ key, header }));
  const cast = { boolean: (value: boolean) => (value ? '1' : '') };
  return Buffer.from(stringify(stops, { header: true, bom: true, columns, cast, escape_formulas: true, record_delimiter: 'windows' })); // prettier-ignore
}
