import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import type { Rating } from '@libs/tariff';
import { In, IsNull, Not } from 'typeorm';
import { Corrections, type BilledRun, type FedBill } from '../../billing';
import type { RatingBook } from '../tariffs/rating-book';
import { BillableReadings } from '../readings/billable-readings';
import { WaterRating, type RatingKind } from './rating.entity';
import type { RatedAccount, RatedWater } from './cycle-rating.rules';
import { WATER_BILLING } from './water-billing.problems';

/** Parameters of a statement. */
const CHUNK = 1000;

/** Of the charges that water makes and takes back. */
export const SOURCE = 'water';

const COLUMNS = [
  'id',
  'subscriptionId',
  'standingSubscriptionId',
  'accountId',
  'period',
  'kind',
  'replacesId',
  'fromOn',
  'toOn',
  'litres',
  'estimated',
  'sewer',
  'previousReading',
  'currentReading',
  'ahead',
  'readingIds',
  'tariffIds',
  'rating',
  'total',
  'billId',
  'creditId',
  'takenBack',
  'ratedAt',
] as const;

type Column = (typeof COLUMNS)[number];

/** A rating to be kept; JSON members are given as they are. */
export type NewRating = Omit<
  { [K in Column]: WaterRating[K] },
  'id' | 'standingSubscriptionId' | 'fromOn' | 'toOn' | 'litres' | 'total' | 'rating' | 'tariffIds' | 'ratedAt'
> & { rating: Rating };

interface Kept {
  id: number;
  subscriptionId: number;
  accountId: number;
  replacesId: number | null;
  standing: boolean;
  readingIds: number[];
  creditId: number | null;
  takenBack: { id: number; amount: number }[];
}

interface Credit {
  postingId: number;
  takenBack: string;
}

/** Keeps how bills were rated, together with what becomes of their readings and of earlier estimates. */
@Injectable()
export class RatingStore {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly corrections: Corrections,
    private readonly readings: BillableReadings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the unit that posts the bills. @throws {Problem} water.changed-since-calculated; billing.exceeds-charge */
  async post(
    bills: readonly (FedBill & { rated: RatedAccount })[],
    { period, ...run }: BilledRun,
    { kind, book }: { kind: RatingKind; book: RatingBook },
  ): Promise<void> {
    const readingIds = bills.flatMap(({ rated }) => rated.water.flatMap((water) => water.readingIds));
    if ((await this.readings.markBilled(readingIds)) !== readingIds.length) {
      throw new Problem(WATER_BILLING['water.changed-since-calculated']);
    }
    const credits = await this.credit(bills, run);
    const rows = bills.flatMap(({ id: billId, accountId, rated }): NewRating[] =>
      rated.water.flatMap((water, at) => {
        const { subscription, estimated, previous, current, ahead } = water;
        const nothing = { replacesId: null, previousReading: null, currentReading: null, ahead: 0, readingIds: '[]' };
        const shared = { ...nothing, subscriptionId: subscription.id, accountId, sewer: subscription.sewer, billId };
        const credit = at === 0 ? credits.get(billId) : undefined;
        return [
          {
            ...{ ...shared, kind, period, estimated, previousReading: previous, currentReading: current, ahead },
            ...{ readingIds: JSON.stringify(water.readingIds), rating: water.rating },
            ...{ creditId: credit?.postingId ?? null, takenBack: credit?.takenBack ?? null },
          },
          ...trueUpsOf(water).map((trued) => ({
            ...shared,
            ...trued,
            estimated: false,
            creditId: null,
            takenBack: null,
          })),
        ];
      }),
    );
    await this.keep(rows, book);
  }

  /** In the unit that has reversed the bills. @throws {Problem} water.rating-replaced */
  async reverse(bills: readonly FedBill[], { by, reason, period }: BilledRun): Promise<void> {
    const kept = await this.ofBills(bills.map(({ id }) => id));
    if (kept.some(({ standing }) => !standing)) throw new Problem(WATER_BILLING['water.rating-replaced']);
    await this.takeBack(kept);
    await this.readings.unmark(kept.flatMap(({ readingIds }) => readingIds));
    await this.corrections.undo(
      kept.flatMap(({ id, accountId, creditId, takenBack }) =>
        creditId === null
          ? []
          : [
              {
                ...{ accountId, postingId: creditId, takenBack, by, reason, on: localDateOf(this.clock.now()) },
                description: `إلغاء تسوية قراءات مقدّرة ${period}`,
                document: { type: 'water-rating', id },
                source: `${SOURCE}:rating:${id}:reversed`,
              },
            ],
      ),
    );
  }

