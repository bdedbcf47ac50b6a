import { Proofs } from '../../src/billing';
import { startTestApp, type TestApp } from '../support/app';
import { charged } from '../support/charged';
import { waterDesk, type WaterDesk } from '../support/water';
import { waterWorks, type WaterWorks } from '../support/water-works';

let app: TestApp;
let desk: WaterDesk;
let works: WaterWorks;
let books: ReturnType<typeof charged>;
beforeAll(async () => {
  app = await startTestApp();
  [desk, works, books] = [waterDesk(app), waterWorks(app), charged(app)];
  await desk.tariff();
});
afterAll(async () => {
  expect(await books.faults()).toEqual([]);
  expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  await app.close();
});

let reports = 0;
const CASE = {
  ...{ kind: 'BYPASS', foundOn: '2026-11-20', evidence: ['photos/31-1.jpg'], fromOn: '2026-10-01', toOn: '2026-10-31' },
  ...{ cubicMetres: 30, basis: 'متوسط استهلاك مبنى مماثل', fine: 50_000 },
};
const propose = (body: object, as = 'officer') =>
  works.post('/illegal-connections', { ...CASE, reportNumber: `م ${++reports}`, ...body }, { as });
const act = (
  { id, version }: { id: number; version: number },
  verb: string,
  body: object,
  as = 'supervisor',
  key?: string,
) => works.post(`/illegal-connections/${id}/${verb}`, body, { as, version, ...(key && { key }) });

describe('water that was taken past the meter', () => {
  it('costs what it would have cost on top of what was billed, and is charged by another with a decision', async () => {
    const { id: subscriptionId, accountId } = await works.subscription();
    const preview = await works.post('/illegal-connections/preview', {
      ...CASE,
      reportNumber: 'x',
      subscriptionId,
      billedCubicMetres: 10,
    });
    expect(preview).toMatchObject({
      status: 200,
      body: { backCharge: '12700', lines: [{ head: 'WATER', amount: '12700' }] },
    });
    const made = await propose({ subscriptionId, billedCubicMetres: 10 }, 'supervisor');
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'PROPOSED', accountId, backCharge: '12700', formatted: '127.00' },
    });
    expect(await books.balance(accountId)).toBe(0);
    const decision = { decisionNumber: 'ق.م 114' };
    expect((await act(made.body, 'approve', decision)).body.code).toBe('water.illegal-own-case');
    const other = await propose({ subscriptionId, billedCubicMetres: 10 });
    expect((await act(other.body, 'approve', decision, 'officer')).status).toBe(403);
    const both = await Promise.all([act(other.body, 'approve', decision), act(other.body, 'approve', decision)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const posted = both.find(({ status }) => status === 200)!.body;
    expect(posted).toMatchObject({ state: 'POSTED', decisionNumber: 'ق.م 114' });
    const charges = await books.charges(accountId);
    expect(charges.map(({ head, outstanding }) => [head, outstanding])).toEqual([
      ['WATER', 12_700],
      ['WATER_FINE', 50_000],
    ]);
    expect(charges.map(({ id }) => id)).toEqual(posted.chargeIds);
    const reason = { reason: 'لم تثبت المخالفة' };
    expect((await act(posted, 'reject', reason)).body.code).toBe('water.illegal-state');
    const reversed = await act(posted, 'reverse', reason, 'supervisor', 'reverse-1');
    expect(reversed.body.state).toBe('REVERSED');
    expect((await act(posted, 'reverse', reason, 'supervisor', 'reverse-1')).body).toEqual(reversed.body);
    expect(await books.balance(accountId)).toBe(0);
    expect((await act(made.body, 'reject', reason)).body).toMatchObject({
      state: 'REJECTED',
      endReason: reason.reason,
    });
    const { items } = (await works.get(`/illegal-connections?subscriptionId=${subscriptionId}&state=REVERSED`)).body;
    expect(items).toEqual([(await works.get(`/illegal-connections/${posted.id}`)).body]);
  });

  it('of who never subscribed is rated whole, month by month', async () => {
    const { accountId } = await works.subscription();
    const place = { accountId, waterClass: 'DOMESTIC', sizeMm: 15, kind: 'UNREGISTERED' };
    const { body } = await propose({ ...place, fromOn: '2026-09-01', cubicMetres: 61 });
    expect(body.months).toMatchObject([
      { from: '2026-09-01', to: '2026-09-30', litres: 30_000, billedLitres: null, amount: '22400' },
      { from: '2026-10-01', to: '2026-10-31', litres: 31_000, amount: '23120' },
    ]);
    expect(body.lines).toEqual([
      { head: 'WATER', amount: '37120' },
      { head: 'WATER_FIXED', amount: '8400' },
    ]);
  });

  it('is refused where it cannot be', async () => {
    const { id: subscriptionId, accountId } = await works.subscription();
    const pointers = async (body: object) =>
      (await propose(body)).body.errors?.map(({ pointer }: { pointer: string }) => pointer);
    expect(await pointers({ subscriptionId, toOn: '2026-11-21' })).toEqual(['/toOn']);
    expect(await pointers({ subscriptionId, foundOn: '2026-11-25' })).toEqual(['/foundOn']);
    expect(await pointers({ subscriptionId, billedCubicMetres: 31 })).toEqual(['/billedCubicMetres']);
    expect(await pointers({ subscriptionId: 999_999 })).toEqual(['/subscriptionId', '/waterClass']);
    expect(await pointers({ subscriptionId, accountId })).toEqual(['/accountId']);
    expect(await pointers({ accountId })).toEqual(['/waterClass']);
    expect((await propose({ subscriptionId, fromOn: '2025-12-01' })).body.code).toBe('water.no-tariff');
    expect((await propose({ subscriptionId, evidence: [] })).status).toBe(422);
    expect((await propose({ subscriptionId, reportNumber: 'مكرر' })).status).toBe(201);
    expect((await propose({ subscriptionId, reportNumber: 'مكرر' })).body.code).toBe('water.report-known');
    expect((await propose({ subscriptionId }, 'clerk')).status).toBe(403);
    expect((await works.get('/illegal-connections/999999')).status).toBe(404);
  });
});
