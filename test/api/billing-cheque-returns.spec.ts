import { UnitOfWork } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { startTestApp, type TestApp } from '../support/app';
import { chequeDesk } from '../support/cheques';
import { seedRecord } from '../support/records';

const LATER = '2026-11-26';
const FEE = 5000;

let app: TestApp;
let desk: ReturnType<typeof chequeDesk>;
let shift: { id: number };
let account: { id: number; chargeIds: number[] };

beforeAll(async () => {
  app = await startTestApp({ CASHIER_VOID_LIMITS: 'ILS:5000', REVERSAL_LIMITS: 'ILS:5000' });
  desk = chequeDesk(app);
  shift = await desk.shift((await desk.till('CR-1')).id);
});
afterAll(async () => {
  expect(await desk.proof()).toEqual([]);
  await app.close();
});
beforeEach(async () => {
  account = await desk.account({ charges: [10_000, 20_000] });
});

const line = (amount: string, more: object = {}) => ({ accountId: account.id, amount, ...more });
const act = (id: number, what: string, body: object, as = 'supervisor') =>
  desk.post(`/cheques/${id}/${what}`, body, { as });
const undo = (serial: string, how: 'void' | 'reverse', more: object = {}) =>
  desk.post(`/payments/${serial}/${how}`, { reason: 'خطأ في التسجيل', ...more }, { as: 'supervisor' });
const payment = async (serial: string) => (await app.request('GET', `/payments/${serial}`, { as: 'cashier' })).body;
const verified = async (serial: string) =>
  (await app.request('GET', `//verify/${serial}`, { headers: { accept: 'application/json' } })).body;

