import { LedgerPosting } from '../../src/billing/books/posting.entity';
import { AuditEntry } from '../../src/identity/audit/audit-entry.entity';
import { startTestApp, type TestApp } from '../support/app';
import { bankDesk } from '../support/bank';
import { chequeDesk } from '../support/cheques';

let app: TestApp;
let desk: ReturnType<typeof chequeDesk>;
let bank: ReturnType<typeof bankDesk>;
let bankId: number;
let closed: { id: number };
let open: { id: number; chargeIds: number[] };
let cheque: { id: number; serial: string };

beforeAll(async () => {
  app = await startTestApp();
  desk = chequeDesk(app);
  await desk.shift((await desk.till('CS-1')).id);
  bank = bankDesk(app);
  bankId = await bank.account();
});
afterAll(async () => {
  expect(await desk.proof()).toEqual([]);
  await app.close();
});
/** A post-dated cheque of 100 that clears a day after its account was closed. */
beforeEach(async () => {
  closed = await desk.account({ charges: [10_000] });
  open = await desk.account({ charges: [3000, 9000] });
  cheque = await desk.taken(closed.id, '100', { dueOn: '2026-11-25' });
  await desk.closeAccount(closed.id);
  expect((await desk.later(1, () => desk.clear(cheque.id))).status).toBe(200);
});
afterEach(async () => {
  const { suspended } = await desk.get(cheque.id);
  if (suspended.amount !== '0') await later({ returned: suspended.formatted });
});

const resolve = (body: object, options: { as?: string; key?: string } = {}, id = cheque.id) =>
  desk.post(`/cheques/${id}/resolve`, body, { as: 'officer', ...options });
/** The cheque cleared tomorrow. */
const later = (body: object, options: { as?: string; key?: string } = {}) =>
  desk.later(1, () => resolve(body, options));
const suspense = () => desk.ledger('SUSPENSE', 'ILS', `cheque:${cheque.id}`);
const returns = () => desk.ledger('RETURNS', 'ILS', `cheque:${cheque.id}`);
const listed = async (days = 1) =>
  (await desk.later(days, () => app.request('GET', '/cheques/suspense', { as: 'auditor' }))).body;

