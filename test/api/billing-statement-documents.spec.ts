import { textOf } from '@libs/testing';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts, runRequests } from '../support/bill-runs';
import { keyed } from '../support/charged';
import { seedRecord } from '../support/records';
import { tillDesk } from '../support/till';
import { workbookText } from '../support/workbook';

/** A record with one account: a bill, a payment, one that was voided, a credit note, and a bill not yet issued. */
describe('documents on a statement of account', () => {
  let app: TestApp;
  let recordId: number;
  let accountId: number;
  const serials = { bill: '', kept: '', voided: '', note: '' };
  let beforeIssue: string;

  const statement = async (query = '') =>
    (await app.request('GET', `/billing/accounts/${accountId}/statement${query}`, { as: 'clerk' })).body;
  const documents = (body: any) => body.entries.map(({ kind, document }: any) => [kind, document]);

  beforeAll(async () => {
    app = await startTestApp();
    const [run, desk] = [runRequests(app), tillDesk(app)];
    ({ id: recordId } = await seedRecord(app, [{}]));
    [accountId] = (await openAccounts(app, 1, { oneRecordId: recordId })) as [number];
    await run.recur(accountId, '100.00');
    const { id } = await run.made('POSTED');
    beforeIssue = app.clock.now();
    app.clock.advance({ minutes: 1 });
    await run.act(id, 'issue', 'officer');
    const bills = (await app.request('GET', `/billing/bill-runs/${id}/bills`, { as: 'auditor' })).body;
    serials.bill = bills.items[0].serial;
    app.clock.advance({ minutes: 1 });
    await desk.shift((await desk.till('D-1')).id);
    serials.kept = (await desk.pay(accountId, '40.00')).body.serial;
    app.clock.advance({ minutes: 1 });
    serials.voided = (await desk.pay(accountId, '5.00')).body.serial;
    app.clock.advance({ minutes: 1 });
    await desk.post(`/payments/${serials.voided}/void`, { reason: 'حساب آخر' });
    app.clock.advance({ minutes: 1 });
    const sql = 'SELECT "id" FROM "charges" WHERE "account_id" = ?';
    const chargeId = Number((await desk.store.sql<{ id: number }>(sql, [accountId]))[0]!.id);
    const { body: note } = await app.request('POST', '/billing/adjustments/credit-notes', {
      as: 'clerk',
      headers: keyed(),
      body: { chargeId, amount: '10.00', reason: 'قراءة خاطئة', documentNumber: 'م 1' },
    });
    const approved = await app.request('POST', `/billing/adjustments/${note.id}/approve`, {
      as: 'supervisor',
      headers: keyed(note.version),
    });
    serials.note = approved.body.serial;
    app.clock.advance({ minutes: 1 });
    await run.made('POSTED', { period: '2026-12', issueOn: '2026-11-24', dueOn: '2027-01-15' });
  });
  afterAll(() => app.close());

  it('are named by their serials, also when they are undone, and not before they have one', async () => {
    for (const serial of Object.values(serials)) expect(serial).toMatch(/^[A-Z]{2}-[A-Z0-9]+-2026-\d{6}-\d\d$/);
    expect(documents(await statement())).toEqual([
      ['CHARGE', serials.bill],
      ['PAYMENT', serials.kept],
      ['PAYMENT', serials.voided],
      ['REVERSAL', serials.voided],
      ['CREDIT_NOTE', serials.note],
      ['CHARGE', null],
    ]);
  });

  it('are what they were on a statement that is made again', async () => {
    expect(documents(await statement(`?knownAt=${beforeIssue}`))).toEqual([['CHARGE', null]]);
  });

  it('stand on the sheet and in the workbook of the issued statement', async () => {
    const { body } = await app.request('POST', `/one-records/${recordId}/account-statements`, {
      as: 'clerk',
      headers: keyed(),
      body: {},
    });
    expect(documents(body.statement.accounts[0]).slice(0, 2)).toEqual([
      ['CHARGE', serials.bill],
      ['PAYMENT', serials.kept],
    ]);
    const file = (ending: string) =>
      app.request('GET', `/account-statements/${body.serial}/${ending}`, { as: 'clerk' });
    const page = textOf((await file('pdf')).raw).join('');
    const sheet = workbookText((await file('xlsx')).raw);
    for (const serial of Object.values(serials)) {
      expect(page).toContain(serial);
      expect(sheet).toContain(serial);
    }
  });
});
