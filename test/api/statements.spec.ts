import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { serialOf } from '@libs/serial';
import { LegacyMovement } from '../../src/legacy';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord, type RowSeed } from '../support/records';
import { pages, PERSON, statementRequests } from '../support/statements';

const SERIAL = /^ST-OSS-2026-\d{6}-\d{2}$/;
const JSON_ONLY = { accept: 'application/json' };
type Requests = ReturnType<typeof statementRequests>;

describe('statements of balances', () => {
  let app: TestApp;
  let record: { id: number; runId: number; serviceIds: number[] };
  let issue: Requests['issue'];
  let verify: Requests['verify'];
  let pdf: Requests['pdf'];

  beforeAll(async () => {
    app = await startTestApp();
    record = await seedRecord(app, PERSON);
    ({ issue, verify, pdf } = statementRequests(app));
  });
  afterAll(() => app.close());

  const seeded = async (rows: RowSeed[] = [], changes: Parameters<typeof seedRecord>[2] = {}) =>
    (await seedRecord(app, rows, changes)).id;

  it('states all accounts of the person, each currency by itself, and what is shared apart', async () => {
    const { status, body } = await issue(record.id, { purpose: ' معاملة ترخيص ' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      serial: expect.stringMatching(SERIAL),
      oneRecordId: record.id,
      recordVersion: 3,
      approvedName: 'محمد أحمد خليل النابلسي',
      documentType: 'NATIONAL_ID',
      maskedDocument: '*****6782',
      issuedAt: '2026-11-24T08:00:00.000Z',
      asOf: '2026-11-24',
      issuedBy: 'سناء كنعان',
      purpose: 'معاملة ترخيص',
      prints: 0,
      own: {
        accounts: [
          { type: 'مياه', currency: 'ILS', balance: '80050', formatted: '800.50', relation: 'SAME_PERSON' },
          { type: 'نفايات', currency: 'ILS', balance: '0', formatted: '0.00', status: 'فعال' },
          { type: 'ضريبة المعارف', currency: 'JOD', balance: '-4750', formatted: '-4.750' },
        ],
        totals: [
          { currency: 'ILS', balance: '80050', formatted: '800.50' },
          { currency: 'JOD', balance: '-4750', formatted: '-4.750' },
        ],
      },
      related: {
        accounts: [{ type: 'مساهمة مشاريع', relation: 'CO_OWNER', shareHundredths: 2550, balance: '900000' }],
        totals: [{ currency: 'ILS', balance: '900000', formatted: '9,000.00' }],
      },
    });
    expect(body.verifyUrl).toBe(`http://localhost:3000/verify/${body.serial}`);
    expect(JSON.stringify(body)).not.toContain('123456782');
    const read = await app.request('GET', `/statements/${body.serial.toLowerCase()}`, { as: 'cashier' });
    expect(read).toMatchObject({ status: 200, body });
  });

  it('states balances as of a day, at the latest today in Hebron', async () => {
    const { body } = await issue(record.id, { asOf: '2024-01-31' });
    expect(body).toMatchObject({ asOf: '2024-01-31', own: { totals: [{ balance: '75000' }, { balance: '-4750' }] } });
    const old = await issue(record.id, { asOf: '2010-01-01' });
    // Movements without a readable date always count; services that had not begun are left out.
    expect(old.body.own.accounts).toMatchObject([{ currency: 'JOD', balance: '-40000' }]);
    expect(await issue(record.id, { asOf: '2026-11-25' })).toMatchObject({
      status: 422,
      body: { code: 'http.invalid', errors: [{ pointer: '/asOf', code: 'notAfterToday' }] },
    });
    for (const asOf of ['2026-02-30', '24/11/2026', 20261124, null, '']) {
      expect((await issue(record.id, { asOf })).status).toBe(422);
    }
  });

  it('issues once a key, and refuses the key for another request', async () => {
    const key = 'counter-3-a';
    const first = await issue(record.id, {}, { key });
    const second = await issue(record.id, {}, { key });
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(await issue(record.id, { asOf: '2024-01-31' }, { key })).toMatchObject({
      status: 422,
      body: { code: 'http.idempotency-mismatch' },
    });
    const none = await app.request('POST', `/one-records/${record.id}/statements`, { as: 'clerk', body: {} });
    expect(none).toMatchObject({ status: 400, body: { code: 'http.idempotency-key-required' } });
  });

  it('gives serials without gaps to twenty at once, a failing unit among them', async () => {
    const id = await seeded();
    const uow = app.app.get(UnitOfWork);
    const ids = app.app.get(IdAllocator);
    const before = (await issue(id)).body.serial;
    const failing = uow
      .run(async () => {
        await ids.reserve('statements-OSS-2026', 1);
        throw new Error('the unit fails after it took a number');
      })
      .catch(() => 'failed');
    const answers = await Promise.all(Array.from({ length: 20 }, () => issue(id)));
    expect(await failing).toBe('failed');
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const number = (serial: string) => Number(serial.split('-')[3]);
    const numbers = answers.map(({ body }) => number(body.serial)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => number(before) + 1 + at));
  });

  it('counts by office and by year in Hebron', async () => {
    const id = await seeded();
    expect((await issue(id, {}, { as: 'cashier' })).body.serial).toMatch(/^ST-FINANCE-2026-000001-\d\d$/);
    const now = app.clock.now();
    app.clock.set('2026-12-31T22:30:00.000Z');
    app.forgetTokens();
    expect((await issue(id)).body).toMatchObject({
      serial: expect.stringMatching(/^ST-OSS-2027-000001-\d\d$/),
      asOf: '2027-01-01',
    });
    app.clock.set(now);
    app.forgetTokens();
  });

  it('is not for records that are not approved, nor for unknown ones', async () => {
    for (const state of ['DRAFT', 'PENDING_APPROVAL', 'SUSPENDED', 'MERGED_INTO', 'REVOKED'] as const) {
      const answer = await issue(await seeded([], { state }));
      expect(answer).toMatchObject({ status: 409, body: { code: 'citizens.wrong-state', state } });
    }
    expect((await issue(await seeded([], { state: 'ACTIVATED' }))).status).toBe(201);
    expect(await issue(999_999_999)).toMatchObject({ status: 404, body: { code: 'http.not-found' } });
  });

  it('shows the same figures after the accounts have moved', async () => {
    const own = await seedRecord(app, [{ services: [{ movements: [['ILS', 1_000, 0]] }] }]);
    const { body: issued } = await issue(own.id);
    const [uow, store, ids] = [app.app.get(UnitOfWork), app.app.get(Store), app.app.get(IdAllocator)];
    await uow.run(async () =>
      store.insert(LegacyMovement, {
        id: await ids.one(),
        firstRunId: own.runId,
        changedRunId: null,
        vanishedRunId: null,
        doc: 'D-later',
        serviceId: own.serviceIds[0]!,
        rawDate: '01/05/2024',
        datedOn: '2024-05-01',
        kind: 'دفعة',
        debit: 0,
        credit: 700,
        currency: 'ILS',
      }),
    );
    expect((await app.request('GET', `/statements/${issued.serial}`, { as: 'clerk' })).body).toEqual(issued);
    expect((await verify(issued.serial, JSON_ONLY)).body).toMatchObject({
      status: 'VALID',
      totals: [{ balance: '1000' }],
    });
    app.clock.advance({ minutes: 1 });
    const { body: newer } = await issue(own.id);
    expect(newer.own.totals).toMatchObject([{ balance: '300' }]);
    expect((await verify(issued.serial, JSON_ONLY)).body.status).toBe('SUPERSEDED');
    expect((await verify(newer.serial, JSON_ONLY)).body.status).toBe('VALID');
  });

  it('lists the statements of a record, newest first, a page at a time', async () => {
    const id = await seeded();
    const serials: string[] = [];
    for (let n = 0; n < 3; n++) {
      app.clock.advance({ seconds: 1 });
      serials.unshift((await issue(id)).body.serial);
    }
    const list = (query: string) => app.request('GET', `/one-records/${id}/statements${query}`, { as: 'clerk' });
    const first = await list('?pageSize=2');
    expect(first.body).toMatchObject({ total: 3, page: 1, pageSize: 2 });
    const second = await list('?pageSize=2&page=2');
    expect([...first.body.items, ...second.body.items].map(({ serial }) => serial)).toEqual(serials);
    expect((await list('?pageSize=101')).status).toBe(422);
    const unknown = await app.request('GET', '/one-records/999999999/statements', { as: 'clerk' });
    expect(unknown.status).toBe(404);
  });

  it('is refused to those who may not, and to nobody at all', async () => {
    const { serial } = (await issue(record.id)).body;
    for (const as of ['auditor', 'administrator', 'integration']) {
      expect(await issue(record.id, {}, { as })).toMatchObject({ status: 403, body: { code: 'http.forbidden' } });
      expect((await app.request('GET', `/statements/${serial}`, { as })).status).toBe(403);
      expect((await pdf(serial, '', as)).status).toBe(403);
    }
    for (const [method, path] of [
      ['POST', `/one-records/${record.id}/statements`],
      ['GET', `/one-records/${record.id}/statements`],
      ['GET', `/statements/${serial}`],
      ['GET', `/statements/${serial}/pdf`],
      ['GET', `/one-records/${record.id}/print`],
    ] as const) {
      expect((await app.request(method, path)).status).toBe(401);
    }
    expect((await app.request('GET', `/one-records/${record.id}/print`, { as: 'cashier' })).status).toBe(403);
  });

  it('tells a mistyped serial from an unknown one', async () => {
    const { serial } = (await issue(record.id)).body as { serial: string };
    const unknown = serialOf({ kind: 'ST', office: 'OSS', year: 2026, number: 999_999 });
    const mistyped = serial.slice(0, -2) + String((Number(serial.slice(-2)) + 1) % 100).padStart(2, '0');
    for (const [asked, code] of [
      [unknown, 'citizens.statement-unknown'],
      ['x', 'citizens.statement-unknown'],
      ['%3Cscript%3E', 'citizens.statement-unknown'],
      [mistyped, 'citizens.serial-mistyped'],
    ] as const) {
      for (const path of [`/statements/${asked}`, `/statements/${asked}/pdf`]) {
        expect(await app.request('GET', path, { as: 'clerk' })).toMatchObject({ status: 404, body: { code } });
      }
    }
  });

  it('serves a record of 3,000 services, and one of none', async () => {
    const services = Array.from({ length: 3000 }, (_, at) => ({
      movements: [[at % 2 ? 'JOD' : 'ILS', 1000 + at, 0]] as [string, number, number][],
    }));
    const id = await seeded([{ services }]);
    const { status, body } = await issue(id);
    expect(status).toBe(201);
    expect(body.own.accounts).toHaveLength(3000);
    expect(body.own.totals).toMatchObject([{ balance: String(3748500) }, { balance: String(3750000) }]);
    expect(pages((await pdf(body.serial)).raw)).toBeGreaterThan(60);
    expect(pages((await app.request('GET', `/one-records/${id}/print`, { as: 'clerk' })).raw)).toBeGreaterThan(60);

    const empty = await issue(await seeded());
    expect(empty.body.own).toEqual({ accounts: [], totals: [] });
    expect(pages((await pdf(empty.body.serial)).raw)).toBe(1);
    expect((await verify(empty.body.serial)).body).toContain('لا توجد حسابات');
  });
});
