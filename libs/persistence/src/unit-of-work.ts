import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isWorthRetrying } from './errors';
import { GroupCommit } from './group-commit';

interface Unit {
  manager: EntityManager;
  open: boolean;
  failure?: unknown;
  afterCommit: (() => unknown)[];
  afterRollback: (() => void)[];
}

const ATTEMPTS = 6;

/** The two data sources of the process and the unit of work that is active in this asynchronous context. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly units = new AsyncLocalStorage<Unit>();

  constructor(
    readonly writer: DataSource,
    private readonly reader: DataSource,
  ) {}

  get embedded(): boolean {
    return this.writer.options.type === 'better-sqlite3';
  }

  /** The manager of the active unit; outside one, of connections that see committed rows only. */
  get manager(): EntityManager {
    return this.unit?.manager ?? this.reader.manager;
  }

  /** Outside every unit, on connections of its own. */
  get outside(): EntityManager {
    return this.reader.manager;
  }

  get unit(): Unit | undefined {
    const unit = this.units.getStore();
    return unit?.open ? unit : undefined;
  }

  within<T>(unit: Unit, work: () => Promise<T>): Promise<T> {
    return this.units.run(unit, work);
  }

  /** Runs outside the active unit, for what must not join it. */
  apart<T>(work: () => T): T {
    return this.units.exit(work);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.reader.destroy();
    await this.writer.destroy();
    // Node.js keeps it otherwise, and visits it at each promise for as long as the process lives.
    this.units.disable();
  }
}

/**
 * The one way to write. `run` joins the active unit of the asynchronous context, never nests; a part that fails dooms
 * the whole. On the embedded database units go one after the other, first in, first out, because TypeORM shares one
 * connection there ({@link GroupCommit}); on SQL Server each has its own, and deadlocks, lock timeouts and snapshot
 * conflicts are run again, so `work` keeps no state outside itself. No HTTP, mail or file work inside.
 */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);
  private readonly groups: GroupCommit;

  constructor(private readonly database: Database) {
    this.groups = new GroupCommit(() => database.writer.createQueryRunner());
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const active = this.database.unit;
    if (active) {
      return work().catch((error: unknown) => {
        active.failure ??= error;
        throw error;
      });
    }
    const { result, unit } = await this.retrying(work);
    for (const hook of unit.afterCommit) await this.runHook(hook);
    return result;
  }

  /** Runs after the unit has committed and its locks are free; a failure there is logged, the work stays done. */
  afterCommit(hook: () => unknown): void {
    this.active().afterCommit.push(hook);
  }

  afterRollback(hook: () => void): void {
    this.active().afterRollback.push(hook);
  }

  private active(): Unit {
    const { unit } = this.database;
    if (!unit) throw new Error('no unit of work is active');
    return unit;
  }

  private async retrying<T>(work: () => Promise<T>): Promise<{ result: T; unit: Unit }> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isWorthRetrying(error)) throw error;
        await delay(10 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  private async once<T>(work: () => Promise<T>): Promise<{ result: T; unit: Unit }> {
    const runner = this.database.writer.createQueryRunner();
    const unit: Unit = { manager: runner.manager, open: true, afterCommit: [], afterRollback: [] };
    const inside = async () => {
      try {
        const result = await this.database.within(unit, work);
        if (unit.failure) throw unit.failure;
        return result;
      } finally {
        unit.open = false;
      }
    };
    const rolledBack = () => unit.afterRollback.forEach((hook) => hook());
    try {
      const result = this.database.embedded
        ? await this.groups.run(inside, rolledBack)
        : await this.transaction(runner, inside, rolledBack);
      return { result, unit };
    } finally {
      await runner.release();
    }
  }

  private async transaction<T>(runner: QueryRunner, work: () => Promise<T>, rolledBack: () => void): Promise<T> {
    await runner.startTransaction();
    try {
      const result = await work();
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await runner.rollbackTransaction().catch((failure: unknown) => this.logger.debug(failure));
      rolledBack();
      throw error;
    }
  }

  private async runHook(hook: () => unknown): Promise<void> {
    try {
      await this.database.apart(() => hook());
    } catch (error) {
      this.logger.error(error);
    }
  }
}
