import { Store, UnitOfWork } from '@libs/persistence';
import { Fees } from '../../src/billing';
import { Books } from '../../src/billing/books/books';
import { PenaltyRuns } from '../../src/billing/penalties/penalty-runs';
import { startTestApp, type TestApp } from '../support/app';
import { balances, openAccounts, runRequests } from '../support/bill-runs';
import { charged, keyed } from '../support/charged';

let app: TestApp;
let books: ReturnType<typeof charged>;
beforeAll(async () => {
  app = await startTestApp();
  books = charged(app);
});
afterAll(async () => {
  expect(await books.faults()).toEqual([]);
  await app.close();
});

const waive = (accountId: number, amount: number, chargeIds: number[]) =>
  app.app.get(Books).post({
    kind: 'WAIVER',
    ...{ on: '2026-11-24', description: 'إعفاء', by: null },
    entries: [{ ledger: 'WAIVERS', currency: 'ILS', amount }],
    credits: [{ accountId, amount, chargeIds }],
  });

describe('what was relieved of a charge does not become an advance', () => {
  it('by a credit note, which takes off what was billed too much and no more than is left beside the relief', async () => {
    const [account] = (await openAccounts(app, 1)) as [number];
    const chargeId = await books.charge(account, 10_000);
    const note = { chargeId, reason: 'قراءة عداد خاطئة', documentNumber: 'م.م 2026/114' };
    const propose = (amount: string) =>
      app.request('POST', '/billing/adjustments/credit-notes', {
        as: 'clerk',
        headers: keyed(),
        body: { ...note, amount },
      });
    const approve = ({ id, version }: { id: number; version: number }) =>
      app.request('POST', `/billing/adjustments/${id}/approve`, { as: 'supervisor', headers: keyed(version) });
    const { body: early } = await propose('100');
    await books.pay(account, 6000);
    await waive(account, 4000, [chargeId]);
    expect(await approve(early)).toMatchObject({ status: 409, body: { code: 'billing.exceeds-charge', left: '6000' } });
    expect((await propose('60.01')).body).toMatchObject({ code: 'billing.exceeds-charge', left: '6000' });
    expect((await approve((await propose('60')).body)).status).toBe(200);
    expect(await books.balance(account)).toBe(-6000);
  });

  it('by a fee that is given back: what was paid of it is an advance, what was waived is not', async () => {
    const [account] = (await openAccounts(app, 1)) as [number];
    const fees = app.app.get(Fees);
    const [uow, by] = [app.app.get(UnitOfWork), { by: null, document: { type: 'test-fee', id: 1 } }];
    const lines = [
      { head: 'WATER', amount: 5000 },
      { head: 'WASTE', amount: 2000 },
    ];
    const chargeIds = await uow.run(() => fees.charge({ accountId: account, lines, description: 'رسوم', ...by }));
    await waive(account, 3000, [chargeIds[0]!]);
    await waive(account, 2000, [chargeIds[1]!]);
    await books.pay(account, 2000);
    const takeBack = () => uow.run(() => fees.takeBack(chargeIds, { reason: 'طلب مرفوض', ...by }));
    await takeBack();
    expect(await books.balance(account)).toBe(-2000);
    await takeBack();
    expect(await books.balance(account)).toBe(-2000);
  });

  it('by the correction of a penalty that was waived', async () => {
    const [account] = (await openAccounts(app, 1, { serviceType: 'WATER' })) as [number];
    const rule = { head: 'WATER', currency: 'ILS', validFrom: '2026-01-01', startDays: 15, method: 'MONTHLY' };
    const body = { ...rule, ratePpm: 10_000, documentNumber: 'قرار 2026/7' };
    await app.request('POST', '/billing/penalty-rules', { as: 'supervisor', headers: keyed(), body });
    const run = () => app.app.get(PenaltyRuns).run(null);
    const chargeId = await books.charge(account, 100_000, { dueOn: '2026-08-31' });
    await run();
    await waive(
      account,
      2500,
      (await books.charges(account)).slice(-3).map(({ id }) => id),
    );
    await books.pay(account, 100_000, { on: '2026-09-01', chargeIds: [chargeId] });
    await run();
    expect(await books.balance(account)).toBe(0);
    expect(await run()).toMatchObject({ totals: [] });
  });

  it('by the reversal of its bill run: the bill stays and is listed', async () => {
    const run = runRequests(app);
    const ids = (await openAccounts(app, 3)) as [number, number, number];
    for (const id of ids) await run.recur(id, '10.00');
    const { id } = await run.made('POSTED');
    const sql = 'SELECT "id" FROM "charges" WHERE "account_id" = ?';
    const [charge] = await app.app.get(Store).sql<{ id: number }>(sql, [ids[1]]);
    await waive(ids[1], 400, [Number(charge!.id)]);
    await run.act(id, 'reverse', 'supervisor', { reason: 'تعرفة خاطئة' });
    expect(await balances(app, ids)).toEqual([0, 600, 0]);
    const { body } = await app.request('GET', `/billing/bill-runs/${id}/exceptions`, { as: 'auditor' });
    expect(body.items).toMatchObject([{ accountId: ids[1], task: 'REVERSE', reason: 'billing.charge-relieved' }]);
  });
});
