import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { RatingDifference, type DifferenceState } from './re-rating.entity';
import type { WorkedReRating } from './re-rating-worker';

/** A difference with the rating that it is of. */
export interface WorkedDifference {
  id: number;
  ratingId: number;
  subscriptionId: number;
  accountId: number;
  period: string;
  changes: [head: string, amount: number][];
  rating: string;
  newRatingId: number | null;
  postingId: number | null;
  takenBack: { id: number; amount: number }[];
  /** Of the rating that is to be replaced, or that replaced it. */
  stands: boolean;
  sewer: boolean;
  previousReading: number | null;
  currentReading: number | null;
  ahead: number;
  readingIds: string;
  estimated: boolean;
}

type Row = { [K in keyof WorkedDifference]: never };

/** Queries of the tasks about differences. */
@Injectable()
export class DifferenceStore {
  constructor(private readonly store: Store) {}

  async next({ id, cursor }: WorkedReRating, state: DifferenceState, limit: number): Promise<number[]> {
    const rows = await this.store.sql<{ id: number | string }>(
      this.store.page(
        `SELECT "id" FROM "water_re_rating_differences" WHERE "re_rating_id" = ? AND "id" > ? AND "state" = ?`,
        '"id"',
        0,
        limit,
      ),
      [id, cursor, state],
    );
    return rows.map((row) => Number(row.id));
  }

  /** @param of the rating whose standing decides: the one before, or the new one */
  async read(ids: readonly number[], of: 'rating_id' | 'new_rating_id'): Promise<WorkedDifference[]> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT d."id", d."rating_id" AS "ratingId", d."subscription_id" AS "subscriptionId",
           d."account_id" AS "accountId", d."period", d."changes", d."rating", d."new_rating_id" AS "newRatingId",
           d."posting_id" AS "postingId", d."taken_back" AS "takenBack", r."standing_subscription_id" AS "stands",
           r."sewer", r."previous_reading" AS "previousReading", r."current_reading" AS "currentReading", r."ahead",
           r."reading_ids" AS "readingIds", r."estimated"
         FROM "water_re_rating_differences" d JOIN "water_ratings" r ON r."id" = d."${of}"
         WHERE d."id" IN (${list}) ORDER BY d."id"`,
      ids,
    );
    return rows.map((row) => ({
      ...(row as unknown as WorkedDifference),
      id: Number(row.id),
      ratingId: Number(row.ratingId),
      subscriptionId: Number(row.subscriptionId),
      accountId: Number(row.accountId),
      newRatingId: row.newRatingId === null ? null : Number(row.newRatingId),
      postingId: row.postingId === null ? null : Number(row.postingId),
      changes: JSON.parse(row.changes) as [string, number][],
      takenBack: JSON.parse(row.takenBack ?? '[]') as WorkedDifference['takenBack'],
      stands: row.stands !== null,
      sewer: Boolean(row.sewer),
      estimated: Boolean(row.estimated),
    }));
  }

  async refuse(id: number, refusal: string, state?: 'REFUSED'): Promise<void> {
    await this.store.update(RatingDifference, { id }, { refusal, ...(state && { state }) });
  }
}
