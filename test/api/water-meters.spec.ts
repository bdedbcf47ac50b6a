import { IdAllocator, UnitOfWork } from '@libs/persistence';
import { BillableReadings } from '../../src/water/readings/billable-readings';
import { Reading } from '../../src/water/readings/reading.entity';
import { Installation, Meter } from '../../src/water/meters/meter.entity';
import { FinalReadings } from '../../src/water/final-bills/final-readings';
import { StandingRows } from '../../src/water/readings/standing-rows';
import { startTestApp, type TestApp } from '../support/app';
import { olderIds } from '../support/older-ids';
import { waterWorks, type WaterWorks } from '../support/water-works';

let app: TestApp;
let works: WaterWorks;
beforeAll(async () => {
  app = await startTestApp();
  works = waterWorks(app);
});
afterAll(() => app.close());

const TODAY = '2026-11-24';
let serials = 0;
const fresh = () => `N${++serials}`;

async function received(...names: string[]) {
  const { status, body } = await works.post('/meters', { digits: 5, sizeMm: 15, serials: names });
  expect(status).toBe(201);
  return body.meters as { id: number; version: number }[];
}

/** Of November, in the field. */
const reading = (
  { id, subscriptionId }: Pick<Installation, 'id' | 'subscriptionId'>,
  read: Pick<Reading, 'readOn' | 'value' | 'consumption' | 'state'> & Partial<Reading>,
) =>
  app.app.get(UnitOfWork).run(async () =>
    works.store.insert(Reading, {
      ...{ id: await app.app.get(IdAllocator).one(), version: 1, subscriptionId, installationId: id },
      ...{ standingInstallationId: id, period: '2026-11', source: 'FIELD', noAccess: null, anomalies: [], ...read },
      ...{ reader: null, clientKey: null, capturedAt: app.clock.now(), receivedAt: app.clock.now() },
      ...{ recordedBy: null, decidedBy: null, decidedAt: null, note: null, legacyReadingId: null },
    }),
  );

const meterOf = async (serial: string) => (await works.store.reads(Meter).findOneBy({ serial }))!;

describe('meters in stock', () => {
  it('come in by a list of serials, all or none, and are found by state and serial', async () => {
    const [a, b] = [fresh(), fresh()];
    await received(a, b);
    const again = await works.post('/meters', { digits: 5, sizeMm: 15, serials: [fresh(), b] });
    expect([again.status, again.body.code, again.body.serials]).toEqual([409, 'water.serial-taken', [b]]);
    for (const wrong of [['X1', 'X1'], ['X 2'], ['  '], []]) {
      expect((await works.post('/meters', { digits: 5, sizeMm: 15, serials: wrong })).status).toBe(422);
    }
    expect((await works.get(`/meters?state=STOCK&serial=${a}`)).body.items[0]).toMatchObject({ serial: a });
    expect((await works.post('/meters', { digits: 5, sizeMm: 15, serials: [fresh()] }, { as: 'clerk' })).status).toBe(
      403,
    );
  });

  it('go to the bench, to repair and out of use, and never back', async () => {
    const [{ id, version }] = (await received(fresh())) as [{ id: number; version: number }];
    const move = (to: string, at: number) =>
      works.post(`/meters/${id}/move`, { to, reason: 'فحص دوري' }, { version: at });
    expect((await move('REPAIR', version)).body).toMatchObject({ state: 'REPAIR', version: 2 });
    expect((await move('STOCK', version)).status).toBe(412);
    expect((await move('RETIRED', 2)).body.state).toBe('RETIRED');
    expect((await move('STOCK', 3)).body.code).toBe('water.meter-state');
    const { body } = await works.get(`/meters/${id}`);
    expect(body.events.map(({ state }: { state: string }) => state)).toEqual(['STOCK', 'REPAIR', 'RETIRED']);
  });
});

