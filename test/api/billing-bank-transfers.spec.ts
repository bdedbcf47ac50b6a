import { UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Proofs } from '../../src/billing/reports/proof';
import { startTestApp, type TestApp } from '../support/app';
import { bankDesk, type Movement } from '../support/bank';
import { openAccounts, runRequests } from '../support/bill-runs';
import { charged } from '../support/charged';
import { chequeDesk } from '../support/cheques';
import { seedRecord } from '../support/records';

let app: TestApp;
let bank: ReturnType<typeof bankDesk>;
let desk: ReturnType<typeof chequeDesk>;
let account: number;

beforeAll(async () => {
  app = await startTestApp();
  [bank, desk] = [bankDesk(app), chequeDesk(app)];
  account = await bank.account();
  await desk.shift((await desk.till('B-1')).id);
});
afterAll(async () => {
  expect(await charged(app).faults()).toEqual([]);
  expect((await app.app.get(Proofs).run('REQUEST')).state).toBe('HOLDS');
  await app.close();
});

const statement = (...movements: Movement[]) => bank.statement(account, ...movements);

describe('a transfer of a citizen', () => {
  it('that names an account and pays what is owed there becomes a payment with a receipt, by itself', async () => {
    const { id } = await desk.account({ charges: [5000, 7000] });
    const [line] = await statement({
      amount: '120.00',
      reference: String(id),
      from: 'نور الدين سعيد الطيب',
      day: '2026-11-23',
    });
    expect(line).toMatchObject({ state: 'RESOLVED', proposals: [{ target: `account:${id}`, match: 'EXACT' }] });
    expect(line.postings).toMatchObject([
      { kind: 'PAYMENT', documentType: 'payment', amount: '12000', postedOn: '2026-11-23', by: null },
    ]);
    expect(await desk.balance(id)).toBe(0);
    const [{ serial }] = await desk.store.sql<{ serial: string }>('SELECT "serial" FROM "receipts" WHERE "payment_id" = ?', [
      Number(line.postings[0].documentId),
    ]) as [{ serial: string }]; // prettier-ignore
    const receipt = (await app.request('GET', `/payments/${serial}`, { as: 'cashier' })).body;
    expect(serial).toMatch(/^RC-BANK-2026-/);
    expect(receipt).toMatchObject({
      payerName: 'نور الدين سعيد الطيب',
      tenders: [{ kind: 'BANK', reference: line.bankReference }],
    });

    const reversed = await desk.post(`/payments/${serial}/reverse`, { reason: 'حوالة لغيره' }, { as: 'supervisor' });
    expect(reversed.status).toBe(200);
    expect(await bank.line(line.id)).toMatchObject({
      state: 'OPEN',
      open: '12000',
      postings: [{ reversed: true }, { kind: 'REVERSAL' }],
    });
    expect(await desk.balance(id)).toBe(12_000);
    expect(await desk.ledger('SUSPENSE', 'ILS', `bank-line:${line.id}`)).toBe(-12_000);
  });

  it('of another amount is proposed, and pays in advance what is more than is owed', async () => {
    const { id } = await desk.account({ charges: [5000] });
    const [line] = await statement({ amount: '80.00', text: `دفعة حساب رقم ${id}` });
    expect(line).toMatchObject({ state: 'OPEN', proposals: [{ target: `account:${id}`, match: 'LIKELY' }] });
    await bank.accept(line.id, line.proposals[0].id);
    expect(await desk.balance(id)).toBe(-3000);
  });

  it('that names a OneRecord pays its oldest debts over all its accounts', async () => {
    const record = await seedRecord(app, [{}], { documentKey: 'other:bank-1', documentNumber: '123456782' });
    const first = await desk.account({ oneRecordId: record.id, charges: [4000, 4000] });
    const second = await desk.account({ oneRecordId: record.id, charges: [1000] });
    const number = `2026-${String(record.id).padStart(6, '0')}`;
    const [part, rest] = await statement(
      { amount: '45.00', text: `السجل الموحد ${number}` },
      { amount: '60.00', text: `تسديد ${number}` },
    );
    expect(part.proposals).toMatchObject([{ target: `one-record:${record.id}`, match: 'LIKELY' }]);
    await bank.accept(part.id, part.proposals[0].id);
    expect([await desk.balance(first.id), await desk.balance(second.id)]).toEqual([4000, 500]);
    await bank.accept(rest.id, rest.proposals[0].id);
    expect([await desk.balance(first.id), await desk.balance(second.id)]).toEqual([0, -1500]);
  });

  it('that names a OneRecord does not pay what another owes to whom it is only related', async () => {
    const record = await seedRecord(app, [{}, { relation: 'CO_OWNER' }], {
      documentKey: 'other:bank-2',
      documentNumber: '900000001',
    });
    const own = await desk.account({ oneRecordId: record.id, charges: [4000] });
    const shared = await desk.account({ charges: [9000] });
    const [link] = await desk.store.sql<{ row: number | string }>(
      `SELECT "legacy_citizen_id" AS "row" FROM "one_record_links" WHERE "one_record_id" = ? AND "relation" = 'CO_OWNER'`,
      [record.id],
    );
    const held = { legacyCitizenId: Number(link!.row) };
    await app.app.get(UnitOfWork).run(() => desk.store.update(Account, { id: shared.id }, held));
    const text = `السجل الموحد 2026-${String(record.id).padStart(6, '0')}`;
    const [line] = await statement({ amount: '50.00', text });
    await bank.accept(line.id, line.proposals[0].id);
    expect([await desk.balance(own.id), await desk.balance(shared.id)]).toEqual([-1000, 9000]);
  });

  it('that quotes a bill or a receipt pays on the account of that', async () => {
    const [accountId] = await openAccounts(app, 1);
    const runs = runRequests(app);
    await runs.recur(accountId!, '85.00');
    await runs.made('ISSUED');
    const [{ serial }] = (await desk.store.sql<{ serial: string }>('SELECT "serial" FROM "bills"')) as [
      { serial: string },
    ];
    const paid = await desk.account({ charges: [5000, 2000] });
    const receipt = (await desk.pay(paid.id, '50.00')).body.serial;
    const [bill, later, mistyped] = await statement(
      { amount: '85.00', text: `فاتورة ${serial.toLowerCase()} ماء` },
      { amount: '10.00', text: `تكملة الوصل ${receipt}` },
      { amount: '11.00', text: `وصل ${receipt.slice(0, -2)}00` },
    );
    expect(bill).toMatchObject({ state: 'RESOLVED', proposals: [{ target: `account:${accountId}`, match: 'EXACT' }] });
    expect(later.proposals).toMatchObject([{ target: `account:${paid.id}`, match: 'LIKELY' }]);
    expect(mistyped.proposals).toEqual([]);
  });

  it('that two employees accept at once is one payment', async () => {
    const { id } = await desk.account({ charges: [9000] });
    const [line] = await statement({ amount: '30.00', text: `حساب ${id}` });
    const proposal = line.proposals[0].id;
    const both = await Promise.all([
      bank.accept(line.id, proposal),
      bank.accept(line.id, proposal, { as: 'supervisor' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0]!.body.postings).toEqual(both[1]!.body.postings);
    expect(both[0]!.body.postings).toHaveLength(1);
    expect(await desk.balance(id)).toBe(6000);

    const [raced] = await statement({ amount: '20.00', text: `حساب ${id}` });
    const payment = { payerName: 'سليم', lines: [{ accountId: id, amount: '20.00' }] };
    const two = await Promise.all([
      bank.accept(raced.id, raced.proposals[0].id),
      bank.resolve(raced.id, { payment }, { as: 'supervisor' }),
    ]);
    expect(two.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await desk.balance(id)).toBe(4000);
  });

  it('under one key is taken once', async () => {
    const { id } = await desk.account({ charges: [9000] });
    const [line] = await statement({ amount: '10.00' });
    const body = { payment: { payerName: 'سليم', lines: [{ accountId: id, amount: '5.00' }] } };
    const first = await bank.resolve(line.id, body, { key: 'line-once' });
    expect((await bank.resolve(line.id, body, { key: 'line-once' })).body).toEqual(first.body);
    expect(first.body).toMatchObject({ state: 'PARTLY', open: '500' });
    expect(await desk.balance(id)).toBe(8500);
  });
});
