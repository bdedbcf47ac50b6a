import { UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Premise } from '../../src/water/subscriptions/subscription.entity';
import { startTestApp, type TestApp } from '../support/app';
import type { TestCitizen } from '../support/citizens';
import { portalDesk, type PortalDesk } from '../support/portal';
import { waterDesk, type WaterDesk } from '../support/water';
import { waterWorks, type WaterWorks } from '../support/water-works';

const UNKNOWN = 9_007_199_254_740_991;
const TODAY = '2026-11-24';

let app: TestApp;
let portal: PortalDesk;
let water: WaterDesk;
let works: WaterWorks;
let owner: TestCitizen;
let partner: TestCitizen;
let stranger: TestCitizen;
let mine: Awaited<ReturnType<WaterDesk['subscription']>>;

beforeAll(async () => {
  app = await startTestApp({ PORTAL_LIMITS: 'FAULT:4,READING:5' });
  [portal, water, works] = [portalDesk(app), waterDesk(app), waterWorks(app)];
  [owner, partner, stranger] = [await portal.citizen(), await portal.citizen(), await portal.citizen()];
  const { id: accountId } = await portal.account(owner);
  await portal.share(owner, partner);
  const { routeId } = await water.route();
  mine = await water.subscription({ accountId, routeId });
  for (const [at, month] of ['06', '07', '08', '09', '10'].entries()) {
    await water.read(mine, `2026-${month}-28`, (at + 1) * 20);
  }
});
afterAll(() => app.close());

describe('a subscription', () => {
  const path = () => `/me/water/subscriptions/${mine.id}`;

  it('is shown with its meter and what was used', async () => {
    const { body } = await portal.get(owner, '/me/water/subscriptions');
    expect(body.subscriptions).toMatchObject([
      {
        ...{ id: mine.id, number: mine.number, state: 'ACTIVE', shared: false, address: 'رفيديا' },
        meter: { serial: expect.stringMatching(/^M/), digits: 5 },
      },
    ]);
    expect((await portal.get(owner, path())).body.used).toMatchObject([
      ...['06', '07', '08', '09', '10'].map((month) => ({ period: `2026-${month}`, cubicMetres: 20 })),
    ]);
    expect((await portal.get(owner, `${path()}/readings?pageSize=2`)).body).toMatchObject({
      total: 5,
      items: [{ period: '2026-10', value: 100 }, { period: '2026-09' }],
    });
  });

  it('is shown to who shares it without its place', async () => {
    const { body } = await portal.get(partner, path());
    expect(body).toMatchObject({ shared: true, address: null, used: expect.arrayContaining([expect.anything()]) });
  });

  it('of another is not there, nor are its readings', async () => {
    for (const id of [mine.id, UNKNOWN]) {
      for (const tail of ['', '/readings']) {
        expect((await portal.get(stranger, `/me/water/subscriptions/${id}${tail}`)).body.code).toBe('http.not-found');
      }
      const read = await portal.post(stranger, `/me/water/subscriptions/${id}/readings`, { value: 120 });
      expect(read.body.code).toBe('http.not-found');
    }
  });

  it('shows its buyer nothing of the years before', async () => {
    const buyer = await portal.citizen();
    const { id: accountId } = await portal.till.account({ oneRecordId: buyer.oneRecordId });
    const bought = await water.subscription({ accountId });
    const since = { tenure: 2, openedOn: '2026-09-01' };
    await app.app.get(UnitOfWork).run(() => portal.store.update(Account, { id: accountId }, since));
    for (const month of ['07', '08', '09', '10']) await water.read(bought, `2026-${month}-28`, Number(month) * 10);
    const { body } = await portal.get(buyer, `/me/water/subscriptions/${bought.id}`);
    expect(body.used.map(({ period }: { period: string }) => period)).toEqual(['2026-09', '2026-10']);
    expect((await portal.get(buyer, `/me/water/subscriptions/${bought.id}/readings`)).body.total).toBe(2);
  });
});

describe('an own reading', () => {
  const path = () => `/me/water/subscriptions/${mine.id}/readings`;

  it.each([-1, 1.5, 'x', null])('of %p is none', async (value) => {
    expect((await portal.post(owner, path(), { value })).body.code).toBe('http.invalid');
  });

  it('beyond the register is refused with the reason', async () => {
    expect((await portal.post(owner, path(), { value: 100_000 })).body.code).toBe('water.reading-beyond-register');
  });

  it('is taken once a month, and judged', async () => {
    const made = await portal.post(owner, path(), { value: 900 }, 'read-1');
    expect(made).toMatchObject({
      status: 201,
      body: { period: '2026-11', readOn: TODAY, source: 'CITIZEN', state: 'SUSPECT', anomalies: ['HIGH'] },
    });
    expect((await portal.post(owner, path(), { value: 900 }, 'read-1')).body).toEqual(made.body);
    expect((await portal.post(partner, path(), { value: 121 })).body.code).toBe('water.reading-twice');
    const [{ recordedBy }] = (await app.request('GET', '/water/readings?source=CITIZEN', { as: 'officer' })).body.items;
    expect(recordedBy).toEqual(expect.any(Number));
  });
});

