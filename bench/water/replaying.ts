import type { INestApplicationContext } from '@nestjs/common';
import { addDays, addMonths } from '@libs/calendar';
import type { Principal } from '@libs/http';
import { toDecimalString } from '@libs/money';
import { Store } from '@libs/persistence';
import { stringify } from 'csv-stringify/sync';
import { TakeOvers } from '../../src/billing';
import { WaterTakeOvers } from '../../src/water';
import { Decisions } from '../../src/water/readings/decisions';
import { Estimates } from '../../src/water/readings/estimates';
import { ReadingClosings } from '../../src/water/readings/reading-closings';
import { ReadingFiles } from '../../src/water/readings/reading-files';
import { billMonth, booksOf, replayTariffs } from './replay-billing';

/** What a month of the old systems has come to here. */
export interface Month {
  period: string;
  lines: number;
  accepted: number;
  /** Lines of subscriptions that were cancelled, or whose meter could not be taken over. */
  refused: number;
  suspects: number;
  estimated: number;
  visits: number;
  bills: number;
  trueUps: number;
  /** Of the bills, in shekels. */
  amount: string;
}

export interface Replay {
  months: Month[];
  anomalies: Record<string, number>;
  /** What is left over, by what explains it. */
  explained: Record<string, number>;
  /** What no rule explains, in words. */
  unexplained: string[];
}

interface Line {
  number: string;
  serial: string;
  value: number | null;
  source: string;
  reader: string;
}

const SOURCES: Record<string, string> = { '1': 'FIELD', '2': 'CITIZEN' };
const COLUMNS = ['subscription', 'serial', 'reading', 'no access', 'date', 'reader', 'source'];
const lastDay = (period: string): string => addDays(addMonths(`${period}-01`, 1), -1);

/**
 * Runs the months of an imported extract again, as if they came in today: the first is history, of each later one the
 * readings come as a file, suspects are confirmed, what was not read is estimated, the routes are closed, and a bill run is
 * calculated, reviewed, posted and issued.
 */
export async function replay(app: INestApplicationContext, by: Principal): Promise<Replay> {
  const store = app.get(Store);
  await app.get(TakeOvers).run();
  const periods = (
    await store.sql<{ period: string }>(
      'SELECT DISTINCT "period" FROM "legacy_readings" WHERE "vanished_run_id" IS NULL ORDER BY "period"',
    )
  ).map(({ period }) => period);
  const run = await app.get(WaterTakeOvers).run({ until: periods[0]! });
  if (run.state !== 'DONE') throw new Error(`take-over: ${run.failure}`);
  await replayTariffs(app, `${periods[0]!}-01`);
  const done: Replay = { months: [], anomalies: {}, explained: {}, unexplained: [] };
  const without = run.exceptions!.filter(({ reason }) => /^(serial|meter without)/.test(reason));
  const meterless = new Set(without.map(({ subscription }) => subscription));
  for (const period of periods.slice(1)) done.months.push(await month(app, period, meterless, by, done));
  done.unexplained.push(...(await unlikeRegisters(store)), ...(await booksOf(app)));
  return done;
}

async function month(
  app: INestApplicationContext,
  period: string,
  meterless: ReadonlySet<string>,
  by: Principal,
  done: Replay,
): Promise<Month> {
  const store = app.get(Store);
  const lines = await store.sql<Line>(
    `SELECT s."srv_no" AS "number", r."raw_serial" AS "serial", r."reading" AS "value", r."raw_source" AS "source",
       r."raw_reader" AS "reader" FROM "legacy_readings" r JOIN "legacy_services" s ON s."id" = r."service_id"
     WHERE r."period" = ? AND r."vanished_run_id" IS NULL ORDER BY r."id"`,
    [period],
  );
  const captor = { userId: by.userId, mayCorrect: false };
  const outcomes = await app.get(ReadingFiles).take(fileOf(lines, period), { period, source: 'FILE' }, captor);
  const states = await store.sql<{ number: string; state: string }>(
    'SELECT "number", "state" FROM "water_subscriptions"',
  );
  const closed = new Set(states.filter(({ state }) => state === 'CLOSED').map(({ number }) => number));
  const refused = outcomes.filter(({ outcome }) => outcome.outcome === 'REFUSED');
  for (const { line, outcome } of refused) {
    const { number } = lines[line - 2]!;
    if (closed.has(number)) count(done.explained, 'line refused: the subscription is cancelled');
    else if (meterless.has(number))
      count(done.explained, 'line refused: the serial is blank or another subscription has it');
    else done.unexplained.push(`${period} ${number}: ${'code' in outcome ? outcome.code : ''}`);
  }
  const suspects = await confirmed(app, period, by, done);
  const { estimated, visits } = await estimatedRoutes(app, period, by, done);
  const { bills, amount, trueUps, unbilled, unexplained } = await billMonth(app, period, lastDay(period));
  for (const [why, times] of unbilled) count(done.explained, `not billed: ${why}`, times);
  done.unexplained.push(...unexplained);
  const taken = { lines: lines.length, accepted: outcomes.length - refused.length, refused: refused.length };
  const billed = { bills, trueUps, amount: toDecimalString(amount, 'ILS') };
  return { period, ...taken, suspects, estimated, visits, ...billed };
}

