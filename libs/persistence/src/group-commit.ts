import { setTimeout as delay } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { isWorthRetrying } from './errors';

/** So many units share a transaction at most, and none joins one that has been open for longer. */
const MOST_UNITS = 16;
const LONGEST_MS = 5;
/** For another process to end its transaction. */
const LONGEST_WAIT_MS = 10_000;

/** What is done in a transaction, and what is told if it is rolled back. */
interface Part<T> {
  work: () => Promise<T>;
  rolledBack: () => void;
}

interface Group {
  began: number;
  parts: Part<unknown>[];
  committed: Promise<void>;
  /** Has yet to come: whoever comes before it joins. */
  closing?: NodeJS.Immediate;
  settle: { resolve: () => void; reject: (error: unknown) => void };
}

/**
 * Transactions of a database that has one writing connection. Parts go one after the other, first in, first out. Writing a
 * commit to disk is most of what a short one costs, so a transaction stays open until what has arrived meanwhile is read:
 * parts that come before join it, each behind a savepoint, and all are committed together. Nobody is answered before the
 * commit, and a part that fails takes back its own writes only.
 */
export class GroupCommit {
  private queue: Promise<unknown> = Promise.resolve();
  private group: Group | undefined;
  private waits = false;

  constructor(private readonly runner: () => QueryRunner) {}

  /** Resolves once the part is committed; rejects once it is rolled back, by its own failure or that of the commit. */
  async run<T>(work: () => Promise<T>, rolledBack: () => void): Promise<T> {
    const { result, committed } = await this.inTurn(() => this.take({ work, rolledBack }));
    await committed;
    return result;
  }

  private async take<T>(part: Part<T>): Promise<{ result: T; committed: Promise<void> }> {
    const isFirst = this.group === undefined;
    const group = this.group ?? (await this.begin());
    try {
      if (!isFirst) await this.query('SAVEPOINT "part"');
      const result = await part.work();
      group.parts.push(part);
      return { result, committed: group.committed };
    } catch (error) {
      if (isFirst) await this.giveUp(group, error);
      else await this.query('ROLLBACK TO "part"').catch((lost: unknown) => this.giveUp(group, lost));
      part.rolledBack();
      throw error;
    } finally {
      if (group.parts.length >= MOST_UNITS || performance.now() - group.began > LONGEST_MS) await this.commit(group);
      else if (!group.closing) group.closing = setImmediate(() => void this.inTurn(() => this.commit(group)));
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async begin(): Promise<Group> {
    // The driver waits for a lock by stopping the thread, on which the holder may live that is to give it back.
    if (!this.waits) await this.query('PRAGMA busy_timeout = 0');
    this.waits = true;
    const until = performance.now() + LONGEST_WAIT_MS;
    // At once with the write lock: a deferred transaction that upgrades later fails instead of waiting.
    while (!(await this.began(until))) await delay(1 + Math.random() * 5);
    let settle!: Group['settle'];
    const committed = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
    committed.catch(() => undefined);
    return (this.group = { began: performance.now(), parts: [], committed, settle });
  }

  /** @returns false while another process or connection is writing */
  private async began(until: number): Promise<boolean> {
    try {
      await this.query('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if (!isWorthRetrying(error) || performance.now() > until) throw error;
      return false;
    }
  }

  private async commit(group: Group): Promise<void> {
    if (this.group !== group) return;
    try {
      await this.query('COMMIT');
      this.group = undefined;
      group.settle.resolve();
    } catch (error) {
      await this.giveUp(group, error);
    }
  }

  private async giveUp(group: Group, error: unknown): Promise<void> {
    this.group = undefined;
    // Some failures (a full disk) have ended the transaction already.
    await this.query('ROLLBACK').catch(() => undefined);
    for (const { rolledBack } of group.parts) rolledBack();
    group.settle.reject(error);
  }

  private query(sql: string): Promise<unknown> {
    return this.runner().query(sql);
  }
}
