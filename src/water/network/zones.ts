import { Injectable } from '@nestjs/common';
import { invalidField } from '@libs/http';
import { Store } from '@libs/persistence';
import { Zone, type SubscriptionState } from '../subscriptions/subscription.entity';

/** SQL to follow subscriptions `s`: the zone that supplies each is that of its place, else that of its route. */
export const WITH_ZONE = `JOIN "water_premises" p ON p."id" = s."premise_id"
  LEFT JOIN "water_routes" r ON r."id" = s."route_id"`;
export const ZONE_OF_SUBSCRIPTION = `COALESCE(p."zone_id", r."zone_id")`;

/** Subscriptions that have water, so that one may be without it. */
export const SUPPLIED_STATES: readonly SubscriptionState[] = ['ACTIVE', 'HOLD'];

/** The zones as the network sees them. */
@Injectable()
export class NetworkZones {
  constructor(private readonly store: Store) {}

  /** In use, by code. */
  active(): Promise<Zone[]> {
    return this.store.reads(Zone).find({ where: { active: true }, order: { code: 'ASC', id: 'ASC' } });
  }

  /** In use and out of it, by code. */
  all(): Promise<Zone[]> {
    return this.store.reads(Zone).find({ order: { code: 'ASC', id: 'ASC' } });
  }

  /** @throws {Problem} http.invalid at `pointer` for a zone that is not there or out of use */
  async require(id: number, pointer = '/zoneId'): Promise<Zone> {
    const zone = await this.store.reads(Zone).findOneBy({ id, active: true });
    if (!zone) throw invalidField(pointer, 'unknown');
    return zone;
  }

  /** @returns null where neither its place nor its route has a zone. @throws {Problem} http.invalid when it is unknown */
  async ofSubscription(subscriptionId: number): Promise<number | null> {
    const [row] = await this.store.sql<{ zone: number | string | null }>(
      `SELECT ${ZONE_OF_SUBSCRIPTION} AS "zone" FROM "water_subscriptions" s ${WITH_ZONE} WHERE s."id" = ?`,
      [subscriptionId],
    );
    if (!row) throw invalidField('/subscriptionId', 'unknown');
    return row.zone === null ? null : Number(row.zone);
  }

  /** How many subscriptions of the zone are in one of these states. */
  async audience(zoneId: number, states: readonly SubscriptionState[]): Promise<number> {
    const [row] = await this.store.sql<{ n: number | string }>(
      `SELECT COUNT(*) AS "n" FROM "water_subscriptions" s ${WITH_ZONE}
       WHERE ${ZONE_OF_SUBSCRIPTION} = ? AND s."state" IN (${states.map(() => '?').join(', ')})`,
      [zoneId, ...states],
    );
    return Number(row!.n);
  }

  /** Subscriptions of the zone in one of these states, in the order of their ids: to walk through all of them. */
  async subscriptionsAfter(
    zoneId: number,
    states: readonly SubscriptionState[],
    afterId: number,
    count: number,
  ): Promise<{ id: number; accountId: number }[]> {
    const sql = `SELECT s."id", s."account_id" AS "account" FROM "water_subscriptions" s ${WITH_ZONE}
       WHERE ${ZONE_OF_SUBSCRIPTION} = ? AND s."state" IN (${states.map(() => '?').join(', ')}) AND s."id" > ?`;
    const parameters = [zoneId, ...states, afterId];
    const rows = await this.store.sql<{ id: number | string; account: number | string }>(
      this.store.page(sql, 's."id"', 0, count),
      parameters,
    );
    return rows.map(({ id, account }) => ({ id: Number(id), accountId: Number(account) }));
  }
}
