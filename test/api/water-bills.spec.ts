import { UnitOfWork } from '@libs/persistence';
import type { FindOptionsWhere } from 'typeorm';
import { Reading } from '../../src/water/readings/reading.entity';
import { Tariffs } from '../../src/water/tariffs/tariffs';
import { WaterRating } from '../../src/water/billing/rating.entity';
import { startTestApp, type TestApp } from '../support/app';
import { balances, pay, runRequests } from '../support/bill-runs';
import { charged } from '../support/charged';
import { MONTHLY, waterDesk, type WaterDesk } from '../support/water';

let app: TestApp;
let desk: WaterDesk;
let run: ReturnType<typeof runRequests>;
beforeEach(async () => {
  app = await startTestApp();
  desk = waterDesk(app);
  run = runRequests(app);
});
afterEach(async () => {
  expect(await charged(app).faults()).toEqual([]);
  await app.close();
});

const OCTOBER = { feeder: 'water', period: '2026-10' };
const parameters = (values: Record<string, unknown>) => ({
  parameters: Object.entries(values).map(([name, value]) => ({ name, value: String(value) })),
});
const exceptions = async (id: number) =>
  (await app.request('GET', `/billing/bill-runs/${id}/exceptions`, { as: 'auditor' })).body.items.map(
    ({ accountId, reason }: { accountId: number; reason: string }) => [accountId, reason],
  );
const ratings = (where: FindOptionsWhere<WaterRating> = {}) =>
  desk.store.reads(WaterRating).find({ where, order: { period: 'ASC', id: 'ASC' } });
const states = async () => (await desk.store.reads(Reading).find({ order: { id: 'ASC' } })).map(({ state }) => state);

