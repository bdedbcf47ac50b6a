import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import type { Rating } from '@libs/tariff';
import { Corrections } from '../../billing';
import { RatingStore, SOURCE } from '../billing/rating-store';
import { WATER_BILLING } from '../billing/water-billing.problems';
import { Tariffs } from '../tariffs/tariffs';
import { DifferenceStore } from './difference-store';
import { RatingDifference, type ReRating } from './re-rating.entity';
import type { ReRatingStep, WorkedReRating } from './re-rating-worker';

/** Puts the differences into the books: a credit or debit note each, and the new rating in the place of the old. */
@Injectable()
export class DifferencePosting implements ReRatingStep {
  constructor(
    private readonly store: Store,
    private readonly differences: DifferenceStore,
    private readonly corrections: Corrections,
    private readonly ratings: RatingStore,
    private readonly tariffs: Tariffs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  next(run: WorkedReRating, limit: number): Promise<number[]> {
    return this.differences.next(run, 'LISTED', limit);
  }

  async work(run: WorkedReRating, ids: readonly number[]): Promise<Partial<ReRating>> {
    const listed = await this.differences.read(ids, 'rating_id');
    if (listed.some(({ stands }) => !stands)) throw new Problem(WATER_BILLING['water.rating-replaced']);
    const on = localDateOf(this.clock.now());
    const posted = await this.corrections.postMany(
      SOURCE,
      listed.map(({ id, ratingId, accountId, period, changes }) => ({
        ...{ accountId, on, by: run.postedBy, reason: run.reason },
        description: `إعادة احتساب مياه ${period} بقرار ${run.decisionNumber}`,
        document: { type: 'water-re-rating', id },
        lines: changes.map(([head, amount]) => ({
          ...{ head, period, amount, dueOn: run.dueOn, detail: 'فرق إعادة احتساب' },
          source: `${SOURCE}:re-rating:${run.id}:${ratingId}:${head}`,
        })),
      })),
    );
    const ratings = listed.map((difference) => ({
      ...difference,
      ...{ rating: JSON.parse(difference.rating) as Rating, kind: 'RE_RATING' as const },
      ...{ replacesId: difference.ratingId, billId: null, creditId: null, takenBack: null },
    }));
    const codes = new Set(ratings.flatMap(({ rating }) => rating.parts.map(({ tariff }) => tariff)));
    const tariffIds = new Map((await this.tariffs.byCode(codes)).map(({ code, id }) => [code, id]));
    const newIds = await this.ratings.keep(ratings, { id: (code) => tariffIds.get(code)! });
    await this.store.bulkUpdate(
      RatingDifference,
      ['state', 'newRatingId', 'postingId', 'takenBack'],
      listed.map(({ id }, at) => {
        const { postingId, takenBack } = posted[at]!;
        return { id, values: ['POSTED', newIds[at], postingId, JSON.stringify(takenBack)] };
      }),
    );
    return {};
  }

  refuse(_: WorkedReRating, id: number, reason: string): Promise<void> {
    return this.differences.refuse(id, reason, 'REFUSED');
  }
}
