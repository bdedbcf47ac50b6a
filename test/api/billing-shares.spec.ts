import { Store } from '@libs/persistence';
import { Proofs, TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts, setPeriod } from '../support/bill-runs';
import { keyed } from '../support/charged';
import { seedRecord } from '../support/records';
import { shareDesk, told } from '../support/shares';

let app: TestApp;
let desk: ReturnType<typeof shareDesk>;
let accountId: number;
let partnerId: number;
let dinars: number;

beforeAll(async () => {
  app = await startTestApp();
  desk = shareDesk(app);
  [accountId] = (await openAccounts(app, 1, { serviceType: 'PROPERTY' })) as [number];
  [dinars] = (await openAccounts(app, 1, { serviceType: 'PROPERTY', currency: 'JOD' })) as [number];
});
afterAll(async () => {
  const proof = await app.app.get(Proofs).run('CLI');
  await app.close();
  expect(proof).toMatchObject({ state: 'HOLDS', findings: [] });
});

describe('partners and their rules', () => {
  const MOF = { code: 'MOF', nameAr: 'وزارة المالية', nameEn: 'Ministry of Finance' };
  const RULE = { head: 'PROPERTY_TAX', fromDay: '2026-01-01', basisPoints: 9000, decision: 'قانون ضريبة الأملاك' };

  it('are entered once, by those who may', async () => {
    expect((await desk.post('/partners', MOF, 'officer')).status).toBe(403);
    const headers = keyed();
    const [made, again] = [await desk.post('/partners', MOF, 'administrator', headers), await desk.post('/partners', MOF, 'administrator', headers)]; // prettier-ignore
    expect(made).toMatchObject({ status: 201, body: MOF });
    expect(again.body).toEqual(made.body);
    expect((await desk.post('/partners', MOF)).body.code).toBe('billing.partner-code-taken');
    expect((await desk.post('/partners', { ...MOF, code: 'و م' })).status).toBe(422);
    partnerId = made.body.id;
    expect((await desk.get('/partners')).body).toEqual([made.body]);
    expect((await desk.get(`/partners/${partnerId}`)).body).toEqual({ ...made.body, due: [] });
    expect((await desk.get('/partners/999999999')).status).toBe(404);
    expect((await desk.get('/partners', 'clerk')).status).toBe(403);
  });

  it('are never more than the whole, one a head, partner and day', async () => {
    const other = (
      await desk.post('/partners', { code: 'SEWERS', nameAr: 'جمعية المجاري', nameEn: 'Sewer association' })
    ).body;
    const add = (changes: object, as?: string) => desk.post('/rules', { ...RULE, partnerId, ...changes }, as);
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
    expect((await desk.get('/rules')).body).toHaveLength(2);
  });
});

