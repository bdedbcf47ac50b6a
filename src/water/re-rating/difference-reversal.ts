import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { Corrections } from '../../billing';
import { RatingStore, SOURCE } from '../billing/rating-store';
import { WATER_BILLING } from '../billing/water-billing.problems';
import { DifferenceStore } from './difference-store';
import { RatingDifference, type ReRating } from './re-rating.entity';
import type { ReRatingStep, WorkedReRating } from './re-rating-worker';

/** Takes the posted differences out of the books again; the earlier ratings stand as before. */
@Injectable()
export class DifferenceReversal implements ReRatingStep {
  constructor(
    private readonly store: Store,
    private readonly differences: DifferenceStore,
    private readonly corrections: Corrections,
    private readonly ratings: RatingStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  next(run: WorkedReRating, limit: number): Promise<number[]> {
    return this.differences.next(run, 'POSTED', limit);
  }

  async work(run: WorkedReRating, ids: readonly number[]): Promise<Partial<ReRating>> {
    const posted = await this.differences.read(ids, 'new_rating_id');
    if (posted.some(({ stands }) => !stands)) throw new Problem(WATER_BILLING['water.rating-replaced']);
    const on = localDateOf(this.clock.now());
    await this.ratings.takeBack(
      posted.map(({ newRatingId, ratingId }) => ({ id: newRatingId!, replacesId: ratingId })),
    );
    await this.corrections.undo(
      posted.map(({ id, accountId, postingId, takenBack, period }) => ({
        ...{ accountId, postingId: postingId!, takenBack, on, by: run.endedBy, reason: run.ending },
        description: `إلغاء إعادة احتساب مياه ${period}`,
        document: { type: 'water-re-rating', id },
        source: `${SOURCE}:re-rating:${id}:reversed`,
      })),
    );
    await this.store.bulkUpdate(
      RatingDifference,
      ['state'],
      posted.map(({ id }) => ({ id, values: ['REVERSED'] })),
    );
    return {};
  }

  /** It stays posted. */
  refuse(_: WorkedReRating, id: number, reason: string): Promise<void> {
    return this.differences.refuse(id, reason);
  }
}