describe('a request', () => {
  const submit = (citizen: TestCitizen, body: object, key?: string) =>
    portal.post(citizen, '/me/water/requests', body, key);
  const withdraw = (citizen: TestCitizen, id: number, version: number) =>
    app.request('POST', `/me/water/requests/${id}/withdraw`, {
      token: citizen.token,
      body: { reason: 'لم أعد بحاجة' },
      headers: { 'if-match': `"${version}"` },
    });

  it('for a meter test is made once, followed and withdrawn', async () => {
    const made = await submit(owner, { kind: 'METER_TEST', subscriptionId: mine.id }, 'test-1');
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'SUBMITTED', number: expect.stringMatching(/^WR-WEB-/) },
    });
    expect((await submit(owner, { kind: 'METER_TEST', subscriptionId: mine.id }, 'test-1')).body).toEqual(made.body);
    expect((await submit(owner, { kind: 'METER_TEST', subscriptionId: mine.id })).body.code).toBe('water.request-open');
    const { id, version } = made.body;
    expect((await portal.get(owner, `/me/water/requests/${id}`)).body.steps).toEqual([
      { state: 'SUBMITTED', reason: null, at: app.clock.now() },
    ]);
    const charged = await works.post(`/requests/${id}/charge`, { note: 'للمتابعة' }, { version });
    expect(charged.status).toBe(200);
    const due = (await portal.get(owner, `/me/water/requests/${id}`)).body;
    expect(due).toMatchObject({ state: 'FEES_DUE', feeChargeIds: [expect.any(Number)], steps: [{}, { reason: null }] });
    expect((await withdraw(owner, id, version)).body.code).toBe('http.stale');
    expect((await withdraw(owner, id, due.version)).body).toMatchObject({ state: 'WITHDRAWN' });
    expect((await portal.get(owner, `/me/accounts/${mine.accountId}`)).body.open).toEqual([]);
    const { steps } = (await portal.get(owner, `/me/water/requests/${id}`)).body;
    expect(steps.at(-1)).toMatchObject({ state: 'WITHDRAWN', reason: 'لم أعد بحاجة' });
    expect((await withdraw(owner, id, due.version + 1)).body.code).toBe('water.request-step');
  });

  it('for a new subscription is applied for at once, and staff see who asked', async () => {
    const details = { address: 'رفيديا، بناية النور', waterClass: 'DOMESTIC', sizeMm: 15 };
    const { status, body } = await submit(stranger, { kind: 'NEW_SUBSCRIPTION', details });
    expect([status, body.requiredDocuments, body.documents]).toEqual([201, ['ID_CARD', 'OWNERSHIP_DEED', 'BUILDING_LICENCE'], []]); // prettier-ignore
    const seen = (await works.get(`/requests/${body.id}`)).body;
    expect(seen).toMatchObject({ oneRecordId: stranger.oneRecordId, state: 'SUBMITTED' });
    const { subscriptions } = (await portal.get(stranger, '/me/water/subscriptions')).body;
    expect(subscriptions).toMatchObject([{ id: body.subscriptionId, state: 'APPLIED', meter: null }]);
  });

  it('for a transfer names what is bought by its number and meter, or finds nothing', async () => {
    const transfer = { subscriptionNumber: mine.number, meterSerial: 'M-none' };
    const details = { soldOn: '2026-11-01', contractNumber: 'عقد 2026/311' };
    for (const wrong of [transfer, { ...transfer, subscriptionNumber: 'W-none' }]) {
      expect((await submit(stranger, { kind: 'TRANSFER', transfer: wrong, details })).body.code).toBe('http.not-found');
    }
    const { serial } = (await portal.get(owner, `/me/water/subscriptions/${mine.id}`)).body.meter;
    const asked = { kind: 'TRANSFER', transfer: { ...transfer, meterSerial: serial } };
    expect((await submit(stranger, asked)).body.errors).toMatchObject([{ pointer: '/details/soldOn' }, {}]);
    const { status, body } = await submit(stranger, { ...asked, details });
    expect([status, body.subscriptionId]).toEqual([201, mine.id]);
    expect((await portal.get(stranger, `/me/water/subscriptions/${mine.id}`)).status).toBe(404);
    expect((await portal.get(owner, `/me/water/requests/${body.id}`)).status).toBe(404);
  });

  it('takes another’s subscription for none', async () => {
    for (const subscriptionId of [mine.id, UNKNOWN]) {
      const { status, body } = await submit(stranger, { kind: 'METER_TEST', subscriptionId });
      expect([status, body.code]).toEqual([404, 'http.not-found']);
    }
    for (const body of [
      { kind: 'OWN_READING', subscriptionId: mine.id, details: { reading: 1, readOn: TODAY } },
      { kind: 'METER_TEST' },
      { kind: 'METER_TEST', subscriptionId: mine.id, transfer: { subscriptionNumber: 'x', meterSerial: 'x' } },
      { kind: 'TRANSFER' },
      { kind: 'TRANSFER', subscriptionId: mine.id, transfer: { subscriptionNumber: 'x', meterSerial: 'x' } },
    ]) {
      expect((await submit(owner, body)).body.code).toBe('http.invalid');
    }
  });

  it('is the applicant’s alone, also where the subscription is shared', async () => {
    const { body } = await submit(owner, { kind: 'TEMPORARY_DISCONNECT', subscriptionId: mine.id, details: { reason: 'سفر سنة' } }); // prettier-ignore
    for (const citizen of [partner, stranger]) {
      expect((await portal.get(citizen, `/me/water/requests/${body.id}`)).status).toBe(404);
      expect((await withdraw(citizen, body.id, body.version)).status).toBe(404);
      expect((await portal.get(citizen, '/me/water/requests')).body.items).not.toContainEqual(
        expect.objectContaining({ id: body.id }),
      );
    }
    expect((await portal.get(owner, '/me/water/requests')).body.items[0].id).toBe(body.id);
  });
});

