import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { Store } from '@libs/persistence';
import type { FormerTerms, Rating } from '@libs/tariff';
import { withPrepaid } from '../prepaid/prepaid.entity';
import type { SubscriptionState, WaterClass } from '../subscriptions/subscription.entity';

export interface BilledSubscription {
  id: number;
  accountId: number;
  number: string;
  waterClass: WaterClass;
  sizeMm: number;
  units: number;
  sewer: boolean;
  state: SubscriptionState;
  cycleMonths: number;
  /** Its meter gives water against tokens. */
  prepaid: boolean;
  /** Class, size and units of days before, the earliest first. */
  former: readonly FormerTerms[];
}

type Row = Omit<BilledSubscription, 'former'>;

/** A rating that stands, as the next one needs it. */
export interface EarlierRating {
  id: number;
  subscriptionId: number;
  accountId: number;
  period: string;
  fromOn: LocalDate;
  toOn: LocalDate;
  litres: number;
  ahead: number;
  estimated: boolean;
}

/** Which subscriptions a run bills. */
export interface Billed {
  routeId?: number;
  zoneId?: number;
  waterClass?: string;
}

const SUBSCRIPTION = `SELECT s."id", s."account_id" AS "accountId", s."number", s."water_class" AS "waterClass",
    s."size_mm" AS "sizeMm", s."units", s."sewer", s."state", r."cycle_months" AS "cycleMonths",
    CASE WHEN EXISTS (SELECT 1 FROM "water_installations" i${withPrepaid('i')}
      WHERE i."open_subscription_id" = s."id" AND pp."id" IS NOT NULL) THEN 1 ELSE 0 END AS "prepaid"
  FROM "water_subscriptions" s LEFT JOIN "water_routes" r ON r."id" = s."route_id"`;

const RATING = `SELECT "id", "subscription_id" AS "subscriptionId", "account_id" AS "accountId", "period",
    "from_on" AS "fromOn", "to_on" AS "toOn", "litres", "ahead", "estimated" FROM "water_ratings"`;

/** In a period: also those that were closed while a reading of it was still to be billed. */
const BILLED = `(s."state" IN ('ACTIVE', 'HOLD', 'DISCONNECTED', 'TEMP_CLOSED') OR s."state" = 'CLOSED'
  AND s."closed_on" IS NOT NULL AND EXISTS (SELECT 1 FROM "water_readings" o WHERE o."subscription_id" = s."id"
    AND o."period" = ? AND o."standing_installation_id" IS NOT NULL AND o."state" <> 'BILLED'))`;

/** Queries of billing about subscriptions and what was rated of them. */
@Injectable()
export class BilledSubscriptions {
  constructor(private readonly store: Store) {}

  /** Accounts after one, ascending. */
  async accounts(
    { routeId, zoneId, waterClass }: Billed,
    period: string,
    after: number,
    limit: number,
  ): Promise<number[]> {
    const conditions: [string, unknown][] = [];
    if (routeId !== undefined) conditions.push(['s."route_id" = ?', routeId]);
    if (waterClass !== undefined) conditions.push(['s."water_class" = ?', waterClass]);
    if (zoneId !== undefined) conditions.push(['COALESCE(p."zone_id", r."zone_id") = ?', zoneId]);
    const places =
      zoneId === undefined
        ? ''
        : ` JOIN "water_premises" p ON p."id" = s."premise_id" LEFT JOIN "water_routes" r ON r."id" = s."route_id"`;
    const rows = await this.store.sql<{ account_id: number | string }>(
      this.store.page(
        `SELECT DISTINCT s."account_id" FROM "water_subscriptions" s${places}
         WHERE s."account_id" > ? AND ${BILLED}${conditions.map(([sql]) => ` AND ${sql}`).join('')}`,
        's."account_id"',
        0,
        limit,
      ),
      [after, period, ...conditions.map(([, value]) => value)],
    );
    return rows.map(({ account_id }) => Number(account_id));
  }

  async ofAccounts(accountIds: readonly number[], period: string): Promise<BilledSubscription[]> {
    const rows = await this.store.selectIn<Row>(
      (list) => `${SUBSCRIPTION} WHERE s."account_id" IN (${list}) AND ${BILLED} ORDER BY s."id"`,
      accountIds,
      [period],
    );
    return this.withTerms(rows);
  }

