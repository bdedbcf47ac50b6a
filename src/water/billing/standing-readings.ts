import { Injectable } from '@nestjs/common';
import { addDays, addMonths } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Reading, type ReadingSource, type ReadingState } from '../readings/reading.entity';
import type { BillableReading, BillableReadings, NotBillable } from './billable-readings';

/** In which the last billed reading and the estimates before it are nearly always found. */
const WINDOW_MONTHS = 14;
const CHUNK = 1000;

interface Row {
  id: number;
  subscriptionId: number;
  period: string;
  readOn: string;
  value: number;
  consumption: number | null;
  state: ReadingState;
  source: ReadingSource;
}

interface Start {
  on: string;
  value: number;
}

/** Billable readings out of those that stand. */
@Injectable()
export class StandingReadings implements BillableReadings {
  constructor(private readonly store: Store) {}

  async forBilling(ids: readonly number[], period: string): Promise<Map<number, BillableReading | NotBillable>> {
    const since = addMonths(`${period}-01`, -WINDOW_MONTHS).slice(0, 7);
    const bySubscription = await this.rows(ids, since, period);
    const older = ids.filter((id) => !bySubscription.get(id)?.some(({ state }) => state === 'BILLED'));
    for (const [id, rows] of await this.rows(older, '', period)) bySubscription.set(id, rows);
    const never = older.filter((id) => !bySubscription.get(id)?.some(({ state }) => state === 'BILLED'));
    const starts = await this.starts(never);
    return new Map(ids.map((id) => [id, billable(bySubscription.get(id) ?? [], period, starts.get(id))]));
  }

  async markBilled(readingIds: readonly number[]): Promise<number> {
    let marked = 0;
    for (let at = 0; at < readingIds.length; at += CHUNK) {
      const where = { id: In(readingIds.slice(at, at + CHUNK)), state: In(['VALID', 'CONFIRMED']) };
      marked += await this.store.update(Reading, where, { state: 'BILLED', version: (() => '"version" + 1') as never });
    }
    return marked;
  }

  async unmark(readingIds: readonly number[]): Promise<void> {
    await this.store.selectIn(
      (list) =>
        `UPDATE "water_readings" SET "version" = "version" + 1,
           "state" = CASE WHEN "decided_by" IS NULL THEN 'VALID' ELSE 'CONFIRMED' END
         WHERE "id" IN (${list}) AND "state" = 'BILLED'`,
      readingIds,
    );
  }

  /** Those with a value that were not rejected, by subscription in the order of their days. */
  private async rows(ids: readonly number[], from: string, to: string): Promise<Map<number, Row[]>> {
    const rows = await this.store.selectIn<Record<keyof Row, never>>(
      (list) =>
        `SELECT "id", "subscription_id" AS "subscriptionId", "period", "read_on" AS "readOn", "value", "consumption",
           "state", "source" FROM "water_readings"
         WHERE "subscription_id" IN (${list}) AND "period" >= ? AND "period" <= ?
           AND "standing_installation_id" IS NOT NULL AND "value" IS NOT NULL
         ORDER BY "subscription_id", "read_on", "id"`,
      ids,
      [from, to],
    );
    const found = new Map<number, Row[]>();
    for (const row of rows) {
      const id = Number(row.subscriptionId);
      const one = { ...row, id: Number(row.id), subscriptionId: id } as Row;
      const list = found.get(id);
      if (list) list.push(one);
      else found.set(id, [one]);
    }
    return found;
  }

  /** Of the first meter. */
  private async starts(ids: readonly number[]): Promise<Map<number, Start>> {
    const rows = await this.store.selectIn<{ id: number | string; on: string; value: number }>(
      (list) =>
        `SELECT "subscription_id" AS "id", "installed_on" AS "on", "initial_reading" AS "value"
         FROM "water_installations" WHERE "subscription_id" IN (${list}) ORDER BY "installed_on" DESC, "id" DESC`,
      ids,
    );
    return new Map(rows.map(({ id, on, value }) => [Number(id), { on, value: Number(value) }]));
  }
}

function billable(rows: readonly Row[], period: string, start?: Start): BillableReading | NotBillable {
  const at = rows.findLastIndex((row) => row.period === period && row.state !== 'BILLED');
  const before = rows.findLastIndex((row, index) => row.state === 'BILLED' && (at < 0 || index < at));
  const last = rows[before];
  const begin = last ? { on: last.readOn, value: last.value } : start;
  const lastTrue = rows.findLastIndex((row, index) => index <= before && row.source !== 'ESTIMATE');
  const estimatedPeriods = rows.slice(lastTrue + 1, before + 1).map((row) => row.period);
  const not = (reason: string): NotBillable => ({
    ...{ reason, since: begin?.on ?? null, previous: begin?.value ?? null, estimatedPeriods },
  });
  if (at < 0) return not('water.no-reading');
  if (!begin) return not('water.no-meter');
  const open = rows.slice(before + 1, at + 1);
  if (open.some(({ state }) => state === 'SUSPECT' || state === 'CAPTURED')) return not('water.reading-suspect');
  if (open.some(({ consumption }) => consumption === null)) return not('water.consumption-unknown');
  const current = rows[at]!;
  const from = addDays(begin.on, 1);
  if (current.readOn < from) return not('water.no-days');
  return {
    readingIds: open.map(({ id }) => id),
    periods: open.map((row) => row.period),
    ...{ from, to: current.readOn, previous: begin.value, current: current.value, estimatedPeriods },
    estimated: current.source === 'ESTIMATE',
    consumption: open.reduce((sum, { consumption }) => sum + consumption!, 0),
  };
}
