import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { openDatabase, Store } from '@libs/persistence';
import { temporaryDatabase } from '@libs/testing';
import { Books } from '../../src/billing/books/books';
import { BillRuns } from '../../src/billing/bill-runs/bill-runs.service';
import { RunWorker } from '../../src/billing/bill-runs/run-worker';
import { Bill } from '../../src/billing/bill-runs/bill-run.entity';
import { Calculating } from '../../src/billing/bill-runs/calculating';
import { IssuingRun } from '../../src/billing/bill-runs/issuing-run';
import { PostingRun } from '../../src/billing/bill-runs/posting-run';
import { ReversingRun } from '../../src/billing/bill-runs/reversing-run';
import { SCHEMA } from '../../src/schema';
import { startTestApp, type TestApp } from '../support/app';
import { balances, openAccounts, pay, runRequests, setPeriod } from '../support/bill-runs';

let app: TestApp;
let run: ReturnType<typeof runRequests>;
let accounts: number[];
let worker: RunWorker;
beforeEach(async () => {
  app = await startTestApp();
  run = runRequests(app);
  worker = app.app.get(RunWorker);
  worker.unit = 2;
  accounts = await openAccounts(app, 9);
  for (const [at, id] of accounts.entries()) await run.recur(id, `${at + 1}.00`);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

const store = () => app.app.get(Store);
const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
const OWED = [100, 200, 300, 400, 500, 600, 700, 800, 900];

/** The unit after `good` ones is lost at its end, as if the process had died there. */
function dieAfter(task: { step(...given: any[]): Promise<void> }, good: number): void {
  const step = task.step.bind(task);
  let done = 0;
  jest.spyOn(task, 'step').mockImplementation((...given) => {
    if (done++ < good) return step(...given);
    if (done > good + 1) return step(...given);
    const { uow } = task as any;
    return uow.run(async () => {
      await step(...given);
      throw new Error('cut off');
    });
  });
}

/** A run as its next worker finds it: nobody has been told that the one before is gone. */
const resume = (id: number) => worker.work(id);

async function entriesBalance(): Promise<void> {
  const sums = await store().sql<{ sum: number }>(
    'SELECT SUM("amount") AS "sum" FROM "ledger_entries" GROUP BY "posting_id", "currency" HAVING SUM("amount") <> 0',
  );
  expect(sums).toEqual([]);
}

describe('a bill run that is cut off', () => {
  it('while it calculates, goes on after the last unit', async () => {
    const { id } = (await run.create()).body;
    dieAfter(app.app.get(Calculating), 2);
    await run.act(id, 'calculate', 'officer');
    expect(await run.get(id)).toMatchObject({ state: 'DRAFT', task: 'CALCULATE', bills: 4, failure: 'cut off' });
    await resume(id);
    expect(await run.get(id)).toMatchObject({
      state: 'CALCULATED',
      task: null,
      bills: 9,
      totals: [{ amount: '4500' }],
    });
  });

  it('while it posts, loses no bill and posts none twice', async () => {
    const { id } = await run.made('REVIEWED');
    dieAfter(app.app.get(PostingRun), 2);
    await run.act(id, 'post', 'supervisor');
    expect(await run.get(id)).toMatchObject({ state: 'REVIEWED', task: 'POST' });
    expect(await balances(app, accounts)).toEqual([100, 200, 300, 400, 0, 0, 0, 0, 0]);
    await resume(id);
    expect(await run.get(id)).toMatchObject({ state: 'POSTED', task: null, failure: null, bills: 9 });
    expect(await balances(app, accounts)).toEqual(OWED);
    await resume(id);
    expect(await balances(app, accounts)).toEqual(OWED);
    await entriesBalance();
  });

  it('while it issues, leaves no gap in the serials', async () => {
    const { id } = await run.made('POSTED');
    dieAfter(app.app.get(IssuingRun), 2);
    await run.act(id, 'issue', 'officer');
    await resume(id);
    const rows = await store().sql<{ number: number }>('SELECT "number" FROM "bills" ORDER BY "account_id"');
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('while it is reversed, is reversed to the end', async () => {
    const { id } = await run.made('ISSUED');
    dieAfter(app.app.get(ReversingRun), 2);
    await run.act(id, 'reverse', 'supervisor', { reason: 'خطأ' });
    expect(await balances(app, accounts)).toEqual([0, 0, 0, 0, 500, 600, 700, 800, 900]);
    await resume(id);
    expect(await run.get(id)).toMatchObject({ state: 'REVERSED', task: null });
    expect(await balances(app, accounts)).toEqual(OWED.map(() => 0));
    await entriesBalance();
  });

  it('while its drafts are removed, some at a time, to be calculated again or given up, goes on with the rest', async () => {
    const { id } = await run.made('CALCULATED');
    const drafts = () => store().reads(Bill).countBy({ runId: id });
    const old = await store().reads(Bill).findBy({ runId: id });
    dieAfter(app.app.get(Calculating), 3);
    await run.act(id, 'calculate', 'officer');
    expect([await drafts(), await run.get(id)]).toMatchObject([3, { task: 'CALCULATE', bills: 0 }]);
    await resume(id);
    expect([await drafts(), await run.get(id)]).toMatchObject([9, { state: 'CALCULATED', task: null, bills: 9 }]);
    expect(await store().findIn(Bill, 'id', idsOf(old))).toEqual([]);

    dieAfter(app.app.get(ReversingRun), 2);
    expect((await run.act(id, 'cancel', 'officer', { reason: 'خطأ' })).status).toBe(202);
    expect([await drafts(), await run.get(id)]).toMatchObject([5, { state: 'CALCULATED', task: 'REVERSE' }]);
    await resume(id);
    expect([await drafts(), await run.get(id)]).toMatchObject([0, { state: 'CANCELLED', task: null, reason: 'خطأ' }]);
    expect(await run.made('POSTED')).toMatchObject({ bills: 9, skipped: 0 });
  });

  it('by the end of its period, may be reversed instead, and leaves its accounts to another run', async () => {
    const { id } = await run.made('REVIEWED');
    const posting = app.app.get(PostingRun);
    const post = posting.step.bind(posting);
    let units = 0;
    jest.spyOn(posting, 'step').mockImplementation(async (...given) => {
      if (units++ === 2) await setPeriod(app, '2026-11', 'CLOSED');
      return post(...given);
    });
    await run.act(id, 'post', 'supervisor');
    expect(await run.get(id)).toMatchObject({ state: 'REVIEWED', task: null, failure: 'billing.period-closed' });
    expect(await balances(app, accounts)).toEqual([100, 200, 300, 400, 0, 0, 0, 0, 0]);
    await setPeriod(app, '2026-11', 'OPEN');
    const refused = await run.act(id, 'cancel', 'officer', { reason: 'خطأ' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'billing.run-state' } });
    await run.act(id, 'reverse', 'supervisor', { reason: 'خطأ' });
    expect(await run.get(id)).toMatchObject({ state: 'REVERSED', task: null });
    expect(await balances(app, accounts)).toEqual(OWED.map(() => 0));
    expect(await run.made('POSTED')).toMatchObject({ bills: 9 });
    expect(await balances(app, accounts)).toEqual(OWED);
  });

  it('two workers at once share the posting', async () => {
    const { id, version } = await run.made('REVIEWED');
    const { userId } = { userId: (await run.get(id)).reviewedBy };
    await app.app
      .get(BillRuns)
      .post(id, version, { userId, username: '', role: '', departmentId: null, permissions: new Set() });
    await Promise.all([worker.work(id), worker.work(id), app.drain()]);
    expect(await run.get(id)).toMatchObject({ state: 'POSTED', bills: 9 });
    expect(await balances(app, accounts)).toEqual(OWED);
    const [{ n }] = (await store().sql<{ n: number }>('SELECT COUNT(*) AS "n" FROM "ledger_postings"')) as [any];
    expect(Number(n)).toBe(9);
  });

  it('two people at once post one run once', async () => {
    const { id, version } = await run.made('REVIEWED');
    const asked = await Promise.all([
      run.post(`/billing/bill-runs/${id}/post`, 'supervisor', undefined, version),
      run.post(`/billing/bill-runs/${id}/post`, 'supervisor2', undefined, version),
    ]);
    expect(asked.map(({ status }) => status).sort()).toEqual([202, 412]);
    await app.drain();
    expect(await balances(app, accounts)).toEqual(OWED);
  });
});

describe('the reversal of a bill run', () => {
  it('restores every balance, and makes of what was paid an advance that pays the next edition', async () => {
    await pay(app, accounts[0]!, 30);
    await pay(app, accounts[1]!, 1000);
    const before = await balances(app, accounts);
    const { id } = await run.made('ISSUED');
    await pay(app, accounts[2]!, 300);
    await run.act(id, 'reverse', 'supervisor', { reason: 'تعرفة خاطئة' });
    before[2] = -300;
    expect(await balances(app, accounts)).toEqual(before);
    const open = await store().sql('SELECT 1 FROM "charges" WHERE "outstanding" <> 0');
    expect(open).toEqual([]);
    await run.made('ISSUED');
    const { body } = await app.request('GET', `/billing/accounts/${accounts[2]}/bills`, { as: 'clerk' });
    expect(body.items).toMatchObject([
      { edition: 2, state: 'ISSUED' },
      { edition: 1, state: 'REVERSED' },
    ]);
    const { body: second } = await app.request('GET', `/billing/bills/${body.items[0].id}`, { as: 'clerk' });
    expect(second).toMatchObject({ previousBalance: '-300', advanceApplied: '300', totalDue: '0' });
    await entriesBalance();
  });

  it('leaves a bill alone of which a part was taken back meanwhile, and lists it', async () => {
    const { id } = await run.made('ISSUED');
    const [{ charge }] = (await store().sql<{ charge: number }>(
      'SELECT "id" AS "charge" FROM "charges" WHERE "account_id" = ?',
      [accounts[4]!],
    )) as [any];
    await app.app.get(Books, { strict: false }).post({
      kind: 'CREDIT_NOTE',
      on: '2026-11-24',
      description: 'إشعار دائن',
      by: null,
      chargesBack: [{ id: Number(charge), amount: 50 }],
      entries: [{ ledger: 'ADJUSTMENTS', currency: 'ILS', amount: 50 }],
    });
    await run.act(id, 'reverse', 'supervisor', { reason: 'تعرفة خاطئة' });
    expect(await run.get(id)).toMatchObject({ state: 'REVERSED' });
    expect(await balances(app, accounts)).toEqual([0, 0, 0, 0, 450, 0, 0, 0, 0]);
    const { body } = await app.request('GET', `/billing/bill-runs/${id}/exceptions`, { as: 'auditor' });
    expect(body.items).toEqual([
      { accountId: accounts[4], accountNumber: `A${accounts[4]}`, task: 'REVERSE', reason: 'billing.already-reversed' },
    ]);
  });
});

const ROOT = resolve(__dirname, '../..');
const SCRIPT = ['-r', join(ROOT, 'test/support/register.cjs'), join(ROOT, 'bench/billing/bill-run.ts')];

/** One of the bench's steps in a process of its own; `killed` once it was ended by SIGKILL after so many bills were posted. */
function step(what: string, url: string, accounts = '', kill?: () => Promise<boolean>): Promise<'done' | 'killed'> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [...SCRIPT, what, url, accounts], {
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

it('a posting killed with SIGKILL goes on in the next process: every account owes its bill once', async () => {
  const database = await temporaryDatabase(undefined);
  try {
    await step('seed', database.url, '6000');
    const reader = await openDatabase(database.url, SCHEMA);
    const rows = new Store(reader);
    const number = async (sql: string) => Number((await rows.sql<{ n: number }>(sql))[0]!.n);
    const posted = () => number(`SELECT COUNT(*) AS "n" FROM "bills" WHERE "state" = 'POSTED'`);
    const killed = await step('run', database.url, '', async () => (await posted()) >= 2000);
    expect(killed).toBe('killed');
    expect(await posted()).toBeLessThan(6000);
    await step('resume', database.url);
    expect(await posted()).toBe(6000);
    expect(await number('SELECT COUNT(*) AS "n" FROM "ledger_postings"')).toBe(6000);
    expect(
      await number(
        `SELECT COUNT(*) AS "n" FROM "bills" b WHERE b."amount" =
           (SELECT SUM(e."amount") FROM "ledger_entries" e WHERE e."account_id" = b."account_id")`,
      ),
    ).toBe(6000);
    await reader.onApplicationShutdown();
  } finally {
    await database.drop();
  }
}, 120_000);
