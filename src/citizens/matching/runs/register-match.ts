import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { Leases } from '@libs/outbox';
import type { Clusters } from '../batch/arrange';
import { ClusterWriter } from '../batch/cluster-writer';
import type { Matcher, StageProgress } from '../batch/matcher';
import { RegisterPages } from '../batch/register-pages';
import { openMatcher } from '../batch/threaded-matcher';
import { MATCHING } from '../matching.problems';
import type { MatchRun, MatchStage, MatchTrigger } from '../matching.entities';
import { MatchBooks, type MatchProgress } from './match-books';

export const MATCH_LEASE = 'register-match';
const LEASE_SECONDS = 60;
const MOST_THREADS = 4;

const STAGES: Record<StageProgress['stage'], MatchStage> = {
  learn: 'LEARN',
  block: 'BLOCK',
  score: 'SCORE',
  cluster: 'CLUSTER',
};

export interface RegisterMatchOptions {
  trigger: MatchTrigger;
  /** Id of the user who asked for it. */
  startedBy?: number;
  onProgress?: (progress: MatchProgress) => void | Promise<void>;
}

/** Matches the whole register and proposes OneRecords. */
@Injectable()
export class RegisterMatch {
  private readonly threads: number;

  constructor(
    private readonly leases: Leases,
    private readonly books: MatchBooks,
    private readonly pages: RegisterPages,
    private readonly writer: ClusterWriter,
    @Inject(CONFIG) { matchThreads }: Config,
  ) {
    this.threads = matchThreads || Math.min(availableParallelism(), MOST_THREADS);
  }

  /**
   * One run at a time among all processes. One that was cut off is continued under its number.
   * @throws {Problem} citizens.match-running
   */
  async run(options: RegisterMatchOptions): Promise<MatchRun> {
    const done = await this.leases.once(MATCH_LEASE, LEASE_SECONDS, () => this.perform(options));
    if (!done) throw new Problem(MATCHING['citizens.match-running']);
    return done.result;
  }

  private async perform({ trigger, startedBy, onProgress }: RegisterMatchOptions): Promise<MatchRun> {
    const id = await this.books.begin(trigger, startedBy ?? null);
    const note = this.books.progressOf(id);
    const tell = async (stage: MatchStage, done: number, total: number) => {
      await note({ stage, done, total });
      await onProgress?.({ stage, done, total });
    };
    const matcher = openMatcher();
    try {
      const citizenIds = await this.read(matcher, tell);
      const found = await this.match(matcher, citizenIds, tell);
      const members = found.row.length;
      await tell('WRITE', 0, members);
      await this.writer.write(found, citizenIds, (done) => tell('WRITE', done, members));
      return await this.books.finish(id, { citizens: found.rows, clusters: found.former.length, pairs: found.pairs });
    } catch (error) {
      await this.books.fail(id, error);
      throw error;
    } finally {
      await matcher.close();
    }
  }

  /** The next page is fetched while the matcher takes in the last. @returns the citizens, in the order of the rows */
  private async read(matcher: Matcher, tell: Tell): Promise<number[]> {
    const highest = await this.pages.highestId();
    const citizenIds: number[] = [];
    let taken: Promise<void> = Promise.resolve();
    for (;;) {
      const last = citizenIds.at(-1) ?? 0;
      await tell('READ', last, Math.max(highest, last));
      const { ids, ...part } = await this.pages.after(last);
      await taken;
      if (ids.length === 0) return citizenIds;
      for (const id of ids) citizenIds.push(id);
      taken = matcher.add(part);
      taken.catch(() => undefined); // awaited in the next turn
      await nextTurn();
    }
  }

  private async match(matcher: Matcher, citizenIds: number[], tell: Tell): Promise<Clusters> {
    const apart = (await this.pages.apart()).flatMap(([a, b]): [number, number][] => {
      const [x, y] = [indexOf(citizenIds, a), indexOf(citizenIds, b)];
      return x >= 0 && y >= 0 ? [[x, y]] : [];
    });
    let told: Promise<void> = tell('LEARN', 0, 1);
    told.catch(() => undefined);
    const found = await matcher.finish({ threads: this.threads, apart }, ({ stage, done, total }) => {
      told = told.then(() => tell(STAGES[stage], done, total));
      told.catch(() => undefined); // awaited below
    });
    await told;
    return found;
  }
}

type Tell = (stage: MatchStage, done: number, total: number) => Promise<void>;

/** Place of a number in an ascending list, or -1. */
function indexOf(sorted: number[], wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] === wanted) return middle;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
