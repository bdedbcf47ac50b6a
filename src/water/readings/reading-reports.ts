import { Injectable } from '@nestjs/common';
import { monthAfter } from '@libs/calendar';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { Store } from '@libs/persistence';

type Raw<T> = { [K in keyof T]: T[K] | string | number };

/** Of the active subscriptions of a route with a meter. */
export interface RouteCoverage {
  routeId: number;
  code: string;
  name: string;
  meters: number;
  read: number;
  estimated: number;
  suspect: number;
}

export interface Unread {
  subscriptionId: number;
  number: string;
  routeId: number | null;
  sequence: number | null;
  serial: string;
  /** Of the last visit in the period. */
  noAccess: string | null;
}

export interface ReaderDay {
  reader: string;
  readOn: string;
  readings: number;
  noAccess: number;
  suspects: number;
  rejected: number;
  /** Where the handheld says when. */
  first: string | null;
  last: string | null;
}

export interface Consumer {
  subscriptionId: number;
  number: string;
  routeId: number | null;
  waterClass: string;
  serial: string;
  consumption: number;
}

const STANDS = `"standing_installation_id" IS NOT NULL AND r."value" IS NOT NULL`;
const METERS = `"water_subscriptions" s JOIN "water_installations" i ON i."open_subscription_id" = s."id"`;
const CONSUMER = `SELECT s."id" AS "subscriptionId", s."number", s."route_id" AS "routeId",
  s."water_class" AS "waterClass", m."serial"`;

/** What reading has come to, by period. */
@Injectable()
export class ReadingReports {
  constructor(private readonly store: Store) {}

  /** Every route that has active meters, by code. */
  async coverage(period: string): Promise<RouteCoverage[]> {
    const is = (condition: string) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
    const rows = await this.store.sql<Raw<RouteCoverage>>(
      `SELECT t."id" AS "routeId", t."code", t."name", COUNT(DISTINCT s."id") AS "meters",
         ${is(`r."source" <> 'ESTIMATE'`)} AS "read", ${is(`r."source" = 'ESTIMATE'`)} AS "estimated",
         ${is(`r."state" = 'SUSPECT'`)} AS "suspect"
       FROM ${METERS} JOIN "water_routes" t ON t."id" = s."route_id"
       LEFT JOIN "water_readings" r ON r."installation_id" = i."id" AND r."period" = ? AND r.${STANDS}
       WHERE s."state" = 'ACTIVE' GROUP BY t."id", t."code", t."name" ORDER BY t."code", t."id"`,
      [period],
    );
    return rows.map(({ code, name, ...numbers }) => ({ code, name, ...counted(numbers) }) as RouteCoverage);
  }

  /** Active meters without a reading or an estimate, in the order of their walk. */
  async unread(period: string, routeId: number | undefined, query: PageQuery): Promise<Page<Unread>> {
    const from = `FROM ${METERS} JOIN "water_meters" m ON m."id" = i."meter_id" WHERE s."state" = 'ACTIVE'
      ${routeId === undefined ? '' : 'AND s."route_id" = ?'} AND NOT EXISTS (SELECT 1 FROM "water_readings" r
        WHERE r."installation_id" = i."id" AND r."period" = ? AND r.${STANDS})`;
    const parameters = [...(routeId === undefined ? [] : [routeId]), period];
    const visit = `(SELECT v."no_access" FROM "water_readings" v
      WHERE v."installation_id" = i."id" AND v."period" = ? AND v."value" IS NULL
        AND NOT EXISTS (SELECT 1 FROM "water_readings" w
          WHERE w."installation_id" = v."installation_id" AND w."period" = v."period" AND w."value" IS NULL
            AND (w."captured_at" > v."captured_at" OR (w."captured_at" = v."captured_at" AND w."id" > v."id"))))`;
    const rows = await this.store.sql<Raw<Unread>>(
      this.store.page(
        `SELECT s."id" AS "subscriptionId", s."number", s."route_id" AS "routeId", s."sequence", m."serial",
           ${visit} AS "noAccess" ${from}`,
        's."route_id", s."sequence", s."id"',
        skipped(query),
        query.pageSize,
      ),
      [period, ...parameters],
    );
    const items = rows.map((row) => ({ ...row, ...ids(row) }) as Unread);
    return pageOf(query, items, await this.count(from, parameters));
  }

