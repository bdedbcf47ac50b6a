import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { withPrepaid } from '../prepaid/prepaid.entity';
import { isBasis, isBeginning } from './judgement.rules';
import { Reading } from './reading.entity';
import type { Standing } from './rejudge.rules';
import { INITIAL_READING, REMOVED_ON } from './sites';
import { StandingRows } from './standing-rows';

/** What a subscription has used since it was last billed, as its meter says. */
export interface BillableReading {
  /** All that is billed by it, the last one being that of the period; and the month of each. */
  readingIds: number[];
  periods: string[];
  /** Days of water, both included. */
  from: LocalDate;
  to: LocalDate;
  /** The register at both ends. */
  previous: number;
  current: number;
  /** At which `current` was read. */
  installationId: number;
  /** m³; below zero only after estimates that were too high. */
  consumption: number;
  estimated: boolean;
  /** Cycles just before that were estimated and billed, oldest first. */
  estimatedPeriods: string[];
  /** Water was bought in advance up to the day before the first, or is from the day after the last. */
  afterPrepaid: boolean;
  beforePrepaid: boolean;
}

/** Nothing can be billed; the rest is of the last billed reading, or of the meter's installation. */
export interface NotBillable {
  reason:
    | 'water.no-reading'
    | 'water.no-meter'
    | 'water.register-begins'
    | 'water.reading-suspect'
    | 'water.consumption-unknown'
    | 'water.no-days';
  since: LocalDate | null;
  previous: number | null;
  /** At which `previous` was read. */
  installationId: number | null;
  estimatedPeriods: string[];
  /** When a prepaid meter was taken off that nothing has followed: no bill is for the days of it. */
  prepaidUntil: LocalDate | null;
  /** Water was bought in advance up to `since`. */
  afterPrepaid: boolean;
}

interface Begin {
  installationId: number;
  on: LocalDate;
  /** Null where it is not known. */
  value: number | null;
}

/** Where the bills of a subscription begin. */
interface Begins {
  /** The first meter that is not prepaid. */
  first?: Begin;
  /** Those that took the place of prepaid meters, the earliest first. */
  again: Begin[];
  /** Last days of those whose place a prepaid meter took. */
  ended: Map<number, LocalDate>;
  /** Installations whose water was bought in advance: no bill knows them. */
  prepaid: Set<number>;
  /** When the last of all, a prepaid meter, was taken off. */
  prepaidUntil: LocalDate | null;
}

const CHUNK = 1000;

/** Readings as bills need them. */
@Injectable()
export class BillableReadings {
  constructor(
    private readonly store: Store,
    private readonly standing: StandingRows,
  ) {}

  /** By subscription: the standing reading of the period with all open ones before it. */
  async forBilling(ids: readonly number[], period: string): Promise<Map<number, BillableReading | NotBillable>> {
    const histories = await this.standing.of(ids, period);
    const older = ids.filter((id) => !histories.get(id)!.some(({ state }) => state === 'BILLED'));
    for (const [id, history] of await this.standing.all(older)) histories.set(id, history);
    const begins = await this.installations(ids);
    return new Map(
      ids.map((id) => {
        const { prepaid, ...sites } = begins.get(id) ?? beginsOf(null);
        const history = (histories.get(id) ?? []).filter(({ installationId }) => !prepaid.has(installationId));
        return [id, billable(history, period, sites)];
      }),
    );
  }

  /** In the unit of the bill. @returns how many were open: fewer than given when one was rejected or billed meanwhile */
  async markBilled(readingIds: readonly number[]): Promise<number> {
    let marked = 0;
    for (let at = 0; at < readingIds.length; at += CHUNK) {
      const where = { id: In(readingIds.slice(at, at + CHUNK)), state: In(['VALID', 'CONFIRMED']) };
      marked += await this.store.update(Reading, where, { state: 'BILLED', version: (() => '"version" + 1') as never });
    }
    return marked;
  }

  /** In the unit of the reversal: they may be billed again. */
  async unmark(readingIds: readonly number[]): Promise<void> {
    await this.store.selectIn(
      (list) =>
        `UPDATE "water_readings" SET "version" = "version" + 1,
           "state" = CASE WHEN "decided_by" IS NULL THEN 'VALID' ELSE 'CONFIRMED' END
         WHERE "id" IN (${list}) AND "state" = 'BILLED'`,
      readingIds,
    );
  }

