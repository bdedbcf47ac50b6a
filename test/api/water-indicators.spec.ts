import { Books } from '../../src/billing/books/books';
import { startTestApp, type TestApp } from '../support/app';
import { networkDesk } from '../support/water-network';

let app: TestApp;
let desk: ReturnType<typeof networkDesk>;

beforeEach(async () => {
  app = await startTestApp();
  desk = networkDesk(app);
});
afterEach(() => app.close());

type Row = Record<'code' | 'group' | 'value' | 'numerator' | 'denominator' | 'missing' | 'decimals', unknown>;
const indicators = async (from = '2026-10', to = '2026-11') => {
  const { status, body } = await desk.get(`/water/indicators?from=${from}&to=${to}`);
  expect(status).toBe(200);
  return (code: string, group: string | null = null) =>
    (body.indicators as Row[]).find((each) => each.code === code && each.group === group);
};

describe('indicators', () => {
  it('of an empty system say nothing but that nothing is there', async () => {
    const of = await indicators();
    for (const code of [
      'COLLECTION_RATIO',
      'NON_REVENUE_WATER',
      'ESTIMATED_READINGS',
      'METERS_READ',
      'NETWORK_FAILURES',
      'REPAIR_TIME_P90',
    ]) {
      expect(of(code)).toMatchObject({ value: null });
    }
    expect(of('NON_REVENUE_WATER')).toMatchObject({ missing: ['INPUT'] });
    expect(of('COMPLAINTS')).toMatchObject({ missing: ['LENGTH'] });
    expect(of('SUBSCRIPTIONS', 'ACTIVE')).toMatchObject({ value: 0 });
    expect(of('AVERAGE_CONSUMPTION', 'DOMESTIC')).toBeUndefined();
  });

  it('follow their definitions', async () => {
    const zone = await desk.zone();
    const route = { code: 'R-2', name: 'خط', zoneId: zone.id, cycleMonths: 2 };
    const { body: twoMonthly } = await app.request('POST', '/water/routes', { as: 'supervisor', body: route });
    const [one, two, shop] = [
      await desk.subscription(zone.id),
      await desk.subscription(zone.id, { routeId: twoMonthly.id }),
      await desk.subscription(zone.id, { waterClass: 'COMMERCIAL' }),
    ];
    await desk.subscription(zone.id, { state: 'DISCONNECTED', disconnection: 'DEBT' }, '2026-12-01');
    await desk.reading(one, '2026-10', 20);
    await desk.reading(one, '2026-11', 22);
    await desk.reading(two, '2026-11', 31, { source: 'ESTIMATE' });
    await desk.reading(shop, '2026-10', 100);
    await desk.reading(shop, '2026-11', 90, { state: 'VALID' });
    const volume = (period: string) => ({ zone: zone.code, period, kind: 'INPUT', source: 'BM', cubicMetres: 160 });
    await desk.post('/water/volumes', { rows: [volume('2026-10'), volume('2026-11')] });
    await desk.post('/water/zone-lengths', { zoneId: zone.id, fromPeriod: '2026-01', metres: 6100 });
    const books = app.app.get(Books);
    await books.post({
      ...{ kind: 'CHARGE', on: '2026-11-20', description: 'فاتورة', by: null },
      entries: [{ ledger: 'INCOME', currency: 'ILS', amount: -30_000, dimension: 'WATER' }],
      charges: [{ accountId: one.accountId, head: 'WATER', amount: 30_000, period: '2026-11' }],
    });
    await desk.shift();
    expect((await desk.pay(one.accountId, '100.00')).status).toBe(201);

    const of = await indicators();
    expect(of('COLLECTION_RATIO')).toMatchObject({ value: 3333, numerator: 10_000, denominator: '30000' });
    // 320 m³ put in, 173 billed; the shop's second reading is not billed yet.
    expect(of('NON_REVENUE_WATER')).toMatchObject({ value: 4594, numerator: 147, missing: [] });
    expect(of('ESTIMATED_READINGS')).toMatchObject({ value: 2000, numerator: 1, denominator: '5' });
    // Two meters twice and the two-monthly one once were due; one was estimated.
    expect(of('METERS_READ')).toMatchObject({ value: 8000, numerator: 4, denominator: '5' });
    expect(of('AVERAGE_CONSUMPTION', 'DOMESTIC')).toMatchObject({ value: 1825, numerator: 73, denominator: '4' });
    expect(of('AVERAGE_CONSUMPTION', 'COMMERCIAL')).toMatchObject({ value: 5000 });
    expect(of('SUBSCRIPTIONS', 'ACTIVE')).toMatchObject({ value: 3 });
    expect(of('SUBSCRIPTIONS', 'DISCONNECTED')).toMatchObject({ value: 1 });
  });

  it('count reports but duplicates and those dismissed, and time repairs from the first report', async () => {
    const zone = await desk.zone();
    await desk.post('/water/zone-lengths', { zoneId: zone.id, fromPeriod: '2026-01', metres: 6100 });
    const report = async (kind: string) => {
      const body = { zoneId: zone.id, kind, severity: 'HIGH', source: 'STAFF', place: 'رفيديا' };
      return (await desk.post('/water/faults', body)).body.fault.id as number;
    };
    const repairAfter = async (hours: number) => {
      const faultIds = [await report('LEAK')];
      const { body } = await desk.post('/water/work-orders', { faultIds, crew: 'طاقم 1' });
      await desk.post(`/water/work-orders/${body.id}/start`, {}, { version: 1 });
      app.clock.advance({ hours });
      app.forgetTokens();
      await desk.post(`/water/work-orders/${body.id}/repair`, { outcome: 'تم' }, { version: 2 });
    };
    for (const hours of [2, 3, 10]) await repairAfter(hours);
    await report('NO_WATER');
    const [same, nothing] = [await report('BURST'), await report('BURST')];
    await desk.post(`/water/faults/${same}/duplicate`, { ofId: nothing }, { version: 1 });
    await desk.post(`/water/faults/${nothing}/dismiss`, { reason: 'لا شيء' }, { version: 2 });
    const of = await indicators();
    // 3 and 4 of 6.1 km in 61 days: 294.3 and 392.4 a 100 km and year.
    expect(of('NETWORK_FAILURES')).toMatchObject({ value: 2943, numerator: 3, denominator: '6100' });
    expect(of('COMPLAINTS')).toMatchObject({ value: 3924 });
    expect(of('REPAIR_TIME_MEDIAN')).toMatchObject({ value: 300, denominator: '3' });
    expect(of('REPAIR_TIME_P90')).toMatchObject({ value: 1000 });
    expect((await indicators('2026-10', '2026-10'))('NETWORK_FAILURES')).toMatchObject({ numerator: 0 });
  });

  it('are for officers, of months in order', async () => {
    expect((await desk.get('/water/indicators?from=2026-10&to=2026-10', 'cashier')).status).toBe(403);
    expect((await desk.get('/water/indicators?from=2026-11&to=2026-10')).body.code).toBe('http.invalid');
  });
});
