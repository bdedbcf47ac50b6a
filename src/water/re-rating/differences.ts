import { Injectable } from '@nestjs/common';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { Store } from '@libs/persistence';
import { RatingDifference, type DifferenceState } from './re-rating.entity';

export interface ListedDifference extends Pick<RatingDifference, 'id' | 'period' | 'before' | 'after' | 'refusal'> {
  subscriptionId: number;
  subscriptionNumber: string;
  accountId: number;
  accountNumber: string;
  state: DifferenceState;
  changes: [head: string, amount: number][];
}

type Row = { [K in keyof ListedDifference]: number | string };

/** The list of a re-rating. */
@Injectable()
export class Differences {
  constructor(private readonly store: Store) {}

  async page(reRatingId: number, query: PageQuery): Promise<Page<ListedDifference>> {
    const total = await this.store.reads(RatingDifference).countBy({ reRatingId });
    return pageOf(query, await this.slice(reRatingId, skipped(query), query.pageSize), total);
  }

  async slice(reRatingId: number, offset: number, limit: number): Promise<ListedDifference[]> {
    const rows = await this.store.sql<Row>(
      this.store.page(
        `SELECT d."id", d."subscription_id" AS "subscriptionId", s."number" AS "subscriptionNumber",
           d."account_id" AS "accountId", a."number" AS "accountNumber", d."period", d."before", d."after", d."changes",
           d."state", d."refusal"
         FROM "water_re_rating_differences" d JOIN "water_subscriptions" s ON s."id" = d."subscription_id"
         JOIN "billing_accounts" a ON a."id" = d."account_id" WHERE d."re_rating_id" = ?`,
        'd."id"',
        offset,
        limit,
      ),
      [reRatingId],
    );
    return rows.map(
      (row) =>
        ({
          ...row,
          id: Number(row.id),
          subscriptionId: Number(row.subscriptionId),
          accountId: Number(row.accountId),
          before: Number(row.before),
          after: Number(row.after),
          changes: JSON.parse(String(row.changes)) as [string, number][],
        }) as ListedDifference,
    );
  }
}
