import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal, invalidField } from '@libs/http';
import { Outbox } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import { Route, Zone } from '../subscriptions/subscription.entity';
import { WaterTariff } from '../tariffs/tariff.entity';
import { Tariffs } from '../tariffs/tariffs';
import { RatingDifference, ReRating, type ReRatingState, type ReRatingTask } from './re-rating.entity';
import { RE_RATINGS } from './re-rating.problems';
import { RE_RATING_ASKED } from './re-rating-worker';
import type { CreateReRating } from './re-ratings.dto';

/** What people do with re-ratings; the work is a worker's. */
@Injectable()
export class ReRatings {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly tariffs: Tariffs,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.invalid; water.tariff-overlap when the versions named contradict one another */
  create(input: CreateReRating, by: Principal): Promise<ReRating> {
    const { waterClass = null, routeId = null, zoneId = null, tariffIds = [], ...rest } = input;
    if (rest.toPeriod < rest.fromPeriod) throw invalidField('/toPeriod', 'notBeforeStart');
    return this.uow.run(async () => {
      await this.tariffs.bookOf(tariffIds);
      if (routeId !== null && !(await this.store.reads(Route).existsBy({ id: routeId })))
        throw invalidField('/routeId', 'unknown');
      if (zoneId !== null && !(await this.store.reads(Zone).existsBy({ id: zoneId })))
        throw invalidField('/zoneId', 'unknown');
      const run: ReRating = {
        id: await this.ids.one(),
        version: 1,
        ...{ ...rest, waterClass, routeId, zoneId, tariffIds: [...new Set(tariffIds)], state: 'DRAFT', task: null },
        ...{ cursor: 0, rated: 0, differences: 0, debits: 0, credits: 0, failure: null, createdBy: by.userId },
        ...{ createdAt: this.clock.now(), postedBy: null, postedAt: null, endedBy: null, endedAt: null, ending: null },
      };
      await this.store.insert(ReRating, run);
      await this.audit.record({ action: 'water.re-rating-created', detail: { reRatingId: run.id } });
      return run;
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<ReRating> {
    const run = await this.store.reads(ReRating).findOneBy({ id });
    if (!run) throw new Problem('http.not-found');
    return run;
  }

  /** Newest first. */
  async list(query: PageQuery): Promise<Page<ReRating>> {
    const page = { skip: skipped(query), take: query.pageSize };
    const [rows, total] = await this.store
      .reads(ReRating)
      .findAndCount({ order: { createdAt: 'DESC', id: 'DESC' }, ...page });
    return pageOf(query, rows, total);
  }

  /**
   * Makes the list, or makes it again unless a part is posted: that would be lost to a reversal.
   * @throws {Problem} http.not-found, http.stale; water.re-rating-state, re-rating-busy
   */
  simulate(target: Versioned): Promise<ReRating> {
    return this.ask(target, 'SIMULATE', ['DRAFT', 'SIMULATED'], async (run) => {
      await this.refusePosted(run);
      await this.store.remove(RatingDifference, { reRatingId: target.id });
      return { rated: 0, differences: 0, debits: 0, credits: 0 };
    });
  }

  /**
   * Posts the list, or goes on with a posting that stopped; by another than who made it.
   * @throws {Problem} as {@link simulate}; water.re-rating-own-work, re-rating-empty, re-rating-tariff
   */
  post(target: Versioned, { userId }: Principal): Promise<ReRating> {
    return this.ask(target, 'POST', ['SIMULATED'], async ({ createdBy, differences, tariffIds }) => {
      if (createdBy === userId) throw new Problem(RE_RATINGS['water.re-rating-own-work']);
      if (differences === 0) throw new Problem(RE_RATINGS['water.re-rating-empty']);
      const approved = await this.store.reads(WaterTariff).countBy({ id: In(tariffIds), state: 'APPROVED' });
      if (approved < tariffIds.length) throw new Problem(RE_RATINGS['water.re-rating-tariff']);
      return { postedBy: userId };
    });
  }

  /** Takes back all that it posted. @throws {Problem} as {@link simulate} */
  reverse(target: Versioned, ending: string, { userId }: Principal): Promise<ReRating> {
    return this.ask(target, 'REVERSE', ['SIMULATED', 'POSTED'], async (run) => {
      const { state } = run;
      if (state === 'SIMULATED' && !(await this.hasPosted(run)))
        throw new Problem(RE_RATINGS['water.re-rating-state'], { extra: { state } });
      return { endedBy: userId, ending };
    });
  }

  /** @throws {Problem} as {@link simulate}, also when a part is posted */
  cancel(target: Versioned, ending: string, { userId }: Principal): Promise<ReRating> {
    return this.change(target, ['DRAFT', 'SIMULATED'], 'cancel', async (run) => {
      await this.refusePosted(run);
      return { state: 'CANCELLED', endedBy: userId, endedAt: this.clock.now(), ending };
    });
  }

  private hasPosted({ id }: ReRating): Promise<boolean> {
    return this.store.reads(RatingDifference).existsBy({ reRatingId: id, state: 'POSTED' });
  }

  private async refusePosted(run: ReRating): Promise<void> {
    if (await this.hasPosted(run))
      throw new Problem(RE_RATINGS['water.re-rating-state'], { extra: { state: run.state } });
  }

  private ask(
    target: Versioned,
    task: ReRatingTask,
    from: readonly ReRatingState[],
    prepare: (run: ReRating) => Promise<Partial<ReRating>>,
  ): Promise<ReRating> {
    return this.change(target, from, task.toLowerCase(), async (run) => {
      const changes = await prepare(run);
      await this.outbox.add(RE_RATING_ASKED, { reRatingId: run.id });
      return { ...changes, task, cursor: 0, failure: null };
    });
  }

  private change(
    target: Versioned,
    from: readonly ReRatingState[],
    verb: string,
    decide: (run: ReRating) => Promise<Partial<ReRating>>,
  ): Promise<ReRating> {
    return this.uow.run(async () => {
      const run = await this.get(target.id);
      if (run.version !== target.version) throw new Problem('http.stale');
      if (run.task !== null) throw new Problem(RE_RATINGS['water.re-rating-busy'], { extra: { task: run.task } });
      const { state } = run;
      if (!from.includes(state)) throw new Problem(RE_RATINGS['water.re-rating-state'], { extra: { state } });
      await this.store.updateVersioned(ReRating, target, await decide(run));
      await this.audit.record({ action: `water.re-rating-${verb}`, detail: { reRatingId: run.id, state } });
      return this.get(run.id);
    });
  }
}
