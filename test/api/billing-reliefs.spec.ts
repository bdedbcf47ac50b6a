import { UnitOfWork } from '@libs/persistence';
import { Proofs } from '../../src/billing';
import { PaymentRecorder } from '../../src/billing/payments/payment-recorder';
import { startTestApp, type TestApp } from '../support/app';
import { charged, keyed } from '../support/charged';
import { random } from '../support/requests';
import { tillDesk } from '../support/till';

let app: TestApp;
let desk: ReturnType<typeof tillDesk>;
let books: ReturnType<typeof charged>;

beforeAll(async () => {
  app = await startTestApp();
  desk = tillDesk(app);
  books = charged(app);
  await desk.shift((await desk.till('E-1')).id);
  for (const [head, ratePpm] of [
    ['PROPERTY_TAX', 80_000],
    ['EDUCATION_TAX', 40_000],
  ] as const) {
    const days = { periodFrom: '2026-01', periodTo: '2026-12', opensOn: '2026-11-01', closesOn: '2026-11-30' };
    const body = { head, ratePpm, ...days, documentNumber: 'قرار 60' };
    await app.request('POST', '/billing/discount-windows', { as: 'supervisor', headers: keyed(), body });
  }
});
afterAll(async () => {
  expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  await app.close();
});

/** Taxes of JOD 100.005 and 50.000, due this month. */
async function taxed() {
  const { id } = await desk.account({ currency: 'JOD' });
  const property = await books.charge(id, 100_005, { head: 'PROPERTY_TAX', dueOn: '2026-11-01' });
  const education = await books.charge(id, 50_000, { head: 'EDUCATION_TAX', dueOn: '2026-11-01' });
  return { id, property, education };
}
const pay = (accountId: number, amount: string, line: object = {}, more: object = {}) =>
  desk.post('/payments', {
    payerName: 'محمد النابلسي',
    lines: [{ accountId, amount, ...line }],
    tenders: [{ kind: 'CASH', currency: 'JOD', amount }],
    ...more,
  });
const granted = (body: any) => body.reliefs.map(({ granted: { amount } }: any) => amount);

