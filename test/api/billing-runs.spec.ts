import { Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { BillFeeders, type BillFeeder, type Calculation } from '../../src/billing';
import { RunWorker } from '../../src/billing/bill-runs/run-worker';
import { startTestApp, type TestApp } from '../support/app';
import { balances, openAccounts, pay, runRequests, setPeriod } from '../support/bill-runs';

let app: TestApp;
let run: ReturnType<typeof runRequests>;
beforeEach(async () => {
  app = await startTestApp();
  run = runRequests(app);
  app.app.get(RunWorker).unit = 3;
});
afterEach(() => app.close());

const store = () => app.app.get(Store);
const count = async (table: string, where = '1 = 1') =>
  Number((await store().sql<{ n: number }>(`SELECT COUNT(*) AS "n" FROM "${table}" WHERE ${where}`))[0]!.n);
const close = (id: number) =>
  app.app.get(UnitOfWork).run(() => store().update(Account, { id }, { state: 'CLOSED', closedOn: '2026-11-01' }));

/** Charges that say what goes wrong with an account. */
const feeder = (wrong: Record<number, string>, ids: number[]): BillFeeder => ({
  code: 'test',
  serviceType: 'OTHER',
  nameAr: 'تجربة',
  nameEn: 'Test',
  accounts: (_, after, limit) => Promise.resolve(ids.filter((id) => id > after).slice(0, limit)),
  calculate: (accountIds) =>
    Promise.resolve(
      new Map<number, Calculation>(
        accountIds.map((id): [number, Calculation] => {
          if (wrong[id] === 'throw') throw new Error('meter without reading');
          if (wrong[id] === 'reason') return [id, { reason: 'no tariff' }];
          const line = { head: 'WATER', amount: 1000, detail: null };
          if (wrong[id] === 'negative') return [id, { lines: [line, { ...line, amount: -5 }] }];
          if (wrong[id] === 'head') return [id, { lines: [{ ...line, head: 'NONE' }] }];
          return [id, { lines: wrong[id] === 'nothing' ? [] : [line, { ...line, head: 'SEWER', amount: 500 }] }];
        }),
      ),
    ),
});

describe('a bill run', () => {
  it('goes from the draft to issued bills, and each account owes what its bill says', async () => {
    const [first, second, third] = (await openAccounts(app, 3)) as [number, number, number];
    await run.recur(first, '12.50');
    await run.recur(first, '7.25', { head: 'RENT', detail: 'محل رقم 4' });
    await run.recur(second, '30.00', { everyMonths: 3, fromPeriod: '2026-08' });
    await run.recur(third, '30.00', { everyMonths: 3, fromPeriod: '2026-09' });
    await pay(app, first, 500);
    const created = await run.create();
    expect(created).toMatchObject({ status: 201, body: { state: 'DRAFT', task: null, bills: 0, version: 1 } });
    const { id } = created.body;
    expect(await run.act(id, 'calculate', 'officer')).toMatchObject({ status: 202, body: { task: 'CALCULATE' } });
    expect(await run.get(id)).toMatchObject({
      state: 'CALCULATED',
      task: null,
      bills: 2,
      totals: [
        { head: 'RENT', currency: 'ILS', amount: '725', formatted: '7.25', lines: 1 },
        { head: 'WASTE', currency: 'ILS', amount: '4250', formatted: '42.50', lines: 2 },
      ],
    });
    expect(await balances(app, [first, second, third])).toEqual([-500, 0, 0]);
    expect(await run.act(id, 'review', 'officer2')).toMatchObject({ status: 200, body: { state: 'REVIEWED' } });
    await run.act(id, 'post', 'supervisor');
    expect(await run.get(id)).toMatchObject({ state: 'POSTED', task: null, failure: null });
    expect(await balances(app, [first, second, third])).toEqual([1475, 3000, 0]);
    await run.act(id, 'issue', 'officer');
    const { body: bills } = await app.request('GET', `/billing/accounts/${first}/bills`, { as: 'clerk' });
    expect(bills.total).toBe(1);
    expect(bills.items[0]).toMatchObject({ state: 'ISSUED', amount: '1975', edition: 1 });
    expect(bills.items[0].serial).toMatch(/^BL-OSS-2026-000001-\d\d$/);
    const { body: bill } = await app.request('GET', `/billing/bills/${bills.items[0].id}`, { as: 'clerk' });
    expect(bill).toMatchObject({
      period: '2026-11',
      dueOn: '2026-12-15',
      lines: [
        { head: 'WASTE', amount: '1250', detail: null },
        { head: 'RENT', amount: '725', detail: 'محل رقم 4' },
      ],
      previousBalance: '-500',
      advanceApplied: '500',
      totalDue: '1475',
      totalDueFormatted: '14.75',
    });
    const charges = await store().sql(
      'SELECT "source", "due_on", "outstanding" FROM "charges" WHERE "account_id" = ? ORDER BY "id"',
      [first],
    );
    expect(charges).toEqual([
      { source: `recurring:${first}:2026-11`, due_on: '2026-12-15', outstanding: 750 },
      { source: `recurring:${first}:2026-11#2`, due_on: '2026-12-15', outstanding: 725 },
    ]);
  });

  it('run again for the same month, bills nobody twice', async () => {
    const accounts = await openAccounts(app, 7);
    for (const id of accounts) await run.recur(id, '10.00');
    await run.made('POSTED');
    const before = [await count('bills'), await count('ledger_postings'), await count('charges')];
    expect(await run.made('CALCULATED')).toMatchObject({ bills: 0, skipped: 7, totals: [] });
    expect([await count('bills'), await count('ledger_postings'), await count('charges')]).toEqual(before);
    expect(before).toEqual([7, 7, 7]);
    const { id, version } = await run.made('CALCULATED');
    const refused = await run.post(`/billing/bill-runs/${id}/review`, 'officer2', undefined, version);
    expect(refused).toMatchObject({ status: 409, body: { code: 'billing.run-empty' } });
  });

  it('calculated again, forgets the drafts of before', async () => {
    const accounts = await openAccounts(app, 5);
    for (const id of accounts) await run.recur(id, '10.00');
    const { id } = await run.made('CALCULATED');
    const extra = (await openAccounts(app, 1))[0]!;
    await run.recur(extra, '2.00');
    await run.act(id, 'calculate', 'officer');
    expect(await run.get(id)).toMatchObject({ bills: 6, skipped: 0, totals: [{ amount: '5200' }] });
    expect(await count('bills')).toBe(6);
  });

  it('leaves out the accounts that have an error, lists them, and bills the others', async () => {
    const ids = await openAccounts(app, 9);
    const wrong = ['throw', 'ok', 'reason', 'negative', 'ok', 'head', 'nothing', 'closed', 'ok'];
    await close(ids[7]!);
    const unknown = ids[8]! + 1;
    const feeds = feeder(Object.fromEntries(ids.map((id, at) => [id, wrong[at]!])), [...ids, unknown]);
    app.app.get(BillFeeders).register(feeds);
    app.app.get(RunWorker).unit = 1000;
    const { id, bills } = await run.made('CALCULATED', { feeder: 'test' });
    expect(bills).toBe(3);
    const { body } = await app.request('GET', `/billing/bill-runs/${id}/exceptions`, { as: 'auditor' });
    expect(body.items.map(({ accountId, reason }: any) => [accountId, reason])).toEqual([
      [ids[0], 'meter without reading'],
      [ids[2], 'no tariff'],
      [ids[3], 'amount of WATER is not above zero: -5'],
      [ids[5], 'unknown charge head NONE'],
      [ids[7], 'billing.account-closed'],
      [unknown, 'billing.account-unknown'],
    ]);
  });

  it('leaves out an account that was closed before the posting', async () => {
    const ids = await openAccounts(app, 8);
    for (const id of ids) await run.recur(id, '10.00');
    const { id } = await run.made('REVIEWED');
    await close(ids[4]!);
    await run.act(id, 'post', 'supervisor');
    expect(await run.get(id)).toMatchObject({ state: 'POSTED', bills: 7, totals: [{ amount: '7000', lines: 7 }] });
    const { body } = await app.request('GET', `/billing/bill-runs/${id}/exceptions`, { as: 'auditor' });
    expect(body.items).toMatchObject([{ accountId: ids[4], task: 'POST', reason: 'billing.account-closed' }]);
    expect(await balances(app, ids)).toEqual([1000, 1000, 1000, 1000, 0, 1000, 1000, 1000]);
    expect(await count('bills', `"state" = 'POSTED'`)).toBe(7);
  });

  it('shows what has changed since the cycle before', async () => {
    const ids = (await openAccounts(app, 4)) as [number, number, number, number];
    await run.recur(ids[0], '10.00');
    const { body: second } = await run.recur(ids[1], '10.00');
    await run.recur(ids[2], '10.00', { toPeriod: '2026-10' });
    await run.recur(ids[3], '8.00', { fromPeriod: '2026-11' });
    await run.made('POSTED', { period: '2026-10' });
    const headers = { 'if-match': '"1"' };
    const changed = { as: 'officer', body: { amount: '15.00' }, headers };
    await app.request('PATCH', `/billing/recurring-charges/${second.id}`, changed);
    const { id } = await run.made('CALCULATED');
    const { body: preview } = await app.request('GET', `/billing/bill-runs/${id}/preview`, { as: 'auditor' });
    expect(preview).toMatchObject({
      bills: 3,
      previousPeriod: '2026-10',
      variance: [{ head: 'WASTE', currency: 'ILS', amount: '3300', previous: '3000', change: '300' }],
      gone: 1,
    });
    const above = async (percent: number) =>
      (await app.request('GET', `/billing/bill-runs/${id}/variances?above=${percent}`, { as: 'auditor' })).body;
    expect((await above(49)).items).toMatchObject([
      { accountId: ids[1], amount: '1500', previous: '1000', percent: 50 },
      { accountId: ids[3], amount: '800', previous: null, percent: null },
    ]);
    expect(await above(50)).toMatchObject({ total: 1, items: [{ accountId: ids[3] }] });
  });
});

describe('the states of a bill run', () => {
  beforeEach(async () => {
    for (const id of await openAccounts(app, 4)) await run.recur(id, '10.00');
  });

  it('are left in their order only', async () => {
    const { id } = (await run.create()).body;
    const reason = { reason: 'خطأ' };
    const refused = async (verb: string, as: string, body?: unknown) => {
      expect(await run.act(id, verb, as, body)).toMatchObject({ status: 409, body: { code: 'billing.run-state' } });
    };
    for (const verb of ['review', 'post', 'issue']) await refused(verb, 'supervisor');
    await refused('reverse', 'supervisor', reason);
    await run.act(id, 'calculate', 'officer');
    for (const verb of ['post', 'issue']) await refused(verb, 'supervisor');
    await run.act(id, 'review', 'supervisor');
    for (const verb of ['calculate', 'review', 'issue']) await refused(verb, 'supervisor');
    await refused('reverse', 'supervisor', reason);
    await run.act(id, 'post', 'supervisor');
    for (const verb of ['calculate', 'review', 'post']) await refused(verb, 'supervisor');
    await refused('cancel', 'supervisor', reason);
    await run.act(id, 'issue', 'supervisor');
    for (const verb of ['calculate', 'review', 'post', 'issue']) await refused(verb, 'supervisor');
    await run.act(id, 'reverse', 'supervisor', reason);
    for (const verb of ['calculate', 'review', 'post', 'issue']) await refused(verb, 'supervisor');
    await refused('reverse', 'supervisor', reason);
    expect(await run.get(id)).toMatchObject({ state: 'REVERSED', reason: 'خطأ' });
  });

  it('are not reviewed by the maker of the run', async () => {
    const { id } = await run.made('CALCULATED');
    const own = await run.act(id, 'review', 'officer');
    expect(own).toMatchObject({ status: 403, body: { code: 'billing.run-own-work' } });
    expect(await run.get(id)).toMatchObject({ state: 'CALCULATED', reviewedBy: null });
  });

  it('are left alone while a worker is busy, and under an old version', async () => {
    const { id } = await run.made('REVIEWED');
    const asked = await run.post(`/billing/bill-runs/${id}/post`, 'supervisor', undefined, 3);
    expect(asked).toMatchObject({ status: 202, body: { task: 'POST', version: 4 } });
    const busy = await run.post(`/billing/bill-runs/${id}/post`, 'supervisor', undefined, 4);
    expect(busy).toMatchObject({ status: 409, body: { code: 'billing.run-busy', task: 'POST' } });
    const cancelled = await run.post(`/billing/bill-runs/${id}/cancel`, 'officer', { reason: 'خطأ' }, 3);
    expect(cancelled).toMatchObject({ status: 412, body: { code: 'http.stale' } });
    await app.drain();
    expect(await count('ledger_postings')).toBe(4);
  });

  it('a cancelled run leaves its accounts to another', async () => {
    const { id } = await run.made('REVIEWED');
    expect(await run.act(id, 'cancel', 'officer', { reason: 'خطأ' })).toMatchObject({ status: 202 });
    expect(await run.get(id)).toMatchObject({ state: 'CANCELLED', task: null, reason: 'خطأ' });
    expect(await count('bills')).toBe(0);
    expect(await run.made('POSTED')).toMatchObject({ bills: 4, skipped: 0 });
  });

  it('a run is not posted before its day, and stops at a closed period until that is open', async () => {
    const { id } = await run.made('REVIEWED', { issueOn: '2026-11-25' });
    const early = await run.act(id, 'post', 'supervisor');
    expect(early).toMatchObject({ status: 422, body: { code: 'billing.date-in-future' } });
    app.clock.set('2026-11-25T08:00:00.000Z');
    app.forgetTokens();
    await setPeriod(app, '2026-11', 'CLOSED');
    await run.act(id, 'post', 'supervisor');
    expect(await run.get(id)).toMatchObject({ state: 'REVIEWED', task: null, failure: 'billing.period-closed' });
    expect(await count('ledger_postings')).toBe(0);
    await setPeriod(app, '2026-11', 'OPEN');
    await run.act(id, 'post', 'supervisor');
    expect(await run.get(id)).toMatchObject({ state: 'POSTED', task: null, failure: null, bills: 4 });
  });
});
