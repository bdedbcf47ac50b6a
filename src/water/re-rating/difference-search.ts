import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { parseTariff, type Rating } from '@libs/tariff';
import { difference, headsOf } from '../billing/water-lines.rules';
import { Tariffs } from '../tariffs/tariffs';
import { RatingDifference, type ReRating } from './re-rating.entity';
import type { ReRatingStep, WorkedReRating } from './re-rating-worker';

const COLUMNS = [
  'id',
  'reRatingId',
  'ratingId',
  'subscriptionId',
  'accountId',
  'period',
  'before',
  'after',
  'changes',
  'rating',
  'state',
  'refusal',
] as const;

interface Row {
  id: number | string;
  subscription_id: number | string;
  account_id: number | string;
  period: string;
  sewer: boolean | number;
  rating: string;
}

/** Rates the cycles of a re-rating again and lists those that come to something else. */
@Injectable()
export class DifferenceSearch implements ReRatingStep {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly tariffs: Tariffs,
  ) {}

  async next(run: WorkedReRating, limit: number): Promise<number[]> {
    const { fromPeriod, toPeriod, waterClass, routeId, zoneId, cursor } = run;
    const conditions: [string, unknown][] = [];
    if (waterClass !== null) conditions.push(['s."water_class" = ?', waterClass]);
    if (routeId !== null) conditions.push(['s."route_id" = ?', routeId]);
    if (zoneId !== null) conditions.push(['COALESCE(p."zone_id", t."zone_id") = ?', zoneId]);
    const rows = await this.store.sql<{ id: number | string }>(
      this.store.page(
        `SELECT r."id" FROM "water_ratings" r JOIN "water_subscriptions" s ON s."id" = r."subscription_id"
         JOIN "water_premises" p ON p."id" = s."premise_id" LEFT JOIN "water_routes" t ON t."id" = s."route_id"
         WHERE r."id" > ? AND r."period" >= ? AND r."period" <= ? AND r."standing_subscription_id" IS NOT NULL
           ${conditions.map(([sql]) => `AND ${sql}`).join(' ')}`,
        'r."id"',
        0,
        limit,
      ),
      [cursor, fromPeriod, toPeriod, ...conditions.map(([, value]) => value)],
    );
    return rows.map(({ id }) => Number(id));
  }

  async work(run: WorkedReRating, ids: readonly number[]): Promise<Partial<ReRating>> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT "id", "subscription_id", "account_id", "period", "sewer", "rating" FROM "water_ratings"
         WHERE "id" IN (${list}) ORDER BY "id"`,
      ids,
    );
    const earlier = rows.map((row) => JSON.parse(row.rating) as Rating);
    const codes = new Set(earlier.flatMap(({ parts }) => parts.map(({ tariff }) => tariff)));
    const old = new Map((await this.tariffs.byCode(codes)).map(({ code, data }) => [code, parseTariff(data)]));
    const book = await this.bookOf(run);
    const newIds = await this.ids.many(rows.length);
    let { debits, credits } = run;
    const listed = rows.flatMap((row, at): unknown[][] => {
      const identity = [Number(row.id), Number(row.subscription_id), Number(row.account_id), row.period];
      const before = earlier[at]!;
      const own = [newIds[at], run.id, ...identity, before.total];
      try {
        const after = book.rate(before, { sewer: Boolean(row.sewer) });
        const changes = difference(
          headsOf(before, (code) => old.get(code)!),
          headsOf(after, (code) => book.tariff(code)),
        );
        if (changes.length === 0) return [];
        for (const [, amount] of changes) {
          if (amount > 0) debits += amount;
          else credits -= amount;
        }
        return [[...own, after.total, JSON.stringify(changes), JSON.stringify(after), 'LISTED', null]];
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return [[...own, before.total, '[]', row.rating, 'REFUSED', error.code]];
      }
    });
    await this.store.bulkInsert(RatingDifference, COLUMNS, listed);
    const found = listed.filter((row) => row[10] === 'LISTED').length;
    return { rated: run.rated + rows.length, differences: run.differences + found, debits, credits };
  }

  private bookOf({ tariffIds }: WorkedReRating) {
    return tariffIds.length === 0 ? this.tariffs.book() : this.tariffs.bookOf(tariffIds);
  }
}
