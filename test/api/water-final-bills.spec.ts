import { UnitOfWork } from '@libs/persistence';
import { Subscription } from '../../src/water/subscriptions/subscription.entity';
import { Installation, Meter } from '../../src/water/meters/meter.entity';
import { Reading } from '../../src/water/readings/reading.entity';
import { WaterRating } from '../../src/water/billing/rating.entity';
import { startTestApp, type TestApp } from '../support/app';
import { balances, openAccounts, runRequests } from '../support/bill-runs';
import { charged } from '../support/charged';
import { waterDesk, type WaterDesk } from '../support/water';

let app: TestApp;
let desk: WaterDesk;
let run: ReturnType<typeof runRequests>;
beforeEach(async () => {
  app = await startTestApp();
  desk = waterDesk(app);
  run = runRequests(app);
  await desk.tariff();
});
afterEach(async () => {
  expect(await charged(app).faults()).toEqual([]);
  await app.close();
});

const request = (id: number, more: Record<string, unknown> = {}, as = 'officer') =>
  desk.post(
    `/water/subscriptions/${id}/final-bills`,
    { cause: 'TRANSFER', readOn: '2026-11-15', reading: 25, dueOn: '2026-12-15', reason: 'بيع العقار', ...more },
    as,
  );
const finish = async (runId: number) => {
  await run.act(runId, 'review', 'officer2');
  await run.act(runId, 'post', 'supervisor');
  await run.act(runId, 'issue', 'officer');
  return run.get(runId);
};
const october = async (changes: Partial<Reading> = {}) => {
  const one = await desk.subscription();
  await desk.read(one, '2026-10-31', 10, changes);
  await run.made('POSTED', { feeder: 'water', period: '2026-10' });
  return one;
};

it('a final bill charges who leaves to the day, and whoever follows from the day after', async () => {
  const one = await october();
  const { status, body: final } = await request(one.id);
  expect(status).toBe(201);
  expect(final).toMatchObject({ subscriptionId: one.id, accountId: one.accountId, cause: 'TRANSFER', reading: 25 });
  await app.drain();
  expect(await run.get(final.runId)).toMatchObject({ feeder: 'water-final', state: 'CALCULATED', bills: 1 });
  const pending = await request(one.id);
  expect(pending).toMatchObject({ status: 409, body: { code: 'water.final-bill-pending', runId: final.runId } });
  expect(await finish(final.runId)).toMatchObject({ state: 'ISSUED', bills: 1 });
  // 15 m³ in the blocks of half a month, and half its fee.
  expect(await balances(app, [one.accountId])).toEqual([9700 + 10 * 550 + 5 * 720 + 2100]);
  const covered = await request(one.id, { reading: 26 });
  expect(covered).toMatchObject({ status: 409, body: { code: 'water.final-bill-impossible', reason: 'water.nothing-to-bill' } }); // prettier-ignore

  const [buyer] = (await openAccounts(app, 1, { serviceType: 'WATER' })) as [number];
  await app.app.get(UnitOfWork).run(() => desk.store.update(Subscription, { id: one.id }, { accountId: buyer }));
  app.clock.set('2026-12-01T08:00:00.000Z');
  app.forgetTokens();
  await desk.read(one, '2026-11-30', 45);
  await run.made('POSTED', { feeder: 'water', period: '2026-11', issueOn: '2026-12-01' });
  expect(await balances(app, [buyer])).toEqual([10 * 550 + 10 * 720 + 2100]);
  const rows = await desk.store.reads(WaterRating).find({ order: { fromOn: 'ASC' } });
  expect(rows).toMatchObject([
    { kind: 'BILL', toOn: '2026-10-31', litres: 10_000 },
    { kind: 'FINAL', fromOn: '2026-11-01', toOn: '2026-11-15', litres: 15_000, ahead: 15, accountId: one.accountId },
    { kind: 'BILL', fromOn: '2026-11-16', toOn: '2026-11-30', litres: 20_000, accountId: buyer },
  ]);
  const { body: list } = await app.request('GET', `/water/subscriptions/${one.id}/final-bills`, { as: 'clerk' });
  expect(list.finalBills).toMatchObject([{ id: final.id, runId: final.runId }]);
  const { body: ratings } = await app.request('GET', `/water/subscriptions/${one.id}/ratings`, { as: 'clerk' });
  expect(ratings).toMatchObject({ total: 3, items: [{ kind: 'BILL', consumption: '20.000' }, { kind: 'FINAL' }, {}] });
});

