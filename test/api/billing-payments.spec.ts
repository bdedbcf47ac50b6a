import { localDateOf } from '@libs/calendar';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { serialOf } from '@libs/serial';
import { TakeOvers } from '../../src/billing';
import { LedgerPeriod } from '../../src/billing/books/posting.entity';
import { contentHash } from '../../src/documents';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';
import { PERSON } from '../support/statements';
import { tillDesk } from '../support/till';

let app: TestApp;
let desk: ReturnType<typeof tillDesk>;
let shift: { id: number };

beforeAll(async () => {
  app = await startTestApp();
  desk = tillDesk(app);
  const till = await desk.till('T-1');
  shift = await desk.shift(till.id, 'cashier', [{ currency: 'ILS', amount: '200.00' }]);
});
afterAll(() => app.close());

const invalid = (pointer: string, code: string) => ({
  status: 422,
  body: { code: 'http.invalid', errors: [{ pointer, code }] },
});

describe('taking a payment', () => {
  it('pays several accounts of a record in several ways and currencies with one posting and one receipt', async () => {
    const { id } = await seedRecord(app, PERSON);
    await app.app.get(TakeOvers).run();
    const { accounts } = (await app.request('GET', `/one-records/${id}/accounts`, { as: 'cashier' })).body;
    const owed = accounts.filter(({ balance, relation }: any) => Number(balance) > 0 && relation === 'SAME_PERSON');
    const jod = await desk.account({ currency: 'JOD', oneRecordId: id, charges: [35_250] });
    const [water] = owed;
    expect(water).toMatchObject({ currency: 'ILS', balance: '80050' });
    const cashBefore = await desk.ledger('CASH', 'ILS', `shift:${shift.id}`);
    const paid = await desk.post('/payments', {
      oneRecordId: id,
      lines: [
        { accountId: water.id, amount: '800.50' },
        { accountId: jod.id, amount: '35.250' },
      ],
      tenders: [
        { kind: 'CASH', currency: 'ILS', amount: '700.50', tendered: '750.00' },
        { kind: 'CARD', currency: 'ILS', amount: '100', reference: '004512' },
        { kind: 'TRANSFER', currency: 'JOD', amount: '35.250', reference: 'TR-9' },
      ],
    });
    expect(paid.status).toBe(201);
    expect(paid.body).toMatchObject({
      state: 'POSTED',
      oneRecordId: id,
      payerName: 'محمد أحمد خليل النابلسي',
      tillCode: 'T-1',
      cashier: 'رنا الصيفي',
      paidOn: '2026-11-24',
      totals: [
        { currency: 'ILS', amount: '80050', formatted: '800.50', words: 'ثمانمئة شيكل وخمسون أغورة' },
        { currency: 'JOD', amount: '35250', words: 'خمسة وثلاثون ديناراً ومئتان وخمسون فلساً' },
      ],
      undone: null,
      prints: 0,
    });
    expect(paid.body.serial).toBe(serialOf({ kind: 'RC', office: 'OSS', year: 2026, number: 1 }));
    expect(paid.body.tenders[0]).toMatchObject({ tendered: { amount: '75000' }, change: { amount: '4950' } });
    const charges = paid.body.lines.flatMap((line: any) => line.charges);
    expect(charges.reduce((sum: number, { paid: { amount } }: any) => sum + Number(amount), 0)).toBe(80_050 + 35_250);
    expect(await desk.balance(water.id)).toBe(0);
    expect(await desk.balance(jod.id)).toBe(0);
    expect((await desk.ledger('CASH', 'ILS', `shift:${shift.id}`)) - cashBefore).toBe(70_050);
    expect(await desk.ledger('CARD_CLEARING')).toBe(10_000);
    expect(await desk.ledger('TRANSFER_CLEARING', 'JOD')).toBe(35_250);

    const listed = await app.request('GET', `/one-records/${id}/payments`, { as: 'clerk' });
    expect(listed.body).toMatchObject({ total: 1, items: [{ serial: paid.body.serial, state: 'POSTED' }] });
    const origin = await desk.store.sql<{ origin: string }>(
      'SELECT DISTINCT c."origin" FROM "credits" c JOIN "payment_lines" l ON l."credit_id" = c."id"',
    );
    expect(origin).toEqual([{ origin: 'PAYMENT' }]);
  });

  it('pays the oldest charge first, or those that are named', async () => {
    const { id, chargeIds } = await desk.account({ charges: [10_000, 20_000, 5000] });
    const oldest = await desk.pay(id, '120');
    expect(oldest.body.lines[0].charges).toMatchObject([
      { chargeId: chargeIds[0], period: '2026-01', head: 'WATER', paid: { amount: '10000' } },
      { chargeId: chargeIds[1], period: '2026-02', paid: { amount: '2000' } },
    ]);
    const named = await desk.pay(id, '50.00', { chargeIds: [chargeIds[2]!] });
    expect(named.body.lines[0].charges).toMatchObject([{ chargeId: chargeIds[2], paid: { amount: '5000' } }]);
    expect(await desk.pay(id, '10.00', { chargeIds: [chargeIds[2]!] })).toMatchObject({
      status: 409,
      body: { code: 'billing.charge-settled' },
    });
    expect(await desk.pay(id, '180.01', { chargeIds: [chargeIds[1]!] })).toMatchObject({
      status: 409,
      body: { code: 'billing.exceeds-charge' },
    });
    expect(await desk.balance(id)).toBe(18_000);
  });

  it('takes more than is owed only when that is agreed to', async () => {
    const { id } = await desk.account({ charges: [10_000] });
    expect(await desk.pay(id, '100.01')).toMatchObject({
      status: 409,
      body: { code: 'billing.exceeds-balance', surplus: '1' },
    });
    expect(await desk.balance(id)).toBe(10_000);
    const agreed = await desk.pay(id, '130', { acceptAdvance: true });
    expect(agreed.body.lines[0]).toMatchObject({ paid: { amount: '13000' }, advance: { amount: '3000' } });
    expect(await desk.balance(id)).toBe(-3000);
    expect((await desk.pay(id, '1')).body.code).toBe('billing.exceeds-balance');
  });

  it('gives the same answer to the same key, and acts once', async () => {
    const { id } = await desk.account({ charges: [10_000] });
    const [first, second] = await Promise.all([
      desk.pay(id, '40', { key: 'same-key' }),
      desk.pay(id, '40', { key: 'same-key' }),
    ]);
    const third = await desk.pay(id, '40', { key: 'same-key' });
    expect([first.status, second.status, third.status]).toEqual([201, 201, 201]);
    expect(second.body).toEqual(first.body);
    expect(third.body).toEqual(first.body);
    expect(await desk.balance(id)).toBe(6000);
    expect(await desk.pay(id, '41', { key: 'same-key' })).toMatchObject({
      status: 422,
      body: { code: 'http.idempotency-mismatch' },
    });
    const noKey = await app.request('POST', '/payments', { as: 'cashier', body: {} });
    expect(noKey.body.code).toBe('http.idempotency-key-required');
  });
});

