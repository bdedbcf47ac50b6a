import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { LANES, type Lane } from './lanes';
import { WAITS_IN_REDIS } from './outbox.repo';

export interface LaneStatus {
  lane: Lane;
  /** Due, and not begun by any worker. */
  waiting: number;
  running: number;
  /** Due later: asked for so, or to be tried again. */
  later: number;
  dead: number;
  /** Since when the oldest of those that wait has been due. */
  oldestDueAt: Instant | null;
  oldestAgeSeconds: number;
}

interface Row {
  lane: Lane;
  dead: number;
  later: number;
  running: number;
  waiting: number;
  oldest: string | Date | null;
}

/** How much the outbox has to do. */
@Injectable()
export class OutboxStatus {
  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Every lane, in order of priority. */
  async lanes(): Promise<LaneStatus[]> {
    const now = this.clock.now();
    const count = (condition: string) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
    const running = `"state" = 'PENDING' AND "locked_until" > ? AND NOT ${WAITS_IN_REDIS}`;
    const waiting = `"state" = 'PENDING' AND "available_at" <= ? AND ("locked_until" IS NULL OR "locked_until" <= ? OR ${WAITS_IN_REDIS})`;
    const rows = await this.store.sql<Row>(
      `SELECT "lane", ${count(`"state" = 'DEAD'`)} AS "dead", ${count(`"state" = 'PENDING' AND "available_at" > ?`)} AS "later",
         ${count(running)} AS "running", ${count(waiting)} AS "waiting",
         MIN(CASE WHEN ${waiting} THEN "available_at" END) AS "oldest"
       FROM "outbox_messages" WHERE "state" IN ('PENDING', 'DEAD') GROUP BY "lane"`,
      [now, now, now, now, now, now],
    );
    return LANES.map((lane) => {
      const row = rows.find((each) => each.lane === lane);
      const oldestDueAt = row?.oldest ? new Date(row.oldest).toISOString() : null;
      const age = oldestDueAt === null ? 0 : (Date.parse(now) - Date.parse(oldestDueAt)) / 1000;
      const [dead, later, held, due] = [row?.dead, row?.later, row?.running, row?.waiting].map((each) =>
        Number(each ?? 0),
      );
      return { lane, waiting: due!, running: held!, later: later!, dead: dead!, oldestDueAt, oldestAgeSeconds: age };
    });
  }
}
