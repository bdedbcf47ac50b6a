import { Store, UnitOfWork } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Books } from '../../src/billing/books/books';
import { IssuedAccountStatement } from '../../src/billing/reports/statement/issued-statement.entity';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';
import { pages, PERSON } from '../support/statements';

describe('issued statements of account', () => {
  let app: TestApp;
  let record: Awaited<ReturnType<typeof seedRecord>>;
  let keys = 0;

  beforeAll(async () => {
    app = await startTestApp();
    record = await seedRecord(app, PERSON);
    await app.app.get(TakeOvers).run();
  });
  afterAll(() => app.close());

  const issue = (body: unknown = {}, { as = 'clerk', key = `key-${++keys}`, id = record.id } = {}) =>
    app.request('POST', `/one-records/${id}/account-statements`, { as, body, headers: { 'idempotency-key': key } });
  const get = (path: string, as = 'clerk') => app.request('GET', path, { as });
  const verify = (serial: string) =>
    app.request('GET', `//verify/${serial}`, { headers: { accept: 'application/json' } });
  const RANGE = { from: '2023-01-01', to: '2026-11-24' };

  it('say afterwards what they said, whatever is posted since', async () => {
    const { status, body } = await issue({ ...RANGE, purpose: 'معاملة ترخيص' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ firstDay: '2023-01-01', lastDay: '2026-11-24', prints: 0, purpose: 'معاملة ترخيص' });
    expect(body.serial).toMatch(/^SA-[A-Z0-9]+-2026-\d{6}-\d\d$/);
    expect(body.statement.closing).toEqual([
      { currency: 'ILS', closing: '80050', formatted: '800.50' },
      { currency: 'JOD', closing: '-4750', formatted: '-4.750' },
    ]);
    const water = (await app.app.get(Store).reads(Account).findOneBy({ legacyServiceId: record.serviceIds[0]! }))!;
    await app.app.get(Books).post({
      kind: 'PAYMENT',
      on: '2026-11-24',
      description: 'قبض',
      by: null,
      entries: [{ ledger: 'CASH', currency: 'ILS', amount: 100 }],
      credits: [{ accountId: water.id, amount: 100 }],
    });
    expect((await get(`/account-statements/${body.serial}`)).body).toEqual(body);
    expect((await issue(RANGE)).body.statement.closing[0].closing).toBe('79950');
  });

  it('are one for a key, number on without gaps, and are listed', async () => {
    const first = await issue(RANGE, { key: 'the-same' });
    expect((await issue(RANGE, { key: 'the-same' })).body).toEqual(first.body);
    expect(await issue({}, { key: 'the-same' })).toMatchObject({
      status: 422,
      body: { code: 'http.idempotency-mismatch' },
    });
    const both = await Promise.all([issue(RANGE), issue(RANGE)]);
    const numbers = [first, ...both].map(({ body }) => Number(body.serial.split('-')[3])).sort((a, b) => a - b);
    expect(numbers).toEqual([numbers[0], numbers[0]! + 1, numbers[0]! + 2]);
    const { body } = await get(`/one-records/${record.id}/account-statements?pageSize=2`);
    expect(body.items).toHaveLength(2);
    expect(body.total).toBe(numbers.at(-1));
  });

  it('print the original once and copies afterwards, in both languages', async () => {
    const { serial } = (await issue(RANGE)).body;
    const first = await get(`/account-statements/${serial}/pdf`);
    expect(first.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
    expect(pages(first.raw)).toBeGreaterThan(0);
    const second = await get(`/account-statements/${serial}/pdf?lang=en`, 'cashier');
    expect(second.raw.subarray(0, 5).toString()).toBe('%PDF-');
    await app.request('HEAD', `/account-statements/${serial}/pdf`, { as: 'clerk' });
    expect((await get(`/account-statements/${serial}`)).body.prints).toBe(2);
    expect((await get(`/account-statements/${serial}/pdf?lang=fr`)).status).toBe(422);
  });

  it('are given as a workbook, which is no sheet', async () => {
    const { serial } = (await issue(RANGE)).body;
    for (const lang of ['ar', 'en']) {
      const { status, headers, raw } = await get(`/account-statements/${serial}/xlsx?lang=${lang}`);
      expect(status).toBe(200);
      expect(headers['content-disposition']).toBe(`attachment; filename="account-statement-${serial}.xlsx"`);
      expect(raw.subarray(0, 2).toString()).toBe('PK');
    }
    expect((await get(`/account-statements/${serial}`)).body.prints).toBe(0);
    expect((await get('/account-statements/x/xlsx')).status).toBe(404);
  });

  it('are proved by their serial, until a newer one stands, and never when altered', async () => {
    const { serial } = (await issue(RANGE)).body;
    expect((await verify(serial)).body).toMatchObject({
      kind: 'STATEMENT_OF_ACCOUNT',
      status: 'VALID',
      serial,
      asOf: '2026-11-24',
      totals: [
        { currency: 'ILS', balance: '79950', formatted: '799.50' },
        { currency: 'JOD', balance: '-4750', formatted: '-4.750' },
      ],
    });
    const page = await app.request('GET', `//verify/${serial}`);
    expect(page.raw.toString()).toContain('كشف حساب');
    app.clock.advance({ seconds: 1 });
    await issue(RANGE);
    expect((await verify(serial)).body.status).toBe('SUPERSEDED');

    const [store, uow] = [app.app.get(Store), app.app.get(UnitOfWork)];
    const { content } = (await store.reads(IssuedAccountStatement).findOneBy({ serial }))!;
    content.statement.closing[0]!.closing = '0';
    await uow.run(() => store.update(IssuedAccountStatement, { serial }, { content }));
    expect((await verify(serial)).body).toMatchObject({ status: 'ALTERED', holder: null, totals: [] });
    for (const path of ['', '/pdf']) {
      expect(await get(`/account-statements/${serial}${path}`)).toMatchObject({
        status: 409,
        body: { code: 'billing.statement-altered' },
      });
    }
  });

  it('are refused for what is not there, in a wrong state, and to those who may not', async () => {
    expect((await issue({}, { id: 999_999_999 })).status).toBe(404);
    expect((await get('/one-records/999999999/account-statements')).status).toBe(404);
    for (const serial of ['SA-OSS-2026-009999-99', 'x']) {
      expect((await get(`/account-statements/${serial}`)).body.code).toBe('billing.statement-unknown');
    }
    expect((await issue({ to: '2026-11-26' })).body.code).toBe('http.invalid');
    expect((await issue({}, { as: 'auditor' })).status).toBe(403);
    const draft = await seedRecord(app, [{ docNo: '900000001' }], { state: 'DRAFT', documentNumber: '900000001' });
    expect(await issue({}, { id: draft.id })).toMatchObject({ status: 409, body: { code: 'citizens.wrong-state' } });
  });
});