describe('a water bill', () => {
  it('charges what the readings of its cycle say, head by head, and stops at no exception', async () => {
    await desk.tariff({
      ...MONTHLY,
      sewer: { percent: '20', of: ['WATER'] },
      maintenance: { amount: '3' },
      tax: { percent: '16', of: ['WATER', 'FIXED', 'MAINTENANCE', 'SEWER'] },
    });
    const { routeId, zoneId } = await desk.route();
    const place = { routeId };
    const sewered = await desk.subscription({ ...place, sewer: true });
    await desk.read(sewered, '2026-10-31', 41);
    const flats = await desk.subscription({ ...place, units: 3 });
    await desk.read(flats, '2026-10-31', 75);
    const unread = await desk.subscription(place);
    const suspect = await desk.subscription(place);
    await desk.read(suspect, '2026-10-31', 900, { state: 'SUSPECT' });
    const shop = await desk.subscription({ ...place, waterClass: 'COMMERCIAL' });
    await desk.read(shop, '2026-10-31', 10);
    const backwards = await desk.subscription(place);
    await desk.read(backwards, '2026-10-31', 5, { consumption: -4 });
    const elsewhere = await desk.subscription();
    await desk.read(elsewhere, '2026-10-31', 5);
    const closed = await desk.subscription({ ...place, state: 'CLOSED' });
    await desk.read(closed, '2026-10-31', 5);

    const made = await run.made('ISSUED', { ...OCTOBER, ...parameters({ routeId }) });
    expect(made).toMatchObject({ state: 'ISSUED', bills: 2 });
    expect(await exceptions(made.id)).toEqual([
      [unread.accountId, 'water.no-reading'],
      [suspect.accountId, 'water.reading-suspect'],
      [shop.accountId, 'water.no-tariff'],
      [backwards.accountId, 'water.negative-consumption'],
    ]);
    expect(await desk.charges(sewered.accountId)).toEqual([
      ['2026-10', 'MAINTENANCE', 300],
      ['2026-10', 'SEWER', 5270],
      ['2026-10', 'VAT', Math.round((26350 + 4200 + 300 + 5270) * 0.16)],
      ['2026-10', 'WATER', 26350],
      ['2026-10', 'WATER_FIXED', 4200],
    ]);
    expect(await charged(app).ledger('THIRD_PARTY')).toEqual({ ILS: -(5779 + Math.round((43800 + 4500) * 0.16)) });
    expect(await desk.charges(flats.accountId)).toContainEqual(['2026-10', 'WATER', 60 * 550 + 15 * 720]);
    expect(await ratings()).toMatchObject([
      {
        ...{ subscriptionId: sewered.id, accountId: sewered.accountId, kind: 'BILL', litres: 41_000, sewer: true },
        ...{ fromOn: '2026-10-01', toOn: '2026-10-31', previousReading: 0, currentReading: 41, estimated: false },
      },
      { subscriptionId: flats.id, litres: 75_000, sewer: false },
    ]);
    expect(await states()).toEqual(['BILLED', 'BILLED', 'SUSPECT', 'VALID', 'VALID', 'VALID', 'VALID']);

    const zone = await run.made('CALCULATED', { ...OCTOBER, ...parameters({ zoneId, waterClass: 'DOMESTIC' }) });
    expect(zone).toMatchObject({ bills: 0, skipped: 2 });
    for (const wrong of [{ routeId: 'x' }, { colour: 1 }, { waterClass: 'PALACE' }]) {
      expect(await run.create({ ...OCTOBER, ...parameters(wrong) })).toMatchObject({ status: 422 });
    }
  });

  it('is rated and kept by tariffs that are read once a batch', async () => {
    await desk.tariff();
    await desk.read(await desk.subscription(), '2026-10-31', 10);
    const book = jest.spyOn(app.app.get(Tariffs), 'book');
    await run.made('CALCULATED', OCTOBER);
    expect(book).toHaveBeenCalledTimes(1);
    await desk.read(await desk.subscription(), '2026-10-31', 20);
    book.mockClear();
    expect(await run.made('POSTED', OCTOBER)).toMatchObject({ bills: 1 });
    expect(book).toHaveBeenCalledTimes(2);
  });

  it('is posted once; reversed, its reading is billed again as if nothing had been', async () => {
    await desk.tariff();
    const one = await desk.subscription();
    await desk.read(one, '2026-10-31', 10, { decidedAt: '2026-11-01T08:00:00.000Z' });
    const { id } = await run.made('ISSUED', OCTOBER);
    expect(await balances(app, [one.accountId])).toEqual([9700]);
    expect(await run.made('CALCULATED', OCTOBER)).toMatchObject({ bills: 0, skipped: 1 });
    await pay(app, one.accountId, 700);
    await run.act(id, 'reverse', 'supervisor', { reason: 'خطأ' });
    expect(await run.get(id)).toMatchObject({ state: 'REVERSED' });
    expect(await balances(app, [one.accountId])).toEqual([-700]);
    expect(await states()).toEqual(['VALID']);
    expect(await ratings()).toMatchObject([{ standingSubscriptionId: null }]);
    await run.made('POSTED', OCTOBER);
    expect(await balances(app, [one.accountId])).toEqual([9000]);
    expect(await ratings()).toMatchObject([{ standingSubscriptionId: null }, { standingSubscriptionId: one.id }]);
    await desk.read(one, '2026-11-20', 30);
    const november = await run.made('POSTED', { feeder: 'water', period: '2026-11' });
    expect(november).toMatchObject({ bills: 1 });
    expect((await ratings())[2]).toMatchObject({ fromOn: '2026-11-01', toOn: '2026-11-20', litres: 20_000 });
  });

  it('is left out of the posting when a reading or the tariff has changed since', async () => {
    const { id: tariffId } = await desk.tariff();
    const [one, two] = [await desk.subscription(), await desk.subscription()];
    await desk.read(one, '2026-10-31', 10);
    const wrong = await desk.read(two, '2026-10-31', 20);
    const { id } = await run.made('REVIEWED', OCTOBER);
    await app.app.get(UnitOfWork).run(() => desk.store.update(Reading, { id: wrong }, { state: 'REJECTED' }));
    await run.act(id, 'post', 'supervisor');
    expect(await run.get(id)).toMatchObject({ state: 'POSTED', bills: 1 });
    expect(await exceptions(id)).toEqual([[two.accountId, 'water.changed-since-calculated']]);
    expect(await balances(app, [one.accountId, two.accountId])).toEqual([9700, 0]);

    const three = await desk.subscription();
    await desk.read(three, '2026-10-31', 10);
    const later = await run.made('REVIEWED', OCTOBER);
    await desk.retire({ id: tariffId, version: 2 });
    await run.act(later.id, 'post', 'supervisor');
    expect(await exceptions(later.id)).toContainEqual([three.accountId, 'water.changed-since-calculated']);
    expect(await states()).toEqual(['BILLED', 'REJECTED', 'VALID']);
  });

  it('of a cycle in which the tariff changes is rated by days', async () => {
    await desk.tariff();
    await desk.tariff({ ...MONTHLY, code: 'JWU-2026-10', from: '2026-10-16', fixed: { amount: '17', per: 'MONTH' } });
    const one = await desk.subscription();
    await desk.read(one, '2026-10-31', 31);
    await run.made('POSTED', OCTOBER);
    const [{ rating, tariffIds }] = (await ratings()) as [WaterRating];
    const { parts } = JSON.parse(rating);
    expect(parts).toMatchObject([
      { from: '2026-10-01', to: '2026-10-15', days: 15, litres: 15_000 },
      { from: '2026-10-16', to: '2026-10-31', days: 16, litres: 16_000 },
    ]);
    expect(JSON.parse(tariffIds)).toHaveLength(2);
    expect(await desk.charges(one.accountId)).toContainEqual(['2026-10', 'WATER_FIXED', 2032 + 877]);
  });

  it('of a cap leaves each head its share of it', async () => {
    await desk.tariff({ ...MONTHLY, cap: { amount: '200', of: ['WATER', 'FIXED'] } });
    const one = await desk.subscription();
    await desk.read(one, '2026-10-31', 41);
    await run.made('POSTED', OCTOBER);
    expect(await desk.charges(one.accountId)).toEqual([
      ['2026-10', 'WATER', 17_250],
      ['2026-10', 'WATER_FIXED', 2750],
    ]);
  });

  it('comes every second month where the route is read so', async () => {
    await desk.tariff();
    const { routeId } = await desk.route(2);
    const one = await desk.subscription({ routeId, installedOn: '2026-07-31' });
    await desk.read(one, '2026-09-30', 40);
    expect(await run.made('POSTED', { feeder: 'water', period: '2026-09' })).toMatchObject({ bills: 1 });
    expect(await desk.charges(one.accountId)).toEqual([
      ['2026-09', 'WATER', 40 * 550],
      ['2026-09', 'WATER_FIXED', 8400],
    ]);
    const between = await run.made('CALCULATED', OCTOBER);
    expect(between).toMatchObject({ bills: 0 });
    expect(await exceptions(between.id)).toEqual([]);
    await desk.read(one, '2026-11-20', 60);
    expect(await run.made('POSTED', { feeder: 'water', period: '2026-11' })).toMatchObject({ bills: 1 });
    expect((await ratings())[1]).toMatchObject({ fromOn: '2026-10-01', toOn: '2026-11-20', litres: 20_000 });
  });

  it('of a subscription that is not supplied is the fee, where the tariff says so', async () => {
    await desk.tariff(MONTHLY, { idleStates: ['HOLD'] });
    const held = await desk.subscription({ state: 'HOLD' });
    const cut = await desk.subscription({ state: 'DISCONNECTED', disconnection: 'DEBT' });
    const { id } = await run.made('POSTED', OCTOBER);
    expect(await run.get(id)).toMatchObject({ bills: 1 });
    expect(await exceptions(id)).toEqual([]);
    expect(await desk.charges(held.accountId)).toEqual([['2026-10', 'WATER_FIXED', 4200]]);
    expect(await balances(app, [cut.accountId])).toEqual([0]);
    await desk.read(held, '2026-11-15', 8);
    await run.made('POSTED', { feeder: 'water', period: '2026-11' });
    expect(await desk.charges(held.accountId)).toContainEqual(['2026-11', 'WATER_FIXED', 2100]);
  });

  it('of a master meter leaves out what the meters behind it measure', async () => {
    await desk.tariff();
    const master = await desk.subscription();
    const child = await desk.subscription({ masterId: master.id });
    await desk.read(master, '2026-10-31', 50);
    const early = await run.made('CALCULATED', OCTOBER);
    expect(await exceptions(early.id)).toContainEqual([master.accountId, 'water.sub-meter-unread']);
    await desk.read(child, '2026-10-31', 30);
    await run.made('POSTED', OCTOBER);
    expect(await desk.charges(master.accountId)).toContainEqual(['2026-10', 'WATER', 20 * 550]);
  });

  it('of a master meter waits for no consumption that the first reading of a meter behind it cannot have', async () => {
    await desk.tariff();
    const master = await desk.subscription();
    const child = await desk.subscription({ masterId: master.id });
    await desk.read(master, '2026-10-31', 15);
    const first = { consumption: null, anomalies: ['FIRST'] };
    const id = await desk.read(child, '2026-10-31', 2822, { ...first, state: 'SUSPECT' });
    const early = await run.made('CALCULATED', OCTOBER);
    expect(await exceptions(early.id)).toContainEqual([master.accountId, 'water.sub-meter-unread']);
    await app.request('POST', '/water/readings/confirm', {
      ...{ as: 'supervisor', body: { readingIds: [id], reason: 'أول قراءة بعد النقل' } },
    });
    await run.made('POSTED', OCTOBER);
    expect(await desk.charges(master.accountId)).toContainEqual(['2026-10', 'WATER', 15 * 550]);
    expect(await desk.charges(child.accountId)).toEqual([]);
  });
});

