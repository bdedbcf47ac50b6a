import { Injectable, type OnModuleInit } from '@nestjs/common';
import { invalidField } from '@libs/http';
import { Store } from '@libs/persistence';
import { BillFeeders, type BilledCycle, type BillFeeder, type Calculation } from '../bill-runs/feeders';
import { isDueIn } from './recurring.rules';

interface Row {
  account_id: number | string;
  head: string;
  amount: number | string;
  every_months: number;
  from_period: string;
  to_period: string | null;
  detail: string | null;
}

/** Bills of recurring charges; the parameter `head` takes those of one head only. */
@Injectable()
export class RecurringFeeder implements BillFeeder, OnModuleInit {
  readonly code = 'recurring';
  readonly serviceType = 'OTHER';
  readonly nameAr = 'رسوم دورية';
  readonly nameEn = 'Recurring charges';

  constructor(
    private readonly store: Store,
    private readonly feeders: BillFeeders,
  ) {}

  onModuleInit(): void {
    this.feeders.register(this);
  }

  check(parameters: Record<string, unknown>): void {
    if (Object.keys(parameters).some((name) => name !== 'head')) {
      throw invalidField('/parameters', 'unknownParameter');
    }
  }

  async accounts(parameters: Record<string, unknown>, afterAccountId: number, limit: number): Promise<number[]> {
    const { sql, values } = ofHead(parameters);
    const rows = await this.store.sql<{ account_id: number | string }>(
      this.store.page(
        `SELECT DISTINCT "account_id" FROM "recurring_charges" WHERE "account_id" > ? AND "active" = 1${sql}`,
        '"account_id"',
        0,
        limit,
      ),
      [afterAccountId, ...values],
    );
    return rows.map(({ account_id }) => Number(account_id));
  }

  async calculate(accountIds: readonly number[], cycle: BilledCycle): Promise<Map<number, Calculation>> {
    const { sql, values } = ofHead(cycle.parameters);
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT "account_id", "head", "amount", "every_months", "from_period", "to_period", "detail"
         FROM "recurring_charges" WHERE "account_id" IN (${list}) AND "active" = 1${sql} ORDER BY "id"`,
      accountIds,
      values,
    );
    const bills = new Map<number, { lines: Extract<Calculation, { lines: unknown }>['lines'] }>();
    for (const { account_id, head, amount, every_months, from_period, to_period, detail } of rows) {
      const charge = { everyMonths: Number(every_months), fromPeriod: from_period, toPeriod: to_period };
      if (!isDueIn(charge, cycle.period)) continue;
      const line = { head, amount: Number(amount), detail };
      const bill = bills.get(Number(account_id));
      if (bill) bill.lines.push(line);
      else bills.set(Number(account_id), { lines: [line] });
    }
    return bills;
  }
}

const ofHead = ({ head }: Record<string, unknown>): { sql: string; values: unknown[] } =>
  head === undefined ? { sql: '', values: [] } : { sql: ' AND "head" = ?', values: [head] };
