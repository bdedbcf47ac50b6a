import { Store } from '@libs/persistence';
import fc from 'fast-check';
import { Proofs } from '../../src/billing';
import { Books } from '../../src/billing/books/books';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts, setPeriod } from '../support/bill-runs';
import { keyed } from '../support/charged';
import { workbookText } from '../support/workbook';

let app: TestApp;
let books: Books;
let accountId: number;
let dinars: number;
let partnerId: number;

beforeAll(async () => {
  app = await startTestApp();
  books = app.app.get(Books);
  [accountId] = (await openAccounts(app, 1, { serviceType: 'PROPERTY' })) as [number];
  [dinars] = (await openAccounts(app, 1, { serviceType: 'PROPERTY', currency: 'JOD' })) as [number];
});
afterAll(async () => {
  const proof = await app.app.get(Proofs).run('CLI');
  await app.close();
  expect(proof).toMatchObject({ state: 'HOLDS', findings: [] });
});

const get = (path: string, as = 'auditor') => app.request('GET', `/billing/shares${path}`, { as });
const post = (path: string, body: object, as = 'supervisor', headers = keyed()) =>
  app.request('POST', `/billing/shares${path}`, { as, body, headers });

const shared = { by: null, description: 'اختبار' };
async function charge(
  on: string,
  amount: number,
  { head = 'PROPERTY_TAX', account = accountId, currency = 'ILS' } = {},
) {
  const entries = [{ ledger: 'INCOME' as const, currency, amount: -amount, dimension: head }];
  const charges = [{ accountId: account, head, amount }];
  return (await books.post({ ...shared, kind: 'CHARGE', on, entries, charges })).chargeIds[0]!;
}
async function credit(
  on: string,
  amount: number,
  chargeId: number,
  { kind = 'PAYMENT' as 'PAYMENT' | 'WAIVER', account = accountId, currency = 'ILS' } = {},
) {
  const entries = [{ ledger: kind === 'PAYMENT' ? ('BANK' as const) : ('WAIVERS' as const), currency, amount }];
  const credits = [{ accountId: account, amount, chargeIds: [chargeId] }];
  return (await books.post({ ...shared, kind, on, entries, credits })).postingId;
}
const reverse = (postingId: number, on: string) => books.reverse({ ...shared, postingId, on, reason: 'شيك راجع' });
const settle = (period: string, as = 'officer', id = partnerId, headers = keyed()) =>
  post(`/partners/${id}/settlements`, { period }, as, headers);
const ledger = async (code: string, dimension: string, currency = 'ILS') => {
  const [row] = await app.app
    .get(Store)
    .sql<{ sum: number | string | null }>(
      `SELECT SUM("amount") AS "sum" FROM "ledger_entries" WHERE "ledger" = ? AND "dimension" = ? AND "currency" = ?`,
      [code, dimension, currency],
    );
  return Number(row!.sum ?? 0);
};
const due = async (id = partnerId) =>
  Object.fromEntries(
    (await get(`/partners/${id}`)).body.due.map(({ currency, amount }: any) => [currency, Number(amount)]),
  );
const told = (lines: any[]) =>
  lines.map(({ period, currency, collected, share }) => [period, currency, +collected, +share]);