  async byId(ids: readonly number[]): Promise<BilledSubscription[]> {
    const rows = await this.store.selectIn<Row>(
      (list) => `${SUBSCRIPTION} WHERE s."id" IN (${list}) ORDER BY s."id"`,
      ids,
    );
    return this.withTerms(rows);
  }

  private async withTerms(rows: readonly Row[]): Promise<BilledSubscription[]> {
    const terms = await this.store.selectIn<FormerTerms & { id: number | string }>(
      (list) =>
        `SELECT "subscription_id" AS "id", "until_on" AS "until", "water_class" AS "class", "size_mm" AS "size", "units"
         FROM "water_former_terms" WHERE "subscription_id" IN (${list}) ORDER BY "until_on"`,
      rows.map(({ id }) => id),
    );
    const former = new Map<number, FormerTerms[]>();
    for (const { id, ...each } of terms) former.set(Number(id), [...(former.get(Number(id)) ?? []), each]);
    return rows.map((row) => ({
      ...row,
      id: Number(row.id),
      accountId: Number(row.accountId),
      sewer: Boolean(row.sewer),
      prepaid: Boolean(row.prepaid),
      cycleMonths: Number(row.cycleMonths ?? 1),
      former: former.get(Number(row.id)) ?? [],
    }));
  }

  /** What stands of each since a month, the oldest first. */
  async ratings(subscriptionIds: readonly number[], since: string): Promise<Map<number, EarlierRating[]>> {
    const rows = await this.store.selectIn<EarlierRating>(
      (list) => `${RATING} WHERE "standing_subscription_id" IN (${list}) AND "period" >= ? ORDER BY "from_on", "id"`,
      subscriptionIds,
      [since],
    );
    const found = new Map<number, EarlierRating[]>();
    for (const row of rows) {
      const one = {
        ...row,
        id: Number(row.id),
        subscriptionId: Number(row.subscriptionId),
        litres: Number(row.litres),
      };
      const rated = { ...one, accountId: Number(row.accountId), estimated: Boolean(row.estimated) };
      found.set(rated.subscriptionId, [...(found.get(rated.subscriptionId) ?? []), rated]);
    }
    return found;
  }

  async ratingsById(ids: readonly number[]): Promise<Map<number, Rating>> {
    const rows = await this.store.selectIn<{ id: number | string; rating: string }>(
      (list) => `SELECT "id", "rating" FROM "water_ratings" WHERE "id" IN (${list})`,
      ids,
    );
    return new Map(rows.map(({ id, rating }) => [Number(id), JSON.parse(rating) as Rating]));
  }

  /**
   * m³ of the meters behind a master, by master and month; null where one of them has no reading. Of a register that begins
   * nobody is billed what it measured before: it is the master's.
   */
  async behind(masterIds: readonly number[], periods: readonly string[]): Promise<Map<string, number | null>> {
    const children = await this.store.selectIn<{ id: number | string; masterId: number | string; state: string }>(
      (list) =>
        `SELECT "id", "master_id" AS "masterId", "state" FROM "water_subscriptions"
         WHERE "master_id" IN (${list}) AND "state" NOT IN ('APPLIED', 'APPROVED')`,
      masterIds,
    );
    const read = new Map<string, number>();
    for (const period of children.length === 0 ? [] : periods) {
      const rows = await this.store.selectIn<{ id: number | string; used: number | string | null }>(
        (list) =>
          `SELECT "subscription_id" AS "id", SUM(CASE WHEN "state" = 'CONFIRMED' AND "anomalies" LIKE '%"FIRST"%' THEN 0
             ELSE CAST("consumption" AS bigint) END) AS "used" FROM "water_readings"
           WHERE "subscription_id" IN (${list}) AND "period" = ? AND "standing_installation_id" IS NOT NULL
           GROUP BY "subscription_id"`,
        children.map(({ id }) => Number(id)),
        [period],
      );
      for (const { id, used } of rows) if (used !== null) read.set(`${Number(id)} ${period}`, Number(used));
    }
    const sums = new Map<string, number | null>();
    for (const { id, masterId, state } of children) {
      for (const period of periods) {
        const key = `${Number(masterId)} ${period}`;
        const [sum, used] = [sums.get(key), read.get(`${Number(id)} ${period}`)];
        // Nothing is measured there any more.
        if (used === undefined && state === 'CLOSED') continue;
        sums.set(key, sum === null || used === undefined ? null : (sum ?? 0) + used);
      }
    }
    return sums;
  }
}
