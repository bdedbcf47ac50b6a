import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { CycleUse } from '../billing/bill-detail.rules';

type Row = { id: number | string; period: string; used: number | string; guesses: number | string };

/** What was used, as the readings that stand say. */
@Injectable()
export class Consumption {
  constructor(private readonly store: Store) {}

  /**
   * m³ of each month that was read, the oldest first, by subscription.
   * @param since `YYYY-MM`, as `until`, both inclusive
   */
  async of(subscriptionIds: readonly number[], since: string, until: string): Promise<Map<number, CycleUse[]>> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT "subscription_id" AS "id", "period", SUM(CAST("consumption" AS bigint)) AS "used",
           SUM(CASE WHEN "source" = 'ESTIMATE' THEN 1 ELSE 0 END) AS "guesses"
         FROM "water_readings"
         WHERE "subscription_id" IN (${list}) AND "period" >= ? AND "period" <= ? AND "consumption" IS NOT NULL
           AND "standing_installation_id" IS NOT NULL GROUP BY "subscription_id", "period" ORDER BY "period"`,
      subscriptionIds,
      [since, until],
    );
    const found = new Map<number, CycleUse[]>();
    for (const { id, period, used, guesses } of rows) {
      const use = { period, cubicMetres: Number(used), estimated: Number(guesses) > 0 };
      found.set(Number(id), [...(found.get(Number(id)) ?? []), use]);
    }
    return found;
  }
}
