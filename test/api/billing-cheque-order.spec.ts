import { startTestApp, type TestApp } from '../support/app';
import { chequeDesk } from '../support/cheques';
import { olderIds } from '../support/older-ids';

let app: TestApp;
let desk: ReturnType<typeof chequeDesk>;

beforeAll(async () => {
  app = await startTestApp();
  desk = chequeDesk(app);
  await desk.shift((await desk.till('CO-1')).id);
});
afterAll(async () => {
  expect(await desk.proof()).toEqual([]);
  await app.close();
});

describe('the life of a cheque that several processes write', () => {
  const back = (depositId: number, chequeId: number) =>
    desk.answer(depositId, { returned: [{ chequeId, reason: 'عدم كفاية الرصيد' }] });
  const replace = (id: number, receipt: string) => desk.post(`/cheques/${id}/replace`, { receipt }, { as: 'officer' });
  const states = async (id: number) => (await desk.get(id)).events.map(({ to }: any) => to);

  it('is in the order of time, and a payment before its last return replaces nothing', async () => {
    const older = await olderIds(app);
    const account = await desk.account({ charges: [30_000] });
    const { id } = await desk.taken(account.id, '100');
    await back(await desk.atBank(id), id);
    app.clock.advance({ minutes: 1 });
    const between = await desk.pay(account.id, '100');
    older();
    app.clock.advance({ minutes: 1 });
    await back((await desk.deposit(id)).body.id, id);
    expect((await replace(id, between.body.serial)).body.code).toBe('billing.replacement-unfit');
    const lived = ['RECEIVED', 'HELD', 'DEPOSITED', 'RETURNED', 'REDEPOSITED', 'RETURNED'];
    expect(await states(id)).toEqual(lived);
  });

  it('goes back to the state that it was last replaced in', async () => {
    const older = await olderIds(app);
    const account = await desk.account({ charges: [30_000] });
    const { id } = await desk.taken(account.id, '100');
    await desk.bounce(id);
    const replaced = async () => {
      app.clock.advance({ minutes: 1 });
      const { body } = await desk.pay(account.id, '100');
      expect((await replace(id, body.serial)).status).toBe(200);
      app.clock.advance({ minutes: 1 });
      return () => desk.post(`/payments/${body.serial}/void`, { reason: 'خطأ في التسجيل' }, { as: 'supervisor' });
    };
    expect((await (await replaced())()).status).toBe(200);
    expect((await desk.get(id)).state).toBe('RETURNED');
    older();
    const legal = await desk.post(`/cheques/${id}/refer`, { caseNumber: '1245/2026' }, { as: 'supervisor' });
    expect(legal.status).toBe(200);
    expect((await (await replaced())()).status).toBe(200);
    expect((await desk.get(id)).state).toBe('LEGAL');
  });
});
