import { addDays, localDateOf } from '@libs/calendar';
import { WaterRating } from '../../src/water/billing/rating.entity';
import { FormerTerms, Subscription } from '../../src/water/subscriptions/subscription.entity';
import { startTestApp, type TestApp } from '../support/app';
import { runRequests } from '../support/bill-runs';
import { waterDesk, type WaterDesk } from '../support/water';

let app: TestApp;
let desk: WaterDesk;
beforeEach(async () => {
  app = await startTestApp();
  desk = waterDesk(app);
});
afterEach(() => app.close());

const patch = (id: number, version: number, body: object, as = 'officer') =>
  app.request('PATCH', `/water/subscriptions/${id}`, {
    as,
    body: { reason: 'كشف ميداني', ...body },
    headers: { 'if-match': `"${version}"` },
  });
const now = (id: number) => desk.store.reads(Subscription).findOneByOrFail({ id });
const former = (subscriptionId: number) =>
  desk.store.reads(FormerTerms).find({ where: { subscriptionId }, order: { untilOn: 'ASC' } });
const wrong = async (answer: Promise<{ status: number; body: { errors?: unknown } }>) => {
  const { status, body } = await answer;
  return [status, body.errors];
};
const invalid = (pointer: string, code: string) => [422, [{ pointer, code }]];

it('a cycle in which the units change is rated by what stood on each of its days', async () => {
  await desk.tariff();
  const run = runRequests(app);
  const house = await desk.subscription();
  await desk.read(house, '2026-10-31', 62);
  const { status, body } = await patch(house.id, 1, { units: 3, sizeMm: 20, effectiveOn: '2026-10-16' });
  expect([status, body.units, body.sizeMm, body.version]).toEqual([200, 3, 20, 2]);
  expect(await former(house.id)).toMatchObject([{ untilOn: '2026-10-15', sizeMm: 15, units: 1 }]);

  const { id } = await run.made('ISSUED', { feeder: 'water', period: '2026-10' });
  // 15 of 31 days, 30 m³, a block 20 × 15/31 m³ wide: 53.23 + 69.68 + 101.13; fee 42 × 15/31 = 20.32.
  // 16 of 31 days, 32 m³, a block 20 × 3 × 16/31 m³ wide: 170.32 + 7.43; fee 42 × 16/31 = 21.68.
  expect(await desk.charges(house.accountId)).toEqual([
    ['2026-10', 'WATER', 5323 + 6968 + 10113 + 17032 + 743],
    ['2026-10', 'WATER_FIXED', 2032 + 2168],
  ]);
  const [kept] = await desk.store.reads(WaterRating).findBy({ subscriptionId: house.id });
  const { was, units, parts } = JSON.parse(kept!.rating);
  expect([was, units]).toEqual([[{ until: '2026-10-15', class: 'DOMESTIC', size: 15, units: 1 }], 3]);
  expect(parts.map(({ litres }: { litres: number }) => litres)).toEqual([30_000, 32_000]);
  const bills = await app.request('GET', `/billing/bill-runs/${id}/bills`, { as: 'officer' });
  const bill = await app.request('GET', `/billing/bills/${bills.body.items[0].id}`, { as: 'officer' });
  expect(bill.body.detail.facts.map(({ value }: { value: { en: string } }) => value.en)).toEqual(
    expect.arrayContaining(['Domestic', 'Domestic × 3 units']),
  );

  expect(await wrong(patch(house.id, 2, { units: 4, effectiveOn: '2026-10-31' }))).toEqual(
    invalid('/effectiveOn', 'billed'),
  );
  expect((await patch(house.id, 2, { units: 4, effectiveOn: '2026-11-01' })).status).toBe(200);
  expect(await former(house.id)).toMatchObject([{ untilOn: '2026-10-15' }, { untilOn: '2026-10-31', units: 3 }]);
});

it('terms change from a day that is not in the future and not before the last change; those of no day leave no trace', async () => {
  const today = localDateOf(app.clock.now());
  const { id } = await desk.subscription();
  expect(await wrong(patch(id, 1, { units: 2, effectiveOn: addDays(today, 1) }))).toEqual(
    invalid('/effectiveOn', 'notAfterToday'),
  );
  expect((await patch(id, 1, { units: 2 })).status).toBe(200);
  expect(await wrong(patch(id, 2, { units: 5, effectiveOn: addDays(today, -1) }))).toEqual(
    invalid('/effectiveOn', 'beforeLastChange'),
  );
  expect((await patch(id, 2, { units: 3 })).status).toBe(200);
  expect(await former(id)).toMatchObject([{ untilOn: addDays(today, -1), units: 1 }]);
  expect((await patch(id, 3, { units: 3 })).body).toMatchObject({ units: 3, version: 3 });
  const { body } = await app.request('GET', `/water/subscriptions/${id}/events`, { as: 'clerk' });
  expect(body.events).toMatchObject([
    { kind: 'UNITS', fromState: '1', toState: '2', happenedOn: today, reason: 'كشف ميداني' },
    { kind: 'UNITS', fromState: '2', toState: '3' },
  ]);
});

it('the walk and the master meter are set and taken away, by who may, on the version that was read', async () => {
  const { routeId } = await desk.route();
  const [house, flat, other] = [await desk.subscription(), await desk.subscription(), await desk.subscription()];
  const place = { routeId, sequence: 7, masterId: house.id };
  expect((await patch(flat.id, 1, place, 'clerk')).status).toBe(403);
  const hold = jest.spyOn(desk.store, 'hold');
  expect((await patch(flat.id, 1, place)).body).toMatchObject({
    ...{ masterId: house.id, sequence: 7, route: { id: routeId }, version: 2 },
  });
  // Or another could be put behind this one at the same moment.
  expect(hold).toHaveBeenCalledWith(Subscription, [flat.id, house.id]);
  hold.mockRestore();
  expect((await patch(flat.id, 1, place)).status).toBe(412);
  expect(await wrong(patch(flat.id, 2, {}))).toEqual(invalid('', 'nothing'));
  expect(await wrong(patch(flat.id, 2, { routeId: 999_999 }))).toEqual(invalid('/routeId', 'unknown'));
  expect(await wrong(patch(flat.id, 2, { masterId: 999_999 }))).toEqual(invalid('/masterId', 'unknown'));
  expect(await wrong(patch(flat.id, 2, { masterId: flat.id }))).toEqual(invalid('/masterId', 'itself'));
  const { version } = await now(other.id);
  expect(await wrong(patch(other.id, version, { masterId: flat.id }))).toEqual(invalid('/masterId', 'behindAnother'));
  const master = await now(house.id);
  expect(await wrong(patch(house.id, master.version, { masterId: other.id }))).toEqual(
    invalid('/masterId', 'othersBehind'),
  );
  const free = await patch(flat.id, 2, { routeId: null, sequence: null, masterId: null });
  expect(free.body).toMatchObject({ masterId: null, sequence: null, route: null, version: 3 });
  const audit = await app.request('GET', '/audit?action=water.subscription-changed', { as: 'auditor' });
  expect(audit.body.items).toHaveLength(2);
  expect((await patch(999_999, 1, place)).status).toBe(404);
  const gone = await desk.subscription({ state: 'CLOSED', closedOn: '2026-01-01' });
  expect((await patch(gone.id, 1, place)).body.code).toBe('water.subscription-state');
});