it('a final bill takes open readings along, and settles estimates', async () => {
  const one = await october({ source: 'ESTIMATE', value: 60, consumption: 60 });
  await desk.read(one, '2026-11-10', 20, { consumption: -40 });
  const { body: final } = await request(one.id, { cause: 'CLOSING', readOn: '2026-11-20', reading: 26 });
  await app.drain();
  await finish(final.runId);
  // 26 m³ of 51 days: 31 of October and 20 of November.
  const rows = await desk.store.reads(WaterRating).findBy({ standingSubscriptionId: one.id });
  expect(rows.map(({ kind, litres }) => [kind, litres]).sort()).toEqual([
    ['FINAL', 10_196],
    ['TRUE_UP', 15_804],
  ]);
  expect((await desk.store.reads(Reading).find()).map(({ state }) => state)).toEqual(['BILLED', 'BILLED']);
  const { body: bills } = await app.request('GET', `/billing/accounts/${one.accountId}/bills`, { as: 'clerk' });
  const { body: bill } = await app.request('GET', `/billing/bills/${bills.items[0].id}`, { as: 'clerk' });
  expect(bill.detail.message.ar).toContain('فاتورة نهائية');
  await run.act(final.runId, 'reverse', 'supervisor', { reason: 'لم يتم البيع' });
  expect(await desk.store.reads(WaterRating).findBy({ standingSubscriptionId: one.id })).toMatchObject([
    { kind: 'BILL', litres: 60_000 },
  ]);
});

describe('after the meter was replaced', () => {
  const replaced = async () => {
    const one = await desk.subscription();
    await desk.read(one, '2026-10-31', 1320);
    const { id: october } = await run.made('POSTED', { feeder: 'water', period: '2026-10' });
    await desk.post('/water/meters', { digits: 5, sizeMm: 15, serials: ['NEXT'] });
    const [installation] = await desk.store.reads(Installation).findBy({ openSubscriptionId: one.id });
    const [old] = await desk.store.reads(Meter).findBy({ id: installation!.meterId });
    return { one, serial: old!.serial, october };
  };
  const replace = (id: number, serial: string, finalReading: number, initialReading = 0) =>
    desk.post(`/water/subscriptions/${id}/meter/replace`, {
      ...{ on: '2026-11-05', reason: 'متوقف', off: { serial, finalReading, to: 'TESTING' } },
      put: { serial: 'NEXT', initialReading },
    });
  const litres = async (id: number) =>
    (await desk.store.reads(WaterRating).findBy({ standingSubscriptionId: id, kind: 'FINAL' })).map((row) => [
      row.litres,
      row.ahead,
    ]);

  /** The meters that bills name, the last bill first. */
  const printed = async (accountId: number) => {
    const { body } = await app.request('GET', `/billing/accounts/${accountId}/bills`, { as: 'clerk' });
    const bills = await Promise.all(
      body.items.map(({ id }: { id: number }) => app.request('GET', `/billing/bills/${id}`, { as: 'clerk' })),
    );
    return bills.map((bill) => bill.body.detail.facts.find(({ label }: any) => label.en === 'Meter').value.en);
  };

  it('a final bill begins where the new one began, though the old one showed less or more', async () => {
    const { one, serial, october } = await replaced();
    expect((await replace(one.id, serial, 1322, 3)).status).toBe(200);
    await run.act(october, 'issue', 'officer');
    const { body: final } = await request(one.id, { reading: 1403 });
    await app.drain();
    expect(await finish(final.runId)).toMatchObject({ state: 'ISSUED', bills: 1 });
    expect(await litres(one.id)).toEqual([[1_402_000, 1400]]);
    expect(await printed(one.accountId)).toEqual(['NEXT', serial]);
  });

  it('a reading of the new one below the last of the old is none that ran backwards', async () => {
    const { one, serial } = await replaced();
    expect((await replace(one.id, serial, 1320)).status).toBe(200);
    const { status, body: final } = await request(one.id, { reading: 12 });
    expect(status).toBe(201);
    await app.drain();
    await finish(final.runId);
    expect(await litres(one.id)).toEqual([[12_000, 12]]);
  });
});