describe('a discount for early payment', () => {
  it('is posted with the payment, a head at a time, and reversed with it', async () => {
    const { id } = await taxed();
    // 8 % of 100.005 is 8.000(4), 4 % of 50.000 is 2.000: 150.005 − 10.000.
    const quote = await app.request('POST', '/payments/quote', { as: 'cashier', body: { lines: [{ accountId: id }] } });
    expect(quote.body.lines[0]).toMatchObject({ owed: { amount: '150005' }, closes: { amount: '140005' } });
    const { body } = await pay(id, '140.005', { relief: '10' });
    expect(granted(body)).toEqual(['8000', '2000']);
    expect(body.lines[0].charges.map(({ paid }: any) => paid.amount)).toEqual(['92005', '48000']);
    expect(await desk.balance(id)).toBe(0);
    expect(await desk.ledger('DISCOUNTS', 'JOD', 'PROPERTY_TAX')).toBe(8000);
    expect(await desk.ledger('DISCOUNTS', 'JOD', 'EDUCATION_TAX')).toBe(2000);
    for (const lang of ['ar', 'en']) {
      const pdf = await app.request('GET', `/payments/${body.serial}/pdf?lang=${lang}`, { as: 'cashier' });
      expect(pdf.status).toBe(200);
    }
    await desk.post(`/payments/${body.serial}/void`, { reason: 'خطأ في الحساب' }, { as: 'supervisor' });
    expect(await desk.balance(id)).toBe(150_005);
    expect(await desk.ledger('DISCOUNTS', 'JOD')).toBe(0);
    expect((await pay(id, '140.005')).status).toBe(201);
  });

  it('is of the charges that are closed, by name or the oldest, and never makes an advance', async () => {
    const { id, property, education } = await taxed();
    expect(granted((await pay(id, '40', { chargeIds: [education] })).body)).toEqual([]);
    expect(granted((await pay(id, '92.004', { chargeIds: [property] })).body)).toEqual([]);
    // 8.001 are left of the one; 4 % of the 10.000 left of the other is 0.400.
    expect(granted((await pay(id, '9.600', { chargeIds: [education] })).body)).toEqual(['400']);
    expect(await desk.balance(id)).toBe(8001);
    const { body } = await pay(id, '8', { chargeIds: [property] });
    expect(granted(body)).toEqual(['1']);
    expect(await desk.balance(id)).toBe(0);
    const over = await taxed();
    expect(granted((await pay(over.id, '200', {}, { acceptAdvance: true })).body)).toEqual([]);
    expect(await desk.balance(over.id)).toBe(-49_995);
    const refused = await taxed();
    expect((await pay(refused.id, '150.006')).body.code).toBe('billing.exceeds-balance');
  });

  it('is none with arrears, nor when it is not wanted', async () => {
    const { id } = await taxed();
    expect(granted((await pay(id, '92.005', {}, { useReliefs: false })).body)).toEqual([]);
    await books.charge(id, 100, { head: 'RENT', dueOn: '2026-11-23' });
    expect(granted((await pay(id, '48')).body)).toEqual([]);
  });

  it('is granted at every channel', async () => {
    const { id } = await taxed();
    const account = { accountId: id, accountNumber: String(id), serviceType: 'WATER', currency: 'JOD' };
    const { receipt } = await app.app.get(UnitOfWork).run(() =>
      app.app.get(PaymentRecorder).record({
        channel: 'ONLINE',
        shiftId: null,
        by: null,
        till: { code: 'WEB', name: 'الدفع الإلكتروني', office: 'WEB' },
        cashier: 'الدفع الإلكتروني',
        oneRecordId: null,
        payerName: 'محمد النابلسي',
        lines: [{ ...account, amount: 140_005, chargeIds: undefined }],
        tenders: [
          {
            kind: 'ONLINE',
            currency: 'JOD',
            amount: 140_005,
            tendered: null,
            reference: 'T-1',
            pays: { currency: 'JOD', amount: 140_005 },
            dimension: null,
          },
        ],
        surplus: 'ADVANCE',
      }),
    );
    expect(receipt.content.reliefs).toMatchObject([{ amount: 8000 }, { amount: 2000 }]);
    expect(await desk.balance(id)).toBe(0);
  });
});

describe('reports', () => {
  it('tell what was relieved from what was collected, and a statement says what of a payment it is', async () => {
    const collection = async () => {
      const path = '/billing/reports/collection?from=2026-11&to=2026-11';
      const lines = async (query = '') => (await app.request('GET', path + query, { as: 'auditor' })).body;
      const find = (body: any) => (body.lines ?? body).find(({ currency }: any) => currency === 'JOD');
      expect(find(await lines('&serviceType=WATER'))).toEqual(find(await lines()));
      return find(await lines());
    };
    const { id } = await taxed();
    const before = await collection();
    const { body } = await pay(id, '140.005');
    const after = await collection();
    expect(Number(after.collected) - Number(before.collected)).toBe(140_005);
    expect(Number(after.relieved) - Number(before.relieved)).toBe(10_000);
    const path = `/billing/accounts/${id}/statement?from=2026-11-01&to=2026-11-24`;
    const { body: statement } = await app.request('GET', path, { as: 'auditor' });
    const entries = statement.entries.items ?? statement.entries;
    expect(entries.at(-1)).toMatchObject({
      credit: '150005',
      description: expect.stringContaining('منها خصم أو إعفاء 10.000'),
    });
    await desk.post(`/payments/${body.serial}/void`, { reason: 'خطأ في الحساب' }, { as: 'supervisor' });
    expect(await collection()).toEqual(before);
  });
});

