import { OutboxMessage } from '@libs/outbox';
import { UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Inbox } from '../../src/notifications';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows } from '../support/one-records';
import { seedRecord } from '../support/records';
import { tillDesk } from '../support/till';
import { networkDesk } from '../support/water-network';

let app: TestApp;
let desk: ReturnType<typeof networkDesk>;
let zone: { id: number; code: string };

beforeAll(async () => {
  app = await startTestApp();
  desk = networkDesk(app);
});
beforeEach(async () => {
  zone = await desk.zone();
});
afterAll(() => app.close());

const REASON = { reasonAr: 'صيانة الخط الرئيسي', reasonEn: 'Repair of the main' };
const announce = (body: object, as = 'officer') =>
  desk.post('/water/interruptions', { zoneId: zone.id, kind: 'PLANNED', ...REASON, ...body }, { as });
const act = (id: number, verb: string, version: number, body: object = {}) =>
  desk.post(`/water/interruptions/${id}/${verb}`, body, { version });
const notices = async (id: number) => (await desk.get(`/water/interruption-notices?interruptionId=${id}`)).body.items;
const move = (duration: object) => {
  app.clock.advance(duration);
  app.forgetTokens();
};

describe('an interruption', () => {
  // The clock stands at 2026-11-24 10:00 in Hebron.
  const PLANNED = { from: '2026-11-26T08:00', until: '2026-11-26T16:00' };

  it('is one notice and one message, whatever the number of subscribers, and ends in the list of notices', async () => {
    await desk.subscription(zone.id);
    await desk.subscription(zone.id, { state: 'HOLD' });
    await desk.subscription(zone.id, { state: 'DISCONNECTED', disconnection: 'DEBT' });
    const { status, body } = await announce(PLANNED);
    expect(status).toBe(201);
    expect(body).toMatchObject({ fromAt: '2026-11-26T06:00:00.000Z', current: false, overdue: false, endedAt: null });
    const messages = await desk.store.reads(OutboxMessage).findBy({ type: 'water.interruption' });
    expect(messages.filter(({ payload }) => (payload as { zoneId: number }).zoneId === zone.id)).toMatchObject([
      {
        lane: 'EMERGENCY',
        payload: {
          interruptionId: body.id,
          kind: 'ANNOUNCEMENT',
          fromAt: body.fromAt,
          untilAt: body.untilAt,
          audience: { zoneId: zone.id, states: ['ACTIVE', 'HOLD'] },
        },
      },
    ]);
    await app.drain();
    expect(await notices(body.id)).toMatchObject([
      {
        sequence: 1,
        kind: 'ANNOUNCEMENT',
        state: 'RECORDED',
        audience: 2,
        textAr: expect.stringContaining('قطع مبرمج'),
      },
    ]);
    expect((await desk.store.reads(OutboxMessage).findOneBy({ id: messages.at(-1)!.id }))!.state).toBe('DONE');
  });

  it('counts subscriptions by the zone of their route where their place has none', async () => {
    const route = { code: `R-${zone.id}`, name: 'خط', zoneId: zone.id, cycleMonths: 1 };
    const { body: made } = await app.request('POST', '/water/routes', { as: 'supervisor', body: route });
    await desk.subscription(null, { routeId: made.id });
    const { body } = await announce(PLANNED);
    await app.drain();
    expect(await notices(body.id)).toMatchObject([{ audience: 1 }]);
  });

  it('begins, is late, and ends with water; each step is told', async () => {
    const emergency = { kind: 'EMERGENCY', until: '2026-11-24T12:00' };
    const { body } = await announce(emergency);
    expect(body).toMatchObject({ current: true, overdue: false, fromAt: app.clock.now() });
    move({ hours: 3 });
    const read = async () => (await desk.get(`/water/interruptions/${body.id}`)).body;
    expect(await read()).toMatchObject({ current: true, overdue: true });
    expect((await act(body.id, 'cancel', 1)).body.code).toBe('water.interruption-begun');
    expect((await act(body.id, 'update', 1, { from: '2026-11-25T08:00', until: '2026-11-25T12:00' })).body.code).toBe(
      'water.interruption-begun',
    );
    const late = await act(body.id, 'update', 1, { until: '2026-11-24T18:00', reasonAr: 'كسر آخر' });
    expect(late.body).toMatchObject({ untilAt: '2026-11-24T16:00:00.000Z', reasonAr: 'كسر آخر', overdue: false });
    expect((await act(body.id, 'update', 2, { until: '2026-11-24T18:00' })).body.errors).toEqual([
      { pointer: '/until', code: 'unchanged' },
    ]);
    for (const at of ['2026-11-24T09:00', '2026-11-24T23:00']) {
      expect((await act(body.id, 'restore', 2, { at })).body.errors).toEqual([{ pointer: '/at', code: 'outside' }]);
    }
    const restored = await act(body.id, 'restore', 2, { at: '2026-11-24T12:30' });
    expect(restored.body).toMatchObject({ state: 'RESTORED', endedAt: '2026-11-24T10:30:00.000Z', current: false });
    expect((await act(body.id, 'restore', 3)).body.code).toBe('water.interruption-state');
    expect((await act(body.id, 'restore', 1)).body.code).toBe('water.interruption-state');
    await app.drain();
    const kinds = (await notices(body.id)).map(({ kind, sequence }: Record<string, unknown>) => [sequence, kind]);
    expect(kinds).toEqual([
      [3, 'RESTORATION'],
      [2, 'UPDATE'],
      [1, 'ANNOUNCEMENT'],
    ]);
  });

  it('is moved or cancelled before it begins, by one of two who try', async () => {
    const times = { from: '2026-12-01T08:00', until: '2026-12-01T16:00' };
    const { body } = await announce(times);
    expect((await act(body.id, 'restore', 1)).body.code).toBe('water.interruption-not-begun');
    const moved = await act(body.id, 'update', 1, { from: '2026-12-02T08:00', until: '2026-12-02T16:00' });
    expect(moved.body.fromAt).toBe('2026-12-02T06:00:00.000Z');
    expect((await act(body.id, 'cancel', 1)).status).toBe(412);
    const answers = await Promise.all([act(body.id, 'cancel', 2), act(body.id, 'cancel', 2)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await notices(body.id)).toHaveLength(3);
    expect((await desk.get(`/water/interruptions?zoneId=${zone.id}&state=CANCELLED`)).body.total).toBe(1);
  });

  it.each([
    [{ until: '2026-12-26T16:00' }, '/from', 'required'],
    [{ from: '2026-11-20T08:00', until: '2026-12-01T16:00' }, '/from', 'notToCome'],
    [{ from: '2026-12-26T08:00', until: '2026-12-26T08:00' }, '/until', 'notAfterFrom'],
    [{ from: '2026-12-26T08:00', until: '2027-02-26T08:00' }, '/until', 'tooLong'],
    [{ kind: 'EMERGENCY', from: '2026-11-20T08:00', until: '2026-11-21T08:00' }, '/until', 'notToCome'],
    [{ from: '2026-02-30T08:00', until: '2026-12-01T16:00' }, '/from', 'localTime'],
    [{ from: 'soon', until: '2026-12-01T16:00' }, '/from', 'pattern'],
    [{ from: '2026-12-26T08:00', until: '2026-12-26T09:00', zoneId: 999_999_999 }, '/zoneId', 'unknown'],
    [{ from: '2026-12-26T08:00', until: '2026-12-26T09:00', orderId: 999_999_999 }, '/orderId', 'unknown'],
  ])('refuses %j', async (times, pointer, code) => {
    const { status, body } = await announce(times);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual({ pointer, code });
  });

  it('isolates a zone for a work order; a clerk only reads it', async () => {
    const order = await desk.post('/water/work-orders', { zoneId: zone.id, place: 'خزان', crew: 'طاقم 1' });
    const times = { from: '2026-12-26T08:00', until: '2026-12-26T09:00', orderId: order.body.id };
    expect((await announce(times, 'clerk')).status).toBe(403);
    expect((await announce(times)).status).toBe(201);
    const { status, body } = await desk.get(`/water/interruptions?orderId=${order.body.id}`, 'clerk');
    expect([status, body.total]).toEqual([200, 1]);
    expect((await desk.get('/water/interruptions/999999999')).status).toBe(404);
    expect((await act(999_999_999, 'cancel', 1)).status).toBe(404);
  });

  it('is told to each phone of the zone once, an emergency at any hour', async () => {
    app.clock.set('2026-12-03T19:30:00.000Z');
    app.forgetTokens();
    const till = tillDesk(app);
    const [one, two] = ['+970599000051', '+970599000052'];
    const { id: record } = await seedRecord(app, [], { phoneE164: one! });
    const { id: sharing } = await seedRecord(app, [], { phoneE164: two! });
    const [payer] = await addLegacyRows(app, [{ name: 'جار', phone: '0599000053' }]);
    for (const oneRecordId of [record, record, sharing]) {
      await desk.subscription(zone.id, { accountId: (await till.account({ oneRecordId })).id });
    }
    const { id: accountId } = await till.account();
    await app.app.get(UnitOfWork).run(() => desk.store.update(Account, { id: accountId }, { legacyCitizenId: payer! }));
    await desk.subscription(zone.id, { accountId });
    const { body } = await announce({ kind: 'EMERGENCY', until: '2026-12-03T23:30', reasonAr: 'كسر في الخط' });
    await app.drain();
    const told = await desk.store.reads(SandboxMessage).find({ order: { recipient: 'ASC' } });
    const mine = told.filter(({ reference }) => reference.startsWith(`water.interruption:`));
    expect(mine.map(({ recipient, lane }) => [recipient, lane])).toEqual(
      [one, two, '+970599000053'].map((each) => [each, 'EMERGENCY']),
    );
    expect(mine[0]!.body).toMatch(/^بلدية نابلس: قطع طارئ للمياه.*كسر في الخط$/);
    expect((await app.app.get(Inbox, { strict: false }).list([record], { page: 1, pageSize: 5 })).total).toBe(1);
    // That water is back can wait for the morning.
    await act(body.id, 'restore', 1);
    await app.drain();
    expect(await desk.store.reads(SandboxMessage).countBy({ recipient: one! })).toBe(1);
    move({ hours: 70 });
    await app.drain();
    expect(await desk.store.reads(SandboxMessage).countBy({ recipient: one! })).toBe(2);
  });
});
