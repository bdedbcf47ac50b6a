import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { ReadingVisit, type VisitReason } from './reading-visit.entity';

export interface Demand {
  subscriptionId: number;
  period: string;
  reason: VisitReason;
  note: string | null;
  readingId: number | null;
  requestedBy: number | null;
}

interface OpenVisit {
  id: number;
  reason: VisitReason;
  note: string | null;
}

/** Visits that are demanded: shown on route sheets until the meter is truly read. */
@Injectable()
export class Visits {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By subscription. */
  async open(subscriptionIds: readonly number[]): Promise<Map<number, OpenVisit>> {
    const rows = await this.store.selectIn<Record<keyof OpenVisit | 'subscriptionId', never>>(
      (list) =>
        `SELECT "id", "open_subscription_id" AS "subscriptionId", "reason", "note" FROM "water_reading_visits"
         WHERE "open_subscription_id" IN (${list})`,
      [...new Set(subscriptionIds)],
    );
    return new Map(rows.map(({ id, subscriptionId, ...row }) => [Number(subscriptionId), { ...row, id: Number(id) }]));
  }

  /** In the active unit. One that is open already stays as it is. @returns those that are new */
  async demand(demands: readonly Demand[]): Promise<number> {
    const open = await this.open(demands.map(({ subscriptionId }) => subscriptionId));
    const fresh = demands.filter(({ subscriptionId }) => !open.has(subscriptionId));
    const ids = await this.ids.many(fresh.length);
    const requestedAt = this.clock.now();
    const rows = fresh.map((demand, at) => ({
      ...demand,
      ...{ id: ids[at]!, openSubscriptionId: demand.subscriptionId, requestedAt, doneAt: null },
    }));
    await this.store.insert(ReadingVisit, rows);
    return rows.length;
  }

  /** In the active unit: these subscriptions were read. */
  async done(subscriptionIds: readonly number[]): Promise<void> {
    for (const { id } of (await this.open(subscriptionIds)).values()) {
      await this.store.update(ReadingVisit, { id }, { openSubscriptionId: null, doneAt: this.clock.now() });
    }
  }
}
