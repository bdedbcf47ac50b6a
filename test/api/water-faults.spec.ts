import { startTestApp, type TestApp } from '../support/app';
import { networkDesk } from '../support/water-network';

let app: TestApp;
let desk: ReturnType<typeof networkDesk>;
let zone: { id: number };

beforeAll(async () => {
  app = await startTestApp();
  desk = networkDesk(app);
});
beforeEach(async () => {
  zone = await desk.zone();
});
afterAll(() => app.close());

const LEAK = { kind: 'LEAK', severity: 'HIGH', source: 'PHONE', place: 'شارع رفيديا، قرب المسجد' };
const report = async (more: object = {}) => {
  const { status, body } = await desk.post('/water/faults', { zoneId: zone.id, ...LEAK, ...more }, { as: 'clerk' });
  expect(status).toBe(201);
  return body.fault as { id: number; version: number; zoneId: number };
};
const order = async (faultIds: number[], more: object = {}) => {
  const { status, body } = await desk.post('/water/work-orders', { faultIds, crew: 'طاقم 2', ...more });
  expect(status).toBe(201);
  return body as { id: number; version: number };
};
const fault = async (id: number) => (await desk.get(`/water/faults/${id}`)).body;

describe('a report of a leak or outage', () => {
  it('is taken by phone, once under its key, with the number in one form', async () => {
    const body = { zoneId: zone.id, ...LEAK, reporterName: 'سمير النابلسي', reporterPhone: '0599000001' };
    const first = await desk.post('/water/faults', body, { as: 'clerk', key: 'phone-1' });
    expect(first).toMatchObject({
      status: 201,
      body: { fault: { state: 'OPEN', reporterPhone: '+970599000001', version: 1 }, similar: [], interruptionIds: [] },
    });
    const again = await desk.post('/water/faults', body, { as: 'clerk', key: 'phone-1' });
    expect(again.body.fault.id).toBe(first.body.fault.id);
    const { body: list } = await desk.get(`/water/faults?zoneId=${zone.id}&state=OPEN&kind=LEAK`);
    expect(list).toMatchObject({ total: 1, items: [{ id: first.body.fault.id }] });
  });

  it('takes the zone of its subscription', async () => {
    const { id } = await desk.subscription(zone.id);
    expect(await report({ zoneId: undefined, subscriptionId: id })).toMatchObject({ zoneId: zone.id });
    const { id: unzoned } = await desk.subscription(null);
    const { body } = await desk.post('/water/faults', { ...LEAK, subscriptionId: unzoned });
    expect(body.errors).toEqual([{ pointer: '/zoneId', code: 'required' }]);
  });

  it.each([
    [{ zoneId: 999_999_999 }, '/zoneId'],
    [{ subscriptionId: 999_999_999 }, '/subscriptionId'],
    [{ reporterPhone: '123' }, '/reporterPhone'],
    [{ kind: 'FLOOD' }, '/kind'],
  ])('refuses %j', async (more, pointer) => {
    const { status, body } = await desk.post('/water/faults', { zoneId: zone.id, ...LEAK, ...more });
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'http.invalid', pointer]);
  });

  it('is told what may be the same, likeliest first, within the hours that are set, and what explains it', async () => {
    const old = await report();
    app.clock.advance({ hours: 73 });
    app.forgetTokens();
    const near = await report();
    const elsewhere = await report({ place: 'الجبل الشمالي' });
    const cut = await desk.post('/water/interruptions', {
      ...{ zoneId: zone.id, kind: 'EMERGENCY', until: '2026-12-10T12:00' },
      ...{ reasonAr: 'كسر', reasonEn: 'Burst' },
    });
    const { body } = await desk.post('/water/faults', { zoneId: zone.id, ...LEAK, place: 'رفيديا مقابل مسجد' });
    expect(body.similar).toMatchObject([
      { id: near.id, reasons: ['SAME_PLACE', 'SAME_KIND'] },
      { id: elsewhere.id, reasons: ['SAME_KIND'] },
    ]);
    expect(body.interruptionIds).toEqual([cut.body.id]);
    expect((await desk.get(`/water/faults/${body.fault.id}/similar`)).body.similar).toHaveLength(2);
    expect(body.similar.map(({ id }: { id: number }) => id)).not.toContain(old.id);
  });

  it('is settled as a duplicate of an original, which takes its duplicates over', async () => {
    const [a, b, c] = [await report(), await report(), await report()];
    const duplicate = (id: number, ofId: number, version: number, as = 'officer') =>
      desk.post(`/water/faults/${id}/duplicate`, { ofId }, { as, version });
    expect((await duplicate(c.id, b.id, 1, 'clerk')).status).toBe(403);
    expect((await duplicate(c.id, c.id, 1)).body.code).toBe('water.fault-duplicate-of-itself');
    expect((await duplicate(c.id, 999_999_999, 1)).body.code).toBe('http.invalid');
    expect((await duplicate(c.id, b.id, 1)).body).toMatchObject({ state: 'DUPLICATE', duplicateOfId: b.id });
    expect((await duplicate(b.id, a.id, 1)).status).toBe(412);
    expect((await duplicate(a.id, c.id, 1)).body.code).toBe('water.fault-duplicate-of-itself');
    expect((await duplicate(b.id, a.id, 2)).status).toBe(200);
    expect(await fault(c.id)).toMatchObject({ state: 'DUPLICATE', duplicateOfId: a.id });
    expect((await duplicate(c.id, a.id, 2)).body.code).toBe('water.fault-state');
    zone = await desk.zone();
    const far = await report();
    expect((await duplicate(far.id, a.id, 1)).body.code).toBe('water.fault-other-zone');
  });

  it('is dismissed with a reason, once', async () => {
    const { id } = await report();
    const dismiss = (version: number) => desk.post(`/water/faults/${id}/dismiss`, { reason: 'لا شيء' }, { version });
    expect((await dismiss(1)).body).toMatchObject({ state: 'DISMISSED', closingNote: 'لا شيء', version: 2 });
    expect((await dismiss(2)).body.code).toBe('water.fault-state');
    expect((await desk.post('/water/faults/999999999/dismiss', { reason: 'x' }, { version: 1 })).status).toBe(404);
  });
});

