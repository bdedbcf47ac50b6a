import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDatabase, Store } from '@libs/persistence';
import { temporaryDatabase, type TemporaryDatabase } from '@libs/testing';
import { Random } from '../../bench/legacy/random';
import { migrate } from '../../src/migrate';
import { SCHEMA } from '../../src/schema';
import { editLines, makeExtract, mirrorRows } from '../support/extract';

const ROOT = resolve(__dirname, '../..');
const CHILD = ['-r', join(ROOT, 'test/support/register.cjs'), join(ROOT, 'bench/legacy/import.ts')];
const KILLS = 5;

/** An import in a process of its own, ended by SIGKILL `after` milliseconds. @returns its time, or that it was killed */
function importOnce(url: string, directory: string, after?: number): Promise<number | 'killed'> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [...CHILD, url, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    let start = 0;
    let milliseconds = 0;
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('go')) start = performance.now();
      if (text.includes('go') && after !== undefined) setTimeout(() => child.kill('SIGKILL'), after);
      if (text.includes('seconds')) milliseconds = performance.now() - start;
    });
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      if (milliseconds > 0) settle(milliseconds);
      else if (signal === 'SIGKILL') settle('killed');
      else fail(new Error(`the import ended with ${code}`));
    });
  });
}

async function emptyDatabase(): Promise<TemporaryDatabase> {
  const database = await temporaryDatabase(process.env.TEST_TEMPLATE);
  if (!process.env.TEST_TEMPLATE) await migrate(database.url);
  return database;
}

async function rowsIn({ url }: TemporaryDatabase): Promise<Record<string, Record<string, unknown>[]>> {
  const database = await openDatabase(url, SCHEMA);
  try {
    const store = new Store(database);
    const sequences = await store.sql<Record<string, unknown>>(
      `SELECT "name", "next_id" FROM "id_blocks" WHERE "name" LIKE 'legacy%' ORDER BY "name"`,
    );
    return { ...(await mirrorRows(store)), sequences };
  } finally {
    await database.onApplicationShutdown();
  }
}

it('an import killed at random moments and begun again ends as one that was left alone', async () => {
  const first = makeExtract(700);
  const second = makeExtract(700);
  rmSync(join(second, 'control.json'));
  editLines(second, 'movements', (lines) =>
    lines.filter((_, at) => at % 40 !== 9).map((line) => line.replace('دفع نقدي', 'دفع بطاقة')),
  );
  editLines(second, 'readings', ([header, ...lines]) => [header!, ...lines.slice(50), ...lines.slice(0, 3)]);
  const [left, killed] = [await emptyDatabase(), await emptyDatabase()];
  const random = new Random(process.pid);
  let kills = 0;
  try {
    for (const [at, extract] of [first, second].entries()) {
      const whole = (await importOnce(left.url, extract)) as number;
      const isDone = async () => (await rowsIn(killed)).LegacyRun!.filter(({ state }) => state === 'DONE').length > at;
      for (let kill = 0; kill < KILLS && !(await isDone()); kill++) {
        if ((await importOnce(killed.url, extract, random.next() * whole * 0.8)) === 'killed') kills++;
      }
      if (!(await isDone())) await importOnce(killed.url, extract);
    }
    expect(kills).toBeGreaterThan(0);
    expect(await rowsIn(killed)).toEqual(await rowsIn(left));
  } finally {
    await left.drop();
    await killed.drop();
    for (const folder of [first, second]) rmSync(folder, { recursive: true });
  }
}, 120_000);
