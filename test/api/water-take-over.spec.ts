import { OutboxMessage } from '@libs/outbox';
import { TakeOvers } from '../../src/billing';
import { WaterTakeOvers } from '../../src/water';
import { BillableReadings } from '../../src/water/readings/billable-readings';
import { editLines } from '../support/extract';
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

  it.each([
    ['was visited and not read', (cells: string[]) => [...cells.slice(0, 3), '', '3', cells[5]!]],
    ['was not visited before', (cells: string[]) => [...cells.slice(0, 2), '12/2019', ...cells.slice(3)]],
  ])('bills nobody the years before from a meter that %s', async (_, unread) => {
    let number = '';
    editLines(legacy.directory, 'services', (lines) => {
      const at = lines.findIndex((line) => line.includes(';مياه;') && line.includes(';فعال;'));
      number = lines[at]!.split(';')[0]!;
      return lines;
    });
    editLines(legacy.directory, 'readings', (lines) =>
      lines.map((line) => {
        const cells = line.split(';');
        return cells[0] === number && cells[2] === '01/2018' ? unread(cells).join(';') : line;
      }),
    );
    await legacy.take();
    const { app, request } = legacy.app;
    await app.get(TakeOvers).run();
    await app.get(WaterTakeOvers).run({ until: '2018-01' });
    const read = (period: string, value: number) =>
      request('POST', '/water/readings/batch', {
        as: 'officer',
        body: { period, readings: [{ subscription: number, value, readOn: `${period}-28` }] },
      });
    const [first] = (await read('2018-02', 2822)).body.outcomes;
    expect(first).toMatchObject({ outcome: 'ACCEPTED', state: 'SUSPECT', anomalies: ['FIRST'] });
    const path = `/water/readings/${first.readingId}`;
    const shown = (await request('GET', path, { as: 'officer' })).body;
    expect(shown).toMatchObject({ previous: null, consumption: null });
    const [{ id }] = (await legacy.store.sql<{ id: number }>(
      'SELECT "id" FROM "water_subscriptions" WHERE "number" = ?',
      [number],
    )) as [{ id: number }];
    const billable = async (period: string) =>
      (await app.get(BillableReadings).forBilling([Number(id)], period)).get(Number(id));
    expect(await billable('2018-02')).toMatchObject({ reason: 'water.reading-suspect', since: null });
    const body = { readingIds: [first.readingId], reason: 'أول قراءة بعد النقل' };
    expect((await request('POST', '/water/readings/confirm', { as: 'supervisor', body })).body).toEqual({
      confirmed: 1,
    });
    expect(await billable('2018-02')).toMatchObject({ reason: 'water.register-begins', previous: 2822 });
    const [next] = (await read('2018-03', 2840)).body.outcomes;
    expect(next).toMatchObject({ state: 'VALID', anomalies: [] });
    expect(await billable('2018-03')).toMatchObject({ from: '2018-03-01', previous: 2822, consumption: 18 });
    expect((await request('GET', path, { as: 'officer' })).body).toMatchObject({
      state: 'CONFIRMED',
      consumption: null,
    });
  });
});