describe('what is not taken', () => {
  let account: { id: number; chargeIds: number[] };
  beforeAll(async () => {
    account = await desk.account({ charges: [100_000] });
  });
  const line = (changes: object = {}) => ({ accountId: account.id, amount: '10.00', ...changes });
  const cash = (changes: object = {}) => ({ kind: 'CASH', currency: 'ILS', amount: '10.00', ...changes });
  const take = (lines: object[], tenders: object[], more: object = { payerName: 'محمد' }) =>
    desk.post('/payments', { lines, tenders, ...more });

  it.each([
    ['zero', '0', 'positive'],
    ['less than zero', '-10.00', 'positive'],
    ['three decimals in ILS', '10.000', 'tooManyDecimals'],
    ['no amount', 'ten', 'notAnAmount'],
    ['more than can be counted', '99999999999999999', 'outOfRange'],
    ['more than can be added up', '90000000000000', 'outOfRange'],
  ])('%s', async (_, amount, code) => {
    expect(await take([line({ amount })], [cash()])).toMatchObject(invalid('/lines/0/amount', code));
    expect(await take([line()], [cash({ amount })])).toMatchObject(invalid('/tenders/0/amount', code));
  });

  it.each([
    ['change of a card', { kind: 'CARD', tendered: '20' }, invalid('/tenders/0/tendered', 'cashOnly')],
    ['less cash than the amount', { tendered: '9.99' }, invalid('/tenders/0/tendered', 'lessThanAmount')],
    ['another sum', { amount: '9.99' }, { status: 422, body: { code: 'billing.tenders-differ', tenders: '999' } }],
    ['another currency', { currency: 'JOD' }, { status: 422, body: { code: 'billing.currency-mismatch' } }],
    ['a cheque', { kind: 'CHEQUE' }, { status: 422, body: { code: 'http.invalid' } }],
  ])('%s', async (_, changes, expected) => {
    expect(await take([line()], [cash(changes)])).toMatchObject(expected);
  });

  it('nobody’s payment, no lines, unknown and closed accounts, unknown records', async () => {
    expect(await take([line()], [cash()], {})).toMatchObject(invalid('/payerName', 'required'));
    expect((await take([], [cash()])).status).toBe(422);
    expect((await take([line()], [])).status).toBe(422);
    expect((await take([line({ accountId: 999_999_999 })], [cash()])).body.code).toBe('billing.account-unknown');
    const closed = await desk.account({ charges: [1000], state: 'CLOSED' });
    expect(await take([line({ accountId: closed.id })], [cash()])).toMatchObject({
      status: 409,
      body: { code: 'billing.account-closed' },
    });
    expect((await take([line()], [cash()], { oneRecordId: 999_999_999 })).status).toBe(404);
    expect(await desk.balance(account.id)).toBe(100_000);
  });

  it('anything for whom it is not', async () => {
    for (const as of ['clerk', 'officer', 'supervisor', 'auditor', 'administrator', 'integration']) {
      expect((await desk.pay(account.id, '10', { as })).status).toBe(403);
    }
    for (const as of ['administrator', 'integration']) {
      expect((await app.request('GET', '/payments', { as })).status).toBe(403);
    }
    await desk.cashier('cashier-idle');
    expect(await desk.pay(account.id, '10', { as: 'cashier-idle' })).toMatchObject({
      status: 409,
      body: { code: 'billing.no-open-shift' },
    });
  });

  it('anything in a closed period', async () => {
    const [uow, store, ids] = [app.app.get(UnitOfWork), app.app.get(Store), app.app.get(IdAllocator)];
    const changedBy = Number((await store.sql<{ id: number }>('SELECT MIN("id") AS "id" FROM "users"'))[0]!.id);
    const period = localDateOf(app.clock.now()).slice(0, 7);
    const id = await uow.run(() => ids.one());
    const row = { id, period, state: 'CLOSED' as const, changedBy, changedAt: app.clock.now(), reason: null };
    await uow.run(() => store.insert(LedgerPeriod, row));
    try {
      expect((await desk.pay(account.id, '10')).body.code).toBe('billing.period-closed');
    } finally {
      await uow.run(() => store.update(LedgerPeriod, { id }, { state: 'OPEN' }));
    }
  });
});