describe('a cheque that comes back', () => {
  it('opens what it had relieved again, and costs a fee', async () => {
    const { id, serial } = await desk.taken(account.id, '250');
    expect(await desk.outstanding(account.id)).toEqual([0, 5000]);
    expect((await desk.bounce(id)).body.cheques).toMatchObject([
      { outcome: 'RETURNED', state: 'RETURNED', returns: 1 },
    ]);
    expect(await desk.outstanding(account.id)).toEqual([10_000, 20_000, FEE]);
    expect(await desk.balance(account.id)).toBe(30_000 + FEE);
    expect(await desk.books(id)).toEqual([0, 0]);
    const { events, relief, lines } = await desk.get(id);
    expect(events.at(-1)).toMatchObject({ to: 'RETURNED', reason: 'عدم كفاية الرصيد', postingId: expect.any(Number) });
    expect([relief, lines[0].creditId]).toEqual(['DEFERRED', null]);
    expect(await verified(serial)).toMatchObject({ status: 'REVOKED' });
    const [fee] = await desk.store.sql('SELECT "head", "detail" FROM "charges" WHERE "source" = ?', [
      `cheque:${id}:return:1`,
    ]);
    expect(fee).toMatchObject({ head: 'CHEQUE_FEE', detail: expect.stringContaining('شيك') });
  });

  it('leaves what other money paid, and its own advance', async () => {
    const { body } = await desk.take(
      [line('350')],
      [desk.tender('150'), { kind: 'CASH', currency: 'ILS', amount: '200' }],
      { acceptAdvance: true },
    );
    expect(await desk.balance(account.id)).toBe(-5000);
    await desk.bounce(body.tenders[0].cheque.id);
    // 200 in cash are left: the first charge and half of the second are paid; the fee is open.
    expect(await desk.outstanding(account.id)).toEqual([0, 10_000, FEE]);
    expect(await verified(body.serial)).toMatchObject({ status: 'VALID', totals: [{ balance: '20000' }] });
  });

  it('that is post-dated changes no debt but by its fee, and each return costs one', async () => {
    const { id } = await desk.taken(account.id, '300', { dueOn: LATER });
    await desk.later(2, async () => {
      await desk.bounce(id);
      expect(await desk.balance(account.id)).toBe(30_000 + FEE);
      const again = await desk.deposit(id);
      expect(again.body.cheques).toMatchObject([{ state: 'REDEPOSITED' }]);
      expect(await desk.books(id)).toEqual([30_000, -30_000]);
      await desk.answer(again.body.id, { returned: [{ chequeId: id, reason: 'الحساب مغلق' }] });
      expect(await desk.balance(account.id)).toBe(30_000 + 2 * FEE);
      const third = await desk.deposit(id);
      await desk.answer(third.body.id, { cleared: [id] });
    });
    expect(await desk.balance(account.id)).toBe(2 * FEE);
    expect(await desk.books(id)).toEqual([0, 0]);
    const { events, returns } = await desk.get(id);
    const path = events.map(({ to }: { to: string }) => to);
    expect(path).toEqual([
      ...['RECEIVED', 'HELD', 'DEPOSITED', 'RETURNED', 'REDEPOSITED', 'RETURNED', 'REDEPOSITED', 'CLEARED'],
    ]);
    expect(returns).toBe(2);
  });

  it('counts only when it clears from then on', async () => {
    const { id } = await desk.taken(account.id, '300');
    const first = await desk.atBank(id);
    await desk.answer(first, { returned: [{ chequeId: id, reason: 'عدم كفاية الرصيد' }] });
    const second = await desk.deposit(id);
    expect(await desk.balance(account.id)).toBe(30_000 + FEE);
    expect((await desk.answer(first, { cleared: [id] })).body.code).toBe('billing.cheque-not-in-deposit');
    expect((await desk.answer(second.body.id, { cleared: [id] })).status).toBe(200);
    expect(await desk.balance(account.id)).toBe(FEE);
  });

  it('costs nothing in a currency without a fee, and charges no closed account', async () => {
    await desk.account();
    const other = await startTestApp({ CHEQUE_RETURN_FEE: 'JOD:10', CHEQUE_RELIEF: 'CLEARED' });
    const there = chequeDesk(other);
    await there.shift((await there.till('NF-1')).id);
    const owing = await there.account({ charges: [1000] });
    const { id } = await there.taken(owing.id, '10');
    expect(await there.balance(owing.id)).toBe(1000);
    await there.bounce(id);
    expect(await there.balance(owing.id)).toBe(1000);
    const dinars = await there.account({ currency: 'JOD', charges: [1000] });
    const { body } = await there.take([{ accountId: dinars.id, amount: '1' }], [there.tender('1', {}, 'JOD')]);
    await there.closeAccount(dinars.id);
    await there.bounce(body.tenders[0].cheque.id);
    expect(await there.balance(dinars.id)).toBe(1000);
    expect(await there.proof()).toEqual([]);
    await other.close();
  });

  it('is charged for to a holder who has sold: the account takes no bill, and the answer of the bank', async () => {
    const { id } = await desk.taken(account.id, '100');
    await app.app.get(UnitOfWork).run(() => desk.store.update(Account, { id: account.id }, { closedOn: '2026-11-20' }));
    expect((await desk.bounce(id)).status).toBe(200);
    expect(await desk.balance(account.id)).toBe(30_000 + FEE);
  });

  it('revokes the clearances that were issued since it was taken', async () => {
    const service = { movements: [['ILS', 5000, 0, '2026-05-01']] as never };
    const { id: recordId } = await seedRecord(app, [{ services: [service] }]);
    await app.app.get(TakeOvers).run();
    const accounts = await app.request('GET', `/one-records/${recordId}/accounts`, { as: 'clerk' });
    const [owing] = accounts.body.accounts ?? accounts.body;
    const { id } = await desk.taken(owing.id ?? owing.accountId, '50', {}, { oneRecordId: recordId });
    const issued = await desk.post(`/one-records/${recordId}/clearances`, {}, { as: 'clerk' });
    expect(issued.status).toBe(201);
    await desk.bounce(id);
    const clearance = await app.request('GET', `/clearances/${issued.body.serial}`, { as: 'clerk' });
    expect(clearance.body).toMatchObject({ state: 'REVOKED', revokedReason: expect.stringContaining('شيك راجع') });
    expect((await desk.post(`/one-records/${recordId}/clearances`, {}, { as: 'clerk' })).body.code).toBe(
      'billing.debts-overdue',
    );
    const list = await app.request('GET', `/one-records/${recordId}/cheques`, { as: 'clerk' });
    expect(list.body).toMatchObject({ total: 1, items: [{ id, state: 'RETURNED' }] });
  });
});