describe('a settlement', () => {
  let september: any;
  let late: number;

  it('holds the share of the money on charges of the head, not of what was relieved', async () => {
    const first = await desk.charge('2026-09-01', 10_005, accountId);
    await desk.credit('2026-09-10', 3333, accountId, first);
    late = await desk.credit('2026-09-20', 6672, accountId, first);
    const relieved = await desk.charge('2026-09-02', 5000, accountId);
    await desk.credit('2026-09-11', 2000, accountId, relieved, { kind: 'WAIVER' });
    await desk.cancel('2026-09-12', 3000, relieved);
    await desk.credit(
      '2026-09-13',
      700,
      accountId,
      await desk.charge('2026-09-03', 700, accountId, { head: 'EDUCATION_TAX' }),
    );
    await desk.credit('2026-10-01', 100, accountId, await desk.charge('2026-09-04', 100, accountId));
    const tax = await desk.charge('2026-09-05', 12_345, dinars, { currency: 'JOD' });
    await desk.credit('2026-09-30', 1001, dinars, tax, { currency: 'JOD' });
    const preview = (await desk.get(`/partners/${partnerId}/preview?period=2026-09`, 'officer')).body;
    expect(told(preview.lines)).toEqual([
      ['2026-09', 'ILS', 10_005, 9005],
      ['2026-09', 'JOD', 1001, 901],
    ]);
    expect(preview.amounts[0]).toEqual({ currency: 'ILS', collected: '10005', share: '9005', formatted: '90.05' });
    expect(await desk.due(partnerId)).toEqual({});
    const income = await desk.ledger('INCOME', 'PROPERTY_TAX');
    september = await desk.settle(partnerId, '2026-09');
    expect(september).toMatchObject({
      status: 201,
      body: { state: 'POSTED', period: '2026-09', postedOn: '2026-11-24' },
    });
    expect(september.body.lines).toEqual(preview.lines);
    expect((await desk.ledger('INCOME', 'PROPERTY_TAX')) - income).toBe(9005);
    expect(await desk.ledger('THIRD_PARTY', 'MOF')).toBe(-9005);
    expect(await desk.due(partnerId)).toEqual({ ILS: 9005, JOD: 901 });
  });

  it('is one a month, however often and by how many it is asked', async () => {
    const [again, other] = await Promise.all([
      desk.settle(partnerId, '2026-09'),
      desk.settle(partnerId, '2026-09', 'supervisor'),
    ]);
    expect([again.body, other.body]).toEqual([september.body, september.body]);
    expect((await desk.get(`/settlements/${september.body.id}`)).body).toEqual(september.body);
    expect(await desk.due(partnerId)).toEqual({ ILS: 9005, JOD: 901 });
    const headers = keyed();
    const [one, same] = [await desk.settle(partnerId, '2026-10', 'officer', headers), await desk.settle(partnerId, '2026-10', 'officer', headers)]; // prettier-ignore
    expect(same.body).toEqual(one.body);
    expect(told(one.body.lines)).toEqual([['2026-10', 'ILS', 100, 90]]);
    expect((await desk.post(`/settlements/${one.body.id}/reverse`, { reason: 'تجربة' })).status).toBe(200);
    expect((await desk.get(`/settlements?partnerId=${partnerId}`)).body).toMatchObject({
      total: 2,
      items: [{ period: '2026-10', state: 'REVERSED' }, { period: '2026-09', state: 'POSTED' }], // prettier-ignore
    });
  });

  it('takes a late reversal as less in its own month, and late money of a settled month as a line of that month', async () => {
    await desk.reverse(late, '2026-10-07');
    await desk.credit('2026-09-25', 52, accountId, await desk.charge('2026-09-25', 52, accountId));
    const october = (await desk.settle(partnerId, '2026-10')).body;
    expect(told(october.lines)).toEqual([
      ['2026-09', 'ILS', 52, 46],
      ['2026-10', 'ILS', -6572, -5915],
    ]);
    // Of September in all 10,057: nine tenths of it are 9,051.3.
    expect(await desk.due(partnerId)).toEqual({ ILS: 9005 + 46 - 5915, JOD: 901 });
    expect(await desk.ledger('THIRD_PARTY', 'MOF')).toBe(-(9005 + 46 - 5915));
  });

  it('does not read a month again that was closed before it, until it is opened', async () => {
    for (const period of ['2026-09', '2026-10']) await setPeriod(app, period, 'CLOSED');
    app.clock.advance({ minutes: 1 });
    expect(
      (
        await desk.post(`/settlements/${(await desk.settle(partnerId, '2026-10')).body.id}/reverse`, {
          reason: 'تجربة',
        })
      ).status,
    ).toBe(200);
    const october = (await desk.settle(partnerId, '2026-10')).body;
    expect(told(october.lines)).toEqual([
      ['2026-09', 'ILS', 52, 46],
      ['2026-10', 'ILS', -6572, -5915],
    ]);
    app.clock.advance({ minutes: 1 });
    await setPeriod(app, '2026-10', 'OPEN');
    await desk.credit('2026-10-31', 10, accountId, await desk.charge('2026-10-30', 10, accountId));
    await setPeriod(app, '2026-10', 'CLOSED');
    expect(told((await desk.get(`/partners/${partnerId}/preview?period=2026-11`)).body.lines)).toEqual([
      ['2026-10', 'ILS', 10, 9],
    ]);
  });

  it('is refused before the month is over, without money, and behind a later one', async () => {
    expect((await desk.settle(partnerId, '2026-11')).body.code).toBe('billing.period-not-over');
    expect((await desk.settle(partnerId, '2026-08')).body).toMatchObject({
      code: 'billing.share-month-settled',
      settledThrough: '2026-10',
    });
    const [other] = (await desk.get('/partners')).body.filter(({ code }: any) => code === 'SEWERS');
    expect((await desk.settle(other.id, '2026-09')).body.code).toBe('billing.nothing-to-settle');
    expect((await desk.settle(partnerId, '2026-13')).status).toBe(422);
    expect((await desk.settle(999_999_999, '2026-09')).status).toBe(404);
    expect((await desk.settle(partnerId, '2026-09', 'cashier')).status).toBe(403);
    expect((await desk.get('/settlements/999999999')).status).toBe(404);
    expect((await desk.get(`/partners/${partnerId}/preview?period=2026`)).status).toBe(422);
  });

  it('holds its shares: a rule is for days to come after it', async () => {
    const rule = { head: 'PROPERTY_TAX', partnerId, basisPoints: 8400, decision: 'قرار تجريبي 16/84' };
    expect((await desk.post('/rules', { ...rule, fromDay: '2026-10-31' })).body).toMatchObject({
      code: 'billing.share-month-settled',
      settledThrough: '2026-10',
    });
    expect((await desk.post('/rules', { ...rule, fromDay: '2026-11-16' })).status).toBe(201);
    const paid = await desk.charge('2026-11-01', 20_000, accountId);
    await desk.credit('2026-11-15', 10_000, accountId, paid);
    await desk.credit('2026-11-16', 10_000, accountId, paid);
    const { lines } = (await desk.get(`/partners/${partnerId}/preview?period=2026-11`)).body;
    expect(lines.slice(1).map(({ rateFrom, basisPoints, share }: any) => [rateFrom, basisPoints, share])).toEqual([
      ['2026-01-01', 9000, '9000'],
      ['2026-11-16', 8400, '8400'],
    ]);
  });

  it('is reversed from the last back, once, and settled again to the same', async () => {
    const undo = (id: number, as = 'supervisor') =>
      desk.post(`/settlements/${id}/reverse`, { reason: 'نسبة خاطئة' }, as);
    const before = await desk.due(partnerId);
    const last = (await desk.settle(partnerId, '2026-10')).body;
    expect((await undo(september.body.id)).body.code).toBe('billing.settlement-not-last');
    expect((await undo(last.id, 'officer')).status).toBe(403);
    const both = await Promise.all([undo(last.id), undo(last.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('billing.settlement-reversed');
    expect(await desk.due(partnerId)).toEqual({ ILS: 9005, JOD: 901 });
    expect((await undo(999_999_999)).status).toBe(404);
    const again = (await desk.settle(partnerId, '2026-10')).body;
    expect(told(again.lines)).toEqual([...told(last.lines.slice(0, 1)), ['2026-10', 'ILS', -6562, -5906]]);
    expect(await desk.due(partnerId)).toEqual({ ILS: before.ILS + 9, JOD: 901 });
  });

  it('leaves what the old systems collected on their own debts to them, and takes their advances', async () => {
    await seedRecord(
      app,
      [{ services: [{ type: 'الأبنية والتعليم', movements: [['USD', 5000, 0, '2026-09-01'], ['USD', 0, 8000, '2026-09-02']] }] }], // prettier-ignore
    );
    await app.app.get(TakeOvers).run();
    const lines = async () =>
      told((await desk.get(`/partners/${partnerId}/preview?period=2026-11`)).body.lines).filter(
        ([, currency]) => currency === 'USD',
      );
    expect(await lines()).toEqual([]);
    const account = (await app.app.get(Store).reads(Account).findOneBy({ currency: 'USD' }))!;
    await desk.charge('2026-11-02', 1000, account.id, { currency: 'USD' });
    expect(await lines()).toEqual([['2026-11', 'USD', 1000, 900]]);
  });
});
