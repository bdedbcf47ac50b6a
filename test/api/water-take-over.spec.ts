import { OutboxMessage } from '@libs/outbox';
import { TakeOvers } from '../../src/billing';
import { WaterTakeOvers } from '../../src/water';
import { legacyApp } from '../support/legacy-app';

const COUNT = (table: string, where = '1 = 1') => `SELECT COUNT(*) AS "n" FROM "${table}" WHERE ${where}`;

describe('taking water over', () => {
  const legacy = legacyApp();
  const count = async (table: string, where?: string) => {
    const [row] = await legacy.store.sql<{ n: number | string }>(COUNT(table, where));
    return Number(row!.n);
  };

  it('opens each water service once, with its meter and readings, after the balances', async () => {
    await legacy.take();
    await legacy.app.drain();
    expect(await legacy.store.reads(OutboxMessage).existsBy({ type: 'water.take-over', state: 'DONE' })).toBe(true);
    const services = await count('billing_accounts', `"service_type" = 'WATER' AND "currency" = 'ILS'`);
    expect(services).toBeGreaterThan(10);
    expect(await count('water_subscriptions')).toBe(services);
    const meters = await count('water_meters');
    const readings = await count('water_readings');
    expect(meters).toBeGreaterThan(10);
    expect(readings).toBeGreaterThan(meters * 5);
    expect(await count('water_readings', `"state" <> 'BILLED' OR "legacy_reading_id" IS NULL`)).toBe(0);
    // Every standing meter is at one subscription, and every subscription that is not closed says what it is.
    expect(await count('water_installations', '"open_meter_id" IS NOT NULL')).toBe(meters);

    const again = await legacy.app.app.get(WaterTakeOvers).run();
    expect(again).toMatchObject({ state: 'DONE', subscriptions: 0, meters: 0, readings: 0 });

    await legacy.take(legacy.anotherExtract(60, 2));
    await legacy.app.drain();
    expect(await count('water_subscriptions')).toBeGreaterThanOrEqual(services);
    expect(await count('water_subscriptions')).toBe(
      await count('billing_accounts', `"service_type" = 'WATER' AND "currency" = 'ILS'`),
    );
  });

  it('is read by route, number, record and history', async () => {
    await legacy.take();
    await legacy.app.drain();
    const { app } = legacy;
    const routes = (await app.request('GET', '/water/routes', { as: 'clerk' })).body;
    const list = (await app.request('GET', `/water/subscriptions?routeId=${routes[0].id}`, { as: 'clerk' })).body;
    expect(list.total).toBeGreaterThan(0);
    const sequences = list.items.map(({ sequence }: { sequence: number }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a: number, b: number) => a - b));
    const [one] = list.items;
    expect(one.route.code).toBe(routes[0].code);
    const found = (await app.request('GET', `/water/subscriptions?number=${one.number}`, { as: 'clerk' })).body;
    expect(found.items.map(({ number }: { number: string }) => number)).toContain(one.number);
    const got = (await app.request('GET', `/water/subscriptions/${one.id}`, { as: 'clerk' })).body;
    expect(got).toEqual(one);
    const { events } = (await app.request('GET', `/water/subscriptions/${one.id}/events`, { as: 'clerk' })).body;
    expect(events).toMatchObject([{ kind: 'TAKEN_OVER', toState: one.state }]);
    expect((await app.request('GET', '/water/subscriptions/999999999', { as: 'clerk' })).status).toBe(404);
    const changed = { cycleMonths: 2 };
    const path = `/water/routes/${routes[0].id}`;
    const change = (as: string, version: number) =>
      app.request('PATCH', path, { as, body: changed, headers: { 'if-match': `"${version}"` } });
    expect((await change('clerk', 1)).status).toBe(403);
    expect((await change('supervisor', 1)).body).toMatchObject({ cycleMonths: 2, version: 2 });
    expect((await change('supervisor', 1)).status).toBe(412);
  });
});

describe('taking water over for a run that begins here', () => {
  const legacy = legacyApp();

  it('leaves the readings after a month to be captured', async () => {
    await legacy.take();
    const { app } = legacy.app;
    await app.get(TakeOvers).run();
    const run = await app.get(WaterTakeOvers).run({ until: '2018-01' });
    expect(run.state).toBe('DONE');
    const periods = await legacy.store.sql('SELECT DISTINCT "period" FROM "water_readings"');
    expect(periods).toEqual([{ period: '2018-01' }]);
  });
});