  /**
   * In the active unit: each stands in the place of what it replaces.
   * @returns their ids
   * @throws {Problem} water.rating-replaced when what a rating is to replace stands no more
   */
  async keep(rows: readonly NewRating[], book: Pick<RatingBook, 'id'>): Promise<number[]> {
    await this.setAside(rows.flatMap(({ replacesId }) => (replacesId === null ? [] : [replacesId])));
    const [ids, ratedAt] = [await this.ids.many(rows.length), this.clock.now()];
    const all = rows.map(({ rating, ...row }, at): readonly unknown[] => {
      const { from: fromOn, to: toOn, litres, total, parts } = rating;
      const tariffIds = JSON.stringify([...new Set(parts.map(({ tariff }) => book.id(tariff)))]);
      const own = { id: ids[at]!, standingSubscriptionId: row.subscriptionId, rating: JSON.stringify(rating), ratedAt };
      const whole = { ...row, ...own, fromOn, toOn, litres, total, tariffIds };
      const flags = { estimated: Number(row.estimated), sewer: Number(row.sewer) };
      return COLUMNS.map((column) => ({ ...whole, ...flags })[column]);
    });
    await this.store.bulkInsert(WaterRating, COLUMNS, all);
    return ids;
  }

  /**
   * In the active unit: these stand no more, those in whose place they stood do again.
   * @throws {Problem} water.rating-replaced when one of them stands no more
   */
  async takeBack(rows: readonly { id: number; replacesId: number | null }[]): Promise<void> {
    await this.setAside(rows.map(({ id }) => id));
    await this.store.selectIn(
      (list) => `UPDATE "water_ratings" SET "standing_subscription_id" = "subscription_id" WHERE "id" IN (${list})`,
      rows.flatMap(({ replacesId }) => (replacesId === null ? [] : [replacesId])),
    );
  }

  /** Whoever is second to replace a rating, or to take it back, waits here and then finds that it stands no more. */
  private async setAside(ids: readonly number[]): Promise<void> {
    let done = 0;
    for (let at = 0; at < ids.length; at += CHUNK) {
      const standing = { id: In(ids.slice(at, at + CHUNK)), standingSubscriptionId: Not(IsNull()) };
      done += await this.store.update(WaterRating, standing, { standingSubscriptionId: null });
    }
    if (done !== ids.length) throw new Problem(WATER_BILLING['water.rating-replaced']);
  }

  private async credit(
    bills: readonly (FedBill & { rated: RatedAccount })[],
    { by, issueOn }: Omit<BilledRun, 'period'>,
  ): Promise<Map<number, Credit>> {
    const credited = bills.filter(({ rated }) => rated.credits.length > 0);
    const posted = await this.corrections.postMany(
      SOURCE,
      credited.map(({ id, accountId, rated }) => ({
        ...{ accountId, on: issueOn, by, description: 'تسوية قراءات مقدّرة', reason: null },
        document: { type: 'bill', id },
        lines: rated.credits,
      })),
    );
    return new Map(
      credited.map(({ id }, at) => {
        const { postingId, takenBack } = posted[at]!;
        return [id, { postingId, takenBack: JSON.stringify(takenBack) }];
      }),
    );
  }

  private async ofBills(billIds: readonly number[]): Promise<Kept[]> {
    const rows = await this.store.selectIn<Record<Column | 'standing', string & number>>(
      (list) =>
        `SELECT "id", "subscription_id" AS "subscriptionId", "account_id" AS "accountId", "replaces_id" AS "replacesId",
           "standing_subscription_id" AS "standing", "reading_ids" AS "readingIds", "credit_id" AS "creditId",
           "taken_back" AS "takenBack" FROM "water_ratings" WHERE "bill_id" IN (${list}) ORDER BY "id"`,
      billIds,
    );
    return rows.map((row) => ({
      id: Number(row.id),
      subscriptionId: Number(row.subscriptionId),
      accountId: Number(row.accountId),
      replacesId: row.replacesId === null ? null : Number(row.replacesId),
      standing: row.standing !== null,
      readingIds: JSON.parse(row.readingIds) as number[],
      creditId: row.creditId === null ? null : Number(row.creditId),
      takenBack: JSON.parse(row.takenBack ?? '[]') as Kept['takenBack'],
    }));
  }
}

const trueUpsOf = ({ trueUps }: RatedWater) =>
  trueUps.map(({ earlier, rating }) => ({
    kind: 'TRUE_UP' as const,
    period: earlier.period,
    replacesId: earlier.id,
    rating,
  }));