describe('partners and their rules', () => {
  const MOF = { code: 'MOF', nameAr: 'وزارة المالية', nameEn: 'Ministry of Finance' };
  const RULE = { head: 'PROPERTY_TAX', fromDay: '2026-01-01', basisPoints: 9000, decision: 'قانون ضريبة الأملاك' };

  it('are entered once, by those who may', async () => {
    expect((await post('/partners', MOF, 'officer')).status).toBe(403);
    const headers = keyed();
    const [made, again] = [await post('/partners', MOF, 'administrator', headers), await post('/partners', MOF, 'administrator', headers)]; // prettier-ignore
    expect(made).toMatchObject({ status: 201, body: MOF });
    expect(again.body).toEqual(made.body);
    expect((await post('/partners', MOF)).body.code).toBe('billing.partner-code-taken');
    expect((await post('/partners', { ...MOF, code: 'و م' })).status).toBe(422);
    partnerId = made.body.id;
    expect((await get('/partners')).body).toEqual([made.body]);
    expect((await get(`/partners/${partnerId}`)).body).toEqual({ ...made.body, due: [] });
    expect((await get('/partners/999999999')).status).toBe(404);
    expect((await get('/partners', 'clerk')).status).toBe(403);
  });

  it('are never more than the whole, one a head, partner and day', async () => {
    const other = (await post('/partners', { code: 'SEWERS', nameAr: 'جمعية المجاري', nameEn: 'Sewer association' }))
      .body;
    const add = (changes: object, as?: string) => post('/rules', { ...RULE, partnerId, ...changes }, as);
    expect((await add({}, 'officer')).status).toBe(403);
    const made = await add({});
    expect(made).toMatchObject({ status: 201, body: { ...RULE, partnerId } });
    expect((await add({})).body.code).toBe('billing.share-rule-taken');
    expect((await add({ head: 'NONE' })).body.code).toBe('billing.head-unknown');
    expect((await add({ partnerId: 999_999_999 })).body).toMatchObject({ errors: [{ pointer: '/partnerId' }] });
    expect((await add({ basisPoints: 10_001, fromDay: '2026-02-01' })).status).toBe(422);
    expect((await add({ partnerId: other.id, basisPoints: 1001, fromDay: '2026-03-01' })).body).toMatchObject({
      code: 'billing.shares-exceed-whole',
      day: '2026-03-01',
    });
    const both = await Promise.all(
      [6000, 6000].map((basisPoints, at) => add({ head: 'SEWER', basisPoints, partnerId: [partnerId, other.id][at] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await get('/rules')).body).toHaveLength(2);
  });
});

describe('a settlement', () => {
  let september: any;
  let late: number;

  it('holds the share of the money on charges of the head, not of what was relieved', async () => {
    const first = await charge('2026-09-01', 10_005);
    await credit('2026-09-10', 3333, first);
    late = await credit('2026-09-20', 6672, first);
    const relieved = await charge('2026-09-02', 5000);
    await credit('2026-09-11', 2000, relieved, { kind: 'WAIVER' });
    await books.post({
      ...shared,
      kind: 'CREDIT_NOTE',
      on: '2026-09-12',
      entries: [{ ledger: 'INCOME', currency: 'ILS', amount: 3000, dimension: 'PROPERTY_TAX' }],
      chargesBack: [{ id: relieved, amount: 3000 }],
    });
    await credit('2026-09-13', 700, await charge('2026-09-03', 700, { head: 'EDUCATION_TAX' }));
    await credit('2026-10-01', 100, await charge('2026-09-04', 100));
    const tax = await charge('2026-09-05', 12_345, { account: dinars, currency: 'JOD' });
    await credit('2026-09-30', 1001, tax, { account: dinars, currency: 'JOD' });
    const preview = (await get(`/partners/${partnerId}/preview?period=2026-09`, 'officer')).body;
    expect(told(preview.lines)).toEqual([
      ['2026-09', 'ILS', 10_005, 9005],
      ['2026-09', 'JOD', 1001, 901],
    ]);
    expect(preview.amounts[0]).toEqual({ currency: 'ILS', collected: '10005', share: '9005', formatted: '90.05' });
    expect(await due()).toEqual({});
    const income = await ledger('INCOME', 'PROPERTY_TAX');
    september = await settle('2026-09');
    expect(september).toMatchObject({
      status: 201,
      body: { state: 'POSTED', period: '2026-09', postedOn: '2026-11-24' },
    });
    expect(september.body.lines).toEqual(preview.lines);
    expect((await ledger('INCOME', 'PROPERTY_TAX')) - income).toBe(9005);
    expect(await ledger('THIRD_PARTY', 'MOF')).toBe(-9005);
    expect(await due()).toEqual({ ILS: 9005, JOD: 901 });
  });

  it('is one a month, however often and by how many it is asked', async () => {
    const [again, other] = await Promise.all([settle('2026-09'), settle('2026-09', 'supervisor')]);
    expect([again.body, other.body]).toEqual([september.body, september.body]);
    expect((await get(`/settlements/${september.body.id}`)).body).toEqual(september.body);
    expect(await due()).toEqual({ ILS: 9005, JOD: 901 });
    const headers = keyed();
    const [one, same] = [await settle('2026-10', 'officer', partnerId, headers), await settle('2026-10', 'officer', partnerId, headers)]; // prettier-ignore
    expect(same.body).toEqual(one.body);
    expect(told(one.body.lines)).toEqual([['2026-10', 'ILS', 100, 90]]);
    expect((await post(`/settlements/${one.body.id}/reverse`, { reason: 'تجربة' })).status).toBe(200);
    expect((await get(`/settlements?partnerId=${partnerId}`)).body).toMatchObject({
      total: 2,
      items: [{ period: '2026-10', state: 'REVERSED' }, { period: '2026-09', state: 'POSTED' }], // prettier-ignore
    });
  });

  it('takes a late reversal as less in its own month, and late money of a settled month as a line of that month', async () => {
    await reverse(late, '2026-10-07');
    await credit('2026-09-25', 52, await charge('2026-09-25', 52));
    const october = (await settle('2026-10')).body;
    expect(told(october.lines)).toEqual([
      ['2026-09', 'ILS', 52, 46],
      ['2026-10', 'ILS', -6572, -5915],
    ]);
    // Of September in all 10,057: nine tenths of it are 9,051.3.
    expect(await due()).toEqual({ ILS: 9005 + 46 - 5915, JOD: 901 });
    expect(await ledger('THIRD_PARTY', 'MOF')).toBe(-(9005 + 46 - 5915));
  });

  it('does not read a month again that was closed before it, until it is opened', async () => {
    for (const period of ['2026-09', '2026-10']) await setPeriod(app, period, 'CLOSED');
    app.clock.advance({ minutes: 1 });
    expect((await post(`/settlements/${(await settle('2026-10')).body.id}/reverse`, { reason: 'تجربة' })).status).toBe(
      200,
    );
    const october = (await settle('2026-10')).body;
    expect(told(october.lines)).toEqual([
      ['2026-09', 'ILS', 52, 46],
      ['2026-10', 'ILS', -6572, -5915],
    ]);
    app.clock.advance({ minutes: 1 });
    await setPeriod(app, '2026-10', 'OPEN');
    await credit('2026-10-31', 10, await charge('2026-10-30', 10));
    await setPeriod(app, '2026-10', 'CLOSED');
    expect(told((await get(`/partners/${partnerId}/preview?period=2026-11`)).body.lines)).toEqual([
      ['2026-10', 'ILS', 10, 9],
    ]);
  });

  it('is refused before the month is over, without money, and behind a later one', async () => {
    expect((await settle('2026-11')).body.code).toBe('billing.period-not-over');
    expect((await settle('2026-08')).body).toMatchObject({
      code: 'billing.share-month-settled',
      settledThrough: '2026-10',
    });
    const [other] = (await get('/partners')).body.filter(({ code }: any) => code === 'SEWERS');
    expect((await settle('2026-09', 'officer', other.id)).body.code).toBe('billing.nothing-to-settle');
    expect((await settle('2026-13')).status).toBe(422);
    expect((await settle('2026-09', 'officer', 999_999_999)).status).toBe(404);
    expect((await settle('2026-09', 'cashier')).status).toBe(403);
    expect((await get('/settlements/999999999')).status).toBe(404);
    expect((await get(`/partners/${partnerId}/preview?period=2026`)).status).toBe(422);
  });

  it('holds its shares: a rule is for days to come after it', async () => {
    const rule = { head: 'PROPERTY_TAX', partnerId, basisPoints: 8400, decision: 'قرار تجريبي 16/84' };
    expect((await post('/rules', { ...rule, fromDay: '2026-10-31' })).body).toMatchObject({
      code: 'billing.share-month-settled',
      settledThrough: '2026-10',
    });
    expect((await post('/rules', { ...rule, fromDay: '2026-11-16' })).status).toBe(201);
    const paid = await charge('2026-11-01', 20_000);
    await credit('2026-11-15', 10_000, paid);
    await credit('2026-11-16', 10_000, paid);
    const { lines } = (await get(`/partners/${partnerId}/preview?period=2026-11`)).body;
    expect(lines.slice(1).map(({ rateFrom, basisPoints, share }: any) => [rateFrom, basisPoints, share])).toEqual([
      ['2026-01-01', 9000, '9000'],
      ['2026-11-16', 8400, '8400'],
    ]);
  });

  it('is reversed from the last back, once, and settled again to the same', async () => {
    const undo = (id: number, as = 'supervisor') => post(`/settlements/${id}/reverse`, { reason: 'نسبة خاطئة' }, as);
    const before = await due();
    const last = (await settle('2026-10')).body;
    expect((await undo(september.body.id)).body.code).toBe('billing.settlement-not-last');
    expect((await undo(last.id, 'officer')).status).toBe(403);
    const both = await Promise.all([undo(last.id), undo(last.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('billing.settlement-reversed');
    expect(await due()).toEqual({ ILS: 9005, JOD: 901 });
    expect((await undo(999_999_999)).status).toBe(404);
    const again = (await settle('2026-10')).body;
    expect(told(again.lines)).toEqual([...told(last.lines.slice(0, 1)), ['2026-10', 'ILS', -6562, -5906]]);
    expect(await due()).toEqual({ ILS: before.ILS + 9, JOD: 901 });
  });
});

describe('a remittance', () => {
  const BANK = { bankAccount: 'PS92-001', reference: 'حوالة 4471' };
  const pay = (changes: object, as = 'supervisor', headers = keyed()) =>
    post(`/partners/${partnerId}/remittances`, { currency: 'ILS', amount: '10.00', ...BANK, ...changes }, as, headers);

  it('pays what is due and no more, once a key', async () => {
    const { ILS } = await due();
    expect((await pay({}, 'officer')).status).toBe(403);
    expect((await pay({ amount: '99999.00' })).body).toMatchObject({ code: 'billing.exceeds-due', due: String(ILS) });
    expect((await pay({ currency: 'USD', amount: '0.01' })).body.code).toBe('billing.exceeds-due');
    for (const amount of ['0', '-1', '1.005']) expect((await pay({ amount })).status).toBe(422);
    expect((await pay({ paidOn: '2026-12-01' })).body.code).toBe('billing.date-in-future');
    expect((await pay({ paidOn: '2026-10-31' })).body.code).toBe('billing.period-closed');
    const headers = keyed();
    const [first, same] = [await pay({}, 'supervisor', headers), await pay({}, 'supervisor', headers)];
    expect(first).toMatchObject({
      status: 201,
      body: { ...BANK, state: 'POSTED', sum: { amount: '1000' }, paidOn: '2026-11-24' },
    });
    expect(same.body).toEqual(first.body);
    expect((await due()).ILS).toBe(ILS - 1000);
    expect(await ledger('BANK', 'PS92-001')).toBe(-1000);
    const rest = ((ILS - 1000) / 100).toFixed(2);
    const both = await Promise.all([pay({ amount: rest }), pay({ amount: rest })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await due()).toEqual({ JOD: 901 });
  });

  it('comes back, once, and is due again', async () => {
    const { items } = (await get(`/partners/${partnerId}/remittances`)).body;
    const undo = (id: number, as = 'supervisor') => post(`/remittances/${id}/reverse`, { reason: 'حساب خاطئ' }, as);
    expect((await undo(items[0].id, 'officer')).status).toBe(403);
    expect(await undo(items[0].id)).toMatchObject({ status: 200, body: { state: 'REVERSED', reason: 'حساب خاطئ' } });
    expect((await undo(items[0].id)).body.code).toBe('billing.remittance-reversed');
    expect((await undo(999_999_999)).status).toBe(404);
    expect((await due()).ILS).toBe(Number(items[0].sum.amount));
    expect((await get('/partners/999999999/remittances')).status).toBe(404);
  });

  it('stands on the statement of the partner beside what became theirs', async () => {
    const statement = (query = '') => get(`/partners/${partnerId}/statement${query}`);
    const { body } = await statement();
    expect(body).toMatchObject({ partner: { code: 'MOF' }, from: '2026-01-01', to: '2026-11-24' });
    const [ils] = body.accounts;
    expect(ils).toMatchObject({ currency: 'ILS', opening: '0', closing: String((await due()).ILS) });
    expect(ils.entries[0]).toMatchObject({
      kind: 'SHARE',
      document: '2026-09',
      credit: '9005',
      debit: '0',
      balance: '9005',
    });
    expect(ils.entries).toContainEqual(
      expect.objectContaining({ kind: 'BANK', document: BANK.reference, debit: '1000' }),
    );
    const sum = (key: string) => ils.entries.reduce((all: number, each: any) => all + Number(each[key]), 0);
    expect(sum('credit') - sum('debit')).toBe(Number(ils.closing));
    expect(told(body.lines)).toContainEqual(['2026-10', 'ILS', -6562, -5906]);
    expect((await statement('?from=2026-01-01&to=2026-11-23')).body).toMatchObject({ accounts: [], lines: [] });
    expect((await statement('?from=2026-11-02&to=2026-11-01')).status).toBe(422);
    app.clock.advance({ days: 1 });
    app.forgetTokens();
    expect((await statement('?from=2026-11-25')).body.accounts[0]).toMatchObject({ opening: ils.closing, entries: [] });
    for (const [lang, words] of [
      ['ar', ['كشف حساب الجهة', 'ضريبة أملاك', '90.00%', BANK.reference]],
      ['en', ['Statement of partner', 'Property tax', 'Settled for']],
    ] as const) {
      const { status, headers, raw } = await get(`/partners/${partnerId}/statement/xlsx?lang=${lang}`);
      expect({ status, ...headers }).toMatchObject({
        status: 200,
        'content-disposition': 'attachment; filename="partner-MOF-2026-01-01-2026-11-25.xlsx"',
      });
      for (const word of words) expect(workbookText(raw)).toContain(word);
    }
    expect((await get(`/partners/${partnerId}/statement/xlsx`, 'cashier')).status).toBe(403);
    expect((await get('/partners/999999999/statement')).status).toBe(404);
  });
});

describe('whatever is paid and taken back', () => {
  it('the settlements of all partners hold their parts of each month, exactly, and the ledger with them', async () => {
    const heads = ['EDUCATION_TAX'];
    const [one, two] = await Promise.all(
      ['P-1', 'P-2'].map(async (code) => (await post('/partners', { code, nameAr: 'جهة', nameEn: code })).body.id),
    );
    for (const [id, basisPoints] of [
      [one, 3333],
      [two, 5001],
    ]) {
      // prettier-ignore
      await post('/rules', { head: heads[0], partnerId: id, fromDay: '2027-01-01', basisPoints, decision: 'اختبار' });
    }
    const act = fc.record({
      pay: fc.integer({ min: 0, max: 3 }).map((kind) => kind > 0),
      amount: fc.integer({ min: 1, max: 99 }),
      back: fc.nat(40),
      pick: fc.nat(1000),
    });
    const months = fc.array(fc.record({ acts: fc.array(act, { maxLength: 6 }), settled: fc.array(fc.constantFrom(one, two), { maxLength: 2 }) }), { minLength: 2, maxLength: 4 }); // prettier-ignore
    app.clock.set('2027-01-20T08:00:00.000Z');
    app.forgetTokens();
    const account = (await openAccounts(app, 1, { serviceType: 'PROPERTY' }))[0]!;
    const payments: { id: number; on: string }[] = [];
    await fc.assert(
      fc.asyncProperty(months, async (plan) => {
        for (const { acts, settled } of plan) {
          const today = app.clock.now().slice(0, 10);
          for (const { pay, amount, back, pick } of acts) {
            const day = new Date(Date.parse(`${today}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10);
            const on = day < '2027-01-01' ? '2027-01-01' : day;
            const known = payments[pick % payments.length];
            if (pay || !known) {
              const id = await charge(on, amount, { head: 'EDUCATION_TAX', account });
              payments.push({ id: await credit(on, amount, id, { account }), on });
            } else {
              await reverse(known.id, known.on > on ? known.on : on).catch(() => null);
            }
          }
          const period = today.slice(0, 7);
          app.clock.set(
            `${new Date(Date.UTC(+period.slice(0, 4), +period.slice(5), 20)).toISOString().slice(0, 10)}T08:00:00.000Z`,
          );
          app.forgetTokens();
          for (const id of settled) {
            const { status, body } = await settle(period, 'officer', id);
            if (status !== 201) expect(body.code).toBe('billing.nothing-to-settle');
          }
        }
        const period = new Date(Date.parse(app.clock.now()) - 30 * 86_400_000).toISOString().slice(0, 7);
        for (const id of [one, two]) {
          await settle(period, 'officer', id);
          expect((await get(`/partners/${id}/preview?period=${period}`)).body.lines).toEqual([]);
        }
        const rows = await app.app.get(Store).sql<{ month: string; amount: number | string }>(
          `SELECT SUBSTRING(l."allocated_on", 1, 7) AS "month", SUM(l."amount") AS "amount" FROM "allocations" l
           JOIN "charges" c ON c."id" = l."charge_id" WHERE c."account_id" = ? AND l."allocated_on" < ?
           GROUP BY SUBSTRING(l."allocated_on", 1, 7)`,
          [account, `${period}-32`],
        );
        let total = 0;
        for (const [id, code, basisPoints] of [
          [one, 'P-1', 3333],
          [two, 'P-2', 5001],
        ] as const) {
          // prettier-ignore
          const { lines } = (await get(`/partners/${id}/statement?from=2027-01-01&to=2099-12-31`)).body;
          const by = new Map<string, number>();
          for (const [month, , , share] of told(lines)) by.set(month, (by.get(month) ?? 0) + share);
          for (const { month, amount } of rows) {
            expect(Math.abs((by.get(month) ?? 0) - (Number(amount) * basisPoints) / 10_000)).toBeLessThanOrEqual(1);
          }
          const sum = [...by.values()].reduce((all, each) => all + each, 0);
          expect(-(await ledger('THIRD_PARTY', code))).toBe(sum);
          total += sum;
        }
        const collected = rows.reduce((all, { amount }) => all + Number(amount), 0);
        expect(Math.abs(total - collected * 0.8334)).toBeLessThanOrEqual(rows.length);
      }),
      { numRuns: 8 },
    );
  });
});
