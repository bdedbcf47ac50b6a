import { Injectable } from '@nestjs/common';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { Store } from '@libs/persistence';
import { In, LessThan } from 'typeorm';
import { BillRun, BillRunException, type RunTask } from './bill-run.entity';
import { runTotalView } from './bill-runs.dto';
import { BillRuns } from './bill-runs.service';
import {
  formatted,
  type AccountVarianceView,
  type ExceptionView,
  type PreviewView,
  type VarianceQuery,
} from './run-reading.dto';

const POSTED = In(['POSTED', 'ISSUED']);

interface VarianceRow {
  account_id: number | string;
  number: string;
  currency: string;
  amount: number | string;
  previous: number | string | null;
}

/** What a reviewer looks at before a run is posted. */
@Injectable()
export class RunReading {
  constructor(
    private readonly store: Store,
    private readonly runs: BillRuns,
  ) {}

  /** @throws {Problem} http.not-found */
  async preview(id: number): Promise<PreviewView> {
    const run = await this.runs.get(id);
    const before = await this.cycleBefore(run);
    const previous = new Map<string, number>();
    for (const { head, currency, amount } of before.flatMap(({ totals }) => totals)) {
      previous.set(`${currency} ${head}`, (previous.get(`${currency} ${head}`) ?? 0) + amount);
    }
    const now = new Map(run.totals.map(({ head, currency, amount }) => [`${currency} ${head}`, amount]));
    const variance = [...new Set([...now.keys(), ...previous.keys()])].sort().map((key) => {
      const [currency, head] = key.split(' ') as [string, string];
      const [amount, then] = [now.get(key) ?? 0, previous.get(key) ?? 0];
      return { head, currency, amount: String(amount), previous: String(then), change: String(amount - then) };
    });
    return {
      bills: run.bills,
      skipped: run.skipped,
      exceptions: await this.store.reads(BillRunException).countBy({ runId: id }),
      totals: run.totals.map(runTotalView),
      previousPeriod: before[0]?.period ?? null,
      variance: before.length === 0 ? [] : variance,
      gone: await this.gone(run, before),
    };
  }

  /** By account. @throws {Problem} http.not-found */
  async exceptions(id: number, query: PageQuery): Promise<Page<ExceptionView>> {
    await this.runs.get(id);
    const total = await this.store.reads(BillRunException).countBy({ runId: id });
    const rows = await this.store.sql<{
      account_id: number | string;
      number: string | null;
      task: RunTask;
      reason: string;
    }>(
      this.store.page(
        `SELECT e."id", e."account_id", a."number", e."task", e."reason"
         FROM "bill_run_exceptions" e LEFT JOIN "billing_accounts" a ON a."id" = e."account_id" WHERE e."run_id" = ?`,
        'e."account_id", e."id"',
        skipped(query),
        query.pageSize,
      ),
      [id],
    );
    const items = rows.map(({ account_id, number, task, reason }) => ({
      accountId: Number(account_id),
      accountNumber: number,
      task,
      reason,
    }));
    return pageOf(query, items, total);
  }

  /** Bills that differ from those of the cycle before by more than a percentage, and new ones. @throws {Problem} http.not-found */
  async variances(id: number, query: VarianceQuery): Promise<Page<AccountVarianceView>> {
    const run = await this.runs.get(id);
    const [{ period } = { period: '' }] = await this.cycleBefore(run);
    const from = `FROM "bills" b JOIN "billing_accounts" a ON a."id" = b."account_id"
      LEFT JOIN "bills" p ON p."account_id" = b."account_id" AND p."feeder" = b."feeder" AND p."period" = ?
        AND p."state" IN ('POSTED', 'ISSUED')
      WHERE b."run_id" = ? AND (p."id" IS NULL OR ABS(b."amount" - p."amount") * 100 > ? * p."amount")`;
    const parameters = [period, id, query.above];
    const [{ n } = { n: 0 }] = await this.store.sql<{ n: number }>(`SELECT COUNT(*) AS "n" ${from}`, parameters);
    const rows = await this.store.sql<VarianceRow>(
      this.store.page(
        `SELECT b."account_id", a."number", b."currency", b."amount", p."amount" AS "previous" ${from}`,
        'b."account_id"',
        skipped(query),
        query.pageSize,
      ),
      parameters,
    );
    return pageOf(query, rows.map(varianceView), Number(n));
  }

  /** The posted runs of the last month before this one that the feeder billed. */
  private async cycleBefore({ feeder, period }: BillRun): Promise<BillRun[]> {
    const where = { feeder, period: LessThan(period), state: POSTED };
    const last = await this.store.reads(BillRun).findOne({ where, order: { period: 'DESC', id: 'DESC' } });
    if (!last) return [];
    return this.store
      .reads(BillRun)
      .find({ where: { feeder, period: last.period, state: POSTED }, order: { id: 'ASC' } });
  }

  private async gone(run: BillRun, before: readonly BillRun[]): Promise<number> {
    if (before.length === 0) return 0;
    const [{ n } = { n: 0 }] = await this.store.sql<{ n: number }>(
      `SELECT COUNT(*) AS "n" FROM "bills" p
       WHERE p."run_id" IN (${before.map(() => '?').join(', ')}) AND p."state" IN ('POSTED', 'ISSUED') AND NOT EXISTS
         (SELECT 1 FROM "bills" b WHERE b."run_id" = ? AND b."account_id" = p."account_id")`,
      [...before.map(({ id }) => id), run.id],
    );
    return Number(n);
  }
}

function varianceView({ account_id, number, currency, ...row }: VarianceRow): AccountVarianceView {
  const amount = Number(row.amount);
  const previous = row.previous === null ? null : Number(row.previous);
  return {
    accountId: Number(account_id),
    accountNumber: number,
    currency,
    amount: String(amount),
    formatted: formatted(amount, currency),
    previous: previous === null ? null : String(previous),
    percent: previous === null ? null : Math.trunc(((amount - previous) * 100) / previous),
  };
}