it('says on paper what was read, how it is priced and how it was before', async () => {
  await desk.tariff();
  const one = await desk.subscription({ installedOn: '2026-07-31', units: 2 });
  await desk.read(one, '2026-08-31', 20, { state: 'BILLED' });
  await desk.read(one, '2026-09-30', 50, { source: 'ESTIMATE' });
  await run.made('ISSUED', { feeder: 'water', period: '2026-09' });
  await desk.read(one, '2026-10-31', 71);
  await run.made('ISSUED', OCTOBER);
  const { body } = await app.request('GET', `/billing/accounts/${one.accountId}/bills`, { as: 'clerk' });
  const [second, first] = await Promise.all(
    body.items.map(({ id }: { id: number }) => app.request('GET', `/billing/bills/${id}`, { as: 'clerk' })),
  );
  expect(first.body.detail).toMatchObject({
    ...{ from: '2026-09-01', to: '2026-09-30', address: 'رفيديا' },
    blocks: [{ range: { ar: '0 – 40' }, quantity: '30', rate: '5.50', amount: 16_500 }],
    chart: {
      bars: [
        { label: '8/26', value: 20, text: '20' },
        { label: '9/26', value: 30, text: '30*' },
      ],
    },
  });
  expect(first.body.detail.message.ar).toContain('قراءة تقديرية');
  const facts = Object.fromEntries(second.body.detail.facts.map(({ label, value }: any) => [label.en, value.en]));
  expect(facts).toMatchObject({
    ...{ Class: 'Domestic × 2 units', 'Previous reading': '50 (estimated)', 'Current reading': '71', Days: '31' },
    Consumption: '25.918 m³',
  });
  expect(second.body).toMatchObject({ plan: null, detail: { message: { en: expect.stringContaining('spread') } } });
  for (const lang of ['ar', 'en']) {
    const pdf = await app.request('GET', `/billing/bills/${body.items[0].id}/pdf?lang=${lang}`, { as: 'clerk' });
    expect(pdf).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } });
  }
});