describe('supply and faults', () => {
  let zoneId: number;
  beforeAll(async () => {
    const zone = { code: 'Z-MINE', nameAr: 'الشمالية', nameEn: 'North' };
    const made = await app.request('POST', '/water/zones', { as: 'supervisor', body: zone });
    zoneId = made.body.id;
    await app.request('POST', '/water/zones', { as: 'supervisor', body: { ...zone, code: 'Z-OTHER' } });
    await app.app.get(UnitOfWork).run(() => portal.store.update(Premise, { id: mine.premiseId }, { zoneId }));
  });

  it('shows the zones of the citizen’s places and their interruptions', async () => {
    const interruption = { kind: 'EMERGENCY', zoneId, until: '2026-11-24T20:00', reasonAr: 'كسر', reasonEn: 'Burst' };
    const headers = { 'idempotency-key': 'cut-1' };
    const told = await app.request('POST', '/water/interruptions', { as: 'officer', body: interruption, headers });
    expect(told.status).toBe(201);
    expect((await portal.get(owner, '/me/water/supply')).body.zones).toMatchObject([
      { zone: 'Z-MINE', status: 'INTERRUPTED', interruptions: [{ reasonEn: 'Burst' }] },
    ]);
    expect((await portal.get(stranger, '/me/water/supply')).body.zones).toEqual([]);
  });

  it('takes a report at an own place or in a zone, and follows it', async () => {
    const fault = { kind: 'BURST', place: 'أمام البيت', subscriptionId: mine.id, note: 'ماء في الشارع' };
    const made = await portal.post(owner, '/me/water/faults', fault, 'fault-1');
    expect(made).toMatchObject({ status: 201, body: { state: 'OPEN', subscriptionId: mine.id } });
    expect((await portal.post(owner, '/me/water/faults', fault, 'fault-1')).body).toEqual(made.body);
    const seen = await app.request('GET', `/water/faults/${made.body.id}`, { as: 'officer' });
    expect(seen.body).toMatchObject({
      ...{ source: 'CITIZEN', severity: 'HIGH', zoneId },
      ...{ reporterName: 'محمد أحمد خليل النابلسي', reporterPhone: owner.phone },
    });
    const inZone = await portal.post(owner, '/me/water/faults', {
      kind: 'LEAK',
      place: 'شارع رفيديا',
      zone: 'Z-OTHER',
    });
    expect((await portal.get(owner, '/me/water/faults')).body.items.map(({ id }: { id: number }) => id)).toEqual([
      inZone.body.id,
      made.body.id,
    ]);
    expect((await portal.get(partner, `/me/water/faults/${made.body.id}`)).status).toBe(404);
    expect((await portal.get(owner, `/me/water/faults/${made.body.id}`)).body).toEqual(made.body);
    const { items } = (await portal.get(owner, '/me/accesses')).body;
    expect(items).toContainEqual(expect.objectContaining({ kind: 'SERVICE', role: 'officer' }));
  });

  it('refuses a report of nowhere and of another’s place, and more than a day’s', async () => {
    const report = async (body: object, citizen = owner) =>
      (await portal.post(citizen, '/me/water/faults', { kind: 'LEAK', place: 'هنا', ...body })).body.code;
    expect(await report({})).toBe('http.invalid');
    expect(await report({ zone: 'Z-NONE' })).toBe('http.invalid');
    expect(await report({ subscriptionId: mine.id }, stranger)).toBe('http.not-found');
    expect(await report({ subscriptionId: UNKNOWN }, stranger)).toBe('http.not-found');
    expect(await report({ zone: 'Z-MINE' })).toBeUndefined();
    expect(await report({ zone: 'Z-MINE' })).toBeUndefined();
    expect(await report({ zone: 'Z-MINE' })).toBe('portal.daily-limit');
  });

  it('does not let the counter say that a citizen reported it in the portal', async () => {
    const fault = { kind: 'LEAK', severity: 'LOW', source: 'CITIZEN', place: 'هنا', zoneId };
    expect((await works.post('/faults', fault)).body.code).toBe('http.invalid');
  });
});
