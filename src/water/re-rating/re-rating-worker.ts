import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { defineMessage, Handles } from '@libs/outbox';
import { isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { DifferencePosting } from './difference-posting';
import { DifferenceReversal } from './difference-reversal';
import { DifferenceSearch } from './difference-search';
import { ReRatingNotices } from './re-rating-notices';
import { ReRating, type ReRatingState, type ReRatingTask } from './re-rating.entity';

export const RE_RATING_ASKED = defineMessage<{ reRatingId: number }>('water.re-rating', 'BULK');

/** A run with a task at hand. */
export type WorkedReRating = ReRating & { task: ReRatingTask };

export interface ReRatingStep {
  /** In a unit: the next ones after the cursor, at most `limit`. */
  next(run: WorkedReRating, limit: number): Promise<number[]>;
  /** In the same unit. */
  work(run: WorkedReRating, ids: readonly number[]): Promise<Partial<ReRating>>;
  /** In a unit of its own: the one that cannot be done. */
  refuse?(run: WorkedReRating, id: number, reason: string): Promise<void>;
}

const END: Record<ReRatingTask, ReRatingState> = { SIMULATE: 'SIMULATED', POST: 'POSTED', REVERSE: 'REVERSED' };

/** Refusals that concern every account, and so end a task. */
const OF_ALL: readonly string[] = ['billing.period-closed', 'billing.date-in-future', 'http.invalid'];

/** Works off the task of a re-rating unit by unit; one that was cut off goes on after its last unit. */
@Injectable()
export class ReRatingWorker {
  /** Cycles a unit of work. */
  unit = 1000;
  private readonly logger = new Logger(ReRatingWorker.name);
  private readonly steps: Record<ReRatingTask, ReRatingStep>;

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    search: DifferenceSearch,
    posting: DifferencePosting,
    reversal: DifferenceReversal,
    private readonly notices: ReRatingNotices,
  ) {
    this.steps = { SIMULATE: search, POST: posting, REVERSE: reversal };
  }

  @Handles(RE_RATING_ASKED)
  async onAsked({ reRatingId }: { reRatingId: number }): Promise<void> {
    await this.work(reRatingId);
  }

  /** Until the run has no task. */
  async work(id: number): Promise<void> {
    let alone = 0;
    for (;;) {
      const run = await this.store.reads(ReRating).findOneBy({ id });
      if (!run?.task) return;
      const worked = run as WorkedReRating;
      const step = this.steps[worked.task];
      try {
        await this.unitOf(worked, step, alone > 0 ? 1 : this.unit);
        if (alone > 0) alone--;
      } catch (error) {
        const one = isUniqueViolation(error) || (error instanceof Problem && !OF_ALL.includes(error.code));
        if (!one || !step.refuse) return await this.stop(worked, error);
        if (alone === 0) alone = this.unit;
        else {
          await this.refuse(worked, step, error);
          alone--;
        }
      }
    }
  }

  private unitOf(run: WorkedReRating, step: ReRatingStep, limit: number): Promise<void> {
    return this.uow.run(async () => {
      const ids = await step.next(run, limit);
      if (!(await this.claim(run, ids.at(-1) ?? 0))) return;
      if (ids.length > 0) await this.note(run, await step.work(run, ids));
      else await this.finish(run);
    });
  }

  private refuse(run: WorkedReRating, step: ReRatingStep, error: unknown): Promise<void> {
    return this.uow.run(async () => {
      const [id] = await step.next(run, 1);
      if (id === undefined || !(await this.claim(run, id))) return;
      await step.refuse!(run, id, reasonOf(error).slice(0, 500));
    });
  }

  /** @returns false when somebody else has moved the run meanwhile: read it again */
  private async claim({ id, task, version, cursor }: WorkedReRating, next: number): Promise<boolean> {
    return (await this.store.update(ReRating, { id, task, version, cursor }, { cursor: next, failure: null })) === 1;
  }

  private async note({ id }: WorkedReRating, changes: Partial<ReRating>): Promise<void> {
    if (Object.keys(changes).length > 0) await this.store.update(ReRating, { id }, changes);
  }

  private async finish(run: WorkedReRating): Promise<void> {
    const now = this.clock.now();
    const at = run.task === 'POST' ? { postedAt: now } : run.task === 'REVERSE' ? { endedAt: now } : {};
    await this.note(run, { task: null, state: END[run.task], ...at });
    if (run.task === 'POST') await this.notices.ask(run.id);
  }

  private async stop({ id, task, version }: WorkedReRating, error: unknown): Promise<void> {
    const refused = error instanceof Problem;
    const changes = { failure: reasonOf(error).slice(0, 1000), ...(refused && { task: null }) };
    await this.uow.run(() => this.store.update(ReRating, { id, task, version }, changes));
    if (!refused) throw error;
    this.logger.warn(`re-rating ${id}: ${changes.failure}`);
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Problem ? error.code : String((error as Error)?.message ?? error);
