import { textOf } from '@libs/testing';
import { PaymentRecorder } from '../../src/billing/payments/payment-recorder';
import { startTestApp, type TestApp } from '../support/app';
import { BANK_ACCOUNT, chequeDesk } from '../support/cheques';

let app: TestApp;
let desk: ReturnType<typeof chequeDesk>;
let shift: { id: number };
let account: { id: number; chargeIds: number[] };

beforeAll(async () => {
  app = await startTestApp({ REVERSAL_LIMITS: 'ILS:1000', CASHIER_VOID_LIMITS: 'ILS:100' });
  desk = chequeDesk(app);
  shift = await desk.shift((await desk.till('P-1')).id);
});
afterAll(async () => {
  expect(await desk.proof()).toEqual([]);
  await app.close();
});
beforeEach(async () => {
  account = await desk.account({ charges: [10_000, 20_000] });
});

const REASON = 'سُجل جزء على حساب آخر';
const part = (
  serial: string,
  amount: string,
  more: object = {},
  { as = 'supervisor', key }: { as?: string; key?: string } = {},
) =>
  desk.post(
    `/payments/${serial}/partial-reversal`,
    { lines: [{ accountId: account.id, amount }], reason: REASON, ...more },
    { as, ...(key && { key }) },
  );
const reverse = (serial: string, more: object = {}) =>
  desk.post(`/payments/${serial}/reverse`, { reason: REASON, ...more }, { as: 'supervisor' });
const paid = async (amount: string, more: object = {}): Promise<string> => {
  const { status, body } = await desk.pay(account.id, amount, more);
  expect(status).toBe(201);
  return body.serial;
};
const verified = async (serial: string) =>
  (await app.request('GET', `//verify/${serial}`, { headers: { accept: 'application/json' } })).body;

