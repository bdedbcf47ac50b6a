import { Problem } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Corrections } from '../../src/billing';
import { DifferencePosting } from '../../src/water/re-rating/difference-posting';
import { ReRatingWorker } from '../../src/water/re-rating/re-rating-worker';
import { RatingStore } from '../../src/water/billing/rating-store';
import { WaterRating } from '../../src/water/billing/rating.entity';
import { startTestApp, type TestApp } from '../support/app';
import { balances, pay, runRequests, setPeriod } from '../support/bill-runs';
import { charged } from '../support/charged';
import { MONTHLY, waterDesk, type WaterDesk } from '../support/water';

let app: TestApp;
let desk: WaterDesk;
let run: ReturnType<typeof runRequests>;
let accounts: number[];
let old: { id: number; version: number };
const RESTORED = { ...MONTHLY, code: 'JWU-2026-R', fixed: { amount: '17', per: 'MONTH' } };
const USED = [0, 10, 20, 41, 50, 80, 120, 150];
/** With a fee of 42: the vectors of the tariff. */
const BEFORE = [4200, 9700, 15_200, 30_550, 39_100, 67_600, 115_600, 154_600];

beforeEach(async () => {
  app = await startTestApp();
  desk = waterDesk(app);
  run = runRequests(app);
  old = await desk.tariff();
  accounts = [];
  for (const used of USED) {
    const one = await desk.subscription();
    await desk.read(one, '2026-10-31', used);
    accounts.push(one.accountId);
  }
  await run.made('ISSUED', { feeder: 'water', period: '2026-10' });
});
afterEach(async () => {
  expect(await charged(app).faults()).toEqual([]);
  await app.close();
});

const create = (more: Record<string, unknown> = {}, as = 'officer') =>
  desk.post(
    '/water/re-ratings',
    {
      ...{ reason: 'إلغاء زيادة الرسم الثابت', decisionNumber: '14/2026', fromPeriod: '2026-10', toPeriod: '2026-10' },
      ...{ dueOn: '2026-12-31', ...more },
    },
    as,
  );
const get = async (id: number) => (await app.request('GET', `/water/re-ratings/${id}`, { as: 'auditor' })).body;
const act = async (id: number, verb: string, as: string, body: unknown = {}) => {
  const answer = await desk.post(`/water/re-ratings/${id}/${verb}`, body, as, (await get(id)).version);
  await app.drain();
  return answer;
};
const differences = async (id: number) =>
  (await app.request('GET', `/water/re-ratings/${id}/differences`, { as: 'auditor' })).body.items;
const restored = async () => {
  await desk.retire(old);
  return desk.tariff(RESTORED);
};
const simulated = async (more: Record<string, unknown> = {}) => {
  const { body } = await create(more);
  await act(body.id, 'simulate', 'officer');
  return body.id as number;
};
/** What the ledger says, without how it came to it. */
const ledger = async () => ({
  accounts: await desk.store.sql(
    `SELECT "account_id", "head", "period", "due_on", SUM("amount" - "cancelled") AS "charged", SUM("outstanding") AS "owed"
     FROM "charges" WHERE "amount" > "cancelled" GROUP BY "account_id", "head", "period", "due_on"
     ORDER BY "account_id", "head", "period", "due_on"`,
  ),
  ledgers: await desk.store.sql(
    `SELECT "ledger", "dimension", SUM("amount") AS "sum" FROM "ledger_entries" GROUP BY "ledger", "dimension"
     HAVING SUM("amount") <> 0 ORDER BY "ledger", "dimension"`,
  ),
  ratings: await desk.store.sql(
    `SELECT "subscription_id", "from_on", "total", "rating" FROM "water_ratings"
     WHERE "standing_subscription_id" IS NOT NULL ORDER BY "subscription_id", "from_on"`,
  ),
});

