import { Proofs } from '../../src/billing';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts, setPeriod } from '../support/bill-runs';
import { keyed } from '../support/charged';
import { shareDesk, told } from '../support/shares';
import { workbookText } from '../support/workbook';

let app: TestApp;
let desk: ReturnType<typeof shareDesk>;
let accountId: number;
let partnerId: number;

beforeAll(async () => {
  app = await startTestApp();
  desk = shareDesk(app);
  [accountId] = (await openAccounts(app, 1, { serviceType: 'PROPERTY' })) as [number];
  partnerId = await desk.partner('MOF');
  await desk.rule(partnerId, 'PROPERTY_TAX', '2026-01-01', 9000);
  const chargeId = await desk.charge('2026-10-01', 10_005, accountId);
  await desk.credit('2026-10-02', 10_005, accountId, chargeId);
  await setPeriod(app, '2026-10', 'CLOSED');
  await desk.settle(partnerId, '2026-10');
});
afterAll(async () => {
  const proof = await app.app.get(Proofs).run('CLI');
  await app.close();
  expect(proof).toMatchObject({ state: 'HOLDS', findings: [] });
});

describe('a remittance', () => {
  const BANK = { bankAccount: 'PS92-001', reference: 'حوالة 4471' };
  const pay = (changes: object, as = 'supervisor', headers = keyed()) =>
    desk.post(
      `/partners/${partnerId}/remittances`,
      { currency: 'ILS', amount: '10.00', ...BANK, ...changes },
      as,
      headers,
    );

  it('pays what is due and no more, once a key', async () => {
    const { ILS } = await desk.due(partnerId);
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
    expect((await desk.due(partnerId)).ILS).toBe(ILS - 1000);
    expect(await desk.ledger('BANK', 'PS92-001')).toBe(-1000);
    const rest = ((ILS - 1000) / 100).toFixed(2);
    const both = await Promise.all([pay({ amount: rest }), pay({ amount: rest })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await desk.due(partnerId)).toEqual({});
  });

  it('comes back, once, and is due again', async () => {
    const { items } = (await desk.get(`/partners/${partnerId}/remittances`)).body;
    const undo = (id: number, as = 'supervisor') =>
      desk.post(`/remittances/${id}/reverse`, { reason: 'حساب خاطئ' }, as);
    expect((await undo(items[0].id, 'officer')).status).toBe(403);
    expect(await undo(items[0].id)).toMatchObject({ status: 200, body: { state: 'REVERSED', reason: 'حساب خاطئ' } });
    expect((await undo(items[0].id)).body.code).toBe('billing.remittance-reversed');
    expect((await undo(999_999_999)).status).toBe(404);
    expect((await desk.due(partnerId)).ILS).toBe(Number(items[0].sum.amount));
    expect((await desk.get('/partners/999999999/remittances')).status).toBe(404);
  });

  it('stands on the statement of the partner beside what became theirs', async () => {
    const statement = (query = '') => desk.get(`/partners/${partnerId}/statement${query}`);
    const { body } = await statement();
    expect(body).toMatchObject({ partner: { code: 'MOF' }, from: '2026-01-01', to: '2026-11-24' });
    const [ils] = body.accounts;
    expect(ils).toMatchObject({ currency: 'ILS', opening: '0', closing: String((await desk.due(partnerId)).ILS) });
    expect(ils.entries[0]).toMatchObject({
      kind: 'SHARE',
      document: '2026-10',
      credit: '9005',
      debit: '0',
      balance: '9005',
    });
    expect(ils.entries).toContainEqual(
      expect.objectContaining({ kind: 'BANK', document: BANK.reference, debit: '1000' }),
    );
    const sum = (key: string) => ils.entries.reduce((all: number, each: any) => all + Number(each[key]), 0);
    expect(sum('credit') - sum('debit')).toBe(Number(ils.closing));
    expect(told(body.lines)).toEqual([['2026-10', 'ILS', 10_005, 9005]]);
    expect((await statement('?from=2026-01-01&to=2026-11-23')).body).toMatchObject({ accounts: [], lines: [] });
    expect((await statement('?from=2026-11-02&to=2026-11-01')).status).toBe(422);
    app.clock.advance({ days: 1 });
    app.forgetTokens();
    expect((await statement('?from=2026-11-25')).body.accounts[0]).toMatchObject({ opening: ils.closing, entries: [] });
    for (const [lang, words] of [
      ['ar', ['كشف حساب الجهة', 'ضريبة أملاك', '90.00%', BANK.reference]],
      ['en', ['Statement of partner', 'Property tax', 'Settled for']],
    ] as const) {
      const { status, headers, raw } = await desk.get(`/partners/${partnerId}/statement/xlsx?lang=${lang}`);
      expect({ status, ...headers }).toMatchObject({
        status: 200,
        'content-disposition': 'attachment; filename="partner-MOF-2026-01-01-2026-11-25.xlsx"',
      });
      for (const word of words) expect(workbookText(raw)).toContain(word);
    }
    expect((await desk.get(`/partners/${partnerId}/statement/xlsx`, 'cashier')).status).toBe(403);
    expect((await desk.get('/partners/999999999/statement')).status).toBe(404);
  });
});