describe('a part of a payment', () => {
  it('is taken back, what was paid last first, and the payment stands', async () => {
    const cash = await desk.ledger('CASH');
    const serial = await paid('250');
    const { status, body } = await part(serial, '170');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'POSTED',
      undone: null,
      reversedParts: [{ reason: REASON, lines: [{ accountId: account.id, back: { amount: '17000' } }] }],
    });
    expect(await desk.outstanding(account.id)).toEqual([2000, 20_000]);
    expect(await desk.ledger('CASH')).toBe(cash + 8000);
    expect(await verified(serial)).toMatchObject({ status: 'VALID', totals: [{ balance: '8000' }] });
    const { raw } = await app.request('GET', `/payments/${serial}/pdf`, { as: 'cashier' });
    expect(
      textOf(raw)
        .join()
        .replace(/\u200b/g, ''),
    ).toContain('170.00');
    expect((await app.request('GET', `/payments/${serial}`, { as: 'cashier' })).body).toEqual({ ...body, prints: 1 });
  });

  it('and another, until nothing is left', async () => {
    const serial = await paid('100');
    await part(serial, '60');
    expect((await part(serial, '40.01')).body).toMatchObject({ code: 'billing.exceeds-payment', left: '4000' });
    expect((await part(serial, '40')).body).toMatchObject({
      state: 'REVERSED',
      undone: { reason: REASON },
      reversedParts: [{}, {}],
    });
    expect((await part(serial, '0.01')).body.code).toBe('billing.already-reversed');
    expect((await reverse(serial)).body.code).toBe('billing.already-reversed');
    expect(await desk.balance(account.id)).toBe(30_000);
    expect(await verified(serial)).toMatchObject({ status: 'REVOKED' });
  });

  it('leaves the rest to a full reversal, or to a void', async () => {
    for (const how of ['reverse', 'void'] as const) {
      const [cash, card] = [await desk.ledger('CASH'), await desk.ledger('CARD_CLEARING')];
      const { body } = await desk.take(
        [{ accountId: account.id, amount: '300' }],
        [
          { kind: 'CARD', currency: 'ILS', amount: '200' },
          { kind: 'CASH', currency: 'ILS', amount: '100' },
        ],
      );
      await part(body.serial, '150');
      // The drawer gave all the cash, the card the rest.
      expect(await desk.ledger('CASH')).toBe(cash);
      expect(await desk.ledger('CARD_CLEARING')).toBe(card + 15_000);
      const undone = await desk.post(`/payments/${body.serial}/${how}`, { reason: REASON }, { as: 'supervisor' });
      expect(undone.body).toMatchObject({ state: how === 'void' ? 'VOIDED' : 'REVERSED', reversedParts: [{}, {}] });
      expect(await desk.ledger('CARD_CLEARING')).toBe(card);
      expect(await desk.balance(account.id)).toBe(30_000);
    }
  });

  it('is of the accounts that were paid, each in its currency', async () => {
    const dinars = await desk.account({ currency: 'JOD', charges: [5000] });
    const lines = [
      { accountId: account.id, amount: '100' },
      { accountId: dinars.id, amount: '5' },
    ];
    const tenders = [
      { kind: 'CASH', currency: 'ILS', amount: '100' },
      { kind: 'TRANSFER', currency: 'JOD', amount: '5', reference: '004512' },
    ];
    const { body } = await desk.take(lines, tenders);
    const back = (wanted: unknown[], as = 'administrator') => part(body.serial, '1', { lines: wanted }, { as });
    const other = await desk.account({ charges: [1] });
    expect((await back([{ accountId: other.id, amount: '1' }])).body.errors).toEqual([
      { pointer: '/lines/0/accountId', code: 'notPaid' },
    ]);
    expect((await back([{ accountId: account.id, amount: '1.234' }])).status).toBe(422);
    expect((await back([{ accountId: account.id, amount: '0' }])).status).toBe(422);
    expect((await back([])).status).toBe(422);
    expect((await back([{ accountId: dinars.id, amount: '5.001' }])).body.code).toBe('billing.exceeds-payment');
    const { status } = await back([
      { accountId: dinars.id, amount: '1.250' },
      { accountId: account.id, amount: '30' },
      { accountId: account.id, amount: '20' },
    ]);
    expect(status).toBe(200);
    expect(await desk.balance(dinars.id)).toBe(1250);
    expect(await desk.balance(account.id)).toBe(25_000);
    expect(await desk.ledger('TRANSFER_CLEARING', 'JOD')).toBe(3750);
  });

  it('is within the limit of the role, with what was taken back before', async () => {
    account = await desk.account({ charges: [300_000] });
    const serial = await paid('3000');
    expect((await part(serial, '600')).status).toBe(200);
    expect((await part(serial, '400.01')).body.code).toBe('billing.above-limit');
    expect((await part(serial, '400')).status).toBe(200);
    expect((await part(serial, '0.01')).body.code).toBe('billing.above-limit');
    for (const as of ['cashier', 'clerk', 'officer', 'auditor']) {
      expect((await part(serial, '1', {}, { as })).body.code).toBe('http.forbidden');
    }
    expect((await part(serial, '2000', {}, { as: 'administrator' })).body.state).toBe('REVERSED');
  });

  it('happens once with one key, and of two who want all one gets it', async () => {
    const serial = await paid('100');
    const first = await part(serial, '10', {}, { key: 'part-once' });
    expect(await part(serial, '10', {}, { key: 'part-once' })).toMatchObject({ status: 200, body: first.body });
    expect((await part(serial, '11', {}, { key: 'part-once' })).status).toBe(422);
    const both = await Promise.all([part(serial, '60'), part(serial, '60')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const all = await Promise.all([part(serial, '30'), reverse(serial)]);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await desk.balance(account.id)).toBe(30_000);
    expect((await part('nothing', '1')).body.code).toBe('billing.receipt-unknown');
  });
});

