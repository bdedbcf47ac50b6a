import { startTestApp, type TestApp } from '../support/app';
import { tillDesk } from '../support/till';

let app: TestApp;
let desk: ReturnType<typeof tillDesk>;
let shift: { id: number };
let account: { id: number; chargeIds: number[] };

beforeAll(async () => {
  app = await startTestApp({ CASHIER_VOID_LIMITS: 'ILS:100', REVERSAL_LIMITS: 'ILS:1000' });
  desk = tillDesk(app);
  await desk.cashier('cashier-b');
  shift = await desk.shift((await desk.till('R-1')).id);
});
afterAll(() => app.close());
beforeEach(async () => {
  account = await desk.account({ charges: [10_000, 200_000] });
});

const REASON = { reason: 'سُجلت على حساب آخر' };
const undo = (how: 'void' | 'reverse', serial: string, as: string, more: object = {}) =>
  desk.post(`/payments/${serial}/${how}`, { ...REASON, ...more }, { as });
const paid = async (amount: string, more: object = {}): Promise<string> => {
  const { status, body } = await desk.pay(account.id, amount, more);
  expect(status).toBe(201);
  return body.serial;
};

describe('a void', () => {
  it('takes everything back and leaves the receipt, marked', async () => {
    const cash = await desk.ledger('CASH');
    const serial = await paid('100');
    const voided = await undo('void', serial, 'cashier');
    expect(voided).toMatchObject({
      status: 200,
      body: { serial, state: 'VOIDED', undone: { reason: REASON.reason, at: app.clock.now() } },
    });
    expect(voided.body.totals).toMatchObject([{ amount: '10000' }]);
    expect(await desk.balance(account.id)).toBe(210_000);
    expect(await desk.ledger('CASH')).toBe(cash);
    const charges = await desk.store.sql<{ outstanding: number }>(
      'SELECT "outstanding" FROM "charges" WHERE "account_id" = ? ORDER BY "period"',
      [account.id],
    );
    expect(charges.map(({ outstanding }) => Number(outstanding))).toEqual([10_000, 200_000]);
    for (const how of ['void', 'reverse'] as const) {
      expect(await undo(how, serial, 'supervisor')).toMatchObject({
        status: 409,
        body: { code: 'billing.already-reversed' },
      });
    }
    const listed = await app.request('GET', `/payments?state=VOIDED`, { as: 'cashier' });
    expect(listed.body.items[0]).toMatchObject({ serial, state: 'VOIDED' });
  });

  it('is the cashier’s own up to a limit, and a supervisor’s up to another', async () => {
    const serial = await paid('100.01');
    expect(await undo('void', serial, 'cashier')).toMatchObject({ status: 403, body: { code: 'billing.above-limit' } });
    expect((await undo('void', serial, 'cashier-b')).body.code).toBe('billing.not-your-shift');
    for (const as of ['clerk', 'officer', 'auditor', 'administrator']) {
      expect((await undo('void', serial, as)).body.code).toBe('http.forbidden');
    }
    expect((await undo('void', serial, 'supervisor')).status).toBe(200);
    const large = await paid('1000.01');
    expect((await undo('void', large, 'supervisor')).body.code).toBe('billing.above-limit');
    expect((await undo('reverse', large, 'supervisor')).body.code).toBe('billing.above-limit');
    expect((await undo('reverse', large, 'cashier')).body.code).toBe('http.forbidden');
    expect((await undo('reverse', large, 'administrator')).status).toBe(200);
    const dinars = await desk.account({ currency: 'JOD', charges: [1000] });
    const { body } = await desk.pay(dinars.id, '1', { currency: 'JOD' });
    expect((await undo('void', body.serial, 'supervisor')).body.code).toBe('billing.above-limit');
  });

  it('happens once when two do it at once, and twice with one key', async () => {
    const serial = await paid('50');
    const both = await Promise.all([undo('void', serial, 'cashier'), undo('void', serial, 'supervisor')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await desk.balance(account.id)).toBe(210_000);
    const again = await paid('50');
    const options = { as: 'cashier', key: 'void-once' };
    const first = await desk.post(`/payments/${again}/void`, REASON, options);
    expect(await desk.post(`/payments/${again}/void`, REASON, options)).toMatchObject({
      status: 200,
      body: first.body,
    });
  });

  it('needs a reason and a receipt', async () => {
    const serial = await paid('10');
    expect((await desk.post(`/payments/${serial}/void`, {})).status).toBe(422);
    expect((await undo('void', 'nothing', 'cashier')).body.code).toBe('billing.receipt-unknown');
    expect((await undo('reverse', 'nothing', 'supervisor')).body.code).toBe('billing.receipt-unknown');
  });
});

describe('a reversal, when the shift is over', () => {
  let serial: string;
  let card: string;
  let late: { id: number };

  beforeAll(async () => {
    account = await desk.account({ charges: [10_000, 200_000] });
    serial = await paid('100');
    card = await paid('30', { kind: 'CARD' });
    app.clock.advance({ days: 1 });
    app.forgetTokens();
    expect(await undo('void', serial, 'cashier')).toMatchObject({
      status: 409,
      body: { code: 'billing.void-too-late' },
    });
    const expected = await desk.ledger('CASH', 'ILS', `shift:${shift.id}`);
    await desk.count(shift.id, { ILS: [['0.1', Math.floor(expected / 10)]] }); // prettier-ignore
    await desk.close(shift.id);
    late = await desk.shift((await desk.till('R-2')).id, 'cashier', [{ currency: 'ILS', amount: '99.99' }]);
  });

  it('gives the cash out of a drawer that is open and has it', async () => {
    const settled = await desk.ledger('CASH', 'ILS', `shift:${shift.id}`);
    expect((await undo('void', serial, 'supervisor')).body.code).toBe('billing.void-too-late');
    expect((await undo('reverse', serial, 'supervisor')).body.code).toBe('billing.paying-shift-required');
    const from = (payingShiftId: number) => undo('reverse', serial, 'supervisor', { payingShiftId });
    expect((await from(shift.id)).body.code).toBe('billing.shift-not-open');
    expect((await from(999_999_999)).status).toBe(404);
    expect((await from(late.id)).body.code).toBe('billing.cash-insufficient');
    const other = await desk.account({ charges: [1] });
    expect((await desk.pay(other.id, '0.01')).status).toBe(201);
    const reversed = await from(late.id);
    expect(reversed.body).toMatchObject({ state: 'REVERSED', undone: { reason: REASON.reason } });
    expect(await desk.ledger('CASH', 'ILS', `shift:${shift.id}`)).toBe(settled);
    expect(await desk.ledger('CASH', 'ILS', `shift:${late.id}`)).toBe(1 - 10_000);
    expect((await from(late.id)).body.code).toBe('billing.already-reversed');
  });

  it('needs no drawer for what was no cash', async () => {
    expect((await undo('reverse', card, 'supervisor')).body.state).toBe('REVERSED');
    expect(await desk.ledger('CARD_CLEARING')).toBe(0);
  });
});