describe('a returned cheque', () => {
  it('is replaced by a later payment on its accounts, for at least its amount', async () => {
    const before = await desk.pay(account.id, '10');
    const { id } = await desk.taken(account.id, '100');
    const second = await desk.taken(account.id, '50');
    expect((await act(id, 'replace', { receipt: before.body.serial })).body.code).toBe('billing.replacement-unfit');
    app.clock.advance({ minutes: 1 });
    await desk.bounce(id);
    await desk.bounce(second.id);
    const replace = (chequeId: number, receipt: string) => act(chequeId, 'replace', { receipt }, 'officer');
    expect((await replace(id, before.body.serial)).body.code).toBe('billing.replacement-unfit');
    expect((await replace(id, 'RC-nothing')).body.code).toBe('billing.replacement-unfit');
    const short = await desk.pay(account.id, '99.99');
    expect((await replace(id, short.body.serial)).body.code).toBe('billing.replacement-unfit');
    const other = await desk.account({ charges: [10_000] });
    expect((await replace(id, (await desk.pay(other.id, '100')).body.serial)).body.code).toBe(
      'billing.replacement-unfit',
    );
    const { body } = await desk.pay(account.id, '140');
    expect((await replace(id, body.serial)).body).toMatchObject({
      state: 'REPLACED',
      replacedByPaymentId: expect.any(Number),
    });
    expect((await replace(second.id, body.serial)).body.code).toBe('billing.replacement-unfit');
    expect((await replace(id, body.serial)).body.code).toBe('billing.cheque-state');
    // When the payment falls, so does what it replaced.
    expect((await undo(body.serial, 'void')).status).toBe(200);
    expect(await desk.get(id)).toMatchObject({ state: 'RETURNED', replacedByPaymentId: null });
    expect((await replace(id, body.serial)).body.code).toBe('billing.replacement-unfit');
    expect((await replace(999_999_999, body.serial)).status).toBe(404);
  });

  it('shares its replacement with others; all are open again when a part of that is taken back', async () => {
    const accounts = [await desk.account({ charges: [20_000] }), await desk.account({ charges: [20_000] })];
    const cheques: number[] = [];
    for (const each of accounts) cheques.push((await desk.taken(each.id, '100')).id);
    app.clock.advance({ minutes: 1 });
    for (const id of cheques) await desk.bounce(id);
    const lines = accounts.map(({ id: accountId }) => ({ accountId, amount: '100' }));
    const { serial } = (await desk.take(lines, [{ kind: 'CASH', currency: 'ILS', amount: '200' }])).body;
    const replace = async (id: number) => (await act(id, 'replace', { receipt: serial }, 'officer')).body;
    for (const id of cheques) expect(await replace(id)).toMatchObject({ state: 'REPLACED' });
    const part = { lines: [{ accountId: accounts[1]!.id, amount: '1' }], reason: 'خطأ في المبلغ' };
    expect((await desk.post(`/payments/${serial}/partial-reversal`, part, { as: 'supervisor' })).status).toBe(200);
    for (const id of cheques) {
      expect(await desk.get(id)).toMatchObject({ state: 'RETURNED', replacedByPaymentId: null });
      expect(await replace(id)).toMatchObject({ code: 'billing.replacement-unfit' });
    }
  });

  it('goes to court under its number, and is replaced there too', async () => {
    const { id } = await desk.taken(account.id, '100');
    const refer = () => act(id, 'refer', { caseNumber: '1245/2026' });
    expect((await refer()).body.code).toBe('billing.cheque-state');
    await desk.bounce(id);
    expect((await refer()).body).toMatchObject({ state: 'LEGAL', caseNumber: '1245/2026' });
    expect((await desk.deposit(id)).body.code).toBe('billing.cheque-state');
    const { body } = await desk.pay(account.id, '100');
    expect((await act(id, 'replace', { receipt: body.serial })).body.state).toBe('REPLACED');
    await undo(body.serial, 'void');
    expect((await desk.get(id)).state).toBe('LEGAL');
  });
});

