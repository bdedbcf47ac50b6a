import { startTestApp, type TestApp } from '../support/app';
import { bankDesk } from '../support/bank';
import { chequeDesk } from '../support/cheques';

let app: TestApp;
let desk: ReturnType<typeof chequeDesk>;
let closed: { id: number };
let open: { id: number; chargeIds: number[] };
let cheque: { id: number; serial: string };

beforeAll(async () => {
  app = await startTestApp();
  desk = chequeDesk(app);
  await desk.shift((await desk.till('CS-1')).id);
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
      const bank = bankDesk(app);
      const [out] = await bank.statement(await bank.account(), { amount: '-70.00', text: 'إعادة حوالة' });
      expect(out.proposals).toMatchObject([{ target: `return:${cheque.id}`, match: 'LIKELY' }]);
      const { body: met } = await bank.accept(out.id, out.proposals[0].id);
      expect(met).toMatchObject({ state: 'RESOLVED', postings: [{ documentType: 'cheque' }] });
    });
    expect(await returns()).toBe(0);
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