function count(kinds: Record<string, number>, kind: string, times = 1): void {
  kinds[kind] = (kinds[kind] ?? 0) + times;
}

/** A visit without access is one, whatever the old systems wrote down for it. */
const fileOf = (lines: readonly Line[], period: string): Buffer =>
  Buffer.from(
    stringify(
      lines.map(({ number, serial, value, source, reader }) => {
        const read = value !== null && source.trim() !== '3';
        const said = read ? [value, '', lastDay(period)] : ['', 'OTHER', lastDay(period)];
        return [number, serial, ...said, reader, SOURCES[source.trim()] ?? 'FILE'];
      }),
      { header: true, columns: COLUMNS, bom: true, delimiter: ';', record_delimiter: 'windows' },
    ),
  );

async function confirmed(app: INestApplicationContext, period: string, by: Principal, done: Replay): Promise<number> {
  const rows = await app
    .get(Store)
    .sql<{ id: number | string; anomalies: string; consumption: number | null }>(
      `SELECT "id", "anomalies", "consumption" FROM "water_readings" WHERE "period" = ? AND "state" = 'SUSPECT'`,
      [period],
    );
  for (const { id, anomalies, consumption } of rows) {
    const codes = JSON.parse(anomalies) as string[];
    for (const code of codes) count(done.anomalies, code);
    if (codes.length === 0 || (consumption === null && !codes.includes('FIRST')))
      done.unexplained.push(`${period} reading ${id}: ${anomalies}`);
  }
  await app.get(Decisions).confirmMany(rows.map(({ id }) => Number(id)), 'كما في النظام القديم', by); // prettier-ignore
  return rows.length;
}

async function estimatedRoutes(
  app: INestApplicationContext,
  period: string,
  by: Principal,
  done: Replay,
): Promise<{ estimated: number; visits: number }> {
  let [estimated, visits] = [0, 0];
  const routes = await app.get(Store).sql<{ id: number | string }>('SELECT "id" FROM "water_routes" ORDER BY "id"');
  for (const { id } of routes) {
    const run = await app.get(Estimates).make(Number(id), period, lastDay(period), by);
    estimated += run.estimates.length;
    visits += run.exceptions.filter(({ exception }) => exception === 'VISIT').length;
    for (const { site, exception } of run.exceptions) {
      if (exception !== 'VISIT') done.unexplained.push(`${period} ${site.number}: ${exception}`);
    }
    await app.get(ReadingClosings).close(Number(id), period, by);
  }
  return { estimated, visits };
}

/** Meters whose register went another way from the first reading to the last than what was billed says, estimates and all. */
async function unlikeRegisters(store: Store): Promise<string[]> {
  const rows = await store.sql<{ id: number | string; value: number; used: number | null; digits: number }>(
    `SELECT r."installation_id" AS "id", r."value", r."consumption" AS "used", m."digits" FROM "water_readings" r
     JOIN "water_installations" i ON i."id" = r."installation_id" JOIN "water_meters" m ON m."id" = i."meter_id"
     WHERE r."standing_installation_id" IS NOT NULL AND r."value" IS NOT NULL ORDER BY r."installation_id", r."period"`,
  );
  const unlike: string[] = [];
  const byMeter = new Map<number, typeof rows>();
  for (const row of rows) byMeter.set(Number(row.id), [...(byMeter.get(Number(row.id)) ?? []), row]);
  for (const [id, read] of byMeter) {
    const shown = Number(read.at(-1)!.value) - Number(read[0]!.value);
    const used = read.slice(1).reduce((sum, row) => sum + Number(row.used), 0);
    if ((used - shown) % 10 ** Number(read[0]!.digits) !== 0)
      unlike.push(`installation ${id}: ${shown} shown, ${used} billed`);
  }
  return unlike;
}
