import { Proofs } from '../../src/billing';
import { ExchangeRates } from '../../src/billing/rates/exchange-rates';
import { startTestApp, type TestApp } from '../support/app';
import { olderIds } from '../support/older-ids';
import { tillDesk } from '../support/till';

let app: TestApp;
let desk: ReturnType<typeof tillDesk>;
let shift: { id: number };

beforeAll(async () => {
  app = await startTestApp();
  desk = tillDesk(app);
  const till = await desk.till('T-1');
  shift = await desk.shift(till.id, 'cashier', [{ currency: 'ILS', amount: '0' }]);
});
afterAll(() => app.close());

const enter = (rate: string, more: object = {}, as = 'supervisor') =>
  desk.post('/exchange-rates', { base: 'JOD', quote: 'ILS', rate, source: 'سلطة النقد', ...more }, { as });

const quote = async (query: string) =>
  (await app.request('GET', `/exchange-rates/quote?${query}`, { as: 'cashier' })).body;

const pay = (accountId: number, amount: string, ils: string, more: object = {}) =>
  desk.post('/payments', {
    payerName: 'محمد أحمد',
    lines: [{ accountId, amount }],
    tenders: [{ kind: 'CASH', currency: 'ILS', amount: ils, pays: { currency: 'JOD', amount }, ...more }],
  });

describe('rates', () => {
  it('are entered by those who may, with their source, for no day to come', async () => {
    expect(await pay((await desk.account({ currency: 'JOD', charges: [1000] })).id, '1', '5')).toMatchObject({
      status: 409,
      body: { code: 'billing.rate-missing', last: null },
    });
    expect(await enter('5.00', {}, 'cashier')).toMatchObject({ status: 403 });
    const bad = async (rate: string, more: object = {}) => (await enter(rate, more)).body;
    expect(await bad('0')).toMatchObject({ errors: [{ pointer: '/rate', code: 'notARate' }] });
    expect(await bad('5.1234567')).toMatchObject({ errors: [{ pointer: '/rate', code: 'tooManyDecimals' }] });
    expect(await bad('5', { quote: 'JOD' })).toMatchObject({ errors: [{ pointer: '/quote', code: 'otherCurrency' }] });
    expect(await bad('5', { validOn: '2026-11-25' })).toMatchObject({ code: 'billing.date-in-future' });
    expect(await enter('٥٫٠٠', { validOn: '2026-11-01' })).toMatchObject({ status: 201, body: { rate: '5.00' } });
    expect(await bad('51.2')).toMatchObject({ code: 'billing.rate-implausible', validOn: '2026-11-01' });
    expect(await enter('5.12')).toMatchObject({ status: 201, body: { rate: '5.12', validOn: '2026-11-24' } });
    const list = await app.request('GET', '/exchange-rates?base=JOD', { as: 'clerk' });
    expect(list.body.items.map(({ rate }: any) => rate)).toEqual(['5.12', '5.00']);
  });

  it('are put right by who enters another for the day, whichever process takes it', async () => {
    const [older, validOn] = [await olderIds(app), '2026-11-01'];
    const dinars = { base: 'USD', quote: 'JOD', validOn };
    const wrong = await enter('0.708', dinars);
    older();
    app.clock.advance({ minutes: 1 });
    const right = await enter('0.709', dinars);
    expect(right.body.id).toBeLessThan(wrong.body.id);
    const rates = app.app.get(ExchangeRates, { strict: false });
    expect(await rates.inForce('JOD', 'USD', validOn)).toMatchObject({ id: right.body.id });
  });

  it('say what a debt costs, and what an amount relieves', async () => {
    expect(await quote('owed=100.000&owedCurrency=JOD&paidCurrency=ILS')).toMatchObject({
      rate: { rate: '5.12' },
      relieved: { amount: '100000' },
      price: { amount: '51200' },
      change: { amount: '0' },
    });
    expect(await quote('owed=100.000&owedCurrency=JOD&paid=200&paidCurrency=ILS')).toMatchObject({
      relieved: { amount: '39062', formatted: '39.062' },
      price: { amount: '20000' },
      change: { amount: '0' },
    });
    expect(await quote('owed=10&owedCurrency=JOD&paid=60&paidCurrency=ILS')).toMatchObject({
      relieved: { amount: '10000' },
      change: { amount: '880' },
    });
    expect((await quote('owed=10&owedCurrency=USD&paidCurrency=ILS')).code).toBe('billing.rate-missing');
  });
});

