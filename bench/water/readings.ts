/**
 * Readings taken in batches of 2,000 by the product, each judged by the months before it, against the bare insert of the
 * rows that this makes; on databases that began alike.
 *
 *     node -r ./test/support/register.cjs bench/water/readings.ts [METERS …]
 */
import 'reflect-metadata';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import Database from 'better-sqlite3';
import { addDays, addMonths } from '@libs/calendar';
import { loadConfig } from '@libs/config';
import { AppModule } from '../../src/app.module';
import { migrate } from '../../src/migrate';
import { Capture } from '../../src/water/readings/capture';
import { readingOf } from '../../src/water/readings/capture.rules';
import { seedMeters } from './meters';

const BATCH = 2000;
const HISTORY = 6;
const PERIOD = '2025-07';
/** Meters that one reader sees on a day. */
const A_DAY = 250;

async function open(url: string) {
  const config = loadConfig({ DATABASE_URL: url, ROLE: 'api', LOG_LEVEL: 'error' });
  return NestFactory.createApplicationContext(AppModule.forRoot(config), { logger: ['error'], abortOnError: false });
}

/** As a handheld sends it: a minute from door to door, from seven in the morning. */
function sent(at: number) {
  const [day, stop] = [addDays(`${PERIOD}-22`, Math.floor(at / A_DAY) % 10), at % A_DAY];
  const time = new Date(Date.parse(`${day}T04:00:00Z`) + stop * 60_000).toISOString();
  const value = HISTORY * 20 + ((at * 7919) % 41);
  return {
    clientKey: `bench-${at}`,
    serial: `B${at}`,
    value,
    readOn: day,
    capturedAt: time,
    reader: String(Math.floor(at / A_DAY)),
  };
}

async function product(
  url: string,
  meters: number,
): Promise<{ seconds: number; cpu: number; accepted: number; suspect: number }> {
  const app = await open(url);
  const capture = app.get(Capture);
  const defaults = {
    period: PERIOD,
    source: 'FIELD' as const,
    now: new Date(`${addMonths(`${PERIOD}-01`, 1)}T08:00:00Z`).toISOString(),
  };
  let [accepted, suspect] = [0, 0];
  const [start, before] = [performance.now(), process.cpuUsage()];
  for (let from = 0; from < meters; from += BATCH) {
    const raw = Array.from({ length: Math.min(BATCH, meters - from) }, (_, at) => sent(from + at));
    const read = raw.map((each) => readingOf(each, defaults));
    for (const outcome of await capture.take(read, { userId: null, mayCorrect: false })) {
      if (outcome.outcome !== 'ACCEPTED') continue;
      accepted++;
      if (outcome.reading.state === 'SUSPECT') suspect++;
    }
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  await app.close();
  return { seconds, cpu: (user + system) / 1e6, accepted, suspect };
}

/** The rows of the product, in units of the same size, and nothing else. */
function bare(from: string, into: string): number {
  const [source, target] = [new Database(from, { readonly: true }), new Database(into)];
  target.pragma('journal_mode = WAL');
  target.pragma('synchronous = NORMAL');
  target.pragma('cache_size = -65536');
  target.pragma('wal_autocheckpoint = 8000');
  const rows = source
    .prepare('SELECT * FROM "water_readings" WHERE "client_key" IS NOT NULL ORDER BY "id"')
    .raw()
    .all() as unknown[][];
  const insert = target.prepare(`INSERT INTO "water_readings" VALUES (${rows[0]!.map(() => '?').join(', ')})`);
  const start = performance.now();
  for (let at = 0; at < rows.length; at += BATCH) {
    target.transaction(() => rows.slice(at, at + BATCH).forEach((row) => insert.run(row)))();
  }
  const seconds = (performance.now() - start) / 1000;
  source.close();
  target.close();
  return seconds;
}

async function round(meters: number) {
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-readings-'));
  const [path, copy] = [join(folder, 'product.db'), join(folder, 'bare.db')];
  try {
    await migrate(`sqlite:${path}`);
    const app = await open(`sqlite:${path}`);
    await seedMeters(app, { meters, months: HISTORY, before: PERIOD });
    await app.close();
    copyFileSync(path, copy);
    const { seconds, cpu, accepted, suspect } = await product(`sqlite:${path}`, meters);
    const inserted = bare(path, copy);
    return {
      ...{ meters, accepted, suspect, s: Number(seconds.toFixed(1)), 'readings/s': Math.round(accepted / seconds) },
      ...{
        'cpu s': Number(cpu.toFixed(1)),
        'bare s': Number(inserted.toFixed(1)),
        ratio: Number((inserted / seconds).toFixed(2)),
      },
      'peak MB': Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(sizes: readonly number[]): Promise<void> {
  const rounds = [];
  for (const size of sizes) rounds.push(await round(size));
  console.table(rounds);
}

const given = process.argv.slice(2).map(Number);
main(given.length > 0 ? given : [100_000]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
