import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { QueryFailedError } from 'typeorm';
import { ChargeHeads } from '../accounts/charge-heads';
import { addTotals, sumOf } from './bill-run.rules';
import { Bill } from './bill-run.entity';
import { BillFeeders, type BilledCycle, type BillFeeder, type Calculation } from './feeders';
import { RunProgress, type WorkedRun } from './run-progress';

const BILL = [
  'id',
  'runId',
  'accountId',
  'feeder',
  'period',
  'edition',
  'state',
  'currency',
  'amount',
  'lines',
  'previousBalance',
  'advanceApplied',
  'postingId',
  'serial',
  'number',
  'content',
  'contentHash',
] as const;

interface Found {
  /** Of the account; null when there is none. */
  currency: string | null;
  state: string;
  /** Bills of this feeder and period that stand. */
  live: number;
  edition: number;
}

/** Makes the drafts of a run's bills, a unit of accounts at a time. */
@Injectable()
export class Calculating {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly heads: ChargeHeads,
    private readonly feeders: BillFeeders,
    private readonly progress: RunProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What was calculated before is cleared; then the next accounts of the run, and the end of the task when there are none. */
  step(run: WorkedRun, limit: number): Promise<void> {
    const feeder = this.feeders.require(run.feeder);
    return this.uow.run(async () => {
      if (run.cursor === 0) {
        if (!(await this.progress.claim(run, 0)) || !(await this.progress.clear(run.id, limit))) return;
      }
      const ids = await feeder.accounts(run.parameters, run.cursor, limit, run);
      const end = ids.length === 0;
      if (!(await this.progress.claim(run, end ? 0 : lastOf(ids, run.cursor)))) return;
      if (end) {
        const done = { task: null, state: 'CALCULATED' as const, calculatedAt: this.clock.now() };
        return this.progress.note(run, done);
      }
      await this.calculate(run, feeder, ids);
    });
  }

  private async calculate(run: WorkedRun, feeder: BillFeeder, ids: readonly number[]): Promise<void> {
    const known = await this.accounts(run, ids);
    const exceptions: { accountId: number; reason: string }[] = [];
    const asked: number[] = [];
    let { skipped } = run;
    for (const accountId of ids) {
      const { currency, state, live } = known.get(accountId) ?? NOT_FOUND;
      if (live > 0) skipped++;
      else if (currency === null) exceptions.push({ accountId, reason: 'billing.account-unknown' });
      else if (state !== 'OPEN') exceptions.push({ accountId, reason: 'billing.account-closed' });
      else asked.push(accountId);
    }
    const calculations = await ask(feeder, asked, run);
    const active = new Set((await this.heads.all()).flatMap((head) => (head.active ? [head.code] : [])));
    const rows: unknown[][] = [];
    const made: { currency: string; lines: Extract<Calculation, { lines: unknown }>['lines'] }[] = [];
    const billIds = await this.ids.many(asked.length);
    for (const accountId of asked) {
      const calculation = calculations.get(accountId);
      if (!calculation || ('lines' in calculation && calculation.lines.length === 0)) continue;
      const sum = sumOf(calculation, (head) => active.has(head));
      if ('reason' in sum || 'reason' in calculation) {
        exceptions.push({ accountId, reason: 'reason' in sum ? sum.reason : '' });
        continue;
      }
      const { currency, edition } = known.get(accountId)!;
      const { lines } = calculation;
      made.push({ currency: currency!, lines });
      const draft = [edition + 1, 'CALCULATED', currency, sum.amount, JSON.stringify(lines)];
      const later = [null, null, null, null, null, null, null];
      rows.push([billIds[made.length - 1], run.id, accountId, run.feeder, run.period, ...draft, ...later]);
    }
    await this.store.bulkInsert(Bill, BILL, rows);
    await this.progress.except(run, exceptions);
    await this.progress.note(run, {
      bills: run.bills + made.length,
      skipped,
      totals: addTotals(run.totals, made),
    });
  }

  private async accounts({ feeder, period }: WorkedRun, ids: readonly number[]): Promise<Map<number, Found>> {
    const accounts = await this.store.selectIn<{ id: number | string; currency: string; state: string }>(
      (list) =>
        `SELECT "id", "currency", CASE WHEN "closed_on" IS NULL THEN "state" ELSE 'CLOSED' END AS "state"
         FROM "billing_accounts" WHERE "id" IN (${list})`,
      ids,
    );
    const found = new Map<number, Found>(
      accounts.map(({ id, currency, state }) => [Number(id), { currency, state, live: 0, edition: 0 }]),
    );
    const bills = await this.store.selectIn<{ account_id: number | string; edition: number; live: number }>(
      (list) =>
        `SELECT "account_id", MAX("edition") AS "edition", SUM(CASE WHEN "state" = 'REVERSED' THEN 0 ELSE 1 END) AS "live"
         FROM "bills" WHERE "account_id" IN (${list}) AND "feeder" = ? AND "period" = ? GROUP BY "account_id"`,
      ids,
      [feeder, period],
    );
    for (const { account_id, edition, live } of bills) {
      Object.assign(found.get(Number(account_id))!, { edition: Number(edition), live: Number(live) });
    }
    return found;
  }
}

const NOT_FOUND: Found = { currency: null, state: '', live: 0, edition: 0 };

function lastOf(ids: readonly number[], after: number): number {
  const ascending = ids.every((id, at) => id > (at === 0 ? after : ids[at - 1]!));
  if (!ascending) throw new RangeError('a feeder names its accounts in ascending order, each once');
  return ids.at(-1)!;
}

/** Halves what cannot be calculated together until the account is alone that cannot be calculated at all. */
async function ask(
  feeder: BillFeeder,
  ids: readonly number[],
  cycle: BilledCycle,
): Promise<ReadonlyMap<number, Calculation>> {
  if (ids.length === 0) return new Map();
  try {
    return await feeder.calculate(ids, cycle);
  } catch (error) {
    // The transaction may be gone with the statement.
    if (error instanceof QueryFailedError) throw error;
    if (ids.length === 1) return new Map([[ids[0]!, { reason: reasonOf(error) }]]);
    const half = ids.length >> 1;
    const left = await ask(feeder, ids.slice(0, half), cycle);
    return new Map([...left, ...(await ask(feeder, ids.slice(half), cycle))]);
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Problem ? error.code : String((error as Error)?.message ?? error);
