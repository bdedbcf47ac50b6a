import { Store } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Books } from '../../src/billing/books/books';
import type { PostingRequest } from '../../src/billing/books/posting';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';

/** Aged, charged, collected and closed over one record with a water account in ILS and a property account in JOD. */
describe('reports of the books', () => {
  let app: TestApp;
  let record: Awaited<ReturnType<typeof seedRecord>>;
  let water: Account;
  let books: Books;

  const request = (on: string, more: Partial<PostingRequest>): PostingRequest => ({
    kind: 'CHARGE',
    on,
    description: 'اختبار',
    by: null,
    entries: [],
    ...more,
  });
  const charge = (on: string, amount: number, dueOn = on) =>
    books.post(
      request(on, {
        entries: [{ ledger: 'INCOME', currency: 'ILS', amount: -amount, dimension: 'WATER' }],
        charges: [{ accountId: water.id, head: 'WATER', amount, dueOn }],
      }),
    );
  const pay = (on: string, amount: number) =>
    books.post(
      request(on, {
        kind: 'PAYMENT',
        entries: [{ ledger: 'CASH', currency: 'ILS', amount }],
        credits: [{ accountId: water.id, amount }],
      }),
    );
  const get = (path: string, as = 'auditor') => app.request('GET', path, { as });

  beforeAll(async () => {
    app = await startTestApp();
    books = app.app.get(Books);
    record = await seedRecord(app, [
      {
        name: 'محمد احمد النابلسي',
        services: [
          {
            movements: [
              ['ILS', 10_000, 0, '2020-03-15'],
              ['ILS', 0, 4000, '2020-04-01'],
            ],
          },
          { type: 'الأبنية والتعليم', movements: [['JOD', 0, 2500, '2025-06-30']] },
        ],
      },
    ]);
    await app.app.get(TakeOvers).run();
    water = (await app.app.get(Store).reads(Account).findOneBy({ currency: 'ILS' }))!;
    await charge('2026-09-05', 5000, '2026-09-25');
    await charge('2026-10-05', 3000, '2026-10-25');
    await charge('2026-11-05', 2000, '2026-12-05');
    await pay('2026-10-10', 7000);
    const wrong = await pay('2026-10-11', 1000);
    await books.reverse({ postingId: wrong.postingId, on: '2026-11-02', by: null, description: 'عكس', reason: 'خطأ' });
    await books.post(
      request('2026-11-03', {
        kind: 'WAIVER',
        entries: [{ ledger: 'WAIVERS', currency: 'ILS', amount: 500 }],
        credits: [{ accountId: water.id, amount: 500 }],
      }),
    );
  });
  afterAll(() => app.close());

  describe('trial balance', () => {
    const line = (body: any, ledger: string, currency = 'ILS') =>
      body.lines.find((each: any) => each.ledger === ledger && each.currency === currency);

    it('opens, moves and closes each account of the chart over a period, and sums to zero', async () => {
      const { body } = await get('/billing/reports/trial-balance?from=2026-10-01&to=2026-10-31');
      expect(line(body, 'RECEIVABLE')).toMatchObject({
        opening: '11000',
        debit: '3000',
        credit: '8000',
        closing: '6000',
        formatted: '60.00',
        kind: 'ASSET',
        nameAr: 'ذمم المكلفين',
        nameEn: 'Receivables',
      });
      expect(line(body, 'CASH')).toMatchObject({ opening: '0', debit: '8000', credit: '0', closing: '8000' });
      expect(line(body, 'INCOME')).toMatchObject({ opening: '-5000', debit: '0', credit: '3000', closing: '-8000' });
      expect(line(body, 'OPENING')).toMatchObject({ opening: '-6000', closing: '-6000' });
      expect(line(body, 'OPENING', 'JOD')).toMatchObject({ opening: '2500', debit: '0', closing: '2500' });
      expect(line(body, 'WAIVERS')).toBeUndefined();
      expect(body.totals).toEqual([
        { currency: 'ILS', opening: '0', debit: '11000', credit: '11000', closing: '0', formatted: '0.00' },
        { currency: 'JOD', opening: '0', debit: '0', credit: '0', closing: '0', formatted: '0.000' },
      ]);
      expect(body.lines.map(({ currency, ledger }: any) => `${currency} ${ledger}`)).toEqual([
        'ILS RECEIVABLE',
        'ILS CASH',
        'ILS INCOME',
        'ILS OPENING',
        'JOD RECEIVABLE',
        'JOD OPENING',
      ]);
    });

    it('stands as of any day, by default today', async () => {
      const { body } = await get('/billing/reports/trial-balance?to=2020-03-31');
      expect(line(body, 'RECEIVABLE')).toMatchObject({ opening: '0', debit: '10000', credit: '0', closing: '10000' });
      const today = (await get('/billing/reports/trial-balance')).body;
      expect(today).toMatchObject({ from: null, to: '2026-11-24' });
      expect(line(today, 'RECEIVABLE').closing).toBe('8500');
      const month = (await get('/billing/reports/trial-balance?from=2026-11-01&to=2026-11-30')).body;
      expect(line(month, 'RECEIVABLE')).toMatchObject({ opening: '6000', debit: '3000', credit: '500' });
    });
  });

  describe('aged debt', () => {
    const amounts = (buckets: { bucket: string; amount: string }[]) =>
      Object.fromEntries(buckets.filter(({ amount }) => amount !== '0').map(({ bucket, amount }) => [bucket, amount]));

    it('stands by head, service and currency, with advances beside it', async () => {
      const { body } = await get('/billing/reports/aged-debt');
      expect(body).toMatchObject({ asOf: '2026-11-24', advances: [{ currency: 'JOD', amount: '2500' }] });
      expect(body.lines).toHaveLength(1);
      const [line] = body.lines;
      expect(line).toMatchObject({ head: 'WATER', serviceType: 'WATER', currency: 'ILS', total: '8500' });
      // 6,000 of 2020 are paid; of September 5,000 − 1,000 − 500 is left.
      expect(amounts(line.buckets)).toEqual({ NOT_DUE: '2000', DAYS_0_30: '3000', DAYS_31_60: '3500' });
      expect(line.buckets).toHaveLength(10);
    });

    it('stands by account, paged and narrowed, and for a record', async () => {
      const { body } = await get('/billing/reports/aged-debt/accounts?serviceType=WATER&currency=ILS');
      expect(body).toMatchObject({ total: 1, items: [{ accountId: water.id, total: '8500', formatted: '85.00' }] });
      expect(body.items[0].holder).toBe('محمد احمد النابلسي');
      expect((await get('/billing/reports/aged-debt/accounts?currency=JOD')).body).toMatchObject({ total: 0 });
      expect((await get('/billing/reports/aged-debt/accounts?page=2')).body).toMatchObject({ total: 1, items: [] });
      const own = await get(`/one-records/${record.id}/aged-debt`, 'clerk');
      expect(own.body.accounts).toEqual(body.items);
      expect((await get('/one-records/999999999/aged-debt')).status).toBe(404);
    });

    it('ages as days go by', async () => {
      app.clock.set('2026-12-06T08:00:00.000Z');
      app.forgetTokens();
      const { body } = await get('/billing/reports/aged-debt');
      expect(amounts(body.lines[0].buckets)).toEqual({ DAYS_0_30: '2000', DAYS_31_60: '3000', DAYS_61_90: '3500' });
      app.clock.set('2026-11-24T08:00:00.000Z');
      app.forgetTokens();
    });
  });

  it('collection says what was charged, collected and relieved in each month', async () => {
    const { body } = await get('/billing/reports/collection?from=2026-09&to=2026-11');
    const ils = { serviceType: 'WATER', currency: 'ILS' };
    expect(body.lines).toEqual([
      { period: '2026-09', ...ils, charged: '5000', collected: '0', relieved: '0', rateHundredths: 0 },
      { period: '2026-10', ...ils, charged: '3000', collected: '8000', relieved: '0', rateHundredths: 26_667 },
      { period: '2026-11', ...ils, charged: '2000', collected: '-1000', relieved: '500', rateHundredths: -5000 },
    ]);
    const old = await get('/billing/reports/collection?from=2020-01&to=2020-12&serviceType=WATER');
    expect(old.body.lines).toMatchObject([
      { period: '2020-03', charged: '10000', collected: '0' },
      { period: '2020-04', charged: '0', collected: '4000', rateHundredths: null },
    ]);
    expect((await get('/billing/reports/collection?from=2020-01&to=2020-12&serviceType=RENT')).body.lines).toEqual([]);
  });

  it('are refused with days and months that are none, and to those who may not', async () => {
    for (const path of [
      'trial-balance?from=2026-02-30',
      'trial-balance?from=2026-02-02&to=2026-02-01',
      'aged-debt/accounts?serviceType=NONE',
      'collection?from=2026-13&to=2026-12',
      'collection?from=2026-02&to=2026-01',
      'collection?from=2000-01&to=2026-01',
      'collection',
    ]) {
      expect(await get(`/billing/reports/${path}`)).toMatchObject({ status: 422, body: { code: 'http.invalid' } });
    }
    for (const path of ['trial-balance', 'aged-debt', 'aged-debt/accounts', 'collection?from=2026-01&to=2026-02']) {
      expect((await get(`/billing/reports/${path}`, 'clerk')).status).toBe(403);
    }
  });
});
