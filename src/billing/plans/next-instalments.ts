import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { InstalmentPlan } from './plan.entity';
import { standing } from './plan.rules';
import { PlanStore } from './plan-store';

/** Where the plan of an account stands on a day. */
export interface PlanOnBill {
  planId: number;
  /** Minor units of the plan's currency that are left of it. */
  remaining: number;
  /** The first instalment that is not paid whole, and what is missing of it; null when only the down payment is. */
  next: { dueOn: LocalDate; amount: number } | null;
}

/** What a bill says of the plans of its account. */
@Injectable()
export class NextInstalments {
  constructor(
    private readonly store: Store,
    private readonly plans: PlanStore,
  ) {}

  /** By account, of its active plans the newest; those without one are absent. */
  async of(accountIds: readonly number[], today: LocalDate): Promise<Map<number, PlanOnBill>> {
    const rows = await this.store.selectIn<{ account_id: number | string; plan_id: number | string }>(
      (list) =>
        `SELECT c."account_id", p."plan_id" FROM "charges" c
         JOIN "plan_charges" p ON p."live_charge_id" = c."id" JOIN "instalment_plans" i ON i."id" = p."plan_id"
         WHERE c."account_id" IN (${list}) AND i."state" = 'ACTIVE'
         GROUP BY c."account_id", p."plan_id", i."activated_on", i."proposed_at"
         ORDER BY i."activated_on", i."proposed_at", p."plan_id"`,
      accountIds,
    );
    if (rows.length === 0) return new Map();
    const ids = [...new Set(rows.map(({ plan_id }) => Number(plan_id)))];
    const plans = await this.store.findIn(InstalmentPlan, 'id', ids);
    const settled = await this.plans.settled(plans);
    const instalments = await this.plans.instalments(ids);
    const byPlan = new Map(
      plans.map(({ id, total, downPayment }): [number, PlanOnBill] => {
        const paid = settled.get(id)!;
        const open = standing(downPayment, instalments.get(id)!, paid, today).instalments.find(
          (instalment) => instalment.paid < instalment.amount,
        );
        const next = open ? { dueOn: open.dueOn, amount: open.amount - open.paid } : null;
        return [id, { planId: id, remaining: total - paid, next }];
      }),
    );
    return new Map(rows.map(({ account_id, plan_id }) => [Number(account_id), byPlan.get(Number(plan_id))!]));
  }
}
