import { Inject, Injectable } from '@nestjs/common';
import { monthAfter, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { Reading } from './reading.entity';
import type { Standing } from './rejudge.rules';
import { REMOVED_ON } from './sites';

/** The season of last year and the reading before it. */
const WINDOW_MONTHS = 14;

type Raw = Record<keyof Standing | 'subscriptionId', never>;

export type Histories = Map<number, Standing[]>;

/** Readings that stand, and the ways in which they change. */
@Injectable()
export class StandingRows {
  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All of each subscription in the order of periods; of a day on which meters were exchanged the older meter's first. */
  async all(subscriptionIds: readonly number[]): Promise<Histories> {
    const found: Histories = new Map(subscriptionIds.map((id) => [id, []]));
    await this.load(found, [...found.keys()], '"period" >= ?', '');
    return found;
  }

  /** By subscription in the order of periods: since 14 months before a period, or the last before that. */
  async of(subscriptionIds: readonly number[], period: string): Promise<Histories> {
    const found: Histories = new Map(subscriptionIds.map((id) => [id, []]));
    const ids = [...found.keys()];
    const since = monthAfter(period, -WINDOW_MONTHS);
    await this.load(found, ids, '"period" >= ?', since);
    const without = ids.filter((id) => !found.get(id)!.some((row) => row.period < period));
    await this.load(
      found,
      without,
      `"period" = (SELECT MAX(o."period") FROM "water_readings" o WHERE o."subscription_id" = r."subscription_id"
         AND o."standing_installation_id" IS NOT NULL AND o."value" IS NOT NULL AND o."period" < ?)`,
      since,
    );
    return found;
  }

  private async load(into: Histories, ids: readonly number[], condition: string, since: string): Promise<void> {
    const rows = await this.store.selectIn<Raw>(
      (list) =>
        `SELECT r."id", r."version", r."subscription_id" AS "subscriptionId", r."installation_id" AS "installationId",
           r."period", r."read_on" AS "readOn", r."value", r."consumption", r."state", r."source", r."anomalies"
         FROM "water_readings" r JOIN "water_installations" i ON i."id" = r."installation_id"
         WHERE r."subscription_id" IN (${list}) AND r."standing_installation_id" IS NOT NULL
           AND r."value" IS NOT NULL AND r.${condition}
         ORDER BY r."subscription_id", r."period", r."read_on", i."installed_on", ${REMOVED_ON}, r."id"`,
      ids,
      [since],
    );
    for (const { subscriptionId, anomalies, ...row } of rows) {
      const codes = anomalies === '[]' ? [] : (JSON.parse(anomalies) as string[]);
      const ids = { id: Number(row.id), installationId: Number(row.installationId) };
      into.get(Number(subscriptionId))!.push({ ...row, ...ids, anomalies: codes });
    }
  }

  /** In the active unit: what was judged again. */
  async judgedAgain(rows: readonly Standing[]): Promise<void> {
    for (const { id, version, consumption, anomalies, state } of rows) {
      await this.store.updateVersioned(Reading, { id, version }, { consumption, anomalies: [...anomalies], state });
    }
  }

  /** In the active unit: no longer stand. @throws {StaleVersionError} when one was changed meanwhile */
  async reject(rows: readonly { id: number; version: number }[], note: string, by: number | null): Promise<void> {
    const decided = { standingInstallationId: null, decidedBy: by, decidedAt: this.clock.now(), note };
    for (const { id, version } of rows) {
      await this.store.updateVersioned(Reading, { id, version }, { state: 'REJECTED', ...decided });
    }
  }
}
