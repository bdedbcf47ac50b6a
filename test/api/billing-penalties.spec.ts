import { Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { PlanReview } from '../../src/billing/plans/plan-review';
import { PenaltyRuns } from '../../src/billing/penalties/penalty-runs';
import { startTestApp, type TestApp } from '../support/app';
import { charged, keyed } from '../support/charged';

/** One percent a month from the 15th day after due. */
const RULE = {
  head: 'WATER',
  currency: 'ILS',
  validFrom: '2026-01-01',
  startDays: 15,
  method: 'MONTHLY',
  ratePpm: 10_000,
  documentNumber: 'قرار 2026/7',
};

describe('penalties', () => {
  let app: TestApp;
  let books: ReturnType<typeof charged>;
  let account: number;
  beforeEach(async () => {
    app = await startTestApp();
    books = charged(app);
    account = (await books.record(['ILS'])).accountIds[0]!;
  });
  afterEach(async () => {
    expect(await books.faults()).toEqual([]);
    await app.close();
  });

  const rule = (changes: object = {}, as = 'supervisor', headers = keyed()) =>
    app.request('POST', '/billing/penalty-rules', { as, headers, body: { ...RULE, ...changes } });
  const run = () => app.app.get(PenaltyRuns).run(null);
  const penalties = async (of = account) =>
    (await books.charges(of))
      .filter(({ head }) => head === 'PENALTY')
      .map(({ period, amount, cancelled }) => [period, amount - cancelled]);
  const on = (day: string) => {
    app.clock.set(`${day}T08:00:00.000Z`);
    app.forgetTokens();
  };

  it('are charged once for a charge and month, however often they are computed', async () => {
    expect((await rule()).status).toBe(201);
    const chargeId = await books.charge(account, 100_000, { dueOn: '2026-08-31' });
    await books.charge(account, 100_000, { dueOn: '2025-08-31' });
    await books.charge(account, 100_000, { dueOn: '2026-11-15' });
    expect(await run()).toMatchObject({
      state: 'DONE',
      asOf: '2026-11-24',
      examined: 2,
      leftOut: 0,
      totals: [{ currency: 'ILS', charged: '3000', credited: '0' }],
    });
    expect(await penalties()).toEqual([
      ['2026-09', 1000],
      ['2026-10', 1000],
      ['2026-11', 1000],
    ]);
    const [made] = (await books.charges(account)).filter(({ head }) => head === 'PENALTY');
    expect(made).toMatchObject({
      source: `penalty:${chargeId}:2026-09:1`,
      dueOn: '2026-11-24',
      chargedOn: '2026-11-24',
    });
    expect((await books.ledger('PENALTIES')).ILS).toBe(-3000);
    expect(await run()).toMatchObject({ totals: [] });
    expect(await books.balance(account)).toBe(303_000);
    on('2026-12-15');
    expect(await run()).toMatchObject({ totals: [{ charged: '2000', credited: '0' }] });
    expect(await penalties()).toHaveLength(5);
  });

  it('are never charged on penalties', async () => {
    await rule({ head: undefined, serviceType: 'WATER' });
    await books.charge(account, 100_000, { head: 'SEWER', dueOn: '2026-08-31' });
    await run();
    on('2027-08-31');
    await run();
    expect((await penalties()).map(([, amount]) => amount)).toEqual(Array(12).fill(1000));
  });

  it('are taken back by what a back-dated payment makes of them, and charged again when it is reversed', async () => {
    await rule();
    const chargeId = await books.charge(account, 100_000, { dueOn: '2026-08-31' });
    await run();
    const payment = await books.pay(account, 60_000, { on: '2026-10-01', chargeIds: [chargeId] });
    expect(await run()).toMatchObject({ totals: [{ charged: '0', credited: '1200' }] });
    expect(await penalties()).toEqual([
      ['2026-09', 1000],
      ['2026-10', 400],
      ['2026-11', 400],
    ]);
    expect((await books.ledger('PENALTIES')).ILS).toBe(-1800);
    expect(await books.balance(account)).toBe(41_800);
    expect(await run()).toMatchObject({ totals: [] });
    await books.reversePayment(payment);
    expect(await run()).toMatchObject({ totals: [{ charged: '1200', credited: '0' }] });
    expect((await books.ledger('PENALTIES')).ILS).toBe(-3000);
    expect(await books.balance(account)).toBe(103_000);
  });

  it('that were paid become an advance when they are taken back', async () => {
    await rule();
    const chargeId = await books.charge(account, 100_000, { dueOn: '2026-08-31' });
    await run();
    await books.pay(account, 3000, { chargeIds: (await books.charges(account)).slice(-3).map(({ id }) => id) });
    await books.pay(account, 100_000, { on: '2026-09-01', chargeIds: [chargeId] });
    await run();
    expect(await penalties()).toEqual([
      ['2026-09', 0],
      ['2026-10', 0],
      ['2026-11', 0],
    ]);
    expect(await books.balance(account)).toBe(-3000);
  });

  it('are charged for what was paid late before anything was computed', async () => {
    await rule();
    const chargeId = await books.charge(account, 100_000, { dueOn: '2026-08-31' });
    await books.pay(account, 100_000, { on: '2026-10-20', chargeIds: [chargeId] });
    await run();
    expect(await penalties()).toEqual([
      ['2026-09', 1000],
      ['2026-10', 1000],
    ]);
  });

  it('that staff took back are not charged again', async () => {
    await rule();
    await books.charge(account, 100_000, { dueOn: '2026-08-31' });
    await run();
    const chargeId = (await books.charges(account)).at(-1)!.id;
    const paper = { reason: 'إعفاء من الغرامة', documentNumber: '5/2026' };
    const { body } = await app.request('POST', '/billing/adjustments/credit-notes', {
      as: 'clerk',
      headers: keyed(),
      body: { chargeId, amount: '10', ...paper },
    });
    await app.request('POST', `/billing/adjustments/${body.id}/approve`, { as: 'officer', headers: keyed(1) });
    expect(await run()).toMatchObject({ totals: [] });
    expect(await books.balance(account)).toBe(102_000);
  });

  it('wait while a plan is kept, and count the whole time when it is not', async () => {
    await rule();
    const { id, accountIds } = await books.record(['ILS']);
    const planned = accountIds[0]!;
    await books.charge(planned, 100_000, { dueOn: '2026-08-31' });
    const body = { currency: 'ILS', downPayment: '0', instalments: 4, firstDueOn: '2026-12-01' };
    await app.request('POST', `/one-records/${id}/instalment-plans`, { as: 'officer', headers: keyed(), body });
    await run();
    expect(await penalties(planned)).toEqual([]);
    on('2027-01-02');
    expect(await app.app.get(PlanReview).run()).toEqual({ DEFAULTED: 1 });
    await run();
    expect(await penalties(planned)).toHaveLength(4);
  });

  it('leave a closed account alone and charge the others', async () => {
    await rule();
    const other = (await books.record(['ILS'])).accountIds[0]!;
    await books.charge(account, 100_000, { dueOn: '2026-10-31' });
    await books.charge(other, 100_000, { dueOn: '2026-10-31' });
    const closed = { state: 'CLOSED' as const, closedOn: '2026-11-24' };
    await app.app.get(UnitOfWork).run(() => app.app.get(Store).update(Account, { id: account }, closed));
    expect(await run()).toMatchObject({ state: 'DONE', examined: 2, leftOut: 1, totals: [{ charged: '1000' }] });
    expect([await penalties(), await penalties(other)]).toEqual([[], [['2026-11', 1000]]]);
  });

  it('are computed when asked, by one worker, and the run is kept', async () => {
    await rule();
    await books.charge(account, 100_000, { dueOn: '2026-10-31' });
    const ask = (as = 'supervisor', headers = keyed()) => app.request('POST', '/billing/penalty-runs', { as, headers });
    const key = keyed();
    const first = await ask('supervisor', key);
    expect(first).toMatchObject({ status: 202, body: { messageId: expect.any(Number) } });
    expect(await ask('supervisor', key)).toMatchObject({ status: 202, body: first.body });
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'billing.penalty-run-running' } });
    await app.drain();
    const { body } = await app.request('GET', '/billing/penalty-runs', { as: 'auditor' });
    expect(body).toMatchObject({
      total: 1,
      items: [{ state: 'DONE', startedBy: expect.any(Number), totals: [{ currency: 'ILS', charged: '1000' }] }],
    });
    const both = await Promise.all([run(), run()]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await penalties()).toEqual([['2026-11', 1000]]);
    expect((await ask('officer')).status).toBe(403);
    expect((await app.request('GET', '/billing/penalty-runs', { as: 'clerk' })).status).toBe(403);
  });

  it('follow rules that fit, one a day', async () => {
    const wrong: [object, string][] = [
      [{ head: undefined }, 'http.invalid'],
      [{ serviceType: 'WATER' }, 'http.invalid'],
      [{ head: 'PENALTY' }, 'http.invalid'],
      [{ head: 'NOTHING' }, 'billing.head-unknown'],
      [{ flatAmount: '5' }, 'http.invalid'],
      [{ method: 'FLAT' }, 'http.invalid'],
      [{ method: 'FLAT', ratePpm: undefined, flatAmount: '1.005' }, 'http.invalid'],
      [{ ratePpm: undefined }, 'http.invalid'],
      [{ startDays: 0 }, 'http.invalid'],
      [{ ratePpm: -1 }, 'http.invalid'],
      [{ currency: 'EUR' }, 'http.invalid'],
    ];
    for (const [changes, code] of wrong) expect((await rule(changes)).body.code).toBe(code);
    const key = keyed();
    const { body } = await rule({}, 'supervisor', key);
    expect((await rule({}, 'supervisor', key)).body).toEqual(body);
    expect(await rule()).toMatchObject({ status: 409, body: { code: 'billing.penalty-rule-exists' } });
    expect((await rule({}, 'officer')).status).toBe(403);
    const flat = { currency: 'JOD', method: 'FLAT', ratePpm: undefined, flatAmount: '5.125' };
    expect((await rule(flat)).body).toMatchObject({ flatAmount: '5125', ratePpm: null, head: 'WATER' });
    const { body: list } = await app.request('GET', '/billing/penalty-rules', { as: 'cashier' });
    expect(list).toHaveLength(2);
  });

  it('end when a rule with the rate 0 begins', async () => {
    await rule();
    await rule({ validFrom: '2026-09-01', ratePpm: 0 });
    await books.charge(account, 100_000, { dueOn: '2026-08-31' });
    await books.charge(account, 100_000, { dueOn: '2026-09-01' });
    await run();
    expect((await penalties()).map(([, amount]) => amount)).toEqual([1000, 1000, 1000]);
  });
});