describe('a debt in JOD paid in ILS', () => {
  it('costs the rate of the day; against the rate of its own day there is a gain', async () => {
    const { id } = await desk.account({ currency: 'JOD', charges: [100_000], on: '2026-11-02' });
    const { body } = await pay(id, '100.000', '512.00', { tendered: '600' });
    expect(body).toMatchObject({
      totals: [{ currency: 'JOD', amount: '100000' }],
      tenders: [
        {
          paid: { currency: 'ILS', amount: '51200' },
          change: { amount: '8800' },
          exchange: { rate: '5.12', source: 'سلطة النقد', settles: { currency: 'JOD', amount: '100000' } },
        },
      ],
    });
    expect(await desk.balance(id)).toBe(0);
    expect(await desk.ledger('CASH', 'ILS', `shift:${shift.id}`)).toBe(51_200);
    expect(await desk.ledger('EXCHANGE', 'ILS')).toBe(-50_000);
    expect(await desk.ledger('EXCHANGE', 'JOD')).toBe(100_000);
    expect(await desk.ledger('EXCHANGE_DIFFERENCE', 'ILS')).toBe(-1200);
    const pdf = await app.request('GET', `/payments/${body.serial}/pdf`, { as: 'cashier' });
    expect(pdf.status).toBe(200);

    const voided = await desk.post(`/payments/${body.serial}/void`, { reason: 'خطأ في الحساب' }, { as: 'supervisor' });
    expect(voided.body).toMatchObject({ state: 'VOIDED' });
    expect(await desk.balance(id)).toBe(100_000);
    for (const [ledger, currency] of [
      ['CASH', 'ILS'],
      ['EXCHANGE', 'ILS'],
      ['EXCHANGE', 'JOD'],
      ['EXCHANGE_DIFFERENCE', 'ILS'],
    ] as const) {
      expect(await desk.ledger(ledger, currency)).toBe(0);
    }
  });

  it('is paid beside money of its own, which counts first', async () => {
    const { id } = await desk.account({ currency: 'JOD', charges: [50_000], on: '2026-11-02' });
    const before = await desk.ledger('EXCHANGE_DIFFERENCE', 'ILS');
    const paid = await desk.post('/payments', {
      payerName: 'محمد أحمد',
      lines: [{ accountId: id, amount: '50' }],
      tenders: [
        { kind: 'CASH', currency: 'ILS', amount: '51.20', pays: { currency: 'JOD', amount: '10' } },
        { kind: 'CASH', currency: 'JOD', amount: '40' },
      ],
    });
    expect(paid.status).toBe(201);
    expect((await desk.ledger('EXCHANGE_DIFFERENCE', 'ILS')) - before).toBe(-120);
  });

  it('is not paid at another price, nor into another currency than the lines are in', async () => {
    const { id } = await desk.account({ currency: 'JOD', charges: [100_000] });
    expect(await pay(id, '100', '511.99')).toMatchObject({
      status: 409,
      body: { code: 'billing.rate-differs', price: '51200' },
    });
    const ils = await desk.account({ charges: [100_000] });
    expect((await pay(ils.id, '100', '512')).body.code).toBe('billing.currency-mismatch');
    expect(await desk.balance(id)).toBe(100_000);
  });

  it('keeps the books in balance', async () => {
    expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  });
});
