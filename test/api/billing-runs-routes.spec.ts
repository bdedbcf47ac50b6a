import { Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Bill } from '../../src/billing/bill-runs/bill-run.entity';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts, pay, runRequests } from '../support/bill-runs';
import { pages } from '../support/statements';
import { seedRecord } from '../support/records';
import { TakeOvers } from '../../src/billing';

let app: TestApp;
let run: ReturnType<typeof runRequests>;
beforeEach(async () => {
  app = await startTestApp();
  run = runRequests(app);
});
afterEach(() => app.close());

const get = (path: string, as = 'auditor') => app.request('GET', path, { as });

describe('recurring charges', () => {
  it('are written, read, changed under their version, and withdrawn', async () => {
    const [accountId] = (await openAccounts(app, 1, { currency: 'JOD' })) as [number];
    const made = await run.recur(accountId, '12.500', { toPeriod: '2026-12', detail: 'محل رقم 4' });
    const charge = {
      accountId,
      head: 'WASTE',
      currency: 'JOD',
      amount: '12500',
      formatted: '12.500',
      fromPeriod: '2026-01',
      toPeriod: '2026-12',
      active: true,
      version: 1,
    };
    expect(made).toMatchObject({ status: 201, body: charge });
    const path = `/billing/recurring-charges/${made.body.id}`;
    const change = (body: unknown, version?: number) =>
      app.request('PATCH', path, {
        as: 'officer',
        body,
        headers: version === undefined ? {} : { 'if-match': `"${version}"` },
      });
    expect(await change({ amount: '15.000' })).toMatchObject({ status: 428 });
    expect(await change({ amount: '15.000', toPeriod: null }, 1)).toMatchObject({
      status: 200,
      body: { amount: '15000', toPeriod: null, everyMonths: 1, version: 2 },
    });
    expect(await change({ amount: '16.000' }, 1)).toMatchObject({ status: 412, body: { code: 'http.stale' } });
    const withdraw = (version: number) =>
      app.request('DELETE', path, { as: 'officer', headers: { 'if-match': `"${version}"` } });
    expect(await withdraw(1)).toMatchObject({ status: 412 });
    expect(await withdraw(2)).toMatchObject({ status: 200, body: { active: false, version: 3 } });
    expect(await get(path)).toMatchObject({ body: { active: false, amount: '15000' } });
    const list = await get(`/billing/recurring-charges?accountId=${accountId}&active=true`);
    expect(list.body).toMatchObject({ total: 0, items: [] });
    expect(await run.made('CALCULATED')).toMatchObject({ bills: 0 });
  });

  it('are refused with what is wrong', async () => {
    const [open, closed] = (await openAccounts(app, 2)) as [number, number];
    await app.app
      .get(UnitOfWork)
      .run(() => app.app.get(Store).update(Account, { id: closed }, { state: 'CLOSED', closedOn: '2026-01-01' }));
    const refused = async (accountId: number, amount: string, more = {}) =>
      (await run.recur(accountId, amount, more)).body;
    expect(await refused(closed + 1000, '1.00')).toMatchObject({ code: 'billing.account-unknown' });
    expect(await refused(closed, '1.00')).toMatchObject({ code: 'billing.account-closed' });
    expect(await refused(open, '1.00', { head: 'NONE' })).toMatchObject({ code: 'billing.head-unknown' });
    const invalid = { code: 'http.invalid', status: 422 };
    const pointing = (pointer: string, code: string) => ({ ...invalid, errors: [{ pointer, code }] });
    expect(await refused(open, '1.005')).toMatchObject(pointing('/amount', 'too-many-decimals'));
    expect(await refused(open, '0.00')).toMatchObject(pointing('/amount', 'notAboveZero'));
    expect(await refused(open, '-1.00')).toMatchObject(pointing('/amount', 'notAboveZero'));
    expect(await refused(open, '1.00', { toPeriod: '2025-12' })).toMatchObject(pointing('/toPeriod', 'notBeforeFirst'));
    expect(await refused(open, '1.00', { fromPeriod: '2026-13' })).toMatchObject(pointing('/fromPeriod', 'pattern'));
    expect(await refused(open, '1.00', { everyMonths: 0 })).toMatchObject(invalid);
  });

  it('under one key are written once', async () => {
    const [accountId] = (await openAccounts(app, 1)) as [number];
    const body = { accountId, head: 'RENT', amount: '1.00', everyMonths: 1, fromPeriod: '2026-01' };
    const send = (changes = {}) =>
      run.post('/billing/recurring-charges', 'officer', { ...body, ...changes }, undefined, 'one-key');
    const both = await Promise.all([send(), send()]);
    expect(both[0]!.body).toEqual(both[1]!.body);
    expect(await send({ amount: '2.00' })).toMatchObject({ status: 422, body: { code: 'http.idempotency-mismatch' } });
    expect((await get('/billing/recurring-charges')).body.total).toBe(1);
  });
});