describe('a receipt', () => {
  it('says for ever what it said, and shows when it was altered', async () => {
    const { id } = await desk.account({ charges: [10_000] });
    const { body } = await desk.pay(id, '100', { tendered: '200' });
    const got = await app.request('GET', `/payments/ ${body.serial.toLowerCase()} `, { as: 'clerk' });
    expect(got.body).toEqual(body);
    const [stored] = await desk.store.sql<{ content: string }>('SELECT "content" FROM "receipts" WHERE "serial" = ?', [
      body.serial,
    ]);
    expect(contentHash(JSON.parse(stored!.content))).toBe(body.contentHash);
    const alter = (content: string) =>
      app.app
        .get(UnitOfWork)
        .run(() => desk.store.sql('UPDATE "receipts" SET "content" = ? WHERE "serial" = ?', [content, body.serial]));
    await alter(stored!.content.replace('100', '900').replace('10000', '90000'));
    expect(await app.request('GET', `/payments/${body.serial}`, { as: 'clerk' })).toMatchObject({
      status: 409,
      body: { code: 'billing.receipt-altered' },
    });
    await alter(stored!.content);
  });

  it('is not found under another serial', async () => {
    const get = async (serial: string) => (await app.request('GET', `/payments/${serial}`, { as: 'clerk' })).body.code;
    expect(await get('RC-OSS-2026-000001-00')).toBe('billing.receipt-mistyped');
    expect(await get('nothing')).toBe('billing.receipt-unknown');
    const none = serialOf({ kind: 'RC', office: 'OSS', year: 2026, number: 999_999 });
    expect(await get(none)).toBe('billing.receipt-unknown');
  });
});

