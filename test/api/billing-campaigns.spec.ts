import { Proofs } from '../../src/billing';
import { PenaltyRuns } from '../../src/billing/penalties/penalty-runs';
import { startTestApp, type TestApp } from '../support/app';
import { charged, keyed } from '../support/charged';
import { tillDesk } from '../support/till';

let app: TestApp;
let desk: ReturnType<typeof tillDesk>;
let books: ReturnType<typeof charged>;
let made = 0;

beforeAll(async () => {
  app = await startTestApp();
  desk = tillDesk(app);
  books = charged(app);
  await desk.shift((await desk.till('C-1')).id);
});
afterAll(async () => {
  expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  await app.close();
});

const TERMS = {
  nameAr: 'حملة تسوية المتأخرات',
  nameEn: 'Arrears campaign',
  decisionNumber: 'قرار المجلس 2026/112',
  currency: 'ILS',
  from: '2026-11-01',
  until: '2026-12-31',
};
const PERCENT = { kind: 'PERCENT_OF_ARREARS', arrearsBefore: '2026-07-01', ratePpm: 400_000 };
const MATCHING = { kind: 'MATCHING', arrearsBefore: '2026-07-01', ratePpm: 500_000 };
const DONOR = { kind: 'DONOR', arrearsBefore: '2026-07-01', donorName: 'صندوق الزكاة' };
const BONUS = { kind: 'COMPLIANT_BONUS', ratePpm: 200_000, compliantMonths: 12 };

const draft = (terms: object, as = 'officer', headers = keyed()) =>
  app.request('POST', '/billing/campaigns', { as, headers, body: { code: `C-${++made}`, ...TERMS, ...terms } });
const act = (id: number, verb: string, version: number, as = 'supervisor', reason = 'بقرار المجلس') =>
  app.request('POST', `/billing/campaigns/${id}/${verb}`, { as, headers: keyed(version), body: { reason } });
const read = async (id: number) => (await app.request('GET', `/billing/campaigns/${id}`, { as: 'cashier' })).body;
const report = async (id: number) =>
  (await app.request('GET', `/billing/campaigns/${id}/report`, { as: 'auditor' })).body;

/** A campaign that grants only while `work` is done, as campaigns would meet one another. */
async function during(terms: object, work: (id: number) => Promise<void>) {
  const { status, body } = await draft(terms);
  expect(status).toBe(201);
  expect(await act(body.id, 'approve', 1)).toMatchObject({ status: 200, body: { state: 'APPROVED', phase: 'ACTIVE' } });
  await work(body.id);
  expect(await act(body.id, 'end', (await read(body.id)).version)).toMatchObject({ body: { state: 'ENDED' } });
}

/** Days and amounts in minor units. */
async function owing(...charges: [dueOn: string, amount: number][]): Promise<number> {
  const { id } = await desk.account();
  for (const [dueOn, amount] of charges) await books.charge(id, amount, { dueOn });
  return id;
}
/** 600.00 and 400.00 in arrears, 150.00 of the current bill. */
const debtor = () => owing(['2026-03-31', 60_000], ['2026-05-31', 40_000], ['2026-12-05', 15_000]);

const pay = (accountId: number, amount: string, line: object = {}, more: object = {}) =>
  desk.post('/payments', {
    payerName: 'سعاد النابلسي',
    lines: [{ accountId, amount, ...line }],
    tenders: [{ kind: 'CASH', currency: 'ILS', amount }],
    ...more,
  });
const quote = async (accountId: number, amount?: string) => {
  const body = { lines: [{ accountId, ...(amount && { amount }) }] };
  return (await app.request('POST', '/payments/quote', { as: 'clerk', body })).body.lines[0];
};
const undo = (serial: string) =>
  desk.post(`/payments/${serial}/void`, { reason: 'خطأ في الحساب' }, { as: 'supervisor' });

