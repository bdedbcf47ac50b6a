import { Injectable } from '@nestjs/common';
import { IdAllocator, Store } from '@libs/persistence';
import { Bill, BillRun, BillRunException, type BillState, type RunTask } from './bill-run.entity';
import type { BillLine } from './feeders';

/** A run with a task at hand. */
export type WorkedRun = BillRun & { task: RunTask };

export interface ItemBill {
  id: number;
  accountId: number;
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
  edition: number;
  currency: string;
  amount: number | string;
  lines: string;
  posting_id: number | string | null;
  previous_balance: number | string | null;
  advance_applied: number | string | null;
}

const ITEM = ['id', 'account_id', 'edition', 'currency', 'amount', 'lines', 'posting_id', 'previous_balance'];
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
      edition: Number(row.edition),
      currency: row.currency,
      amount: Number(row.amount),
      lines: JSON.parse(row.lines) as BillLine[],
      postingId: numberOrNull(row.posting_id),
      previousBalance: numberOrNull(row.previous_balance),
      advanceApplied: numberOrNull(row.advance_applied),
    }));
  }

  /** Drafts alone are ever removed: bills that no posting stands behind. */
  async removeDrafts(runId: number): Promise<void> {
    await this.store.remove(Bill, { runId, state: 'CALCULATED' });
  }
}
