import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, monthAfter, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { Route, Subscription } from '../subscriptions/subscription.entity';
import { estimate, type EstimateMethod } from './estimate.rules';
import { ReadingClosings } from './reading-closings';
import { Reading } from './reading.entity';
import type { Site, Standing } from './rejudge.rules';
import { Sites } from './sites';
import { StandingRows } from './standing-rows';
import { Visits } from './visits';

export interface Estimated {
  site: Site;
  method: EstimateMethod;
  value: number;
  consumption: number;
}
/** VISIT: as many in a row as may be; LATER: a later reading stands, which measures this cycle too. */
export const ESTIMATE_EXCEPTIONS = ['VISIT', 'NO_BASIS', 'NO_DAYS', 'LATER'] as const;
export type EstimateException = (typeof ESTIMATE_EXCEPTIONS)[number];

export interface EstimateRun {
  estimates: Estimated[];
  exceptions: { site: Site; exception: EstimateException }[];
}

const DAYS_OF_MONTH = 30.4375;
/** Months whose readings make the average of a class. */
const CLASS_MONTHS = 3;

/** Estimates for the meters of a route that nobody could read in a period. */
@Injectable()
export class Estimates {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly sites: Sites,
    private readonly standing: StandingRows,
    private readonly closings: ReadingClosings,
    private readonly visits: Visits,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What {@link make} would do. @throws {Problem} http.not-found, http.invalid; water.reading-period-closed */
  async preview(routeId: number, period: string, readOn: LocalDate): Promise<EstimateRun> {
    await this.check(routeId, period, readOn);
    return this.reckon(await this.sites.ofRoute(routeId), period, readOn);
  }

  /**
   * Makes them, as readings that stand, and demands a visit where there are too many in a row. Again it makes what is
   * still missing. @throws as {@link preview}
   */
  make(routeId: number, period: string, readOn: LocalDate, { userId }: Principal): Promise<EstimateRun> {
    return this.uow.run(async () => {
      await this.check(routeId, period, readOn);
      const sites = await this.sites.ofRoute(routeId);
      await this.store.hold(Subscription, sites.map(({ subscriptionId }) => subscriptionId)); // prettier-ignore
      const run = await this.reckon(await this.sites.ofRoute(routeId), period, readOn);
      await this.write(run.estimates, period, readOn, userId);
      const visits = run.exceptions.filter(({ exception }) => exception === 'VISIT');
      const demand = { period, reason: 'ESTIMATES' as const, note: null, readingId: null, requestedBy: userId };
      await this.visits.demand(visits.map(({ site: { subscriptionId } }) => ({ subscriptionId, ...demand })));
      const detail = { routeId, period, estimates: run.estimates.length, exceptions: run.exceptions.length };
      await this.audit.record({ action: 'water.readings-estimated', detail });
      return run;
    });
  }

  private async check(routeId: number, period: string, readOn: LocalDate): Promise<void> {
    if (!(await this.store.reads(Route).existsBy({ id: routeId }))) throw new Problem('http.not-found');
    const today = localDateOf(this.clock.now());
    if (readOn > today) throw invalidField('/readOn', 'future');
    if (period > today.slice(0, 7)) throw invalidField('/period', 'future');
    await this.closings.requireOpen(routeId, period);
  }

  private async reckon(sites: readonly Site[], period: string, readOn: LocalDate): Promise<EstimateRun> {
    const ids = sites.map(({ subscriptionId }) => subscriptionId);
    const histories = await this.standing.of(ids, period);
    const classes = await this.classes(ids);
    const averages = await this.classAverages(period);
    const run: EstimateRun = { estimates: [], exceptions: [] };
    for (const site of sites) {
      const history: Standing[] = histories.get(site.subscriptionId)!;
      if (history.some((row) => row.period === period)) continue;
      if (history.some((row) => row.period > period)) {
        run.exceptions.push({ site, exception: 'LATER' });
        continue;
      }
      const classAverage = averages.get(classes.get(site.subscriptionId)!) ?? null;
      const basis = {
        history,
        installation: { ...site, id: site.installationId },
        register: site.register,
        classAverage,
      };
      const found = estimate({ ...basis, mostEstimates: this.config.waterMostEstimates }, period, readOn);
      if ('exception' in found) run.exceptions.push({ site, ...found });
      else run.estimates.push({ site, ...found });
    }
    return run;
  }

  private async write(
    estimates: readonly Estimated[],
    period: string,
    readOn: LocalDate,
    recordedBy: number,
  ): Promise<void> {
    const ids = await this.ids.many(estimates.length);
    const now = this.clock.now();
    const rows = estimates.map(
      ({ site: { subscriptionId, installationId }, method, value, consumption }, at): Reading => ({
        ...{ id: ids[at]!, version: 1, subscriptionId, installationId, standingInstallationId: installationId },
        ...{ period, readOn, value, consumption, state: 'VALID', source: 'ESTIMATE', noAccess: null, anomalies: [] },
        ...{ reader: null, clientKey: null, capturedAt: now, receivedAt: now, recordedBy, decidedBy: null },
        ...{ decidedAt: null, note: method, legacyReadingId: null },
      }),
    );
    await this.store.insert(Reading, rows);
  }

  private async classes(ids: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.store.selectIn<{ id: number | string; waterClass: string }>(
      (list) => `SELECT "id", "water_class" AS "waterClass" FROM "water_subscriptions" WHERE "id" IN (${list})`,
      ids,
    );
    return new Map(rows.map(({ id, waterClass }) => [Number(id), waterClass]));
  }

  /** m³ a day by class, over the true readings of these months, this one among them. */
  private async classAverages(period: string): Promise<Map<string, number>> {
    const since = monthAfter(period, -CLASS_MONTHS);
    const rows = await this.store.sql<{ waterClass: string; used: number | string; months: number | string }>(
      `SELECT s."water_class" AS "waterClass", SUM(CAST(r."consumption" AS bigint)) AS "used",
         SUM(COALESCE(t."cycle_months", 1)) AS "months"
       FROM "water_readings" r JOIN "water_subscriptions" s ON s."id" = r."subscription_id"
       LEFT JOIN "water_routes" t ON t."id" = s."route_id"
       WHERE r."period" > ? AND r."period" <= ? AND r."standing_installation_id" IS NOT NULL
         AND r."source" <> 'ESTIMATE' AND r."state" IN ('VALID', 'CONFIRMED', 'BILLED') AND r."consumption" >= 0
       GROUP BY s."water_class"`,
      [since, period],
    );
    return new Map(
      rows.map(({ waterClass, used, months }) => [waterClass, Number(used) / (Number(months) * DAYS_OF_MONTH)]),
    );
  }
}
