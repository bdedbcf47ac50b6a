import { addDays } from '@libs/calendar';
import { IdAllocator, UnitOfWork } from '@libs/persistence';
import { Proofs } from '../../src/billing';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { Meter } from '../../src/water/meters/meter.entity';
import { Reading } from '../../src/water/readings/reading.entity';
import { FormerTerms } from '../../src/water/subscriptions/subscription.entity';
import { startTestApp, type TestApp } from '../support/app';
import { charged, keyed } from '../support/charged';
import { waterWorks, type WaterWorks } from '../support/water-works';

let app: TestApp;
let works: WaterWorks;
let books: ReturnType<typeof charged>;
beforeAll(async () => {
  app = await startTestApp();
  works = waterWorks(app);
  books = charged(app);
});
afterAll(async () => {
  expect(await books.faults()).toEqual([]);
  expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  await app.close();
});

const TODAY = '2026-11-24';
const submit = (body: object, as = 'clerk', key?: string) => works.post('/requests', body, { as, ...(key && { key }) });
const step = ({ id, version }: { id: number; version: number }, verb: string, body: object = {}, as = 'officer') =>
  works.post(`/requests/${id}/${verb}`, body, { as, version });
const read = async (id: number) => (await works.get(`/requests/${id}`)).body;
const done = async (now: any, verb: string, body: object = {}, as = 'officer') => {
  const answer = await step(now, verb, body, as);
  expect([verb, answer.status, answer.body.code]).toEqual([verb, 200, undefined]);
  return answer.body;
};

/** A record and its subscription. */
async function subscriber(changes: Parameters<WaterWorks['subscription']>[0] = {}) {
  const { id: oneRecordId } = await books.record([]);
  return { oneRecordId, subscription: await works.subscription({ ...changes, oneRecordId }) };
}

