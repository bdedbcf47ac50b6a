import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { Protection, SubscriptionState, WaterClass } from '../subscriptions/subscription.entity';
import type { CutCriteria } from './cut.entity';

/** A subscription as the rules of disconnection see it. */
export interface CutSubject {
  id: number;
  number: string;
  state: SubscriptionState;
  accountId: number;
  protection: Protection | null;
  waterClass: WaterClass;
  zoneId: number | null;
  routeCode: string | null;
  sequence: number | null;
  address: string;
  meter: string | null;
}

const SUBJECT = `SELECT s."id", s."number", s."state", s."account_id" AS "accountId", s."protection",
    s."water_class" AS "waterClass", COALESCE(p."zone_id", r."zone_id") AS "zoneId", r."code" AS "routeCode",
    s."sequence", p."address", m."serial" AS "meter"
  FROM "water_subscriptions" s JOIN "water_premises" p ON p."id" = s."premise_id"
  LEFT JOIN "water_routes" r ON r."id" = s."route_id"
  LEFT JOIN "water_installations" i ON i."open_subscription_id" = s."id"
  LEFT JOIN "water_meters" m ON m."id" = i."meter_id"`;

type Row = Record<keyof CutSubject, never>;

/** Subscriptions with their place, in few questions. */
@Injectable()
export class CutSubjects {
  constructor(private readonly store: Store) {}

  /** Active ones of the criteria after an id, ascending. */
  async after(id: number, criteria: CutCriteria, limit: number): Promise<CutSubject[]> {
    const { waterClasses, routeId, zoneId } = criteria;
    const classes = waterClasses.map(() => '?').join(', ');
    const where = [
      `s."state" = 'ACTIVE' AND s."id" > ? AND s."water_class" IN (${classes})`,
      ...(routeId === null ? [] : ['s."route_id" = ?']),
      ...(zoneId === null ? [] : ['COALESCE(p."zone_id", r."zone_id") = ?']),
    ].join(' AND ');
    const values = [id, ...waterClasses, ...[routeId, zoneId].filter((each) => each !== null)];
    const page = this.store.page(`${SUBJECT} WHERE ${where}`, 's."id"', 0, limit);
    return (await this.store.sql<Row>(page, values)).map(subject);
  }

  async byId(ids: readonly number[]): Promise<Map<number, CutSubject>> {
    const rows = await this.store.selectIn<Row>((list) => `${SUBJECT} WHERE s."id" IN (${list})`, ids);
    return new Map(rows.map(subject).map((each) => [each.id, each]));
  }
}

const subject = (row: Row): CutSubject => ({
  ...(row as CutSubject),
  id: Number(row.id),
  accountId: Number(row.accountId),
  zoneId: row.zoneId === null ? null : Number(row.zoneId),
});
