import { Cheque } from '../../src/billing/cheques/cheque.entity';
import { startTestApp, type TestApp } from '../support/app';
import { bankDesk } from '../support/bank';
import { chequeDesk } from '../support/cheques';

let app: TestApp;
let desk: ReturnType<typeof chequeDesk>;
let bank: ReturnType<typeof bankDesk>;
let bankId: number;
let paid: { id: number };
let other: { id: number };
let cheque: { id: number; serial: string };

beforeAll(async () => {
  app = await startTestApp();
  [desk, bank] = [chequeDesk(app), bankDesk(app)];
  bankId = await bank.account();
  await desk.shift((await desk.till('SR-1')).id);
});
afterAll(async () => {
  expect(await desk.proof()).toEqual([]);
  await app.close();
});
/** 60 for an account that is open, 40 for one that is closed when the cheque over both clears. */
beforeEach(async () => {
  paid = await desk.account({ charges: [6000] });
  other = await desk.account({ charges: [9000] });
  const closed = await desk.account({ charges: [4000] });
  const lines = [
    { accountId: paid.id, amount: '60' },
    { accountId: closed.id, amount: '40' },
  ];
  const { body } = await desk.take(lines, [desk.tender('100', { dueOn: '2026-11-25' })]);
  cheque = { id: body.tenders[0].cheque.id, serial: body.serial };
  await desk.closeAccount(closed.id);
  expect((await desk.later(1, () => desk.clear(cheque.id))).status).toBe(200);
  expect(await suspense()).toBe(-4000);
});

const REASON = { reason: 'دُفع عن غيره' };
const suspense = () => desk.ledger('SUSPENSE', 'ILS', `cheque:${cheque.id}`);
const returns = () => desk.ledger('RETURNS', 'ILS', `cheque:${cheque.id}`);
const resolve = (body: object) =>
  desk.later(1, () => desk.post(`/cheques/${cheque.id}/resolve`, body, { as: 'officer' }));
const to = (amount: string) => ({ lines: [{ accountId: other.id, amount }] });
const undo = (how: string, { as = 'supervisor', serial = cheque.serial, body = {} as object } = {}) =>
  desk.later(1, () => desk.post(`/payments/${serial}/${how}`, { ...REASON, ...body }, { as }));
const part = (amount: string, accountId = paid.id, serial = cheque.serial) =>
  undo('partial-reversal', { serial, body: { lines: [{ accountId, amount }] } });
/** Of the last payment out of suspense. */
const resolving = async () =>
  (await app.request('GET', '/payments?from=2026-11-25&pageSize=1', { as: 'cashier' })).body.items[0];
/** What is to go back by transfer for the payment. */
const transferred = async () => {
  const { paymentId } = await desk.store.reads(Cheque).findOneByOrFail({ id: cheque.id });
  return desk.ledger('TRANSFER_CLEARING', 'ILS', `transfer:${paymentId}.0`);
};
const owed = async () => [await desk.balance(paid.id), await desk.balance(other.id)];

describe('the reversal of a payment part of which stood in suspense', () => {
  it('gives back what waits there, too', async () => {
    expect((await undo('reverse')).body).toMatchObject({ state: 'REVERSED' });
    expect([await suspense(), await transferred(), ...(await owed())]).toEqual([0, -10_000, 6000, 9000]);
    expect((await resolve(to('10'))).body.code).toBe('billing.cheque-not-in-suspense');
  });

  it('takes back what was put onto other accounts, and not again what went back to the payer', async () => {
    await resolve({ ...to('25'), returned: '10' });
    const { serial } = await resolving();
    expect(await owed()).toEqual([0, 6500]);
    expect((await undo('reverse')).body).toMatchObject({ state: 'REVERSED' });
    expect((await app.request('GET', `/payments/${serial}`, { as: 'cashier' })).body).toMatchObject({
      state: 'REVERSED',
      undone: REASON,
    });
    expect([await suspense(), await returns(), await transferred()]).toEqual([0, -1000, -9000]);
    expect(await owed()).toEqual([6000, 9000]);
  });

  it('stands beside what the bank has paid out', async () => {
    await resolve({ returned: '40' });
    await desk.later(1, async () => {
      const [out] = await bank.statement(bankId, { amount: '-40.00', text: 'إعادة حوالة' });
      const met = { expected: [{ target: `return:${cheque.id}`, amount: '-40' }] };
      expect((await bank.resolve(out.id, met)).status).toBe(200);
    });
    expect((await undo('reverse')).status).toBe(200);
    expect([await suspense(), await returns(), await transferred()]).toEqual([0, 0, -6000]);
  });

  it('takes the rest where parts were taken back before', async () => {
    await resolve(to('40'));
    const { serial } = await resolving();
    expect((await part('15', other.id, serial)).status).toBe(200);
    expect((await part('60')).body).toMatchObject({ state: 'POSTED' });
    expect([await suspense(), await transferred(), ...(await owed())]).toEqual([-1500, -6000, 6000, 6500]);
    expect((await part('1')).body.code).toBe('billing.exceeds-payment');
    expect((await undo('reverse')).body).toMatchObject({ state: 'REVERSED' });
    expect([await suspense(), await transferred(), ...(await owed())]).toEqual([0, -10_000, 6000, 9000]);
  });

  it('is done with the last part when nothing is in suspense any more', async () => {
    await resolve({ returned: '40' });
    expect((await part('60')).body).toMatchObject({ state: 'REVERSED' });
    expect([await returns(), await transferred()]).toEqual([-4000, -6000]);
  });

  it('is a supervisor’s where an officer has put that money onto an account', async () => {
    await resolve(to('40'));
    // The day on which it was taken, in the shift that took it.
    const voided = (as: string) => desk.post(`/payments/${cheque.serial}/void`, REASON, { as });
    expect((await voided('cashier')).body).toMatchObject({ code: 'billing.not-divisible', because: 'SUSPENSE' });
    expect((await voided('supervisor')).body).toMatchObject({ state: 'VOIDED' });
    expect([await suspense(), await transferred(), ...(await owed())]).toEqual([0, -10_000, 6000, 9000]);
  });

  it('and a resolution, or its reversal, at once leave nothing given out twice', async () => {
    const [, resolved] = await Promise.all([undo('reverse'), resolve(to('40'))]);
    expect([200, 409]).toContain(resolved.status);
    expect([await suspense(), await transferred(), ...(await owed())]).toEqual([0, -10_000, 6000, 9000]);
  });

  it('and that of what it was resolved to, at once', async () => {
    await resolve(to('40'));
    const { serial } = await resolving();
    const [whole] = await Promise.all([undo('reverse'), undo('reverse', { serial })]);
    expect(whole.status).toBe(200);
    expect([await suspense(), await transferred(), ...(await owed())]).toEqual([0, -10_000, 6000, 9000]);
  });
});
