import { Store } from '@libs/persistence';
import fc from 'fast-check';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Accounts } from '../../src/billing/accounts/accounts';
import { Books } from '../../src/billing/books/books';
import { LegacyMovement } from '../../src/legacy';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';

describe('statement of account', () => {
  let app: TestApp;
  let record: Awaited<ReturnType<typeof seedRecord>>;
  let water: Account;

  beforeAll(async () => {
    app = await startTestApp();
    record = await seedRecord(app, [
      {
        services: [
          {
            movements: [
              ['ILS', 10_000, 0, '2025-03-15'],
              ['ILS', 0, 4000, '2026-02-01'],
              ['ILS', 700, 0, null],
            ],
          },
          { type: 'الأبنية والتعليم', movements: [['JOD', 35_250, 0, '2026-06-30']] },
          { type: 'نفايات' },
        ],
      },
      { relation: 'CO_OWNER', shareHundredths: 5000, services: [{ movements: [['ILS', 900, 0, '2026-01-05']] }] },
    ]);
    await app.app.get(TakeOvers).run();
    water = (await app.app.get(Store).reads(Account).findOneBy({ legacyServiceId: record.serviceIds[0]! }))!;
    await charge('2026-03-05', 5000, { type: 'bill', id: 'B-17' });
    await pay('2026-03-20', 2500);
  });
  afterAll(() => app.close());

  const charge = (on: string, amount: number, document?: { type: string; id: string }) =>
    app.app.get(Books).post({
      kind: 'CHARGE',
      on,
      description: 'أثمان مياه',
      document,
      by: null,
      entries: [{ ledger: 'INCOME', currency: 'ILS', amount: -amount }],
      charges: [{ accountId: water.id, head: 'WATER', amount }],
    });
  const pay = (on: string, amount: number) =>
    app.app.get(Books).post({
      kind: 'PAYMENT',
      on,
      description: 'قبض',
      by: null,
      entries: [{ ledger: 'CASH', currency: 'ILS', amount }],
      credits: [{ accountId: water.id, amount }],
    });
  const account = (query = '', as = 'clerk') =>
    app.request('GET', `/billing/accounts/${water.id}/statement${query}`, { as });
  const ofRecord = (query = '', as = 'cashier') =>
    app.request('GET', `/one-records/${record.id}/account-statement${query}`, { as });

  it('runs from the opening to the closing balance, with document and words of each entry', async () => {
    const { body } = await account();
    const movement = await app.app
      .get(Store)
      .reads(LegacyMovement)
      .findOneBy({ serviceId: record.serviceIds[0]!, credit: 4000 });
    expect(body).toMatchObject({
      from: '2026-01-01',
      to: '2026-11-24',
      opening: '10700',
      debit: '5000',
      credit: '6500',
      closing: '9200',
      formatted: '92.00',
      total: 3,
    });
    expect(body.entries).toMatchObject([
      { on: '2026-02-01', kind: 'OPENING', document: movement!.doc, description: 'فاتورة', debit: '0', credit: '4000' },
      { on: '2026-03-05', kind: 'CHARGE', document: 'B-17', description: 'أثمان مياه', debit: '5000', credit: '0' },
      { on: '2026-03-20', kind: 'PAYMENT', document: null, description: 'قبض', debit: '0', credit: '2500' },
    ]);
    expect(body.entries.map(({ balance }: any) => balance)).toEqual(['6700', '11700', '9200']);
  });

  it('holds what has no readable day in every opening balance', async () => {
    const { body } = await account('?from=1900-01-01&to=2025-12-31');
    expect(body).toMatchObject({ opening: '700', debit: '10000', closing: '10700', total: 1 });
  });

  it('goes on from page to page with the running balance', async () => {
    const pages = [];
    for (const page of [1, 2, 3, 4]) pages.push((await account(`?pageSize=1&page=${page}`)).body);
    expect(pages.map(({ entries }) => entries[0]?.balance)).toEqual(['6700', '11700', '9200', undefined]);
    for (const page of pages) expect(page).toMatchObject({ opening: '10700', closing: '9200', total: 3 });
  });

  it('of a record states every account that has something, and sums the person’s own by currency', async () => {
    const { body } = await ofRecord();
    expect(body.accounts.map(({ relation, currency, closing }: any) => [relation, currency, closing])).toEqual([
      ['SAME_PERSON', 'ILS', '9200'],
      ['SAME_PERSON', 'JOD', '35250'],
      ['CO_OWNER', 'ILS', '900'],
    ]);
    expect(body.closing).toEqual([
      { currency: 'ILS', closing: '9200', formatted: '92.00' },
      { currency: 'JOD', closing: '35250', formatted: '35.250' },
    ]);
    const earlier = (await ofRecord('?from=2025-01-01&to=2025-12-31')).body;
    expect(earlier.accounts.map(({ closing }: any) => closing)).toEqual(['10700']);
  });

  it('is the same again later, as it was known then', async () => {
    const query = '?from=2026-01-01&to=2026-11-24';
    const first = (await ofRecord(query)).body;
    app.clock.advance({ minutes: 1 });
    await charge('2026-04-01', 1234);
    expect((await ofRecord(query)).body.closing).not.toEqual(first.closing);
    expect((await ofRecord(`${query}&knownAt=${first.knownAt}`)).body).toEqual(first);
  });

  it('ends with the balance that the account has on that day, whatever was posted', async () => {
    const act = fc.record({ day: fc.integer({ min: 10, max: 28 }), amount: fc.integer({ min: -500, max: 500 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 5 }), async (acts) => {
        for (const { day, amount } of acts) {
          if (amount > 0) await charge(`2026-08-${day}`, amount);
          if (amount < 0) await pay(`2026-08-${day}`, -amount);
        }
        const [from, to] = ['2026-08-12', '2026-08-20'];
        const { body } = await account(`?from=${from}&to=${to}&pageSize=100`);
        const accounts = app.app.get(Accounts);
        expect(Number(body.opening)).toBe((await accounts.balances([water.id], '2026-08-11')).get(water.id));
        expect(Number(body.closing)).toBe((await accounts.balances([water.id], to)).get(water.id));
        if (body.total > 0 && body.total <= 100) expect(body.entries.at(-1).balance).toBe(body.closing);
        let running = Number(body.opening);
        for (const { debit, credit, balance } of body.entries) {
          running += Number(debit) - Number(credit);
          expect(Number(balance)).toBe(running);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('is refused for what is not there, for ranges that are none, and when it is too long', async () => {
    expect((await app.request('GET', '/billing/accounts/999999999/statement', { as: 'clerk' })).status).toBe(404);
    expect((await app.request('GET', '/one-records/999999999/account-statement', { as: 'clerk' })).status).toBe(404);
    for (const query of [
      '?to=2026-11-25',
      '?from=2026-02-02&to=2026-02-01',
      '?from=2026-02-30',
      '?knownAt=now',
      '?knownAt=2026-99-99T99:99:99.999Z',
    ]) {
      expect(await account(query)).toMatchObject({ status: 422, body: { code: 'http.invalid' } });
      expect((await ofRecord(query)).status).toBe(422);
    }
    expect((await account('', 'administrator')).status).toBe(403);
    await app.app.get(Books).postMany(
      Array.from({ length: 3000 }, () => ({
        kind: 'CHARGE' as const,
        on: '2026-07-01',
        description: 'فاتورة',
        by: null,
        entries: [{ ledger: 'INCOME' as const, currency: 'ILS', amount: -1 }],
        charges: [{ accountId: water.id, head: 'WATER', amount: 1 }],
      })),
    );
    expect(await ofRecord()).toMatchObject({ status: 422, body: { code: 'billing.statement-too-long', most: 3000 } });
    expect((await ofRecord('?from=2026-08-01')).status).toBe(200);
  });
});
