import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { WaterClass } from '../../subscriptions/subscription.entity';
import { daysOf, monthsOf } from '../local-times';

export interface ReadingFacts {
  estimated: number;
  actual: number;
  /** Halves of readings that were due. */
  dueHalves: number;
  /** m³ billed and connection-months, by class. */
  byClass: Map<WaterClass, { consumption: number; months: number }>;
}

/** What the months' readings and standing meters say. */
@Injectable()
export class ReadingFactsReader {
  constructor(private readonly store: Store) {}

  async of(from: string, to: string): Promise<ReadingFacts> {
    const facts: ReadingFacts = { estimated: 0, actual: 0, dueHalves: 0, byClass: new Map() };
    const classOf = (code: WaterClass) => {
      const known = facts.byClass.get(code) ?? { consumption: 0, months: 0 };
      facts.byClass.set(code, known);
      return known;
    };
    for (const period of monthsOf(from, to)) {
      for (const row of await this.readings(period)) {
        facts.estimated += Number(row.estimated);
        facts.actual += Number(row.actual);
        classOf(row.code).consumption += Number(row.consumption);
      }
      for (const { code, cycle, n } of await this.standing(period)) {
        facts.dueHalves += Number(n) * (Number(cycle) === 2 ? 1 : 2);
        classOf(code).months += Number(n);
      }
      // The embedded database answers within this turn of the event loop: let requests have one too.
      await setImmediate();
    }
    return facts;
  }

  private readings(period: string) {
    return this.store.sql<{ code: WaterClass } & Record<'estimated' | 'actual' | 'consumption', number | string>>(
      `SELECT s."water_class" AS "code",
         SUM(CASE WHEN m."source" = 'ESTIMATE' THEN 1 ELSE 0 END) AS "estimated",
         SUM(CASE WHEN m."source" <> 'ESTIMATE' THEN 1 ELSE 0 END) AS "actual",
         SUM(CASE WHEN m."state" = 'BILLED' THEN CAST(COALESCE(m."consumption", 0) AS bigint) ELSE 0 END)
           AS "consumption"
       FROM "water_readings" m JOIN "water_subscriptions" s ON s."id" = m."subscription_id"
       WHERE m."period" = ? AND m."value" IS NOT NULL
         AND m."standing_installation_id" IS NOT NULL
       GROUP BY s."water_class"`,
      [period],
    );
  }

  private standing(period: string) {
    const { last } = daysOf(period);
    return this.store.sql<{ code: WaterClass; cycle: number | null; n: number | string }>(
      `SELECT s."water_class" AS "code", r."cycle_months" AS "cycle", COUNT(*) AS "n"
       FROM "water_installations" i JOIN "water_subscriptions" s ON s."id" = i."subscription_id"
       LEFT JOIN "water_routes" r ON r."id" = s."route_id"
       WHERE i."installed_on" <= ? AND (i."removed_on" IS NULL OR i."removed_on" > ?)
       GROUP BY s."water_class", r."cycle_months"`,
      [last, last],
    );
  }
}
