import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { InstalmentPlan, PlanInstalment } from './plan.entity';

export interface OpenCharge {
  id: number;
  accountId: number;
  outstanding: number;
  /** In a live plan. */
  planned: boolean;
}

interface OpenChargeRow {
  id: number | string;
  account_id: number | string;
  outstanding: number | string;
  live: number | string | null;
}

const OPEN_CHARGE = `SELECT c."id", c."account_id", c."outstanding", p."id" AS "live"
  FROM "charges" c LEFT JOIN "plan_charges" p ON p."live_charge_id" = c."id"`;

/** Queries about plans and their charges. */
@Injectable()
export class PlanStore {
  constructor(private readonly store: Store) {}

  /** The open charges of accounts, oldest due first. */
  async openOfAccounts(accountIds: readonly number[]): Promise<OpenCharge[]> {
    return (
      await this.store.selectIn<OpenChargeRow>(
        (list) =>
          `${OPEN_CHARGE} WHERE c."account_id" IN (${list}) AND c."outstanding" > 0 ORDER BY c."due_on", c."id"`,
        accountIds,
      )
    ).map(openCharge);
  }

  /** Whether paid or not. */
  async byId(chargeIds: readonly number[]): Promise<OpenCharge[]> {
    return (
      await this.store.selectIn<OpenChargeRow>((list) => `${OPEN_CHARGE} WHERE c."id" IN (${list})`, chargeIds)
    ).map(openCharge);
  }

  /** Charges of a plan with the account of each. */
  async chargesOf(planId: number): Promise<{ chargeId: number; accountId: number; amount: number }[]> {
    const rows = await this.store.sql<{ charge_id: number; account_id: number; amount: number }>(
      `SELECT p."charge_id", c."account_id", p."amount" FROM "plan_charges" p JOIN "charges" c ON c."id" = p."charge_id"
       WHERE p."plan_id" = ? ORDER BY c."due_on", c."id"`,
      [planId],
    );
    return rows.map(({ charge_id, account_id, amount }) => ({
      chargeId: Number(charge_id),
      accountId: Number(account_id),
      amount: Number(amount),
    }));
  }

  /**
   * What is settled of each plan's charges since it was proposed, by payment, credit note or write-off; of a plan that
   * ended what it was then.
   */
  async settled(plans: readonly InstalmentPlan[]): Promise<Map<number, number>> {
    const rows = await this.store.selectIn<{ plan_id: number | string; settled: number | string }>(
      (list) =>
        `SELECT p."plan_id", SUM(CASE WHEN p."amount" > c."outstanding" THEN p."amount" - c."outstanding" ELSE 0 END) AS "settled"
         FROM "plan_charges" p JOIN "charges" c ON c."id" = p."charge_id"
         WHERE p."plan_id" IN (${list}) GROUP BY p."plan_id"`,
      plans.map(({ id }) => id),
    );
    const now = new Map(rows.map(({ plan_id, settled }) => [Number(plan_id), Number(settled)]));
    return new Map(plans.map(({ id, settledAtEnd }) => [id, settledAtEnd ?? now.get(id) ?? 0]));
  }

  async instalments(planIds: readonly number[]): Promise<Map<number, PlanInstalment[]>> {
    const byPlan = new Map<number, PlanInstalment[]>(planIds.map((id) => [id, []]));
    const rows = await this.store.selectIn<Record<'id' | 'plan_id' | 'number' | 'amount', number> & { due_on: string }>(
      (list) =>
        `SELECT "id", "plan_id", "number", "due_on", "amount" FROM "plan_instalments" WHERE "plan_id" IN (${list})
         ORDER BY "plan_id", "number"`,
      planIds,
    );
    for (const { id, plan_id, number, due_on, amount } of rows) {
      const planId = Number(plan_id);
      byPlan.get(planId)!.push({ id: Number(id), planId, number, dueOn: due_on, amount: Number(amount) });
    }
    return byPlan;
  }

  /** Plans on whose accounts a bill is unpaid that fell due after the plan became active and before `dueBefore`. */
  async withUnpaidBills(planIds: readonly number[], dueBefore: string): Promise<Set<number>> {
    const rows = await this.store.selectIn<{ id: number | string }>(
      (list) =>
        `SELECT DISTINCT p."id" FROM "instalment_plans" p
         JOIN "plan_charges" pc ON pc."plan_id" = p."id" JOIN "charges" planned ON planned."id" = pc."charge_id"
         JOIN "charges" bill ON bill."account_id" = planned."account_id"
         WHERE p."id" IN (${list}) AND bill."outstanding" > 0 AND bill."due_on" < ? AND bill."due_on" > p."activated_on"
           AND NOT EXISTS (SELECT 1 FROM "plan_charges" other WHERE other."live_charge_id" = bill."id")`,
      planIds,
      [dueBefore],
    );
    return new Set(rows.map(({ id }) => Number(id)));
  }

  /** Live plans after an id, in their order. */
  live(after: number, limit: number): Promise<InstalmentPlan[]> {
    return this.store
      .query(InstalmentPlan, 'p')
      .where("p.state IN ('DRAFT', 'ACTIVE') AND p.id > :after", { after })
      .orderBy('p.id')
      .take(limit)
      .getMany();
  }
}

const openCharge = ({ id, account_id, outstanding, live }: OpenChargeRow): OpenCharge => ({
  id: Number(id),
  accountId: Number(account_id),
  outstanding: Number(outstanding),
  planned: live !== null,
});