describe('money of a cheque whose account was closed before it cleared', () => {
  it('is a work list, with its age', async () => {
    expect(await listed(9)).toMatchObject({
      total: 1,
      items: [
        {
          id: cheque.id,
          state: 'CLEARED',
          receipt: cheque.serial,
          sum: { amount: '10000' },
          open: { currency: 'ILS', amount: '10000' },
          since: '2026-11-25',
          days: 8,
        },
      ],
    });
    const report = await desk.later(1, () => app.request('GET', '/billing/reports/suspense', { as: 'auditor' }));
    expect(report.body.rows).toMatchObject([
      { ownerId: null, currency: 'ILS', ages: [{ age: 'DAYS_0_7', lines: 1, incoming: '10000' }, {}, {}, {}] },
    ]);
  });

  it('goes onto the accounts that an employee names, with a receipt, in any number of parts', async () => {
    const [, second] = open.chargeIds;
    const part = { accountId: open.id, amount: '60', chargeIds: [second] };
    const { status, body } = await later({ lines: [part], note: 'حساب المالك الجديد' });
    expect([status, body.suspended]).toMatchObject([200, { currency: 'ILS', amount: '4000' }]);
    expect(await desk.outstanding(open.id)).toEqual([3000, 3000]);
    expect((await later({ lines: [{ accountId: open.id, amount: '40' }] })).body.suspended.amount).toBe('0');
    expect(await desk.outstanding(open.id)).toEqual([0, 2000]);
    expect(await suspense()).toBe(0);
    expect((await listed()).items).toEqual([]);
    const { body: payments } = await app.request('GET', '/payments?from=2026-11-25', { as: 'cashier' });
    expect(payments.items.slice(0, 2)).toMatchObject([
      { serial: expect.stringMatching(/^RC-BANK-/), channel: 'BANK', payerName: 'محمد النابلسي' },
      { totals: [{ amount: '6000' }] },
    ]);
  });

  it('is in suspense again when the payment is reversed', async () => {
    await later({ lines: [{ accountId: open.id, amount: '100' }] });
    const { body } = await app.request('GET', '/payments?from=2026-11-25', { as: 'cashier' });
    const reason = { reason: 'حُملت على حساب آخر' };
    const undone = await desk.later(1, () =>
      desk.post(`/payments/${body.items[0].serial}/reverse`, reason, { as: 'supervisor' }),
    );
    expect(undone.status).toBe(200);
    expect([await suspense(), await desk.outstanding(open.id)]).toEqual([-10_000, [3000, 9000]]);
    expect((await listed()).total).toBe(1);
  });

  it('goes back to the payer, and the bank is expected to tell of it', async () => {
    const { body } = await later({ lines: [{ accountId: open.id, amount: '30' }], returned: '70' });
    expect(body.suspended.amount).toBe('0');
    expect([await suspense(), await returns()]).toEqual([0, -7000]);
    expect(await desk.outstanding(open.id)).toEqual([0, 9000]);
    await desk.later(1, async () => {
      const [out] = await bank.statement(bankId, { amount: '-70.00', text: 'إعادة حوالة' });
      expect(out.proposals).toMatchObject([{ target: `return:${cheque.id}`, match: 'LIKELY' }]);
      const { body: met } = await bank.accept(out.id, out.proposals[0].id);
      expect(met).toMatchObject({ state: 'RESOLVED', postings: [{ documentType: 'cheque' }] });
    });
    expect(await returns()).toBe(0);
  });

  describe('and was to go back to the payer by mistake', () => {
    const reason = { reason: 'المبلغ للمالك الجديد' };
    const undo = (postingId: number, { as = 'supervisor', body = reason as object, id = cheque.id, key = '' } = {}) =>
      desk.later(1, () =>
        desk.post(`/cheques/${id}/payer-returns/${postingId}/undo`, body, { as, ...(key && { key }) }),
      );
    const returned = async (amount: string, as = 'officer'): Promise<number> =>
      (await later({ returned: amount }, { as })).body.payerReturns.at(-1).postingId;

    it('waits in suspense again, once, and can be given out', async () => {
      const postingId = await returned('70');
      const undone = await undo(postingId, { key: `undo-${cheque.id}` });
      expect(undone).toMatchObject({
        status: 200,
        body: { suspended: { amount: '10000' }, payerReturns: [{ postingId, amount: '7000', undone: true }] },
      });
      expect((await undo(postingId, { key: `undo-${cheque.id}` })).body).toEqual(undone.body);
      expect([await suspense(), await returns()]).toEqual([-10_000, 0]);
      expect((await undo(postingId)).body.code).toBe('billing.already-reversed');
      const [reversal] = await desk.store.reads(LedgerPosting).findBy({ reversesId: postingId });
      expect(reversal).toMatchObject({ kind: 'REVERSAL', reason: reason.reason, documentType: 'cheque' });
      const [said] = await desk.store.reads(AuditEntry).findBy({ action: 'billing.cheque-return-undone' });
      expect(said!.detail).toEqual({ id: cheque.id, postingId, amount: '7000', ...reason });
      expect((await later({ lines: [{ accountId: open.id, amount: '100' }] })).status).toBe(200);
    });

    it('is undone once by two at once', async () => {
      const postingId = await returned('70');
      const both = await Promise.all([undo(postingId), undo(postingId)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect([await suspense(), await returns()]).toEqual([-10_000, 0]);
    });

    it('stays where the bank has paid it, or whoever undoes it gave it back, or there is none', async () => {
      const [own, other] = [await returned('20', 'supervisor'), await returned('70')];
      expect((await undo(own)).body.code).toBe('billing.cheque-own-return');
      expect((await undo(own, { as: 'administrator' })).status).toBe(403);
      await desk.later(1, async () => {
        const [out] = await bank.statement(bankId, { amount: '-70.00', text: 'إعادة' });
        const part = { expected: [{ target: `return:${cheque.id}`, amount: '-70' }] };
        expect((await bank.resolve(out.id, part)).status).toBe(200);
      });
      expect((await undo(other)).body).toMatchObject({ code: 'billing.return-paid', open: '2000' });
      expect((await undo(999_999_999)).body.code).toBe('billing.return-unknown');
      expect((await undo(other, { id: 999_999_999 })).status).toBe(404);
      expect((await undo(other, { body: {} })).body.code).toBe('http.invalid');
      for (const as of ['cashier', 'officer', 'auditor']) expect((await undo(other, { as })).status).toBe(403);
      expect(await returns()).toBe(-2000);
    });
  });

  it('is given out once, whoever comes again', async () => {
    const all = { lines: [{ accountId: open.id, amount: '100' }] };
    await desk.later(1, async () => {
      const first = await resolve(all, { key: `${cheque.id}` });
      expect((await resolve(all, { key: `${cheque.id}` })).body).toEqual(first.body);
    });
    expect((await later(all)).body.code).toBe('billing.cheque-not-in-suspense');
    expect(await desk.balance(open.id)).toBe(2000);
  });

  it('is not given out twice by two at once', async () => {
    const part = { lines: [{ accountId: open.id, amount: '80' }] };
    const both = await desk.later(1, () => Promise.all([resolve(part), resolve(part, { as: 'supervisor' })]));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = both.find(({ status }) => status === 409)!.body;
    expect(refused).toMatchObject({ code: 'billing.exceeds-suspense', open: '2000' });
  });

  it('is refused where it cannot be', async () => {
    const to = (accountId: number, amount = '10', more = {}) => ({ lines: [{ accountId, amount, ...more }] });
    const dinars = await desk.account({ currency: 'JOD', charges: [5000] });
    const code = async (body: object) => (await later(body)).body.code;
    expect(await code(to(closed.id))).toBe('billing.account-closed');
    expect(await code(to(dinars.id))).toBe('billing.currency-mismatch');
    expect(await code(to(999_999_999))).toBe('billing.account-unknown');
    expect(await code(to(open.id, '100.01'))).toBe('billing.exceeds-suspense');
    expect(await code(to(open.id, '1.001'))).toBe('http.invalid');
    expect(await code({ returned: '0' })).toBe('http.invalid');
    expect(await code({})).toBe('http.invalid');
    const paid = await desk.account({ charges: [1000] });
    await desk.pay(paid.id, '10');
    expect(await code(to(paid.id, '10', { chargeIds: paid.chargeIds }))).toBe('billing.charge-settled');
    const plain = await desk.taken(open.id, '5');
    expect((await resolve({ returned: '5' }, {}, plain.id)).body.code).toBe('billing.cheque-not-in-suspense');
    expect((await resolve({ returned: '5' }, {}, 999_999_999)).status).toBe(404);
    for (const as of ['cashier', 'clerk', 'auditor']) expect((await later(to(open.id), { as })).status).toBe(403);
    expect(await suspense()).toBe(-10_000);
  });
});