it('a final bill that cannot be is refused when it is asked for', async () => {
  const one = await october();
  for (const [pointer, wrong] of [
    ['/readOn', { readOn: '2026-11-25' }],
    ['/reading', { reading: 100_000 }],
    ['/cause', { cause: 'DEATH' }],
  ] as const) {
    expect(await request(one.id, wrong)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  }
  const back = await request(one.id, { reading: 9 });
  expect(back).toMatchObject({ status: 409, body: { reason: 'water.negative-consumption' } });
  await desk.read(one, '2026-11-20', 12, { state: 'SUSPECT' });
  expect(await request(one.id)).toMatchObject({ status: 409, body: { reason: 'water.reading-suspect' } });
  expect(await request(9)).toMatchObject({ status: 404 });
  expect(await request(one.id, {}, 'cashier')).toMatchObject({ status: 403 });
  const byHand = await run.create({ feeder: 'water-final', parameters: [{ name: 'account', value: '1' }] });
  expect(byHand).toMatchObject({ status: 422 });
});

it('of two final bills at once one is made', async () => {
  const one = await october();
  const answers = await Promise.all([request(one.id), request(one.id)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

describe('a subscription that is closed', () => {
  const close = async ({ id }: { id: number }, on: string, finalReading: number) => {
    const { body: subscription } = await app.request('GET', `/water/subscriptions/${id}`, { as: 'clerk' });
    const off = { serial: subscription.meter.serial, finalReading, to: 'STOCK' };
    const gone = await desk.post(`/water/subscriptions/${id}/meter/remove`, { on, reason: 'هدم المبنى', off });
    expect(gone.status).toBe(200);
    const state = { state: 'CLOSED', reason: 'هدم المبنى' };
    const closed = await desk.post(`/water/subscriptions/${id}/state`, state, 'officer', gone.body.version);
    expect(closed.status).toBe(200);
  };
  const november = () => run.made('POSTED', { feeder: 'water', period: '2026-11' });
  const nothing = async () => {
    const { id, bills } = await run.made('CALCULATED', { feeder: 'water', period: '2026-11' });
    const { body } = await app.request('GET', `/billing/bill-runs/${id}/exceptions`, { as: 'auditor' });
    expect([bills, body.items]).toEqual([0, []]);
  };

  it('is billed to the last reading of its meter, once', async () => {
    const one = await october();
    await close(one, '2026-11-24', 18);
    expect(await november()).toMatchObject({ bills: 1 });
    expect((await desk.charges(one.accountId)).slice(2)).toEqual([
      ['2026-11', 'WATER', 8 * 550],
      ['2026-11', 'WATER_FIXED', 3360],
    ]);
    await nothing();
  });

  it('is billed no more after its final bill', async () => {
    const one = await october();
    const { body: final } = await request(one.id, { cause: 'CLOSING', readOn: '2026-11-24', reading: 18 });
    await app.drain();
    await finish(final.runId);
    await close(one, '2026-11-24', 18);
    await nothing();
  });

  it('takes its last water off the meter that it stood behind', async () => {
    const master = await desk.subscription({ installedOn: '2026-10-31' });
    const flat = await desk.subscription({ installedOn: '2026-10-31', masterId: master.id });
    await desk.read(master, '2026-11-24', 20);
    await close(flat, '2026-11-20', 8);
    await november();
    expect((await desk.charges(master.accountId))[0]).toEqual(['2026-11', 'WATER', 12 * 550]);
    expect((await desk.charges(flat.accountId))[0]).toEqual(['2026-11', 'WATER', 8 * 550]);
    await desk.read(master, '2026-12-31', 25, { consumption: 5 });
    app.clock.set('2026-12-31T08:00:00.000Z');
    app.forgetTokens();
    await run.made('POSTED', { feeder: 'water', period: '2026-12', issueOn: '2026-12-31', dueOn: '2027-01-15' });
    expect(await desk.charges(master.accountId)).toContainEqual(['2026-12', 'WATER', 5 * 550]);
  });
});
