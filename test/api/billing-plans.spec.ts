import { NextInstalments } from '../../src/billing/plans/next-instalments';
import { PlanReview } from '../../src/billing/plans/plan-review';
import { startTestApp, type TestApp } from '../support/app';
import { charged, keyed } from '../support/charged';
import { olderIds } from '../support/older-ids';

const TERMS = { downPayment: '200', instalments: 3, firstDueOn: '2026-12-31' };

describe('instalment plans', () => {
  let app: TestApp;
  let books: ReturnType<typeof charged>;
  beforeEach(async () => {
    app = await startTestApp();
    books = charged(app);
  });
  afterEach(async () => {
    expect(await books.faults()).toEqual([]);
    await app.close();
  });

  const propose = (recordId: number, body: object = {}, as = 'officer', headers = keyed()) =>
    app.request('POST', `/one-records/${recordId}/instalment-plans`, {
      as,
      headers,
      body: { currency: 'ILS', ...TERMS, ...body },
    });
  const act = (
    { id, version }: { id: number; version: number },
    verb: string,
    body: object = { reason: 'بطلب من المكلف' },
    as = 'officer',
    headers = keyed(version),
  ) => app.request('POST', `/billing/instalment-plans/${id}/${verb}`, { as, headers, body });
  const read = async (id: number) =>
    (await app.request('GET', `/billing/instalment-plans/${id}`, { as: 'cashier' })).body;
  const review = () => app.app.get(PlanReview).run();
  const on = (day: string) => {
    app.clock.set(`${day}T08:00:00.000Z`);
    app.forgetTokens();
  };

  /** One account that owes 700.00 and 500.00, and the plan over both. */
  async function planned(body: object = {}) {
    const { id: recordId, accountIds } = await books.record(['ILS']);
    const [account] = accountIds as [number];
    const chargeIds = [
      await books.charge(account, 70_000, { dueOn: '2026-06-30' }),
      await books.charge(account, 50_000, { dueOn: '2026-07-31' }),
    ];
    const { status, body: plan } = await propose(recordId, body);
    expect(status).toBe(201);
    return { recordId, account, chargeIds, plan };
  }

  it('splits exactly, becomes active with the down payment, and is read from what is paid of its charges', async () => {
    const { account, chargeIds, plan } = await planned({ note: 'قرار 31' });
    expect(plan).toMatchObject({
      state: 'DRAFT',
      currency: 'ILS',
      total: '120000',
      downPayment: '20000',
      settled: '0',
      leftFormatted: '1,200.00',
      note: 'قرار 31',
      missed: 0,
      instalments: [
        { number: 1, dueOn: '2026-12-31', amount: '33333', state: 'UPCOMING' },
        { number: 2, dueOn: '2027-01-31', amount: '33333' },
        { number: 3, dueOn: '2027-02-28', amount: '33334', formatted: '333.34' },
      ],
    });
    expect(plan.charges.map(({ chargeId }: { chargeId: number }) => chargeId)).toEqual(chargeIds);
    expect(await act(plan, 'activate')).toMatchObject({ status: 409, body: { code: 'billing.down-payment-unpaid' } });
    await books.pay(account, 19_999);
    expect(await review()).toEqual({});
    await books.pay(account, 1);
    const { status, body: active } = await act(plan, 'activate');
    expect(status).toBe(200);
    expect(active).toMatchObject({ state: 'ACTIVE', activatedOn: '2026-11-24', downPaid: '20000', version: 2 });
    await books.pay(account, 40_000);
    expect(await read(plan.id)).toMatchObject({
      settled: '60000',
      instalments: [
        { state: 'PAID', paid: '33333' },
        { state: 'PARTLY_PAID', paid: '6667' },
        { state: 'UPCOMING', paid: '0' },
      ],
    });
    await books.pay(account, 60_000);
    expect(await review()).toEqual({ COMPLETED: 1 });
    expect(await read(plan.id)).toMatchObject({
      state: 'COMPLETED',
      endCause: 'PAID',
      endedBy: null,
      settled: '120000',
    });
  });

  it('is unpaid again when a payment is taken back', async () => {
    const { account, plan } = await planned();
    const payment = await books.pay(account, 60_000);
    expect(await review()).toEqual({ ACTIVE: 1 });
    expect((await read(plan.id)).instalments[0]).toMatchObject({ state: 'PAID' });
    await books.reversePayment(payment);
    expect(await read(plan.id)).toMatchObject({ state: 'ACTIVE', settled: '0', downPaid: '0' });
  });

  it('keeps three decimals of JOD and is active at once without a down payment', async () => {
    const { id, accountIds } = await books.record(['JOD']);
    await books.charge(accountIds[0]!, 100_000);
    const { body } = await propose(id, { currency: 'JOD', downPayment: '0', instalments: 7 });
    expect(body).toMatchObject({ state: 'ACTIVE', version: 2 });
    expect(body.instalments.map(({ amount }: { amount: string }) => amount)).toEqual([
      ...Array(6).fill('14285'),
      '14290',
    ]);
  });

  it('ends when instalments are missed, at the night after the second', async () => {
    const { account, chargeIds, plan, recordId } = await planned();
    await books.pay(account, 20_000);
    await review();
    on('2027-01-31');
    expect(await review()).toEqual({});
    expect(await read(plan.id)).toMatchObject({
      missed: 1,
      instalments: [{ state: 'MISSED' }, { state: 'UPCOMING' }, {}],
    });
    on('2027-02-01');
    expect(await review()).toEqual({ DEFAULTED: 1 });
    expect(await review()).toEqual({});
    const ended = await read(plan.id);
    expect(ended).toMatchObject({ state: 'DEFAULTED', endCause: 'MISSED_INSTALMENTS', settled: '20000' });
    await books.pay(account, 100_000);
    expect(await read(plan.id)).toEqual(ended);
    expect((await propose(recordId, { chargeIds, firstDueOn: '2027-03-01' })).body.code).toBe('billing.charge-settled');
  });

  it('ends when a later bill of its accounts stays unpaid, not for bills of others or before it', async () => {
    const { account, plan } = await planned();
    const { accountIds } = await books.record(['ILS']);
    await books.charge(account, 1000, { dueOn: '2026-11-20' });
    await books.charge(accountIds[0]!, 1000, { dueOn: '2026-12-01' });
    const bill = await books.charge(account, 1000, { dueOn: '2026-12-01' });
    await books.pay(account, 20_000);
    await review();
    await books.pay(account, 40_000);
    on('2026-12-31');
    expect(await review()).toEqual({});
    on('2027-01-01');
    await books.pay(account, 1000, { chargeIds: [bill] });
    expect(await review()).toEqual({});
    const next = await books.charge(account, 1000, { dueOn: '2026-12-01' });
    expect(await review()).toEqual({ DEFAULTED: 1 });
    expect(await read(plan.id)).toMatchObject({ endCause: 'CURRENT_BILLS' });
    expect(await books.chargeRow(next)).toMatchObject({ outstanding: 1000 });
  });

  it('is given up when the down payment does not come, which frees its charges', async () => {
    const { plan, recordId } = await planned();
    expect((await propose(recordId)).body.code).toBe('billing.plan-nothing-open');
    on('2027-01-01');
    expect(await review()).toEqual({ CANCELLED: 1 });
    expect(await read(plan.id)).toMatchObject({ state: 'CANCELLED', endCause: 'DOWN_PAYMENT_UNPAID' });
    expect((await propose(recordId, { firstDueOn: '2027-02-01' })).status).toBe(201);
  });

  it('has each charge in one live plan, also when two are proposed at once', async () => {
    const { id, accountIds } = await books.record(['ILS']);
    const chargeId = await books.charge(accountIds[0]!, 50_000);
    const answers = await Promise.all(
      ['officer', 'officer2', 'supervisor'].map((as) => propose(id, { chargeIds: [chargeId] }, as)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'billing.charge-in-plan',
      chargeId,
    });
    const { body } = await app.request('GET', `/billing/instalment-plans?oneRecordId=${id}&state=DRAFT`, {
      as: 'clerk',
    });
    expect(body).toMatchObject({ total: 1, items: [{ total: '50000', settled: '0' }] });
  });

  it('of two on one account is on its bills when it is the newer, whichever process wrote it', async () => {
    const older = await olderIds(app);
    const { id, accountIds } = await books.record(['ILS']);
    const [account] = accountIds as [number];
    const active = async () => {
      const chargeIds = [await books.charge(account, 50_000)];
      const { body } = await propose(id, { chargeIds, downPayment: '0' });
      expect(body.state).toBe('ACTIVE');
      return body.id as number;
    };
    const first = await active();
    older();
    on('2026-11-26');
    const last = await active();
    expect(last).toBeLessThan(first);
    const bills = app.app.get(NextInstalments, { strict: false });
    expect((await bills.of([account], '2026-11-26')).get(account)).toMatchObject({ planId: last });
  });

  it('is restructured: a new plan takes what is left, the old one says what it had', async () => {
    const { account, chargeIds, plan } = await planned();
    expect((await act(plan, 'restructure', TERMS)).body.code).toBe('billing.plan-wrong-state');
    await books.pay(account, 80_000);
    await review();
    const terms = { downPayment: '100', instalments: 6, firstDueOn: '2027-01-15' };
    const key = keyed(2);
    const { status, body: next } = await act({ id: plan.id, version: 2 }, 'restructure', terms, 'supervisor', key);
    expect(status).toBe(201);
    expect(next).toMatchObject({
      state: 'DRAFT',
      restructuresId: plan.id,
      total: '40000',
      charges: [{ chargeId: chargeIds[1] }],
    });
    expect(await act({ id: plan.id, version: 2 }, 'restructure', terms, 'supervisor', key)).toMatchObject({
      body: next,
    });
    expect(await read(plan.id)).toMatchObject({ state: 'RESTRUCTURED', settled: '80000', endedBy: expect.any(Number) });
    const refused = await act({ id: plan.id, version: 3 }, 'restructure', terms);
    expect(refused.body).toMatchObject({ code: 'billing.plan-wrong-state', state: 'RESTRUCTURED' });
  });

  it('is cancelled by one of two who want to, with a reason', async () => {
    const { plan } = await planned();
    const answers = await Promise.all([act(plan, 'cancel'), act(plan, 'cancel', undefined, 'supervisor')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await read(plan.id)).toMatchObject({ state: 'CANCELLED', endReason: 'بطلب من المكلف' });
    expect((await act({ id: plan.id, version: 2 }, 'cancel')).body.code).toBe('billing.plan-wrong-state');
    expect((await act(plan, 'cancel', {})).status).toBe(422);
  });

  it('is proposed once for a key', async () => {
    const { id, accountIds } = await books.record(['ILS']);
    await books.charge(accountIds[0]!, 50_000);
    const key = keyed();
    const first = await propose(id, {}, 'officer', key);
    expect(await propose(id, {}, 'officer', key)).toMatchObject({ status: 201, body: first.body });
    expect((await propose(id, { instalments: 4 }, 'officer', key)).body.code).toBe('http.idempotency-mismatch');
  });

  it('refuses terms that do not fit', async () => {
    const { id, accountIds } = await books.record(['ILS', 'JOD']);
    const chargeId = await books.charge(accountIds[0]!, 50_000);
    const paid = await books.charge(accountIds[1]!, 1000);
    await books.pay(accountIds[1]!, 1000);
    const other = await books.charge((await books.record(['ILS'])).accountIds[0]!, 1000);
    const wrong: [object, string, string][] = [
      [{ downPayment: '500' }, '/downPayment', 'notLessThanTotal'],
      [{ downPayment: '1.005' }, '/downPayment', 'too-many-decimals'],
      [{ downPayment: '-1' }, '/downPayment', 'tooSmall'],
      [{ instalments: 37 }, '/instalments', 'tooMany'],
      [{ downPayment: '499.99', instalments: 2 }, '/instalments', 'moreThanMinorUnits'],
      [{ firstDueOn: '2026-11-23' }, '/firstDueOn', 'notBeforeToday'],
      [{ chargeIds: [other] }, '/chargeIds', 'notOfRecordAndCurrency'],
      [{ chargeIds: [chargeId, 1] }, '/chargeIds', 'notOfRecordAndCurrency'],
      [{ currency: 'JOD', chargeIds: [chargeId] }, '/chargeIds', 'notOfRecordAndCurrency'],
    ];
    for (const [body, pointer, code] of wrong) {
      const answer = await propose(id, body);
      expect(answer).toMatchObject({ status: 422, body: { code: 'http.invalid', errors: [{ pointer, code }] } });
    }
    const settled = await propose(id, { currency: 'JOD', chargeIds: [paid] });
    expect(settled.body).toMatchObject({ code: 'billing.charge-settled', chargeId: paid });
    expect((await propose(id, { currency: 'USD' })).body.code).toBe('billing.plan-nothing-open');
    expect((await propose(999_999_999)).status).toBe(404);
    expect((await read(999_999_999)).status).toBe(404);
  });

  it('is for those whose work it is', async () => {
    const { recordId, plan } = await planned();
    const answers = await Promise.all([
      propose(recordId, {}, 'clerk'),
      act(plan, 'cancel', undefined, 'cashier'),
      act(plan, 'activate', undefined, 'clerk'),
      act(plan, 'restructure', TERMS, 'auditor'),
      app.request('GET', '/billing/instalment-plans', { as: 'administrator' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(403));
  });
});
