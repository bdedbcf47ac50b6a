import { startTestApp, type TestApp } from '../support/app';
import { balances, runRequests } from '../support/bill-runs';
import { charged } from '../support/charged';
import { MONTHLY, waterDesk, type WaterDesk } from '../support/water';

let app: TestApp;
let desk: WaterDesk;
let run: ReturnType<typeof runRequests>;
const start = async (settings: Record<string, string> = {}) => {
  app = await startTestApp(settings);
  desk = waterDesk(app);
  run = runRequests(app);
  await desk.tariff({ ...MONTHLY, sewer: { percent: '20', of: ['WATER'] } });
};
afterEach(async () => {
  expect(await charged(app).faults()).toEqual([]);
  await app.close();
});

const bill = (period: string) => run.made('POSTED', { feeder: 'water', period });
/** 15 m³ in 30 days, then 60 in 31. */
const leaking = async () => {
  const one = await desk.subscription({ installedOn: '2026-08-31', sewer: true });
  await desk.read(one, '2026-09-30', 15);
  await bill('2026-09');
  await desk.read(one, '2026-10-31', 75);
  await bill('2026-10');
  return one;
};
const propose = (id: number, more: Record<string, unknown> = {}, as = 'clerk') =>
  desk.post(
    `/water/subscriptions/${id}/leak-allowances`,
    { period: '2026-10', repairedOn: '2026-11-05', documentNumber: 'أ.ص 2026/311', ...more },
    as,
  );
const decide = (adjustmentId: number, verb: string, body: unknown = {}) =>
  desk.post(`/billing/adjustments/${adjustmentId}/${verb}`, body, 'supervisor', 1);

describe('an allowance for a leak', () => {
  it('gives half of what it costs back, head by head, once approved', async () => {
    await start();
    const one = await leaking();
    const before = await balances(app, [one.accountId]);
    const { status, body } = await propose(one.id);
    expect(status).toBe(201);
    // Usual: 15.5 m³ of 5.50. Billed: 20 of 5.50, 20 of 7.20, 20 of 9.50.
    const [water, sewer] = [(44_400 - 8525) / 2, (8880 - 1705) / 2];
    expect(body).toMatchObject({
      ...{
        consumption: '60.000',
        usual: '15.500',
        rule: 'percent:50',
        total: String(Math.round(water) + Math.round(sewer)),
      },
      heads: [
        { head: 'WATER', billed: '44400', usual: '8525', relief: String(Math.round(water)) },
        { head: 'SEWER', billed: '8880', usual: '1705', relief: String(Math.round(sewer)) },
      ],
    });
    expect(await balances(app, [one.accountId])).toEqual(before);
    const again = await propose(one.id);
    expect(again).toMatchObject({ status: 409, body: { code: 'water.leak-allowed-before', allowanceId: body.id } });
    const notes = body.creditNotes.map(({ adjustmentId }: { adjustmentId: number }) => adjustmentId);
    for (const id of notes) expect(await decide(id, 'approve')).toMatchObject({ status: 200 });
    expect(await balances(app, [one.accountId])).toEqual([before[0]! - Number(body.total)]);
    const { body: note } = await app.request('GET', `/billing/adjustments/${notes[0]}`, { as: 'clerk' });
    expect(note).toMatchObject({ kind: 'CREDIT_NOTE', head: 'WATER', documentNumber: 'أ.ص 2026/311' });
    expect(note.reason).toContain('60.000');
    const { body: list } = await app.request('GET', `/water/subscriptions/${one.id}/leak-allowances`, { as: 'clerk' });
    expect(list.allowances).toMatchObject([{ id: body.id }]);
  });

  it('may be proposed again when it was rejected, and by another rule', async () => {
    await start({ WATER_LEAK_RELIEF: 'price:2.5' });
    const one = await leaking();
    const { body } = await propose(one.id);
    // 44.5 m³ at 2.50 are 111.25 of the 358.75 that they cost.
    expect(body).toMatchObject({ rule: 'price:2.5', heads: [{ relief: '24750' }, { relief: '4950' }] });
    for (const { adjustmentId } of body.creditNotes) await decide(adjustmentId, 'reject', { reason: 'دون إثبات' });
    expect(await propose(one.id)).toMatchObject({ status: 201 });
  });

  it('is refused without a bill, an average, an excess, or a repair within the time', async () => {
    await start();
    const one = await leaking();
    const refused = async (more: Record<string, unknown>, code: string) =>
      expect((await propose(one.id, more)).body.code).toBe(code);
    await refused({ period: '2026-08' }, 'water.leak-not-billed');
    await refused({ period: '2026-09' }, 'water.leak-no-average');
    await refused({ repairedOn: '2026-11-25' }, 'http.invalid');
    await refused({ repairedOn: '2026-09-30' }, 'http.invalid');
    await desk.read(one, '2026-11-20', 76);
    await bill('2026-11');
    await refused({ period: '2026-11', repairedOn: '2026-11-22' }, 'water.leak-no-excess');
    expect(await propose(9)).toMatchObject({ status: 404 });
    expect(await propose(one.id, {}, 'cashier')).toMatchObject({ status: 403 });
    const answers = await Promise.all([propose(one.id), propose(one.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});
