import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { Route } from '../subscriptions/subscription.entity';
import { ReadingClosing } from './reading-visit.entity';
import { READINGS, REFUSED } from './readings.problems';
import { cycleKey } from './refusal.rules';

/** Which routes take no more readings for which periods. */
@Injectable()
export class ReadingClosings {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Keys of the closed periods of routes, from one period on. */
  async closed(routeIds: readonly number[], since: string): Promise<Set<string>> {
    const rows = await this.store.selectIn<{ routeId: number | string; period: string }>(
      (list) =>
        `SELECT "route_id" AS "routeId", "period" FROM "water_reading_closings"
         WHERE "route_id" IN (${list}) AND "period" >= ? AND "state" = 'CLOSED'`,
      [...new Set(routeIds)],
      [since],
    );
    return new Set(rows.map(({ routeId, period }) => cycleKey(Number(routeId), period)));
  }

  /** @throws {Problem} http.not-found; water.route-closed; water.reading-still-open while suspects wait */
  close(routeId: number, period: string, { userId }: Principal): Promise<ReadingClosing> {
    return this.change(routeId, { period, state: 'CLOSED', reason: null, changedBy: userId }, async (known) => {
      if (known?.state === 'CLOSED') throw new Problem(READINGS['water.route-closed']);
      const [{ n } = { n: 0 }] = await this.store.sql<{ n: number | string }>(
        `SELECT COUNT(*) AS "n" FROM "water_readings" r JOIN "water_subscriptions" s ON s."id" = r."subscription_id"
         WHERE s."route_id" = ? AND r."period" = ? AND r."state" = 'SUSPECT'`,
        [routeId, period],
      );
      if (Number(n) > 0) throw new Problem(READINGS['water.reading-still-open'], { extra: { suspects: Number(n) } });
    });
  }

  /** @throws {Problem} http.not-found when it is not closed */
  reopen(routeId: number, period: string, reason: string, { userId }: Principal): Promise<ReadingClosing> {
    return this.change(routeId, { period, state: 'REOPENED', reason, changedBy: userId }, async (known) => {
      if (known?.state !== 'CLOSED') throw new Problem('http.not-found');
    });
  }

  /** @throws {Problem} water.reading-period-closed */
  async requireOpen(routeId: number, period: string): Promise<void> {
    const closed = await this.closed([routeId], period);
    if (closed.has(cycleKey(routeId, period))) throw new Problem(REFUSED['water.reading-period-closed']);
  }

  private change(
    routeId: number,
    changes: Pick<ReadingClosing, 'period' | 'state' | 'reason' | 'changedBy'>,
    check: (known: ReadingClosing | null) => Promise<void>,
  ): Promise<ReadingClosing> {
    return this.uow.run(async () => {
      if (!(await this.store.reads(Route).existsBy({ id: routeId }))) throw new Problem('http.not-found');
      const { period, state } = changes;
      const known = await this.store.reads(ReadingClosing).findOneBy({ routeId, period });
      await check(known);
      const changed = { ...changes, changedAt: this.clock.now() };
      const row = known
        ? { ...known, ...changed, version: await this.store.updateVersioned(ReadingClosing, known, changed) }
        : { id: await this.ids.one(), version: 1, routeId, ...changed };
      if (!known) await this.store.insert(ReadingClosing, row);
      await this.audit.record({ action: `water.reading-${state.toLowerCase()}`, detail: { routeId, ...changes } });
      return row;
    });
  }
}