describe('a payment with cheques', () => {
  it('is void while they are in hand: they are given back and can come again', async () => {
    const seed = { number: '4455' };
    const { body } = await desk.take(
      [line('300')],
      [desk.tender('100', seed), desk.tender('150', { dueOn: LATER }), { kind: 'CASH', currency: 'ILS', amount: '50' }],
    );
    const [sight, later] = body.tenders.map(({ cheque }: any) => cheque?.id);
    await desk.hold(later);
    expect((await desk.post(`/payments/${body.serial}/void`, { reason: 'خطأ في المبلغ' })).body.state).toBe('VOIDED');
    expect(await desk.balance(account.id)).toBe(30_000);
    for (const id of [sight, later]) {
      expect((await desk.get(id)).state).toBe('CANCELLED');
      expect(await desk.books(id)).toEqual([0, 0]);
    }
    expect((await desk.take([line('100')], [desk.tender('100', seed)])).status).toBe(201);
  });

  it('waits for the bank, and loses against it', async () => {
    const { id, serial } = await desk.taken(account.id, '100');
    await desk.hold(id);
    const [voided, deposited] = await Promise.all([undo(serial, 'void'), desk.deposit(id)]);
    expect([voided.status === 200, deposited.status === 201].sort()).toEqual([false, true]);
    const other = await desk.taken(account.id, '100');
    const depositId = await desk.atBank(other.id);
    for (const how of ['void', 'reverse'] as const) {
      expect((await undo(other.serial, how)).body.code).toBe('billing.cheque-at-bank');
    }
    expect((await payment(other.serial)).state).toBe('POSTED');
    await desk.answer(depositId, { cleared: [other.id] });
  });

  it('that cleared is given back by transfer, its cash out of the drawer', async () => {
    const { body } = await desk.take(
      [line('300')],
      [{ kind: 'CASH', currency: 'ILS', amount: '50' }, desk.tender('100'), desk.tender('150', { dueOn: LATER })],
    );
    const [, sight, later] = body.tenders.map(({ cheque }: any) => cheque?.id);
    await desk.clear(sight);
    await desk.hold(later);
    const [cash, transfer] = [await desk.ledger('CASH'), await desk.ledger('TRANSFER_CLEARING')];
    const { status, body: reversed } = await undo(body.serial, 'reverse');
    expect(status).toBe(200);
    expect(reversed).toMatchObject({ state: 'REVERSED', reversedParts: [{ lines: [{ back: { amount: '15000' } }] }] });
    expect(await desk.ledger('CASH')).toBe(cash - 5000);
    expect(await desk.ledger('TRANSFER_CLEARING')).toBe(transfer - 10_000);
    // The bank is to tell of it.
    const [last] = await desk.store.sql<{ dimension: string | null }>(
      `SELECT "dimension" FROM "ledger_entries" WHERE "ledger" = 'TRANSFER_CLEARING' ORDER BY "id" DESC`,
    );
    expect(last!.dimension).toMatch(/^transfer:\d+\.1$/);
    expect(await desk.balance(account.id)).toBe(30_000);
    expect((await desk.get(sight)).state).toBe('CLEARED');
    expect((await desk.get(later)).state).toBe('CANCELLED');
    expect(await desk.books(later)).toEqual([0, 0]);
    expect((await undo(body.serial, 'reverse')).body.code).toBe('billing.already-reversed');
  });

  it('whose post-dated cheque cleared is given back whole', async () => {
    const { id, serial } = await desk.taken(account.id, '300', { dueOn: LATER });
    await desk.later(2, () => desk.clear(id));
    expect(await desk.balance(account.id)).toBe(0);
    expect((await undo(serial, 'reverse')).body.state).toBe('REVERSED');
    expect(await desk.balance(account.id)).toBe(30_000);
  });

  it('whose only cheque came back has nothing left but the paper', async () => {
    const { id, serial } = await desk.taken(account.id, '100');
    await desk.bounce(id);
    expect((await undo(serial, 'reverse', { payingShiftId: shift.id })).body).toMatchObject({
      state: 'REVERSED',
      reversedParts: [],
    });
    expect((await desk.get(id)).state).toBe('CANCELLED');
    expect(await desk.balance(account.id)).toBe(30_000 + FEE);
    expect((await desk.deposit(id)).body.code).toBe('billing.cheque-state');
  });
});