describe('a part of the arrears', () => {
  it('is waived with the payment that closes them, posted with it, and taken back with it', async () => {
    await during({ ...PERCENT, budget: '5000' }, async (id) => {
      const account = await debtor();
      // 40 % of 1,000.00; the current bill is paid whole: 600.00 + 150.00.
      expect(await quote(account, '600')).toMatchObject({
        owed: { amount: '115000' },
        closes: { amount: '75000' },
        relief: { amount: '40000' },
        asked: { reliefs: [{ source: `campaign:${id}`, granted: { amount: '40000' } }], left: { amount: '15000' } },
      });
      const { body } = await pay(account, '600', { relief: '400' });
      expect(body).toMatchObject({
        totals: [{ amount: '60000' }],
        reliefs: [{ accountId: account, nameAr: TERMS.nameAr, granted: { amount: '40000' } }],
      });
      expect(await desk.balance(account)).toBe(15_000);
      const { code } = await read(id);
      expect(await desk.ledger('WAIVERS', 'ILS', `campaign:${code}`)).toBe(40_000);
      expect(await read(id)).toMatchObject({ spent: { amount: '40000' }, left: { amount: '460000' } });
      expect(await report(id)).toMatchObject({
        accounts: 1,
        total: { granted: '40000', givenBack: '0', collected: '60000', grants: 1 },
        byDay: [{ key: '2026-11-24', granted: '40000' }],
        byService: [{ key: 'WATER', granted: '40000' }],
      });
      expect((await undo(body.serial)).body).toMatchObject({ state: 'VOIDED' });
      expect(await desk.balance(account)).toBe(115_000);
      expect(await desk.ledger('WAIVERS', 'ILS', `campaign:${code}`)).toBe(0);
      expect(await read(id)).toMatchObject({ spent: { amount: '0' } });
      expect(await report(id)).toMatchObject({
        accounts: 0,
        total: { granted: '40000', givenBack: '40000', collected: '0' },
      });
      const { body: grants } = await app.request('GET', `/billing/campaigns/${id}/grants`, { as: 'auditor' });
      expect(grants.items.map(({ granted }: any) => granted.amount)).toEqual(['40000', '-40000']);
      expect((await quote(account)).closes.amount).toBe('75000');
    });
  });

  it('is not, for less than all of them, nor when it is not wanted; and is less for who pays more', async () => {
    await during(PERCENT, async () => {
      const [some, unwilling, generous] = [await debtor(), await debtor(), await debtor()];
      expect((await pay(some, '599.99')).body.reliefs).toEqual([]);
      expect((await pay(unwilling, '600', {}, { useReliefs: false })).body.reliefs).toEqual([]);
      expect(await desk.balance(unwilling)).toBe(55_000);
      // 1,150.00 is owed: of 1,000.00 paid only 150.00 is left to waive.
      expect((await pay(generous, '1000')).body.reliefs).toMatchObject([{ granted: { amount: '15000' } }]);
      expect(await desk.balance(generous)).toBe(0);
      expect((await pay(await debtor(), '1150', {}, { acceptAdvance: true })).body.reliefs).toEqual([]);
      expect(await pay(await debtor(), '600', { relief: '399.99' })).toMatchObject({
        status: 409,
        body: { code: 'billing.relief-differs', relief: '40000' },
      });
    });
  });

  it('counts penalties on them as arrears, however late they were charged', async () => {
    const rule = {
      head: 'WATER',
      currency: 'ILS',
      validFrom: '2026-01-01',
      startDays: 15,
      method: 'FLAT',
      flatAmount: '10',
    };
    const headers = keyed();
    const body = { ...rule, documentNumber: 'قرار 7' };
    expect((await app.request('POST', '/billing/penalty-rules', { as: 'supervisor', headers, body })).status).toBe(201);
    await during(PERCENT, async () => {
      const account = await owing(['2026-06-30', 50_000], ['2026-09-30', 20_000]);
      await app.app.get(PenaltyRuns).run(null);
      expect(await desk.balance(account)).toBe(72_000);
      // 40 % of 500.00 and of its penalty of 10.00; the charge of September and its penalty are no arrears: 306 + 210.
      expect(await quote(account)).toMatchObject({ relief: { amount: '20400' }, closes: { amount: '51600' } });
    });
  });
});