describe('the routes of bill runs', () => {
  it('open a run under one key once, and refuse what no feeder knows', async () => {
    const body = { feeder: 'recurring', period: '2026-11', issueOn: '2026-11-24', dueOn: '2026-12-15' };
    const send = (changes = {}, key = 'one-key') =>
      run.post('/billing/bill-runs', 'officer', { ...body, ...changes }, undefined, key);
    const [first, second] = await Promise.all([send(), send()]);
    expect(first!.body).toEqual(second!.body);
    expect((await get('/billing/bill-runs?feeder=recurring&state=DRAFT')).body.total).toBe(1);
    expect((await get('/billing/bill-runs?period=2026-10')).body.total).toBe(0);
    expect(await send({ feeder: 'none' }, 'k2')).toMatchObject({
      status: 422,
      body: { code: 'billing.feeder-unknown' },
    });
    expect(await send({ dueOn: '2026-11-23' }, 'k3')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/dueOn', code: 'notBeforeIssue' }] },
    });
    expect(await send({ parameters: [{ name: 'zone', value: '1' }] }, 'k4')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/parameters', code: 'unknownParameter' }] },
    });
    expect(await run.post('/billing/bill-runs/999999/calculate', 'officer', undefined, 1)).toMatchObject({
      status: 404,
    });
    expect((await get('/billing/bill-feeders')).body).toContainEqual({
      code: 'recurring',
      serviceType: 'OTHER',
      nameAr: 'رسوم دورية',
      nameEn: 'Recurring charges',
    });
  });

  it('take the accounts that the parameters name', async () => {
    const [first, second] = (await openAccounts(app, 2)) as [number, number];
    await run.recur(first, '1.00');
    await run.recur(first, '5.00', { head: 'RENT' });
    await run.recur(second, '2.00');
    const parameters = [{ name: 'head', value: 'RENT' }];
    expect(await run.made('CALCULATED', { parameters })).toMatchObject({
      bills: 1,
      parameters,
      totals: [{ head: 'RENT', amount: '500' }],
    });
  });

  it('are for those who may', async () => {
    const [accountId] = (await openAccounts(app, 1)) as [number];
    const made = await run.recur(accountId, '1.00');
    expect(made.status).toBe(201);
    for (const as of ['clerk', 'cashier', 'auditor', 'administrator']) {
      expect(await run.recur(accountId, '1.00', {}, as)).toMatchObject({ status: 403 });
      expect(await run.create({}, as)).toMatchObject({ status: 403 });
    }
    const { id } = await run.made('REVIEWED');
    for (const as of ['clerk', 'cashier', 'officer', 'auditor', 'administrator']) {
      expect(await run.act(id, 'post', as)).toMatchObject({ status: 403 });
      expect(await run.act(id, 'reverse', as, { reason: 'خطأ' })).toMatchObject({ status: 403 });
    }
    for (const as of ['clerk', 'cashier']) {
      expect(await get(`/billing/bill-runs/${id}`, as)).toMatchObject({ status: 403 });
      expect(await get(`/billing/bill-runs/${id}/preview`, as)).toMatchObject({ status: 403 });
    }
    expect((await run.get(id)).state).toBe('REVIEWED');
  });

  it('acting again under the same key gives the first answer and asks nobody twice', async () => {
    const [accountId] = (await openAccounts(app, 1)) as [number];
    await run.recur(accountId, '1.00');
    const { id, version } = await run.made('REVIEWED');
    const send = () => run.post(`/billing/bill-runs/${id}/post`, 'supervisor', undefined, version, 'post-once');
    const first = await send();
    await app.drain();
    expect((await run.get(id)).state).toBe('POSTED');
    expect((await send()).body).toEqual(first.body);
    expect((await run.get(id)).task).toBeNull();
  });
});