  private async installations(ids: readonly number[]): Promise<Map<number, Begins>> {
    const rows = await this.store.selectIn<{
      id: number | string;
      at: number | string;
      on: string;
      off: string | null;
      value: number | null;
      prepaid: number;
    }>(
      (list) =>
        `SELECT i."subscription_id" AS "id", i."id" AS "at", i."installed_on" AS "on", i."removed_on" AS "off", ${INITIAL_READING} AS "value",
           CASE WHEN pp."id" IS NULL THEN 0 ELSE 1 END AS "prepaid"
         FROM "water_installations" i${withPrepaid('i')} WHERE i."subscription_id" IN (${list})
         ORDER BY i."installed_on" DESC, ${REMOVED_ON} DESC, i."id" DESC`,
      ids,
    );
    const begins = new Map<number, Begins>();
    const later = new Map<number, boolean>();
    for (const { id, at, on, off, value, prepaid } of rows) {
      const found = begins.get(Number(id)) ?? beginsOf(prepaid ? off : null);
      begins.set(Number(id), found);
      const follows = later.get(Number(id));
      if (prepaid) {
        found.prepaid.add(Number(at));
        if (follows === false) found.again.unshift(found.first!);
      } else {
        found.first = { installationId: Number(at), on, value: value === null ? null : Number(value) };
        if (follows && off !== null) found.ended.set(Number(at), off);
      }
      later.set(Number(id), Boolean(prepaid));
    }
    return begins;
  }
}

const beginsOf = (prepaidUntil: LocalDate | null): Begins => ({
  ...{ again: [], ended: new Map<number, LocalDate>(), prepaid: new Set<number>(), prepaidUntil },
});

function billable(
  history: readonly Standing[],
  period: string,
  { first, again, ended, prepaidUntil }: Omit<Begins, 'prepaid'>,
): BillableReading | NotBillable {
  const rows = history.filter((row) => row.period <= period);
  const at = rows.findLastIndex((row) => row.period === period && !isBehind(row));
  const before = rows.findLastIndex((row, index) => isBehind(row) && (at < 0 || index < at));
  const last = beginOf(rows[before]);
  // The last reading of a meter may stand for a month after the first one of the next.
  const isOpen = (row: Standing, index: number) =>
    index > before || (!isBehind(row) && last !== undefined && row.readOn > last.on);
  const unbilled = (at < 0 ? rows : rows.slice(0, at + 1)).filter(isOpen);
  // Days of a prepaid meter are nobody's bill: what came before them is billed first, and by itself.
  const after = again.filter(({ on }) => !last || last.on < on);
  const next = after.findIndex(({ on }) => unbilled.some(({ readOn }) => readOn < on));
  const anew = (next < 0 ? after : after.slice(0, next)).at(-1);
  const begin = anew ?? last ?? first;
  const known = begin !== undefined && begin.value !== null;
  const lastTrue = rows.findLastIndex((row, index) => index <= before && isBasis(row));
  const estimatedPeriods = rows.slice(lastTrue + 1, before + 1).map((row) => row.period);
  const not = (reason: NotBillable['reason']): NotBillable => ({
    ...{ reason, since: known ? begin.on : null, previous: begin?.value ?? null, estimatedPeriods, prepaidUntil },
    afterPrepaid: anew !== undefined,
    installationId: begin?.installationId ?? null,
  });
  if (at < 0) {
    const begins = rows.some((row) => row.period === period && isBeginning(row));
    return not(begins ? 'water.register-begins' : 'water.no-reading');
  }
  if (!begin) return not('water.no-meter');
  const open = next < 0 ? unbilled : unbilled.filter(({ readOn }) => readOn < after[next]!.on);
  const current = open.at(-1)!;
  if (open.some(({ state }) => state === 'SUSPECT' || state === 'CAPTURED')) return not('water.reading-suspect');
  if (open.some(({ consumption }) => consumption === null)) return not('water.consumption-unknown');
  if (begin.value === null) return not('water.consumption-unknown');
  const from = addDays(begin.on, 1);
  if (current.readOn < from) return not('water.no-days');
  return {
    readingIds: open.map(({ id }) => id),
    periods: open.map((row) => row.period),
    ...{ from, to: current.readOn, previous: begin.value, current: current.value, estimatedPeriods },
    installationId: current.installationId,
    estimated: current.source === 'ESTIMATE',
    afterPrepaid: anew !== undefined,
    beforePrepaid: next >= 0 || ended.get(current.installationId) === current.readOn,
    consumption: open.reduce((sum, { consumption }) => sum + consumption!, 0),
  };
}

/** Nothing of it is still to be billed. */
const isBehind = (row: Standing): boolean => row.state === 'BILLED' || isBeginning(row);

const beginOf = (row?: Standing): Begin | undefined =>
  row && { installationId: row.installationId, on: row.readOn, value: row.value };