describe('a new subscription', () => {
  const details = { address: 'رفيديا، بناية النور', waterClass: 'DOMESTIC', sizeMm: 15, units: 4, basin: '24' };
  const documents = ['ID_CARD', 'OWNERSHIP_DEED', 'BUILDING_LICENCE'];

  it('goes from the counter to the meter, and waits for its fee on the way', async () => {
    const { id: oneRecordId } = await books.record([]);
    const { routeId } = await works.walk('R-1');
    const taken = await submit(
      { kind: 'NEW_SUBSCRIPTION', oneRecordId, details, documents: ['ID_CARD'] },
      'clerk',
      'new-1',
    );
    expect(taken).toMatchObject({ status: 201, body: { state: 'SUBMITTED', next: 'CHECKED', dueOn: '2026-11-27' } });
    const again = await submit(
      { kind: 'NEW_SUBSCRIPTION', oneRecordId, details, documents: ['ID_CARD'] },
      'clerk',
      'new-1',
    );
    expect(again.body).toEqual(taken.body);
    let now = taken.body;
    const { subscriptionId } = now;
    expect(await works.now(subscriptionId)).toMatchObject({ state: 'APPLIED', units: 4, waterClass: 'DOMESTIC' });
    expect((await step(now, 'check')).body).toMatchObject({
      code: 'water.documents-missing',
      missing: documents.slice(1),
    });
    expect((await step(now, 'survey')).body.code).toBe('water.request-step');
    expect((await step(now, 'check', {}, 'clerk')).status).toBe(403);
    now = await done(now, 'check', { documents: documents.slice(1) });
    const both = await Promise.all([
      step(now, 'survey', { routeId, sequence: 7, sizeMm: 20 }),
      step(now, 'survey', {}),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    now = await done(await read(now.id), 'charge');
    expect(now).toMatchObject({ state: 'FEES_DUE', next: null });
    const subscription = await works.now(subscriptionId);
    expect(subscription.state).toBe('APPROVED');
    expect(await books.chargeRow(now.feeChargeIds[0])).toMatchObject({ head: 'WATER_CONNECTION', outstanding: 50_000 });
    expect((await step(now, 'execute')).body.code).toBe('water.fees-unpaid');
    const waiting = async (state: string) =>
      (await works.get(`/requests?state=${state}&oneRecordId=${oneRecordId}`)).body.total;
    expect([await waiting('FEES_DUE'), await waiting('PAID')]).toEqual([1, 0]);
    await books.pay(subscription.accountId, 50_000);
    expect([await waiting('FEES_DUE'), await waiting('PAID')]).toEqual([0, 1]);
    expect(await read(now.id)).toMatchObject({ state: 'PAID', next: 'EXECUTED' });
    expect((await step(now, 'execute')).body.code).toBe('water.not-done-yet');
    await works.post('/meters', { digits: 5, sizeMm: 20, serials: ['NEW-1'] });
    const meter = { serial: 'NEW-1', initialReading: 0, on: TODAY };
    expect((await works.post(`/subscriptions/${subscriptionId}/meter`, meter)).body.state).toBe('ACTIVE');
    now = await done(now, 'execute');
    expect((await step(now, 'withdraw', { reason: 'لم يعد يلزم' }, 'clerk')).body.code).toBe('water.request-step');
    now = await done(now, 'close', { note: 'أبلغ هاتفياً' }, 'clerk');
    expect(now).toMatchObject({ state: 'CLOSED', next: null, dueOn: null });
    const { steps } = await read(now.id);
    expect(steps.map(({ toState }: { toState: string }) => toState)).toEqual([
      ...['SUBMITTED', 'CHECKED', 'SURVEYED', 'FEES_DUE', 'EXECUTED', 'CLOSED'],
    ]);
    const events = await works.events(subscriptionId);
    expect(events.map(({ toState }: { toState: string }) => toState)).toEqual([
      'APPLIED',
      'APPROVED',
      'NEW-1',
      'ACTIVE',
    ]);
    const { subscriptions } = (
      await app.request('GET', `/one-records/${oneRecordId}/water-subscriptions`, { as: 'clerk' })
    ).body;
    expect(subscriptions).toMatchObject([{ id: subscriptionId, sizeMm: 20, route: { id: routeId }, sequence: 7 }]);
  });

  it('that is refused is closed, and its fee is taken back', async () => {
    const { id: oneRecordId } = await books.record([]);
    let now = (await submit({ kind: 'NEW_SUBSCRIPTION', oneRecordId, details, documents })).body;
    now = await done(now, 'check');
    now = await done(now, 'survey');
    now = await done(now, 'charge');
    const { accountId } = await works.now(now.subscriptionId);
    expect((await step(now, 'reject', { reason: 'خارج الشبكة' }, 'clerk')).status).toBe(403);
    now = await done(now, 'reject', { reason: 'خارج الشبكة' });
    expect(now).toMatchObject({ state: 'REJECTED', next: null });
    expect((await works.now(now.subscriptionId)).state).toBe('CLOSED');
    expect(await books.balance(accountId)).toBe(0);
    expect((await step(now, 'reject', { reason: 'خارج الشبكة' })).body.code).toBe('water.request-step');
  });

  it('asks for what it needs, of an approved applicant', async () => {
    const { id: oneRecordId } = await books.record([]);
    const missing = await submit({ kind: 'NEW_SUBSCRIPTION', oneRecordId, details: { address: 'رفيديا' } });
    expect(missing.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/details/waterClass',
      '/details/sizeMm',
    ]);
    expect((await submit({ kind: 'NEW_SUBSCRIPTION', oneRecordId: 999_999_999, details })).status).toBe(404);
    expect(
      (await submit({ kind: 'NEW_SUBSCRIPTION', oneRecordId, details: { ...details, zoneId: 999_999 } })).status,
    ).toBe(422);
    expect((await submit({ kind: 'NEW_SUBSCRIPTION', oneRecordId, details }, 'cashier')).status).toBe(403);
    await app.app.get(UnitOfWork).run(() => works.store.update(OneRecord, { id: oneRecordId }, { state: 'DRAFT' }));
    expect((await submit({ kind: 'NEW_SUBSCRIPTION', oneRecordId, details })).body.code).toBe(
      'water.applicant-not-approved',
    );
  });
});

describe('requests about a subscription', () => {
  it('are its holder’s, one of a kind at a time, and possible only where it stands', async () => {
    const { oneRecordId, subscription } = await subscriber({ serial: 'REQ-1' });
    const other = await subscriber();
    const ask = (kind: string, more: object = {}) =>
      submit({ kind, oneRecordId, subscriptionId: subscription.id, ...more });
    expect((await submit({ kind: 'METER_TEST', oneRecordId, subscriptionId: other.subscription.id })).body.code).toBe(
      'water.not-the-subscriber',
    );
    expect((await submit({ kind: 'METER_TEST', oneRecordId })).status).toBe(422);
    expect((await submit({ kind: 'METER_TEST', oneRecordId, subscriptionId: 999_999 })).status).toBe(422);
    expect((await ask('RECONNECT')).body.code).toBe('water.subscription-state');
    expect((await ask('CHANGE_OF_CLASS', { details: { waterClass: 'DOMESTIC' } })).body.code).toBe(
      'water.subscription-state',
    );
    expect((await ask('OWN_READING', { details: { reading: 5, readOn: '2026-11-25' } })).status).toBe(422);
    expect((await ask('METER_TEST')).status).toBe(201);
    expect((await ask('METER_TEST')).body.code).toBe('water.request-open');
    const overdue = async () =>
      (await works.get(`/requests?overdue=true&subscriptionId=${subscription.id}`)).body.total;
    expect(await overdue()).toBe(0);
    app.clock.set('2026-11-28T08:00:00.000Z');
    app.forgetTokens();
    expect(await overdue()).toBe(1);
    app.clock.set(`${TODAY}T08:00:00.000Z`);
    app.forgetTokens();
  });

  it('a test of the meter gives its fee back when the meter is wrong', async () => {
    const { oneRecordId, subscription } = await subscriber({ serial: 'BENCH-1' });
    let now = (await submit({ kind: 'METER_TEST', oneRecordId, subscriptionId: subscription.id })).body;
    now = await done(now, 'charge');
    await books.pay(subscription.accountId, 3000);
    expect((await step(now, 'execute')).body.code).toBe('water.not-done-yet');
    const off = { serial: 'BENCH-1', finalReading: 9, to: 'TESTING' };
    await works.post(`/subscriptions/${subscription.id}/meter/remove`, { on: TODAY, reason: 'طلب المشترك', off });
    const { version } = (await works.store.reads(Meter).findOneBy({ id: subscription.meterId }))!;
    const bench = { testedOn: TODAY, errors: { low: 0, nominal: 500, high: 0 }, reportNumber: 'ف 1', then: 'REPAIR' };
    const tested = await works.post(`/meters/${subscription.meterId}/tests`, bench, { version });
    expect(tested.body).toMatchObject({ outcome: 'FAST', feeGivenBack: true });
    expect(await books.balance(subscription.accountId)).toBe(-3000);
    expect((await done(now, 'execute')).state).toBe('EXECUTED');
  });

  it('water is shut off for a while and comes back, by orders', async () => {
    const { oneRecordId, subscription } = await subscriber();
    const ask = async (kind: string, details: object) =>
      (await submit({ kind, oneRecordId, subscriptionId: subscription.id, details, documents: ['ID_CARD'] })).body;
    let now = await done(await ask('TEMPORARY_DISCONNECT', { reason: 'سفر سنة' }), 'check');
    const carryOut = async (orderId: number) => {
      const { version } = (await works.get(`/orders/${orderId}`)).body;
      return works.post(`/orders/${orderId}/execute`, { on: TODAY }, { version });
    };
    expect((await step(now, 'execute')).body.code).toBe('water.not-done-yet');
    const fails = async (orderId: number) => {
      const { version } = (await works.get(`/orders/${orderId}`)).body;
      return works.post(`/orders/${orderId}/fail`, { reason: 'الباب مغلق' }, { version });
    };
    expect((await step(now, 'order')).body.code).toBe('water.request-step');
    await fails(now.orderId);
    now = await done(now, 'order');
    expect((await works.get(`/orders/${now.orderId}`)).body).toMatchObject({
      ...{ kind: 'DISCONNECT', cause: 'REQUEST', state: 'ISSUED', reason: 'سفر سنة' },
    });
    await carryOut(now.orderId);
    expect((await step(now, 'order')).body.code).toBe('water.request-step');
    expect((await works.now(subscription.id)).state).toBe('TEMP_CLOSED');
    await done(now, 'execute');
    now = await done(await ask('RECONNECT', {}), 'check');
    now = await done(now, 'charge');
    expect((await step(now, 'order')).body.code).toBe('water.fees-unpaid');
    await books.pay(subscription.accountId, 5000);
    now = await done(now, 'order');
    expect((await step(now, 'order')).body.code).toBe('water.request-step');
    await fails(now.orderId);
    now = await done(now, 'order');
    await carryOut(now.orderId);
    expect((await works.now(subscription.id)).state).toBe('ACTIVE');
    expect((await done(now, 'execute')).state).toBe('EXECUTED');
    expect(await books.balance(subscription.accountId)).toBe(0);
  });

  it('a disconnection that is withdrawn takes its order back', async () => {
    const { oneRecordId, subscription } = await subscriber();
    const details = { reason: 'سفر سنة' };
    const body = {
      kind: 'TEMPORARY_DISCONNECT',
      oneRecordId,
      subscriptionId: subscription.id,
      details,
      documents: ['ID_CARD'],
    };
    const now = await done((await submit(body)).body, 'check');
    await done(now, 'withdraw', { reason: 'لن أسافر' }, 'clerk');
    expect((await works.get(`/orders/${now.orderId}`)).body).toMatchObject({
      state: 'CANCELLED',
      endReason: 'لن أسافر',
    });
    expect((await submit(body)).status).toBe(201);
  });

  it('a sale goes through billing, and the subscription follows', async () => {
    const { subscription } = await subscriber();
    const { id: buyerId } = await books.record([]);
    const details = { soldOn: '2026-11-16', contractNumber: 'عقد 311' };
    const sale = { kind: 'TRANSFER', oneRecordId: buyerId, subscriptionId: subscription.id, details };
    let now = (await submit({ ...sale, documents: ['ID_CARD', 'SALE_CONTRACT'] })).body;
    now = await done(now, 'check');
    now = await done(now, 'charge');
    await books.pay(subscription.accountId, 2000);
    expect((await step(now, 'execute')).body.code).toBe('water.not-done-yet');
    const { body: transfer } = await app.request('GET', `/billing/transfers/${now.transferId}`, { as: 'officer' });
    const approve = { as: 'supervisor', headers: keyed(transfer.version) };
    expect((await app.request('POST', `/billing/transfers/${now.transferId}/approve`, approve)).status).toBe(200);
    expect((await done(now, 'execute')).state).toBe('EXECUTED');
    expect((await works.now(subscription.id)).accountId).not.toBe(subscription.accountId);
  });

  it('the class changes after a survey, and an own reading once it is captured', async () => {
    const { oneRecordId, subscription } = await subscriber({ serial: 'OWN-1' });
    const ask = async (kind: string, details: object, documents: string[] = []) =>
      (await submit({ kind, oneRecordId, subscriptionId: subscription.id, details, documents })).body;
    const change = await ask('CHANGE_OF_CLASS', { waterClass: 'COMMERCIAL' }, ['ID_CARD', 'TRADE_LICENCE']);
    await done(await done(await done(change, 'check'), 'survey', { note: 'محل تجاري' }), 'execute');
    expect((await works.now(subscription.id)).waterClass).toBe('COMMERCIAL');
    expect((await works.events(subscription.id)).at(-1)).toMatchObject({
      kind: 'CLASS',
      fromState: 'DOMESTIC',
      toState: 'COMMERCIAL',
    });
    expect(await works.store.reads(FormerTerms).findBy({ subscriptionId: subscription.id })).toMatchObject([
      { waterClass: 'DOMESTIC', untilOn: addDays(TODAY, -1) },
    ]);
    const now = await ask('OWN_READING', { reading: 44, readOn: TODAY });
    expect((await step(now, 'execute')).body.code).toBe('water.not-done-yet');
    const { installationId, id: subscriptionId } = subscription;
    await app.app.get(UnitOfWork).run(async () =>
      works.store.insert(Reading, {
        ...{ id: await app.app.get(IdAllocator).one(), version: 1, subscriptionId, installationId },
        ...{ standingInstallationId: installationId, period: '2026-11', readOn: TODAY, value: 44, consumption: 44 },
        ...{ state: 'VALID', source: 'CITIZEN', noAccess: null, anomalies: [], reader: null, clientKey: null },
        ...{ capturedAt: app.clock.now(), receivedAt: app.clock.now(), recordedBy: null, decidedBy: null },
        ...{ decidedAt: null, note: null, legacyReadingId: null },
      }),
    );
    expect((await done(now, 'execute')).state).toBe('EXECUTED');
  });
});