describe('bills', () => {
  it('name the holder, and are found by account, record and run', async () => {
    const record = await seedRecord(app, [{ services: [{ address: 'رفيديا', movements: [['ILS', 5000, 0]] }, {}] }]);
    await app.app.get(TakeOvers).run();
    const accounts = (await get(`/one-records/${record.id}/accounts`)).body.accounts as {
      id: number;
      balance: string;
    }[];
    const owing = accounts.find(({ balance }) => balance === '5000')!;
    for (const { id } of accounts) await run.recur(id, '10.00');
    const { id: runId } = await run.made('REVIEWED');
    for (const holder of [`/billing/accounts/${owing.id}`, `/one-records/${record.id}`]) {
      for (const drafts of ['', '?state=CALCULATED'])
        expect((await get(`${holder}/bills${drafts}`)).body.total).toBe(0);
    }
    await run.act(runId, 'post', 'supervisor');
    const posted = (await get(`/billing/accounts/${owing.id}/bills`)).body.items[0];
    expect(posted).toMatchObject({ state: 'POSTED', serial: null });
    const early = await get(`/billing/bills/${posted.id}`);
    expect(early).toMatchObject({ status: 409, body: { code: 'billing.bill-not-issued' } });
    await run.act(runId, 'issue', 'officer2');
    const ofRecord = (await get(`/one-records/${record.id}/bills`)).body;
    expect(ofRecord.total).toBe(2);
    expect((await get(`/billing/bill-runs/${runId}/bills?state=ISSUED`)).body.total).toBe(2);
    const { body: bill } = await get(`/billing/bills/${posted.id}`);
    const verified = await app.request('GET', `//verify/${bill.serial}`, { headers: { accept: 'application/json' } });
    expect(verified.body).toMatchObject({
      kind: 'BILL',
      status: 'VALID',
      holder: 'محمد أ. خ. ن.',
      totals: [{ currency: 'ILS', balance: '6000', formatted: '60.00' }],
    });
    expect(bill).toMatchObject({
      serial: expect.stringMatching(/^BL-WATER-2026-00000[12]-\d\d$/),
      holder: { name: 'محمد أحمد خليل النابلسي' },
      account: { serviceType: 'WATER', address: 'رفيديا' },
      previousBalance: '5000',
      advanceApplied: '0',
      totalDue: '6000',
    });
    expect(await get('/billing/bills/999999')).toMatchObject({ status: 404 });
    expect(await get('/billing/accounts/999999/bills')).toMatchObject({ status: 404 });
    expect(await get('/one-records/999999/bills')).toMatchObject({ status: 404 });
  });

  it('name the row of the old system while its record is not approved', async () => {
    const record = await seedRecord(app, [{ name: 'محمد النابلسي', services: [{}] }], { state: 'PENDING_APPROVAL' });
    await app.app.get(TakeOvers).run();
    const [{ id }] = (await get(`/one-records/${record.id}/accounts`)).body.accounts as [{ id: number }];
    await run.recur(id, '10.00');
    await run.made('ISSUED');
    const [bill] = (await get(`/billing/accounts/${id}/bills`)).body.items as [{ id: number }];
    const { holder } = (await get(`/billing/bills/${bill.id}`)).body;
    expect(holder).toEqual({ name: 'محمد النابلسي', oneRecordNumber: null });
  });

  it('that were altered in the database are not shown', async () => {
    const [accountId] = (await openAccounts(app, 1)) as [number];
    await run.recur(accountId, '10.00');
    await run.made('ISSUED');
    const [bill] = (await app.app.get(Store).reads(Bill).find()) as [Bill];
    const content = bill.content!.replace('"totalDue":1000', '"totalDue":100');
    expect(content).not.toBe(bill.content);
    await app.app.get(UnitOfWork).run(() => app.app.get(Store).update(Bill, { id: bill.id }, { content }));
    const answer = await get(`/billing/bills/${bill.id}`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'billing.bill-altered' } });
  });

  it('are printed one by one, void once reversed, and all of a run in one file', async () => {
    const record = await seedRecord(app, [{ services: [{ movements: [['ILS', 5000, 0]] }] }]);
    await app.app.get(TakeOvers).run();
    const [{ id: owing }] = (await get(`/one-records/${record.id}/accounts`)).body.accounts as [{ id: number }];
    const [advance] = (await openAccounts(app, 1)) as [number];
    await pay(app, advance, 4000);
    for (const id of [owing, advance]) await run.recur(id, '10.00', { detail: 'محل رقم 4' });
    const { id } = await run.made('POSTED');
    const early = await get(`/billing/bill-runs/${id}/bills.pdf`);
    expect(early).toMatchObject({ status: 409, body: { code: 'billing.bill-not-issued' } });
    await run.act(id, 'issue', 'officer');
    const all = await get(`/billing/bill-runs/${id}/bills.pdf`);
    expect(all.status).toBe(200);
    expect(all.headers['content-type']).toBe('application/pdf');
    expect(pages(all.raw)).toBe(2);
    expect(await get(`/billing/bill-runs/${id}/bills.pdf?part=2`)).toMatchObject({ status: 409 });
    const [bill] = (await get(`/billing/accounts/${advance}/bills`)).body.items as [{ id: number }];
    const valid = await get(`/billing/bills/${bill.id}/pdf`, 'cashier');
    expect(valid.status).toBe(200);
    expect(pages(valid.raw)).toBe(1);
    expect(pages((await get(`/billing/bills/${bill.id}/pdf?lang=en`)).raw)).toBe(1);
    await run.act(id, 'reverse', 'supervisor', { reason: 'تعرفة خاطئة' });
    const reversed = await get(`/billing/bills/${bill.id}/pdf`);
    expect(reversed.status).toBe(200);
    expect(reversed.raw.equals(valid.raw)).toBe(false);
  });
});