describe('what matches payments', () => {
  it('is a share of what is paid, until the arrears are closed', async () => {
    await during(MATCHING, async (id) => {
      const account = await owing(['2026-03-31', 60_000], ['2026-05-31', 40_000]);
      expect((await pay(account, '300')).body.reliefs).toMatchObject([{ granted: { amount: '15000' } }]);
      // 550.00 are left: 366.67 and the half of it, 183.34, of which a minor unit is not needed.
      expect(await quote(account)).toMatchObject({ closes: { amount: '36667' }, relief: { amount: '18333' } });
      expect((await pay(account, '366.67')).body.reliefs).toMatchObject([{ granted: { amount: '18333' } }]);
      expect(await desk.balance(account)).toBe(0);
      expect((await report(id)).total).toMatchObject({ granted: '33333', collected: '66667', grants: 2 });
    });
  });

  it('ends with the budget, to the minor unit', async () => {
    await during({ ...MATCHING, budget: '100' }, async (id) => {
      const [first, second] = [await debtor(), await debtor()];
      await pay(first, '150');
      expect((await pay(second, '300')).body.reliefs).toMatchObject([{ granted: { amount: '2500' } }]);
      expect(await read(id)).toMatchObject({ spent: { amount: '10000' }, left: { amount: '0' } });
      expect((await pay(second, '10')).body.reliefs).toEqual([]);
    });
  });
});

describe('a donor', () => {
  const list = (id: number, accountIds: number[], as = 'officer') =>
    app.request('POST', `/billing/campaigns/${id}/debtors`, {
      as,
      headers: keyed(),
      body: { accountIds, documentNumber: 'كتاب الشؤون 77' },
    });
  const accept = (id: number, accountIds: number[], as = 'supervisor') =>
    app.request('POST', `/billing/campaigns/${id}/debtors/approve`, { as, headers: keyed(), body: { accountIds } });
  const settle = (id: number, accountId: number, as = 'officer', headers = keyed()) =>
    app.request('POST', `/billing/campaigns/${id}/settlements`, { as, headers, body: { accountId } });
  const reverse = (id: number, grantId: number, as = 'supervisor') =>
    app.request('POST', `/billing/campaigns/${id}/grants/${grantId}/reverse`, {
      as,
      headers: keyed(),
      body: { reason: 'ليس معسراً' },
    });

  it('owes two thirds of what is settled, the municipality waives one, the debtor pays nothing', async () => {
    await during({ ...DONOR, donorPpm: 666_667, municipalityPpm: 333_333, budget: '1500' }, async (id) => {
      const [first, second, other] = [await debtor(), await debtor(), await debtor()];
      expect((await list(id, [first, second])).status).toBe(201);
      expect(await list(id, [other, first])).toMatchObject({ status: 409, body: { code: 'billing.debtor-listed' } });
      expect((await settle(id, first)).body.code).toBe('billing.debtor-not-approved');
      expect((await list(id, [other], 'supervisor')).status).toBe(201);
      expect((await accept(id, [first, other])).body.code).toBe('billing.campaign-four-eyes');
      expect((await accept(id, [first, second, 999_999])).body).toHaveLength(2);
      expect((await settle(id, other)).body.code).toBe('billing.debtor-not-approved');
      const headers = keyed();
      const { status, body } = await settle(id, first, 'officer', headers);
      expect({ status, body }).toMatchObject({
        status: 201,
        body: { paymentId: null, granted: { amount: '100000' }, donor: { amount: '66667' } },
      });
      expect((await settle(id, first, 'officer', headers)).body).toEqual(body);
      expect(await desk.balance(first)).toBe(15_000);
      expect((await settle(id, first)).body.code).toBe('billing.no-arrears');
      expect(await settle(id, second)).toMatchObject({
        status: 409,
        body: { code: 'billing.campaign-budget-spent', left: '50000' },
      });
      const { code } = await read(id);
      expect(await desk.ledger('THIRD_PARTY', 'ILS', `donor:${code}`)).toBe(66_667);
      expect(await desk.ledger('WAIVERS', 'ILS', `campaign:${code}`)).toBe(33_333);
      expect((await report(id)).donorOwes.amount).toBe('66667');
      expect((await reverse(id, body.id, 'officer')).status).toBe(403);
      const back = await reverse(id, body.id);
      expect(back).toMatchObject({ status: 200, body: { reversesId: body.id, granted: { amount: '-100000' } } });
      for (const each of [body.id, back.body.id]) {
        expect((await reverse(id, each)).body.code).toBe('billing.already-reversed');
      }
      expect((await reverse(id, 999_999)).status).toBe(404);
      expect(await desk.balance(first)).toBe(115_000);
      expect(await report(id)).toMatchObject({ donorOwes: { amount: '0' }, campaign: { left: { amount: '150000' } } });
      expect((await settle(id, second)).status).toBe(201);
    });
  });

  it('and the municipality bear what a listed debtor does not pay', async () => {
    await during({ ...DONOR, donorPpm: 500_000, municipalityPpm: 300_000 }, async (id) => {
      const [listed, other] = [await debtor(), await debtor()];
      await list(id, [listed]);
      await accept(id, [listed]);
      expect((await settle(id, listed)).body.code).toBe('billing.debtor-pays-part');
      expect((await pay(other, '200')).body.reliefs).toEqual([]);
      // 200.00 paid, 500.00 owed by the donor, 300.00 waived.
      expect((await pay(listed, '200', { relief: '800' })).status).toBe(201);
      expect(await desk.balance(listed)).toBe(15_000);
      const { code } = await read(id);
      expect(await desk.ledger('THIRD_PARTY', 'ILS', `donor:${code}`)).toBe(50_000);
      expect(await desk.ledger('WAIVERS', 'ILS', `campaign:${code}`)).toBe(30_000);
      expect((await report(id)).total).toMatchObject({ granted: '80000', donor: '50000', collected: '20000' });
      const { body } = await app.request('GET', `/billing/campaigns/${id}/grants`, { as: 'clerk' });
      expect((await reverse(id, body.items[0].id)).body.code).toBe('billing.grant-of-payment');
    });
  });

  it('has a list that one proposes and another approves, in a donor campaign alone', async () => {
    await during(MATCHING, async (id) => {
      const account = await debtor();
      expect((await list(id, [account])).body.code).toBe('billing.campaign-not-donor');
      expect((await settle(id, account)).body.code).toBe('billing.campaign-not-donor');
    });
    const { body } = await draft({ ...DONOR, donorPpm: 1_000_000, municipalityPpm: 0 });
    const account = await debtor();
    expect((await list(body.id, [account, 999_999])).body.code).toBe('billing.account-unknown');
    expect((await list(body.id, [account])).status).toBe(201);
    expect((await accept(body.id, [account], 'officer')).status).toBe(403);
    expect((await settle(body.id, account)).body.code).toBe('billing.campaign-inactive');
    const { body: page } = await app.request('GET', `/billing/campaigns/${body.id}/debtors`, { as: 'auditor' });
    expect(page).toMatchObject({ total: 1, items: [{ accountId: account, approvedBy: null }] });
    await act(body.id, 'end', 1);
    expect((await list(body.id, [await debtor()])).body.code).toBe('billing.campaign-state');
  });
});

