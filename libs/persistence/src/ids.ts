import { Injectable } from '@nestjs/common';
import { Entity } from 'typeorm';
import { BigIntColumn, CodeIdColumn } from './columns';
import { isUniqueViolation } from './errors';
import { Store } from './store';
import { Database, UnitOfWork } from './unit-of-work';

@Entity('id_blocks')
export class IdBlock {
  @CodeIdColumn(40)
  name: string;

  @BigIntColumn()
  nextId: number;
}

const BLOCK = 1000;

/**
 * Ids by hi/lo: a process takes blocks of numbers from the table and gives them out itself. Gaps are allowed, and a row
 * that another process writes later may have a smaller id: what came last is told by an instant, a number or a state.
 */
@Injectable()
export class IdAllocator {
  private next = 0;
  private end = 0;
  private refill: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly uow: UnitOfWork,
    private readonly store: Store,
  ) {}

  /** The next id; the same sequence serves all tables. Inside a unit of work only. */
  async one(): Promise<number> {
    while (this.next >= this.end) {
      this.refill ??= this.takeBlock().finally(() => (this.refill = undefined));
      await this.refill;
    }
    return this.next++;
  }

  async many(count: number): Promise<number[]> {
    const ids: number[] = [];
    while (ids.length < count) {
      ids.push(await this.one());
      const last = Math.min(this.end, this.next + count - ids.length);
      while (this.next < last) ids.push(this.next++);
    }
    return ids;
  }

  /**
   * `count` consecutive ids of a sequence of its own, taken in the active unit: no gap, whatever is rolled back, at the
   * price that units taking from one sequence wait for each other. @returns the first
   */
  async reserve(sequence: string, count: number): Promise<number> {
    const add = 'UPDATE "id_blocks" SET "next_id" = "next_id" + ? WHERE "name" = ?';
    await this.store.sql(add, [count, sequence]);
    const row = await this.row(sequence);
    if (row) return Number(row.next_id) - count;
    try {
      await this.database.manager.insert(IdBlock, { name: sequence, nextId: count + 1 });
      return 1;
    } catch (error) {
      // Of two who take the first number of a sequence the second has waited here for the first one's end.
      if (this.database.embedded || !isUniqueViolation(error)) throw error;
      return this.reserve(sequence, count);
    }
  }

  /** How many numbers of a sequence {@link reserve} has given out. */
  async taken(sequence: string): Promise<number> {
    const row = await this.row(sequence);
    return row ? Number(row.next_id) - 1 : 0;
  }

  /** Begins a sequence again, in the active unit: for rows that were all removed. */
  async restart(sequence: string): Promise<void> {
    await this.database.manager.delete(IdBlock, { name: sequence });
  }

  /** Plain statements: the query builder takes longer over these than the database. */
  private async row(sequence: string): Promise<{ next_id: number | string } | undefined> {
    const rows = await this.store.sql<{ next_id: number | string }>(
      'SELECT "next_id" FROM "id_blocks" WHERE "name" = ?',
      [sequence],
    );
    return rows[0];
  }

  private async takeBlock(): Promise<void> {
    if (this.database.embedded) {
      // One connection: the block is part of the unit, so what a rollback returns to the table is forgotten here too.
      this.uow.afterRollback(() => (this.end = this.next));
      this.next = await this.reserve('main', BLOCK);
    } else {
      this.next = await this.database.apart(() => this.takeOutside());
    }
    this.end = this.next + BLOCK;
  }

  /** On a connection of its own and committed at once, so that no unit waits for another's end. */
  private async takeOutside(): Promise<number> {
    const { outside } = this.database;
    for (;;) {
      const row = await outside.findOneByOrFail(IdBlock, { name: 'main' });
      const taken = await outside.update(IdBlock, row, { nextId: row.nextId + BLOCK });
      if (taken.affected === 1) return row.nextId;
    }
  }
}