describe('a meter at a subscription', () => {
  it('makes an approved subscription active, and no second one stands beside it', async () => {
    const { id } = await works.subscription({ state: 'APPROVED', openedOn: '2026-11-01' });
    const [serial, second] = [fresh(), fresh()];
    await received(serial, second);
    const install = (more: object, key?: string) =>
      works.post(`/subscriptions/${id}/meter`, { serial, initialReading: 3, on: TODAY, ...more }, key ? { key } : {});
    expect((await install({ on: '2026-10-31' })).body.code).toBe('water.day-not-possible');
    expect((await install({ on: '2026-11-25' })).body.code).toBe('water.day-not-possible');
    expect((await install({ initialReading: 100_000 })).body.code).toBe('water.not-on-the-register');
    expect((await install({ serial: 'NOBODYS' })).body.code).toBe('water.meter-unknown');
    const done = await install({ seal: 'S-1' }, 'install-1');
    expect(done).toMatchObject({
      status: 201,
      body: { state: 'ACTIVE', meter: { serial, seal: 'S-1', initialReading: 3 } },
    });
    expect((await install({ seal: 'S-1' }, 'install-1')).body).toEqual(done.body);
    expect((await install({ serial: second })).body.code).toBe('water.meter-present');
    expect(await works.events(id)).toMatchObject([
      { kind: 'METER', toState: serial },
      { kind: 'STATE', toState: 'ACTIVE' },
    ]);
    const other = await works.subscription();
    const taken = await works.post(`/subscriptions/${other.id}/meter`, { serial, initialReading: 0, on: TODAY });
    expect(taken.body.code).toBe('water.meter-state');
    const applied = await works.subscription({ state: 'APPLIED' });
    const early = await works.post(`/subscriptions/${applied.id}/meter`, {
      serial: second,
      initialReading: 0,
      on: TODAY,
    });
    expect(early.body.code).toBe('water.subscription-state');
  });

  it('is exchanged in one act, and its final reading is there for the next bill', async () => {
    const [old, next] = [fresh(), fresh()];
    const { id, installationId } = await works.subscription({ serial: old });
    await received(next);
    const replace = (more: object = {}, off: object = {}) =>
      works.post(`/subscriptions/${id}/meter/replace`, {
        ...{ on: TODAY, reason: 'متوقف', off: { serial: old, finalReading: 120, to: 'TESTING', ...off } },
        ...{ put: { serial: next, initialReading: 7 }, ...more },
      });
    expect((await replace({}, { serial: 'ANOTHER' })).body.code).toBe('water.other-meter');
    expect((await replace({ on: '2025-12-31' })).body.code).toBe('water.day-not-possible');
    expect((await replace()).body).toMatchObject({ meter: { serial: next, initialReading: 7, installedOn: TODAY } });
    expect(await meterOf(old)).toMatchObject({ state: 'TESTING' });
    const [final] = await works.store.reads(Reading).findBy({ installationId });
    expect(final).toMatchObject({
      period: '2026-11',
      value: 120,
      consumption: 120,
      state: 'VALID',
      anomalies: ['FINAL'],
    });
    expect(await works.store.reads(Installation).findOneBy({ id: installationId })).toMatchObject({
      ...{ removedOn: TODAY, finalReading: 120, openMeterId: null },
    });
    const standing = (await works.store.reads(Installation).findOneBy({ openSubscriptionId: id }))!;
    await reading(standing, { readOn: TODAY, value: 27, consumption: 20, state: 'VALID' });
    const billable = await app.app.get(BillableReadings).forBilling([id], '2026-11');
    expect(billable.get(id)).toMatchObject({ consumption: 140, from: '2026-01-02', to: TODAY });
    const removed = await works.post(`/subscriptions/${id}/meter/remove`, {
      ...{ on: TODAY, reason: 'هدم المبنى', off: { serial: next, finalReading: 29, to: 'STOCK' } },
    });
    expect(removed.body.meter).toBeNull();
  });

  it('leaves a final reading beside the one that was read in the month, and doubts one that goes backwards', async () => {
    const serial = fresh();
    const { id, installationId } = await works.subscription({ serial });
    await reading(
      { id: installationId, subscriptionId: id },
      { readOn: '2026-11-10', value: 100, consumption: 100, state: 'BILLED' },
    );
    const remove = (on: string, finalReading: number) =>
      works.post(`/subscriptions/${id}/meter/remove`, {
        on,
        reason: 'فحص',
        off: { serial, finalReading, to: 'TESTING' },
      });
    expect((await remove('2026-11-09', 130)).body).toMatchObject({
      code: 'water.day-not-possible',
      lastReadOn: '2026-11-10',
    });
    expect((await remove(TODAY, 90)).status).toBe(200);
    expect(await works.store.reads(Reading).findOneBy({ installationId, period: '2026-12' })).toMatchObject({
      ...{ value: 90, consumption: null, state: 'SUSPECT', anomalies: ['FINAL', 'BACKWARD'] },
    });
  });

  it('that shows less than was estimated puts the estimate right', async () => {
    const serial = fresh();
    const { id, installationId } = await works.subscription({ serial });
    const at = { id: installationId, subscriptionId: id };
    await reading(at, { period: '2026-10', readOn: '2026-10-31', value: 100, consumption: 100, state: 'BILLED' });
    const estimate = { source: 'ESTIMATE', consumption: 60, state: 'BILLED' } as const;
    await reading(at, { ...estimate, readOn: '2026-11-20', value: 160 });
    const off = { serial, finalReading: 130, to: 'TESTING' };
    await works.post(`/subscriptions/${id}/meter/remove`, { on: TODAY, reason: 'فحص', off });
    expect(await works.store.reads(Reading).findOneBy({ installationId, period: '2026-12' })).toMatchObject({
      ...{ value: 130, consumption: -30, state: 'VALID', anomalies: ['FINAL'] },
    });
    const { body } = await works.get('/readings?anomaly=FINAL&period=2026-12');
    expect(body.items).toContainEqual(expect.objectContaining({ value: 130, anomalies: ['FINAL'] }));
  });

  it('is put right when two were put down at each other’s places, once though two clerks do it at once', async () => {
    const [a, b] = [fresh(), fresh()];
    const [first, second] = [await works.subscription({ serial: a }), await works.subscription({ serial: b })];
    const body = {
      ...{ on: TODAY, reason: 'العدادان مسجلان بالعكس' },
      first: { subscriptionId: first.id, serial: a, finalReading: 40 },
      second: { subscriptionId: second.id, serial: b, finalReading: 60 },
    };
    const answers = await Promise.all([works.post('/meter-swaps', body), works.post('/meter-swaps', body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [at, other] = answers.find(({ status }) => status === 201)!.body.subscriptions;
    expect([at.meter, other.meter]).toMatchObject([
      { serial: b, initialReading: 60 },
      { serial: a, initialReading: 40 },
    ]);
    const same = { ...body, second: { ...body.second, subscriptionId: first.id } };
    expect((await works.post('/meter-swaps', same)).status).toBe(422);
  });

  it('of several on one day: the last that stood is the last, whichever process put it up', async () => {
    const older = await olderIds(app);
    const [first, second, third] = [fresh(), fresh(), fresh()];
    const { id } = await works.subscription({ serial: first });
    await received(second, third);
    const exchange = async (serial: string, next: string, finalReading: number) => {
      const body = { on: TODAY, reason: 'عطل', off: { serial, finalReading, to: 'TESTING' } };
      expect((await works.post(`/subscriptions/${id}/meter/remove`, body)).status).toBe(200);
      const put = { on: TODAY, serial: next, initialReading: 7 };
      expect((await works.post(`/subscriptions/${id}/meter`, put)).status).toBe(201);
    };
    await exchange(first, second, 30);
    older();
    app.clock.advance({ minutes: 1 });
    await exchange(second, third, 12);
    const finals = app.app.get(FinalReadings, { strict: false });
    const standing = await finals.installationAt({ subscriptionId: id, readOn: TODAY });
    expect(standing).toMatchObject({ meterId: (await meterOf(third)).id, openSubscriptionId: id });
    const histories = await app.app.get(StandingRows, { strict: false }).all([id]);
    expect(histories.get(id)!.map(({ value }) => value)).toEqual([30, 12]);
    const { body } = await works.get(`/meters/${(await meterOf(second)).id}`);
    expect(body.events.map(({ act }: any) => act)).toEqual(['RECEIVED', 'INSTALLED', 'REMOVED']);
  });

  it('goes to one of two subscriptions that want it at once', async () => {
    const serial = fresh();
    await received(serial);
    const [first, second] = [await works.subscription(), await works.subscription()];
    const install = (id: number) =>
      works.post(`/subscriptions/${id}/meter`, { serial, initialReading: 0, on: TODAY }, { as: 'supervisor' });
    const answers = await Promise.all([install(first.id), install(second.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('a test of a meter', () => {
  it('is judged by the tolerance, only on the bench', async () => {
    const serial = fresh();
    const { id: subscriptionId } = await works.subscription({ serial });
    const off = { serial, finalReading: 50, to: 'TESTING' };
    const { id, version } = await meterOf(serial);
    const test = (more: object, at: number) =>
      works.post(
        `/meters/${id}/tests`,
        {
          testedOn: TODAY,
          reportNumber: 'ف.ع 2026/1',
          then: 'REPAIR',
          errors: { low: 0, nominal: 650, high: 600 },
          ...more,
        },
        { version: at },
      );
    expect((await test({}, version)).body.code).toBe('water.meter-state');
    await works.post(`/subscriptions/${subscriptionId}/meter/remove`, { on: TODAY, reason: 'طلب المشترك', off });
    const { version: now } = await meterOf(serial);
    expect((await test({ testedOn: '2026-11-23' }, now)).body.code).toBe('water.day-not-possible');
    expect((await test({}, now)).body).toMatchObject({
      outcome: 'FAST',
      subscriptionId,
      tolerance: 400,
      feeGivenBack: false,
    });
    expect((await works.get(`/meters/${id}`)).body).toMatchObject({ state: 'REPAIR', tests: [{ outcome: 'FAST' }] });
  });
});

describe('a subscription by hand', () => {
  it('is held and released, closed without a meter, and protected', async () => {
    const serial = fresh();
    const { id } = await works.subscription({ serial });
    const act = (state: string, version: number, as = 'officer') =>
      works.post(`/subscriptions/${id}/state`, { state, reason: 'المبنى قيد الهدم' }, { version, as });
    expect((await act('HOLD', 1, 'clerk')).status).toBe(403);
    expect((await act('HOLD', 1)).body).toMatchObject({ state: 'HOLD', version: 2 });
    expect((await act('HOLD', 1)).status).toBe(412);
    expect((await act('HOLD', 2)).body.code).toBe('water.subscription-state');
    expect((await act('ACTIVE', 2)).body.state).toBe('ACTIVE');
    expect((await act('CLOSED', 3)).body.code).toBe('water.meter-stands');
    const off = { serial, finalReading: 1, to: 'STOCK' };
    await works.post(`/subscriptions/${id}/meter/remove`, { on: TODAY, reason: 'هدم المبنى', off });
    const { version } = await works.now(id);
    expect((await act('CLOSED', version)).body).toMatchObject({ state: 'CLOSED', closedOn: TODAY });
    expect((await act('ACTIVE', version + 1)).body.code).toBe('water.subscription-state');
    const protect = (as: string) =>
      works.post(
        `/subscriptions/${id}/protection`,
        { protection: 'LIFE_SUPPORT', reason: 'تقرير طبي' },
        { version: version + 1, as },
      );
    expect((await protect('officer')).status).toBe(403);
    expect((await protect('supervisor')).body.protection).toBe('LIFE_SUPPORT');
    const cut = await works.subscription({ state: 'DISCONNECTED', disconnection: 'DEBT' });
    const freed = await works.post(
      `/subscriptions/${cut.id}/state`,
      { state: 'ACTIVE', reason: 'خطأ' },
      { version: 1 },
    );
    expect(freed.body.code).toBe('water.subscription-state');
  });
});