describe('early payment', () => {
  let app: TestApp;
  let books: ReturnType<typeof charged>;
  beforeAll(async () => {
    app = await startTestApp();
    books = charged(app);
  });
  afterAll(() => app.close());

  const WINDOW = { head: 'PROPERTY_TAX', periodFrom: '2026-01', periodTo: '2026-12', documentNumber: 'قرار 60' };
  const months: [string, string, number][] = [
    ['2026-11-01', '2026-11-30', 80_000],
    ['2026-12-01', '2026-12-31', 60_000],
  ];
  const window = (changes: object, as = 'supervisor') =>
    app.request('POST', '/billing/discount-windows', { as, headers: keyed(), body: { ...WINDOW, ...changes } });
  const quote = (id: number, on?: string, as = 'clerk') =>
    app.request('GET', `/billing/accounts/${id}/discount-quote${on ? `?on=${on}` : ''}`, { as });

  it('is quoted by the window that is open on the day, and only without arrears', async () => {
    for (const [opensOn, closesOn, ratePpm] of months) {
      expect((await window({ opensOn, closesOn, ratePpm })).status).toBe(201);
    }
    const account = (await books.record(['JOD'])).accountIds[0]!;
    const chargeId = await books.charge(account, 100_005, { head: 'PROPERTY_TAX', dueOn: '2026-11-01' });
    expect((await quote(account)).body).toEqual({
      on: '2026-11-24',
      currency: 'JOD',
      arrears: '0',
      lines: [{ chargeId, outstanding: '100005', discount: '8000', toPay: '92005' }],
      discount: '8000',
      formatted: '8.000',
    });
    expect((await quote(account, '2026-12-31')).body.discount).toBe('6000');
    expect((await quote(account, '2027-01-01')).body).toMatchObject({ discount: '0', lines: [] });
    await books.charge(account, 10, { head: 'EDUCATION_TAX', dueOn: '2026-11-20' });
    expect((await quote(account)).body).toMatchObject({ arrears: '10', discount: '0', lines: [{ discount: '0' }] });
    expect((await quote(account, '2026-11-23')).status).toBe(422);
    expect((await quote(999_999_999)).status).toBe(404);
    expect((await quote(account, undefined, 'administrator')).status).toBe(403);
    const { body: list } = await app.request('GET', '/billing/discount-windows', { as: 'cashier' });
    expect(list.map(({ ratePpm }: { ratePpm: number }) => ratePpm)).toEqual([60_000, 80_000]);
  });

  it('has windows that do not overlap', async () => {
    const days = { head: 'RENT', opensOn: '2026-11-01', closesOn: '2026-11-30', ratePpm: 1 };
    expect((await window(days)).status).toBe(201);
    expect((await window({ ...days, opensOn: '2026-11-30', closesOn: '2026-12-01' })).body.code).toBe(
      'billing.discount-overlaps',
    );
    for (const wrong of [{ closesOn: '2026-10-01' }, { periodTo: '2025-01' }, { ratePpm: 0 }, { ratePpm: 1_000_001 }]) {
      expect((await window({ ...days, head: 'WASTE', ...wrong })).status).toBe(422);
    }
    expect((await window({ ...days, head: 'NOTHING' })).body.code).toBe('billing.head-unknown');
    expect((await window(days, 'officer')).status).toBe(403);
  });
});