describe('a bonus for who pays in time', () => {
  it('lowers the current bill of accounts without arrears for the months asked', async () => {
    await during(BONUS, async () => {
      const good = await owing(['2026-06-30', 10_000]);
      await books.pay(good, 10_000, { on: '2026-06-30' });
      await books.charge(good, 20_000, { dueOn: '2026-12-05' });
      // 20 % of 200.00.
      expect(await quote(good)).toMatchObject({ closes: { amount: '16000' }, relief: { amount: '4000' } });
      expect((await pay(good, '160')).body.reliefs).toMatchObject([{ granted: { amount: '4000' } }]);
      expect(await desk.balance(good)).toBe(0);

      const late = await owing(['2026-06-30', 10_000]);
      await books.pay(late, 10_000, { on: '2026-07-01' });
      await books.charge(late, 20_000, { dueOn: '2026-12-05' });
      expect((await quote(late)).closes.amount).toBe('20000');

      const long = await owing(['2025-06-30', 10_000]);
      await books.pay(long, 10_000, { on: '2025-11-24' });
      await books.charge(long, 20_000, { dueOn: '2026-12-05' });
      expect((await quote(long)).closes.amount).toBe('16000');

      const owed = await owing(['2026-11-23', 100], ['2026-12-05', 20_000]);
      expect((await quote(owed)).closes.amount).toBe('20100');
    });
  });
});