describe('rating a past period again', () => {
  it('credits what the cancelled fee was too much, account by account, and reversed leaves what was', async () => {
    await pay(app, accounts[1]!, 9700);
    const untouched = await ledger();
    await restored();
    const id = await simulated({ waterClass: 'DOMESTIC' });
    expect(await get(id)).toMatchObject({
      ...{ state: 'SIMULATED', task: null, rated: 8, differences: 8, debits: '0', credits: String(8 * 2500) },
    });
    const list = await differences(id);
    expect(list[1]).toMatchObject({
      ...{ accountId: accounts[1], period: '2026-10', before: '9700', after: '7200', change: '-2500' },
      ...{ formatted: '-25.00', changes: [{ head: 'WATER_FIXED', amount: '-2500' }], state: 'LISTED' },
    });
    const file = await app.request('GET', `/water/re-ratings/${id}/differences.xlsx?lang=en`, { as: 'officer' });
    expect(file).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('spreadsheetml') } });
    expect(await ledger()).toEqual(untouched);

    const own = await act(id, 'post', 'officer');
    expect(own).toMatchObject({ status: 403 });
    await act(id, 'post', 'supervisor');
    expect(await get(id)).toMatchObject({ state: 'POSTED', task: null, failure: null });
    expect((await differences(id)).every(({ state }: { state: string }) => state === 'POSTED')).toBe(true);
    const due = BEFORE.map((before, at) => before - 2500 - (at === 1 ? 9700 : 0));
    expect(await balances(app, accounts)).toEqual(due);
    expect(await desk.store.reads(WaterRating).countBy({ kind: 'RE_RATING' })).toBe(8);
    const again = await simulated();
    expect(await get(again)).toMatchObject({ rated: 8, differences: 0 });
    expect(await act(again, 'post', 'supervisor')).toMatchObject({ body: { code: 'water.re-rating-empty' } });

    await act(id, 'reverse', 'supervisor', { reason: 'أُلغي القرار' });
    expect(await get(id)).toMatchObject({ state: 'REVERSED', ending: 'أُلغي القرار' });
    expect(await ledger()).toEqual(untouched);
  });

  it('leaves a bill alone of which no more is left than was written off', async () => {
    const [account] = accounts as [number];
    const [fee] = await desk.store.sql<{ id: number | string }>(
      'SELECT "id" FROM "charges" WHERE "account_id" = ? AND "head" = \'WATER_FIXED\'',
      [account],
    );
    const writeOff = { chargeId: Number(fee!.id), amount: '42', reason: 'دين معدوم', documentNumber: '7/2026' };
    const { body: proposed } = await desk.post('/billing/adjustments/write-offs', writeOff, 'officer');
    await desk.post(`/billing/adjustments/${proposed.id}/approve`, {}, 'supervisor', proposed.version);
    expect(await balances(app, [account])).toEqual([0]);
    await restored();
    const id = await simulated();
    await act(id, 'post', 'supervisor');
    const [first] = await differences(id);
    expect(first).toMatchObject({ accountId: account, state: 'REFUSED', refusal: 'billing.exceeds-charge' });
    expect(await balances(app, [account])).toEqual([0]);
  });

  it('charges what a dearer tariff makes more; of a route, a zone or a class only', async () => {
    const { routeId, zoneId } = await desk.route();
    const one = await desk.subscription({ routeId });
    await desk.read(one, '2026-10-31', 10);
    await run.made('ISSUED', { feeder: 'water', period: '2026-10' });
    const untouched = await ledger();
    await desk.retire(old);
    const dearer = await desk.tariff({ ...MONTHLY, code: 'DEARER', blocks: { ...MONTHLY.blocks, steps: [{ over: '0', upTo: null, price: '6' }] }, fixed: { amount: '40', per: 'MONTH' } }); // prettier-ignore
    for (const filter of [{ routeId }, { zoneId }]) {
      const id = await simulated({ ...filter, tariffIds: [dearer.id] });
      expect(await get(id)).toMatchObject({ rated: 1, differences: 1, debits: '500', credits: '200' });
    }
    const none = await simulated({ waterClass: 'CAMP' });
    expect(await get(none)).toMatchObject({ rated: 0 });
    const id = await simulated({ routeId });
    await act(id, 'post', 'supervisor');
    expect(await balances(app, [one.accountId])).toEqual([10_000]);
    await act(id, 'reverse', 'supervisor', { reason: 'خطأ' });
    expect(await ledger()).toEqual(untouched);
  });

  it('that is cut off goes on where it was, and posts nothing twice', async () => {
    await restored();
    const worker = app.app.get(ReRatingWorker);
    worker.unit = 2;
    const id = await simulated();
    const posting = app.app.get(DifferencePosting);
    const work = posting.work.bind(posting);
    let units = 0;
    const spy = jest.spyOn(posting, 'work').mockImplementation(async (...given) => {
      const done = await work(...given);
      if (units++ === 2) throw new Error('cut off');
      return done;
    });
    await act(id, 'post', 'supervisor');
    expect(await get(id)).toMatchObject({ state: 'SIMULATED', task: 'POST', failure: 'cut off' });
    expect(await balances(app, accounts)).toEqual(BEFORE.map((before, at) => (at < 4 ? before - 2500 : before)));
    spy.mockRestore();
    await Promise.all([worker.work(id), worker.work(id)]);
    await worker.work(id);
    expect(await get(id)).toMatchObject({ state: 'POSTED', task: null });
    expect(await balances(app, accounts)).toEqual(BEFORE.map((before) => before - 2500));
  });

  it('leaves out an account of which less is left, or that was rated again meanwhile, and says so', async () => {
    await restored();
    const [first, second] = [await simulated(), await simulated()];
    await app.app.get(UnitOfWork).run(() =>
      app.app.get(Corrections).postMany('water', [
        {
          ...{ accountId: accounts[0]!, on: '2026-11-24', by: null, description: 'إشعار دائن' },
          lines: [{ head: 'WATER_FIXED', period: '2026-10', amount: -2000 }],
        },
      ]),
    );
    await act(first, 'post', 'supervisor');
    expect(await get(first)).toMatchObject({ state: 'POSTED' });
    const [refused, ...posted] = await differences(first);
    expect(refused).toMatchObject({ state: 'REFUSED', refusal: 'billing.exceeds-charge' });
    expect(posted.every(({ state }: { state: string }) => state === 'POSTED')).toBe(true);
    await act(second, 'post', 'supervisor');
    expect((await differences(second)).slice(1)).toMatchObject(
      posted.map(() => ({ state: 'REFUSED', refusal: 'water.rating-replaced' })),
    );
    expect(await balances(app, accounts)).toEqual(BEFORE.map((before, at) => before - (at === 0 ? 2000 : 2500)));
  });

  it('stops at a closed month and goes on when it is open', async () => {
    await restored();
    const id = await simulated();
    await setPeriod(app, '2026-11', 'CLOSED');
    await act(id, 'post', 'supervisor');
    expect(await get(id)).toMatchObject({ state: 'SIMULATED', task: null, failure: 'billing.period-closed' });
    await setPeriod(app, '2026-11', 'OPEN');
    await act(id, 'post', 'supervisor2');
    expect(await get(id)).toMatchObject({ state: 'POSTED', failure: null });
  });

  it('of which a part is posted is not made again: it is reversed, and leaves what was', async () => {
    const untouched = await ledger();
    await restored();
    app.app.get(ReRatingWorker).unit = 2;
    const id = await simulated();
    const posting = app.app.get(DifferencePosting);
    const work = posting.work.bind(posting);
    let units = 0;
    const spy = jest.spyOn(posting, 'work').mockImplementation((...given) => {
      if (units++ === 2) throw new Problem('billing.period-closed');
      return work(...given);
    });
    await act(id, 'post', 'supervisor');
    spy.mockRestore();
    expect(await get(id)).toMatchObject({ state: 'SIMULATED', task: null, failure: 'billing.period-closed' });
    const refused = { status: 409, body: { code: 'water.re-rating-state', state: 'SIMULATED' } };
    expect(await act(id, 'simulate', 'officer')).toMatchObject(refused);
    expect(await act(id, 'cancel', 'officer', { reason: 'خطأ' })).toMatchObject(refused);
    await act(id, 'reverse', 'supervisor', { reason: 'أُلغي القرار' });
    expect(await get(id)).toMatchObject({ state: 'REVERSED' });
    expect(await ledger()).toEqual(untouched);
  });

  it('is posted only by another, of what is approved, in its order', async () => {
    const { body: draft } = await desk.draft(RESTORED);
    const id = await simulated({ tariffIds: [draft.id] });
    expect(await get(id)).toMatchObject({ differences: 8 });
    expect(await act(id, 'post', 'supervisor')).toMatchObject({
      status: 409,
      body: { code: 'water.re-rating-tariff' },
    });
    expect(await act(id, 'reverse', 'supervisor', { reason: 'خطأ' })).toMatchObject({
      body: { code: 'water.re-rating-state' },
    });
    expect(await act(id, 'cancel', 'officer', { reason: 'خطأ' })).toMatchObject({
      status: 200,
      body: { state: 'CANCELLED' },
    });
    expect(await act(id, 'simulate', 'officer')).toMatchObject({
      status: 409,
      body: { code: 'water.re-rating-state' },
    });
    const { body: own } = await create({}, 'supervisor');
    await act(own.id, 'simulate', 'supervisor');
    await desk.retire(old);
    await desk.post(`/water/tariffs/${draft.id}/approve`, {}, 'supervisor', 1);
    await act(own.id, 'simulate', 'supervisor');
    expect(await act(own.id, 'post', 'supervisor')).toMatchObject({ body: { code: 'water.re-rating-own-work' } });
    const asked = await desk.post(`/water/re-ratings/${own.id}/simulate`, {}, 'officer', (await get(own.id)).version);
    expect(asked).toMatchObject({ status: 202, body: { task: 'SIMULATE' } });
    const busy = await desk.post(`/water/re-ratings/${own.id}/simulate`, {}, 'officer', asked.body.version);
    expect(busy).toMatchObject({ status: 409, body: { code: 'water.re-rating-busy' } });
    await app.drain();
    for (const wrong of [{ toPeriod: '2026-09' }, { tariffIds: [7] }, { routeId: 7 }, { zoneId: 7 }]) {
      expect(await create(wrong)).toMatchObject({ status: 422 });
    }
    const meet = await create({ tariffIds: [old.id, draft.id] });
    expect(meet).toMatchObject({ status: 409, body: { code: 'water.tariff-overlap' } });
    expect(await create({}, 'clerk')).toMatchObject({ status: 403 });
    const { body: all } = await app.request('GET', '/water/re-ratings', { as: 'auditor' });
    expect(all.total).toBe(2);
  });

  it('of two who have read a rating as standing one replaces it or takes it back', async () => {
    const [store, uow, ratings] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(RatingStore)];
    const { id } = (await store.reads(WaterRating).find({ order: { id: 'ASC' }, take: 1 }))[0]!;
    const takeBack = () => uow.run(() => ratings.takeBack([{ id, replacesId: null }]));
    const both = await Promise.allSettled([takeBack(), takeBack()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(takeBack()).rejects.toMatchObject({ code: 'water.rating-replaced' });
  });

  it('a bill that was rated again stays when its run is reversed', async () => {
    await restored();
    await act(await simulated(), 'post', 'supervisor');
    const { body } = await app.request('GET', '/billing/bill-runs', { as: 'auditor' });
    await run.act(body.items[0].id, 'reverse', 'supervisor', { reason: 'خطأ' });
    const { body: left } = await app.request('GET', `/billing/bill-runs/${body.items[0].id}/exceptions`, {
      as: 'auditor',
    });
    expect(left.total).toBe(8);
    expect(await balances(app, accounts)).toEqual(BEFORE.map((before) => before - 2500));
  });
});
