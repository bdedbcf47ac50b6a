import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { openDatabase, Store } from '@libs/persistence';
import { temporaryDatabase } from '@libs/testing';
import { SCHEMA } from '../../src/schema';

const ROOT = resolve(__dirname, '../..');
const SCRIPT = ['-r', join(ROOT, 'test/support/register.cjs'), join(ROOT, 'bench/water/bill-run.ts')];
const METERS = 4000;

/** One of the bench's steps in a process of its own; `killed` once it was ended by SIGKILL. */
function step(what: string, url: string, meters = '', kill?: () => Promise<boolean>): Promise<'done' | 'killed'> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [...SCRIPT, what, url, meters, '1'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    let over = false;
    const watch = async () => {
      while (!over && !(await kill!())) await new Promise((go) => setImmediate(go));
      if (!over) child.kill('SIGKILL');
    };
    if (kill) watch().catch(fail);
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      over = true;
      if (signal === 'SIGKILL') settle('killed');
      else if (code === 0) settle('done');
      else fail(new Error(`${what} ended with ${code}`));
    });
  });
}

it('a water run killed with SIGKILL goes on: every meter is billed once, every reading by its bill', async () => {
  const database = await temporaryDatabase(undefined);
  try {
    await step('seed', database.url, String(METERS));
    const reader = await openDatabase(database.url, SCHEMA);
    const rows = new Store(reader);
    const count = async (from: string) =>
      Number((await rows.sql<{ n: number }>(`SELECT COUNT(*) AS "n" FROM ${from}`))[0]!.n);
    const posted = () => count(`"bills" WHERE "state" = 'POSTED'`);
    expect(await step('run', database.url, '', async () => (await posted()) >= 1000)).toBe('killed');
    const before = await posted();
    expect(before).toBeLessThan(METERS);
    // What was posted is whole: its ratings are kept and its readings billed, and no others are.
    expect(await count('"water_ratings"')).toBe(before);
    expect(await count(`"water_readings" WHERE "state" = 'BILLED'`)).toBe(METERS + before);
    await step('resume', database.url);
    expect(await posted()).toBe(METERS);
    expect(await count('"ledger_postings"')).toBe(METERS);
    expect(await count('"water_ratings" WHERE "standing_subscription_id" IS NOT NULL')).toBe(METERS);
    expect(await count(`"water_readings" WHERE "state" = 'VALID'`)).toBe(0);
    const right = `"bills" b JOIN "water_ratings" r ON r."bill_id" = b."id" WHERE r."total" = b."amount" AND b."amount" =
      (SELECT SUM(e."amount") FROM "ledger_entries" e WHERE e."account_id" = b."account_id")`;
    expect(await count(right)).toBe(METERS);
    await reader.onApplicationShutdown();
  } finally {
    await database.drop();
  }
}, 120_000);
