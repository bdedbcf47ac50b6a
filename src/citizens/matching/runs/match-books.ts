import { Inject, Injectable, Logger } from '@nestjs/common';
import { performance } from 'node:perf_hooks';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, loggable, Store, UnitOfWork } from '@libs/persistence';
import { MatchRun, type MatchStage, type MatchTrigger } from '../matching.entities';
import { BAND_BITS, BANDS, type ProposalBand } from '../bands';

export interface MatchProgress {
  stage: MatchStage;
  done: number;
  total: number;
}

const WRITE_EVERY_MS = 1000;

/** The rows that tell how a run goes. */
@Injectable()
export class MatchBooks {
  private readonly logger = new Logger(MatchBooks.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the id of a new run, or of the one that was cut off */
  begin(startedVia: MatchTrigger, startedBy: number | null): Promise<number> {
    return this.uow.run(async () => {
      const [cutOff] = await this.store.reads(MatchRun).find({ where: { state: 'RUNNING' }, order: { id: 'ASC' } });
      if (cutOff) return cutOff.id;
      const id = await this.ids.reserve('match_runs', 1);
      const nothingYet = { done: 0, total: 0, citizens: 0, clusters: 0, pairs: 0, sure: 0, likely: 0, look: 0 };
      await this.store.insert(MatchRun, {
        ...{ id, state: 'RUNNING', startedVia, startedBy, startedAt: this.clock.now(), finishedAt: null },
        ...{ stage: 'READ', ...nothingYet, failure: null },
      });
      return id;
    });
  }

  /** Writes each new stage, and within one at most once a second. */
  progressOf(id: number): (progress: MatchProgress) => Promise<void> {
    let last: MatchStage | undefined;
    let at = 0;
    let writing: Promise<unknown> = Promise.resolve();
    return async (progress) => {
      if (progress.stage === last && performance.now() - at < WRITE_EVERY_MS) return;
      [last, at] = [progress.stage, performance.now()];
      writing = writing.then(() => this.change(id, progress)).catch((error: unknown) => this.logger.warn(error));
      await writing;
    };
  }

  async finish(id: number, counts: Pick<MatchRun, 'citizens' | 'clusters' | 'pairs'>): Promise<MatchRun> {
    const ended = {
      state: 'DONE' as const,
      finishedAt: this.clock.now(),
      done: counts.citizens,
      total: counts.citizens,
    };
    await this.change(id, { ...counts, ...(await this.openByBand()), ...ended });
    return this.store.reads(MatchRun).findOneByOrFail({ id });
  }

  /** A run that cannot even be marked is taken up by the next one. */
  async fail(id: number, error: unknown): Promise<void> {
    const { type, message } = loggable(error);
    const failure = `${type}: ${message}`.slice(0, 1000);
    await this.change(id, { state: 'FAILED', finishedAt: this.clock.now(), failure }).catch((second: unknown) =>
      this.logger.error(second),
    );
  }

  async openByBand(): Promise<Record<ProposalBand, number>> {
    const sums = BANDS.map((band) => {
      const [from, to] = BAND_BITS[band];
      return `SUM(CASE WHEN "bits" >= ${from} AND "bits" < ${to} THEN 1 ELSE 0 END) AS "${band}"`;
    });
    const sql = `SELECT ${sums.join(', ')} FROM "match_proposals" WHERE "state" = ?`;
    const [row] = await this.store.sql<Record<ProposalBand, number | null>>(sql, ['OPEN']);
    return { sure: Number(row!.sure), likely: Number(row!.likely), look: Number(row!.look) };
  }

  private change(id: number, changes: Partial<MatchRun>): Promise<number> {
    return this.uow.run(() => this.store.update(MatchRun, { id }, changes));
  }
}