describe('two at once', () => {
  it('two tills, one bill: one is paid, the other refused', async () => {
    await desk.cashier('cashier-b');
    const till = await desk.till('T-2');
    await desk.shift(till.id, 'cashier-b');
    for (let round = 0; round < 5; round++) {
      const { id, chargeIds } = await desk.account({ charges: [12_345, 777] });
      const answers = await Promise.all(
        ['cashier', 'cashier-b'].map((as) => desk.pay(id, '123.45', { as, chargeIds: [chargeIds[0]!] })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)!.body.code).toBe('billing.charge-settled');
      expect(await desk.balance(id)).toBe(777);
    }
  });

  it('fifty payments: serials without gap or double, also when some are refused', async () => {
    const accounts = await Promise.all(Array.from({ length: 5 }, () => desk.account({ charges: [100_000] })));
    const last = async () =>
      Number(
        (
          await desk.store.sql<{ n: number }>(
            `SELECT MAX("number") AS "n" FROM "receipts" WHERE "office" = 'OSS' AND "year" = 2026`,
          )
        )[0]!.n,
      );
    const before = await last();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        desk.pay(accounts[at % 5]!.id, at % 6 === 5 ? '5000' : '10', {
          as: at % 2 ? 'cashier' : 'cashier-b',
        }),
      ),
    );
    const taken = answers.filter(({ status }) => status === 201);
    expect(taken).toHaveLength(50);
    const numbers = taken.map(({ body }) => Number(body.serial.split('-')[3])).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, at) => before + 1 + at));
  });
});

describe('lists', () => {
  it('by shift, cashier, state and day', async () => {
    const list = async (query: string) => (await app.request('GET', `/payments?${query}`, { as: 'auditor' })).body;
    const all = await list('pageSize=100');
    const own = await list(`shiftId=${shift.id}&pageSize=100`);
    expect(own.total).toBeGreaterThan(25);
    expect(own.total).toBeLessThan(all.total);
    expect(new Set(own.items.map(({ shiftId }: any) => shiftId))).toEqual(new Set([shift.id]));
    const { cashierId } = own.items[0];
    expect((await list(`cashierId=${cashierId}`)).total).toBe(own.total);
    expect((await list('from=2026-11-24&to=2026-11-24')).total).toBe(all.total);
    for (const none of ['from=2026-11-25', 'to=2026-11-23', 'state=VOIDED']) expect((await list(none)).total).toBe(0);
    const pages = [await list('pageSize=30&page=1'), await list('pageSize=30&page=2')];
    expect(new Set(pages.flatMap(({ items }) => items.map(({ serial }: any) => serial))).size).toBe(60);
    expect((await app.request('GET', '/one-records/999999999/payments', { as: 'clerk' })).status).toBe(404);
  });
});
