import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { ItemStore } from '../books/item-store';
import type { LateCharge } from './penalty.rules';

export interface Candidate extends LateCharge {
  id: number;
  accountId: number;
  accountOpen: boolean;
  currency: string;
  serviceType: string;
  head: string;
}

/** What was assessed for a month before, and the penalty charges of it that can still be taken back. */
export interface Assessed {
  period: string;
  number: number;
  amount: number;
  charges: { id: number; left: number }[];
}

type Text = string;
type Numeric = number | string;

/**
 * Of charges after an id that fell due within two days: those that may have a penalty, or had. What is in a live plan
 * waits; if the plan is not kept, the whole time counts.
 */
const LATE = `SELECT c."id", c."account_id" FROM "charges" c
  WHERE c."id" > ? AND c."head" <> 'PENALTY' AND c."due_on" >= ? AND c."due_on" < ?
    AND (c."outstanding" > 0
      OR EXISTS (SELECT 1 FROM "penalty_assessments" p WHERE p."charge_id" = c."id")
      OR EXISTS (SELECT 1 FROM "allocations" l WHERE l."charge_id" = c."id" AND l."allocated_on" > c."due_on"))
    AND NOT EXISTS (SELECT 1 FROM "plan_charges" pc WHERE pc."live_charge_id" = c."id")`;

/** Queries about charges that were not paid in time. */
@Injectable()
export class LateCharges {
  constructor(
    private readonly store: Store,
    private readonly items: ItemStore,
  ) {}

  async after(
    id: number,
    due: { from: string; before: string },
    limit: number,
  ): Promise<{ id: number; accountId: number }[]> {
    const sql = this.store.page(LATE, 'c."id"', 0, limit);
    const rows = await this.store.sql<{ id: Numeric; account_id: Numeric }>(sql, [id, due.from, due.before]);
    return rows.map((row) => ({ id: Number(row.id), accountId: Number(row.account_id) }));
  }

  /** With what settled each, by the day of the credit. */
  async load(ids: readonly number[]): Promise<Candidate[]> {
    const payments = new Map<number, { on: string; amount: number }[]>(ids.map((id) => [id, []]));
    const paid = await this.store.selectIn<{ charge_id: Numeric; credited_on: Text; amount: Numeric }>(
      (list) =>
        `SELECT l."charge_id", r."credited_on", SUM(l."amount") AS "amount"
         FROM "allocations" l JOIN "credits" r ON r."id" = l."credit_id"
         WHERE l."charge_id" IN (${list}) GROUP BY l."charge_id", r."credited_on" HAVING SUM(l."amount") <> 0`,
      ids,
    );
    for (const { charge_id, credited_on, amount } of paid) {
      payments.get(Number(charge_id))!.push({ on: credited_on, amount: Number(amount) });
    }
    const rows = await this.store.selectIn<
      Record<'id' | 'account_id' | 'amount' | 'cancelled', Numeric> &
        Record<'head' | 'due_on' | 'currency' | 'service_type' | 'state', Text>
    >(
      (list) =>
        `SELECT c."id", c."account_id", c."head", c."due_on", c."amount", c."cancelled",
           a."currency", a."service_type", a."state"
         FROM "charges" c JOIN "billing_accounts" a ON a."id" = c."account_id" WHERE c."id" IN (${list}) ORDER BY c."id"`,
      ids,
    );
    return rows.map((row) => ({
      id: Number(row.id),
      accountId: Number(row.account_id),
      accountOpen: row.state === 'OPEN',
      currency: row.currency,
      serviceType: row.service_type,
      head: row.head,
      dueOn: row.due_on,
      amount: Number(row.amount) - Number(row.cancelled),
      payments: payments.get(Number(row.id))!,
    }));
  }

  /** By late charge. */
  async assessed(ids: readonly number[]): Promise<Map<number, Assessed[]>> {
    const rows = await this.store.selectIn<
      Record<'charge_id' | 'amount' | 'number', Numeric> & {
        period: Text;
        penalty_id: Numeric | null;
        left_of: Numeric;
      }
    >(
      (list) =>
        `SELECT p."charge_id", p."period", p."amount", p."number", c."id" AS "penalty_id",
           c."amount" - c."cancelled" AS "left_of"
         FROM "penalty_assessments" p LEFT JOIN "charges" c ON c."id" = p."penalty_charge_id"
         WHERE p."charge_id" IN (${list}) ORDER BY p."charge_id", p."period", p."number"`,
      ids,
    );
    // What was waived of a penalty is gone; taken back as well it would become an advance.
    const relieved = await this.items.reliefs(rows.flatMap(({ penalty_id: id }) => (id === null ? [] : Number(id))));
    const byCharge = new Map<number, Assessed[]>();
    for (const { charge_id, period, amount, number, penalty_id, left_of } of rows) {
      const list = byCharge.get(Number(charge_id)) ?? [];
      byCharge.set(Number(charge_id), list);
      if (list.at(-1)?.period !== period) list.push({ period, number: 0, amount: 0, charges: [] });
      const month = list.at(-1)!;
      month.number = Number(number);
      month.amount += Number(amount);
      if (penalty_id === null) continue;
      const left = Number(left_of) - (relieved.get(Number(penalty_id)) ?? 0);
      if (left > 0) month.charges.push({ id: Number(penalty_id), left });
    }
    return byCharge;
  }
}