  /** By reader and day. */
  async readers(period: string): Promise<ReaderDay[]> {
    const is = (condition: string) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
    const seen = (fold: string) => `${fold}(CASE WHEN "captured_at" <> "received_at" THEN "captured_at" END)`;
    const rows = await this.store.sql<Raw<ReaderDay>>(
      `SELECT "reader", "read_on" AS "readOn", COUNT(*) AS "readings", ${is('"value" IS NULL')} AS "noAccess",
         ${is(`"state" IN ('SUSPECT', 'CONFIRMED')`)} AS "suspects", ${is(`"state" = 'REJECTED'`)} AS "rejected",
         ${seen('MIN')} AS "first", ${seen('MAX')} AS "last"
       FROM "water_readings" WHERE "period" = ? AND "reader" IS NOT NULL
       GROUP BY "reader", "read_on" ORDER BY "reader", "read_on"`,
      [period],
    );
    return rows.map(({ reader, readOn, first, last, ...numbers }) => {
      const [from, to] = [first, last].map((at) => (at === null ? null : new Date(at).toISOString()));
      return { reader, readOn, first: from, last: to, ...counted(numbers) } as ReaderDay;
    });
  }

  /** Read, and nothing used. */
  zeros(period: string, query: PageQuery): Promise<Page<Consumer>> {
    return this.consumers(period, 'r."consumption" = 0', 's."number", s."id"', query);
  }

  /** Who used most. */
  top(period: string, query: PageQuery): Promise<Page<Consumer>> {
    return this.consumers(period, 'r."consumption" > 0', 'r."consumption" DESC, s."id"', query);
  }

  /** Standing meters that truly showed no consumption in each of the last cycles up to a period, by number. */
  async dead(period: string, cycles: number): Promise<Consumer[]> {
    const found: Consumer[] = [];
    for (const months of [1, 2]) {
      const since = monthAfter(period, -cycles * months);
      const rows = await this.store.sql<Raw<Consumer>>(
        `${CONSUMER}, 0 AS "consumption" FROM ${METERS} JOIN "water_meters" m ON m."id" = i."meter_id"
           JOIN "water_readings" r ON r."installation_id" = i."id"
           LEFT JOIN "water_routes" t ON t."id" = s."route_id"
         WHERE s."state" = 'ACTIVE' AND COALESCE(t."cycle_months", 1) = ? AND r."period" > ? AND r."period" <= ?
           AND r.${STANDS} AND r."source" <> 'ESTIMATE'
         GROUP BY s."id", s."number", s."route_id", s."water_class", m."serial"
         HAVING COUNT(*) >= ? AND MIN(r."consumption") = 0 AND MAX(r."consumption") = 0
           AND COUNT(r."consumption") = COUNT(*) ORDER BY s."number", s."id"`,
        [months, since, period, cycles],
      );
      found.push(...rows.map(consumer));
    }
    return found;
  }

  private async consumers(period: string, which: string, order: string, query: PageQuery): Promise<Page<Consumer>> {
    const from = `FROM "water_readings" r JOIN "water_subscriptions" s ON s."id" = r."subscription_id"
      JOIN "water_installations" i ON i."id" = r."installation_id" JOIN "water_meters" m ON m."id" = i."meter_id"
      WHERE r."period" = ? AND r.${STANDS} AND r."source" <> 'ESTIMATE' AND ${which}`;
    const sql = this.store.page(`${CONSUMER}, r."consumption" ${from}`, order, skipped(query), query.pageSize);
    const rows = await this.store.sql<Raw<Consumer>>(sql, [period]);
    return pageOf(query, rows.map(consumer), await this.count(from, [period]));
  }

  private async count(from: string, parameters: readonly unknown[]): Promise<number> {
    const [row] = await this.store.sql<{ n: number | string }>(`SELECT COUNT(*) AS "n" ${from}`, parameters);
    return Number(row!.n);
  }
}

const counted = (row: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)]));

const ids = ({ subscriptionId, routeId }: { subscriptionId: unknown; routeId: unknown }) => ({
  subscriptionId: Number(subscriptionId),
  routeId: routeId === null ? null : Number(routeId),
});

const consumer = (row: Raw<Consumer>): Consumer =>
  ({ ...row, ...ids(row), consumption: Number(row.consumption) }) as Consumer;