describe('what cannot be divided', () => {
  it('is a payment whose cheque has no answer yet; once it has cleared it can', async () => {
    const { body } = await desk.take(
      [{ accountId: account.id, amount: '300' }],
      [desk.tender('200', { dueOn: '2026-11-25' }), { kind: 'CASH', currency: 'ILS', amount: '100' }],
    );
    const id = body.tenders[0].cheque.id as number;
    expect((await part(body.serial, '10')).body).toMatchObject({ code: 'billing.not-divisible', because: 'CHEQUE' });
    await desk.later(1, () => desk.clear(id));
    const transfer = await desk.ledger('TRANSFER_CLEARING');
    expect((await part(body.serial, '150')).body.state).toBe('POSTED');
    expect(await desk.ledger('TRANSFER_CLEARING')).toBe(transfer - 5000);
    expect(await desk.ledger('BANK', 'ILS', BANK_ACCOUNT)).toBe(20_000);
    expect((await reverse(body.serial)).body.state).toBe('REVERSED');
    expect(await desk.balance(account.id)).toBe(30_000);
    expect(await desk.ledger('TRANSFER_CLEARING')).toBe(transfer - 20_000);
  });

  it('is a payment in another currency', async () => {
    const rate = { base: 'JOD', quote: 'ILS', rate: '5.12', validOn: '2026-11-24', source: 'سلطة النقد' };
    const entered = await desk.post('/exchange-rates', rate, { as: 'supervisor' });
    expect(entered.status).toBe(201);
    const dinars = await desk.account({ currency: 'JOD', charges: [100_000] });
    const { body } = await desk.take(
      [{ accountId: dinars.id, amount: '100' }],
      [{ kind: 'CASH', currency: 'ILS', amount: '512', pays: { currency: 'JOD', amount: '100' } }],
    );
    const back = await part(
      body.serial,
      '',
      { lines: [{ accountId: dinars.id, amount: '10' }] },
      { as: 'administrator' },
    );
    expect(back.body).toMatchObject({ code: 'billing.not-divisible', because: 'EXCHANGE' });
    expect((await reverse(body.serial)).status).toBe(200);
  });
});

describe('money that came on the bank’s statement', () => {
  it('goes back to the line that it came on', async () => {
    const [numbered] = await desk.store.sql<{ number: string }>(
      'SELECT "number" FROM "billing_accounts" WHERE "id" = ?',
      [account.id],
    );
    const paidIn = { currency: 'ILS', amount: 10_000 };
    const { receipt } = await app.app.get(PaymentRecorder).record({
      channel: 'BANK',
      shiftId: null,
      by: null,
      till: { code: 'BANK', name: 'بنك المثال', office: 'BANK' },
      cashier: 'بنك المثال',
      oneRecordId: null,
      payerName: 'محمد النابلسي',
      lines: [
        {
          accountId: account.id,
          accountNumber: numbered!.number,
          serviceType: 'WATER',
          ...paidIn,
          chargeIds: undefined,
        },
      ],
      tenders: [{ kind: 'BANK', ...paidIn, tendered: null, reference: null, pays: paidIn, dimension: 'bank-line:7' }],
      surplus: 'ADVANCE',
    });
    expect((await part(receipt.serial, '40')).status).toBe(200);
    expect(await desk.ledger('SUSPENSE', 'ILS', 'bank-line:7')).toBe(6000);
    expect(await desk.balance(account.id)).toBe(24_000);
  });
});

describe('cash', () => {
  it('goes out of a drawer that is open and has it', async () => {
    const serial = await paid('100');
    const card = await paid('50', { kind: 'CARD' });
    app.clock.advance({ days: 1 });
    app.forgetTokens();
    const held = await desk.ledger('CASH', 'ILS', `shift:${shift.id}`);
    await desk.count(shift.id, { ILS: [['0.1', Math.floor(held / 10)]] });
    await desk.close(shift.id);
    expect((await part(serial, '40')).body.code).toBe('billing.paying-shift-required');
    expect((await part(serial, '40', { payingShiftId: shift.id })).body.code).toBe('billing.shift-not-open');
    expect((await part(serial, '40', { payingShiftId: 999_999_999 })).status).toBe(404);
    const late = await desk.shift((await desk.till('P-2')).id, 'cashier', [{ currency: 'ILS', amount: '39.99' }]);
    const from = { payingShiftId: late.id };
    expect((await part(serial, '40', from)).body.code).toBe('billing.cash-insufficient');
    expect((await part(serial, '39.99', from)).status).toBe(200);
    expect(await desk.ledger('CASH', 'ILS', `shift:${late.id}`)).toBe(-3999);
    expect((await part(card, '50')).body.state).toBe('REVERSED');
    await desk.pay(account.id, '100');
    expect((await reverse(serial, from)).body.state).toBe('REVERSED');
    expect(await desk.ledger('CASH', 'ILS', `shift:${late.id}`)).toBe(0);
  });
});