describe.each([1, 2])('random payments under campaigns and windows, seed %i', (seed) => {
  it('never relieve more than is owed, and are undone exactly', async () => {
    const next = random(seed);
    const below = (most: number) => Math.floor(next() * most);
    const terms = { nameAr: 'حملة', nameEn: 'Campaign', decisionNumber: '1', currency: 'JOD', withoutPlan: false };
    const days = { from: '2026-11-01', until: '2026-12-31', arrearsBefore: '2026-10-01' };
    const campaigns: number[] = [];
    for (const more of [
      { kind: 'PERCENT_OF_ARREARS', ratePpm: 1 + below(900_000), budget: '300' },
      { kind: 'MATCHING', ratePpm: 1 + below(900_000), budget: '40' },
    ]) {
      const body = { code: `X${seed}-${campaigns.length}`, ...terms, ...days, ...more };
      const { body: made } = await app.request('POST', '/billing/campaigns', { as: 'officer', headers: keyed(), body });
      await app.request('POST', `/billing/campaigns/${made.id}/approve`, { as: 'supervisor', headers: keyed(1) });
      campaigns.push(made.id);
    }
    const accounts: number[] = [];
    for (let at = 0; at < 5; at++) {
      const { id } = await desk.account({ currency: 'JOD' });
      for (let n = 0; n < 3; n++) {
        const late = next() < 0.7;
        const head = late ? 'RENT' : 'PROPERTY_TAX';
        await books.charge(id, 1 + below(40_000), { head, dueOn: late ? `2026-0${1 + below(9)}-10` : '2026-11-30' });
      }
      accounts.push(id);
    }
    const posted: [string, number, number][] = [];
    let relieved = 0;
    for (let step = 0; step < 25; step++) {
      const id = accounts[below(accounts.length)]!;
      const owed = await desk.balance(id);
      if (owed > 0 && next() < 0.75) {
        const { body: quote } = await app.request('POST', '/payments/quote', {
          as: 'cashier',
          body: { lines: [{ accountId: id }] },
        });
        const [line] = quote.lines;
        const closes = next() < 0.5;
        const amount = closes ? Number(line.closes.amount) : 1 + below(owed);
        const typed = (amount / 1000).toFixed(3);
        const { status, body } = await pay(
          id,
          typed,
          closes ? { relief: line.relief.formatted.replace(/,/g, '') } : {},
        );
        expect(status).toBe(201);
        const relief = granted(body).reduce((sum: number, each: string) => sum + Number(each), 0);
        relieved += relief;
        expect(await desk.balance(id)).toBe(owed - amount - relief);
        expect(owed - amount - relief).toBeGreaterThanOrEqual(0);
        if (closes) expect(owed - amount - relief).toBe(0);
        posted.push([body.serial, id, amount + relief]);
      } else if (posted.length > 0) {
        const [[serial, accountId, ended]] = posted.splice(below(posted.length), 1) as [[string, number, number]];
        const before = await desk.balance(accountId);
        await desk.post(`/payments/${serial}/void`, { reason: 'خطأ في الحساب' }, { as: 'supervisor' });
        expect(await desk.balance(accountId)).toBe(before + ended);
      }
    }
    expect(relieved).toBeGreaterThan(0);
    for (const id of campaigns) {
      const { body } = await app.request('GET', `/billing/campaigns/${id}`, { as: 'auditor' });
      const [row] = await desk.store.sql<{ sum: number | string | null }>(
        `SELECT SUM(g."amount") AS "sum" FROM "campaign_grants" g JOIN "payments" p ON p."id" = g."payment_id"
         WHERE g."campaign_id" = ? AND g."reverses_id" IS NULL AND p."state" = 'POSTED'`,
        [id],
      );
      expect(body.spent.amount).toBe(String(Number(row!.sum ?? 0)));
      expect(Number(body.spent.amount)).toBeLessThanOrEqual(Number(body.budget));
      await app.request('POST', `/billing/campaigns/${id}/end`, {
        as: 'supervisor',
        headers: keyed(body.version),
        body: { reason: 'انتهت' },
      });
    }
  });
});