describe('a work order', () => {
  it('goes from planned to repaired and resolves its reports', async () => {
    const [a, b] = [await report(), await report()];
    const { id } = await order([a.id], { plannedFor: '2026-12-01' });
    const act = (verb: string, version: number, body: object = {}) =>
      desk.post(`/water/work-orders/${id}/${verb}`, body, { version });
    expect(await fault(a.id)).toMatchObject({ state: 'ORDERED', orderId: id });
    expect((await act('repair', 1, { outcome: 'وصلة' })).body.code).toBe('water.work-order-state');
    expect((await act('start', 1)).body).toMatchObject({ state: 'STARTED', version: 2 });
    expect((await act('start', 1)).body.code).toBe('water.work-order-state');
    expect((await act('faults', 1, { faultIds: [b.id] })).status).toBe(412);
    expect((await act('faults', 2, { faultIds: [b.id] })).body).toMatchObject({ version: 3 });
    app.clock.advance({ minutes: 90 });
    app.forgetTokens();
    const materials = [{ name: 'ماسورة', quantity: 6, unit: 'متر' }];
    const repaired = await act('repair', 3, { outcome: 'استبدال وصلة', materials });
    expect(repaired.body).toMatchObject({ state: 'REPAIRED', materials, outcome: 'استبدال وصلة' });
    expect(Date.parse(repaired.body.repairedAt) - Date.parse(repaired.body.firstReportedAt)).toBe(90 * 60_000);
    expect((await desk.get(`/water/faults?orderId=${id}&state=RESOLVED`)).body.total).toBe(2);
    expect((await act('cancel', 4, { reason: 'x' })).body.code).toBe('water.work-order-state');
    expect((await desk.get(`/water/work-orders?state=REPAIRED&zoneId=${zone.id}`)).body.total).toBe(1);
  });

  it('leaves its reports open when it is cancelled', async () => {
    const { id: faultId } = await report();
    const { id } = await order([faultId]);
    const cancelled = await desk.post(`/water/work-orders/${id}/cancel`, { reason: 'خط خاص' }, { version: 1 });
    expect(cancelled.body).toMatchObject({ state: 'CANCELLED', outcome: 'خط خاص' });
    expect(await fault(faultId)).toMatchObject({ state: 'OPEN', orderId: null });
    await order([faultId]);
  });

  it('takes reports of one zone that no other has, even when two ask at once', async () => {
    const { id } = await report();
    const ask = () => desk.post('/water/work-orders', { faultIds: [id], crew: 'طاقم 1' });
    const answers = await Promise.all([ask(), ask()]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(201);
    expect([409, 412]).toContain(statuses[1]);
    const free = await report();
    zone = await desk.zone();
    const other = await report();
    const mixed = await desk.post('/water/work-orders', { faultIds: [free.id, other.id], crew: 'طاقم 1' });
    expect(mixed.body.code).toBe('water.fault-other-zone');
    const unknown = await desk.post('/water/work-orders', { faultIds: [999_999_999], crew: 'طاقم 1' });
    expect(unknown.body.errors).toEqual([{ pointer: '/faultIds/0', code: 'unknown' }]);
  });

  it('is planned without reports at a place of a zone', async () => {
    const plan = (body: object, as = 'officer') => desk.post('/water/work-orders', { crew: 'طاقم 1', ...body }, { as });
    expect((await plan({})).body.errors).toEqual([{ pointer: '/zoneId', code: 'required' }]);
    expect((await plan({ zoneId: zone.id })).body.errors).toEqual([{ pointer: '/place', code: 'required' }]);
    const planned = await plan({ zoneId: zone.id, place: 'خزان رفيديا' });
    expect(planned.body).toMatchObject({ state: 'PLANNED', firstReportedAt: null });
    expect((await plan({ zoneId: zone.id, place: 'x' }, 'clerk')).status).toBe(403);
    expect((await desk.get('/water/work-orders/999999999')).status).toBe(404);
  });
});
