import type { QueryRunner } from 'typeorm';

/** So many units share a transaction at most, and none joins one that has been open for longer. */
const MOST_UNITS = 16;
const LONGEST_MS = 5;

/** What is done in a transaction, and what is told if it is rolled back. */
interface Part<T> {
  work: () => Promise<T>;
  rolledBack: () => void;
}

interface Group {
  began: number;
  parts: Part<unknown>[];
  committed: Promise<void>;
  settle: { resolve: () => void; reject: (error: unknown) => void };
}

/**
 * Transactions of a database that has one writing connection. Parts go one after the other, first in, first out. Writing a
 * commit to disk is most of what a short one costs, so those that wait when another ends go on in its transaction, each
 * behind a savepoint, and all are committed together. Nobody is answered before the commit, and a part that fails takes back
 * its own writes only.
 */
export class GroupCommit {
  private queue: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private group: Group | undefined;

  constructor(private readonly runner: () => QueryRunner) {}

  /** Resolves once the part is committed; rejects once it is rolled back, by its own failure or that of the commit. */
  async run<T>(work: () => Promise<T>, rolledBack: () => void): Promise<T> {
    this.waiting++;
    const turn = this.queue.then(() => this.take({ work, rolledBack }));
    this.queue = turn.catch(() => undefined);
    const { result, committed } = await turn;
    await committed;
    return result;
  }

  private async take<T>(part: Part<T>): Promise<{ result: T; committed: Promise<void> }> {
    this.waiting--;
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
      if (this.group === group && !this.mayGoOn(group)) await this.commit(group);
    }
  }

  private async begin(): Promise<Group> {
    // At once with the write lock: a deferred transaction that upgrades later fails instead of waiting.
    await this.query('BEGIN IMMEDIATE');
    let settle!: Group['settle'];
    const committed = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
    committed.catch(() => undefined);
    return (this.group = { began: performance.now(), parts: [], committed, settle });
  }

  private mayGoOn({ parts, began }: Group): boolean {
    return this.waiting > 0 && parts.length < MOST_UNITS && performance.now() - began < LONGEST_MS;
  }

  private async commit(group: Group): Promise<void> {
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
