import { Injectable } from '@nestjs/common';
import { IdAllocator, Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Bill, BillRun, BillRunException, type BillState, type RunTask } from './bill-run.entity';
import type { BillLine } from './feeders';

/** A run with a task at hand. */
export type WorkedRun = BillRun & { task: RunTask };

export interface ItemBill {
  id: number;
  accountId: number;
  state: BillState;
  edition: number;
  currency: string;
  amount: number;
  lines: BillLine[];
  postingId: number | null;
  previousBalance: number | null;
  advanceApplied: number | null;
}

interface ItemRow {
  id: number | string;
  account_id: number | string;
  state: BillState;
  edition: number;
  currency: string;
  amount: number | string;
  lines: string;
  posting_id: number | string | null;
  previous_balance: number | string | null;
  advance_applied: number | string | null;
}

const ITEM = ['id', 'account_id', 'state', 'edition', 'currency', 'amount', 'lines', 'posting_id', 'previous_balance'];
const numberOrNull = (value: number | string | null): number | null => (value === null ? null : Number(value));

/** How far a task has come: the cursor moves in the unit that deals with the accounts, so that nobody deals with them twice. */
@Injectable()
export class RunProgress {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
  ) {}

  /** First in the unit. @returns false when somebody else has moved the run meanwhile: read it again */
  async claim(run: WorkedRun, cursor: number): Promise<boolean> {
    const { id, task, version } = run;
    const changes = { cursor, failure: null };
    return (await this.store.update(BillRun, { id, task, version, cursor: run.cursor }, changes)) === 1;
  }

  async note({ id }: WorkedRun, changes: Partial<BillRun>): Promise<void> {
    await this.store.update(BillRun, { id }, changes);
  }

  async except(run: WorkedRun, accounts: readonly { accountId: number; reason: string }[]): Promise<void> {
    const ids = await this.ids.many(accounts.length);
    await this.store.insert(
      BillRunException,
      accounts.map(({ accountId, reason }, at) => ({
        id: ids[at]!,
        runId: run.id,
        accountId,
        task: run.task,
        reason: reason.slice(0, 500),
      })),
    );
  }

  /** The next bills of the run in these states, by account. */
  async next(run: WorkedRun, states: readonly BillState[], limit: number): Promise<ItemBill[]> {
    const rows = await this.store.sql<ItemRow>(
      this.store.page(
        `SELECT ${[...ITEM, 'advance_applied'].map((name) => `"${name}"`).join(', ')} FROM "bills"
         WHERE "run_id" = ? AND "account_id" > ? AND "state" IN (${states.map(() => '?').join(', ')})`,
        '"account_id"',
        0,
        limit,
      ),
      [run.id, run.cursor, ...states],
    );
    return rows.map((row) => ({
      id: Number(row.id),
      accountId: Number(row.account_id),
      state: row.state,
      edition: Number(row.edition),
      currency: row.currency,
      amount: Number(row.amount),
      lines: JSON.parse(row.lines) as BillLine[],
      postingId: numberOrNull(row.posting_id),
      previousBalance: numberOrNull(row.previous_balance),
      advanceApplied: numberOrNull(row.advance_applied),
    }));
  }

  /** Drafts alone are ever removed: bills that no posting stands behind. At most as many as `next` gives. */
  async removeDrafts(bills: readonly Pick<ItemBill, 'id'>[]): Promise<void> {
    if (bills.length > 0) await this.store.remove(Bill, { id: In(bills.map(({ id }) => id)), state: 'CALCULATED' });
  }

  /**
   * What the last calculation has left, some at a time: a server that deletes a million rows at once keeps everybody from
   * the whole table. In the unit that has claimed the run.
   * @returns false while there is more
   */
  async clear(runId: number, limit: number): Promise<boolean> {
    for (const [entity, table, draft] of [
      [Bill, 'bills', ` AND "state" = 'CALCULATED'`],
      [BillRunException, 'bill_run_exceptions', ''],
    ] as const) {
      const some = `SELECT "id" FROM "${table}" WHERE "run_id" = ?${draft}`;
      const page = this.store.page(some, '"account_id", "id"', 0, limit);
      const ids = (await this.store.sql<{ id: number | string }>(page, [runId])).map(({ id }) => Number(id));
      if (ids.length > 0) await this.store.remove<Bill | BillRunException>(entity, { id: In(ids) });
      if (ids.length === limit) return false;
    }
    return true;
  }
}
