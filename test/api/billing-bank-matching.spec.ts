import { BankLines } from '../../src/billing/bank/bank-lines';
import { Proofs } from '../../src/billing/reports/proof';
import { startTestApp, type TestApp } from '../support/app';
import { bankDesk, camt, IBAN, type Movement } from '../support/bank';
import { openAccounts, runRequests } from '../support/bill-runs';
import { charged } from '../support/charged';
import { seedRecord } from '../support/records';
import { tillDesk } from '../support/till';

let app: TestApp;
let bank: ReturnType<typeof bankDesk>;
let desk: ReturnType<typeof tillDesk>;
let account: number;
let tills = 0;

beforeAll(async () => {
  app = await startTestApp();
  [bank, desk] = [bankDesk(app), tillDesk(app)];
  account = await bank.account();
});
afterAll(async () => {
  expect(await charged(app).faults()).toEqual([]);
  expect((await app.app.get(Proofs).run('REQUEST')).state).toBe('HOLDS');
  await app.close();
});

let days = 0;
/** One statement with these movements, matched. @returns its lines */
async function statement(...movements: Movement[]): Promise<any[]> {
  const id = `S-${++days}`;
  const file = camt({ id, opening: '0.00', from: '2026-11-23', to: '2026-11-24', movements });
  const { body } = await bank.import(account, file);
  await app.drain();
  return bank.linesOf(body.statements[0].id);
}
const state = async (lineId: number) => (await bank.line(lineId)).state;
const expectedNow = async () =>
  (await app.request('GET', `/bank-accounts/${account}/expected`, { as: 'auditor' })).body.map(
    ({ target }: any) => target,
  );

/** Cash of a day of its own in a deposit. */
async function deposit(amount: string, note: string): Promise<number> {
  const shift = await desk.shift((await desk.till(`B-${++tills}`)).id);
  const owing = await desk.account({ charges: [1_000_000] });
  await desk.pay(owing.id, amount);
  await desk.count(shift.id, { ILS: [['0.1', Math.round(Number(amount) * 10)]] });
  await desk.close(shift.id);
  return (await desk.post('/deposits', { shiftIds: [shift.id], note }, { as: 'supervisor' })).body.id;
}
const depositState = async (id: number) => (await app.request('GET', `/deposits/${id}`, { as: 'officer' })).body;

describe('a deposit in transit', () => {
  it('is proposed by amount and day, and confirmed when that is accepted', async () => {
    const id = await deposit('410.00', 'كيس 1');
    const [line] = await statement({ amount: '410.00', text: 'إيداع نقدي' });
    expect(line.proposals).toMatchObject([{ target: `deposit:${id}`, match: 'LIKELY', state: 'OPEN' }]);
    const accepted = await bank.accept(line.id, line.proposals[0].id);
    expect(accepted).toMatchObject({ status: 200, body: { state: 'RESOLVED', open: '0' } });
    expect(await depositState(id)).toMatchObject({
      state: 'CONFIRMED',
      bankAccount: IBAN,
      bankReference: line.bankReference,
    });
    expect(await desk.ledger('CASH_IN_TRANSIT', 'ILS', `deposit:${id}`)).toBe(0);
    const late = await desk.post(
      `/deposits/${id}/confirm`,
      { bankAccount: IBAN, bankReference: '1' },
      { as: 'officer' },
    );
    expect(late.body.code).toBe('billing.deposit-confirmed');

    const [{ postingId }] = accepted.body.postings;
    expect((await bank.undo(line.id, [postingId], { as: 'officer' } as never)).status).toBe(403);
    expect((await bank.undo(line.id, [postingId])).body).toMatchObject({ state: 'OPEN', open: '41000' });
    expect(await depositState(id)).toMatchObject({ state: 'IN_TRANSIT', bankAccount: null });
    expect((await bank.undo(line.id, [postingId])).body.code).toBe('billing.already-reversed');
    // What a person took back is not proposed again; it can be said by hand.
    await bank.post(`/bank-accounts/${account}/match`);
    await app.drain();
    expect((await bank.line(line.id)).proposals).toMatchObject([{ state: 'ACCEPTED' }]);
    expect((await bank.accept(line.id, line.proposals[0].id)).body.code).toBe('billing.proposal-closed');
    const byHand = await bank.resolve(line.id, { expected: [{ target: `deposit:${id}` }] });
    expect(byHand.body.state).toBe('RESOLVED');
  });

  it('that an employee confirmed before is met once, without a second posting to the bank', async () => {
    const id = await deposit('222.00', 'كيس 2');
    const before = await desk.ledger('BANK', 'ILS', IBAN);
    await desk.post(`/deposits/${id}/confirm`, { bankAccount: IBAN, bankReference: 'SLIP-77812' }, { as: 'officer' });
    expect(await desk.ledger('BANK', 'ILS', IBAN)).toBe(before + 22_200);
    expect((await bank.reconciliation(account)).confirmedByHand).toBe('22200');
    const [line] = await statement({ amount: '222.00', reference: 'slip 77812' });
    expect(line).toMatchObject({
      state: 'RESOLVED',
      proposals: [{ target: `confirmed:${id}`, match: 'EXACT', decidedBy: null }],
    });
    expect(await desk.ledger('BANK', 'ILS', IBAN)).toBe(before + 22_200);
    expect(await expectedNow()).not.toContain(`confirmed:${id}`);
    expect((await bank.reconciliation(account)).confirmedByHand).toBe('0');
  });

  it('is not proposed again once it is refused', async () => {
    const id = await deposit('333.00', 'كيس 3');
    const [line] = await statement({ amount: '333.00' });
    const refuse = () => bank.post(`/bank-lines/${line.id}/proposals/${line.proposals[0].id}/refuse`);
    expect((await refuse()).body.proposals).toMatchObject([{ target: `deposit:${id}`, state: 'REFUSED' }]);
    expect((await refuse()).status).toBe(200);
    await bank.post(`/bank-accounts/${account}/match`);
    await app.drain();
    expect((await bank.line(line.id)).proposals).toMatchObject([{ state: 'REFUSED' }]);
    expect((await bank.accept(line.id, line.proposals[0].id)).body.code).toBe('billing.proposal-closed');
    const returned = await bank.resolve(line.id, { returned: '333.00', note: 'حُوّل خطأ' });
    expect(returned.body.state).toBe('RESOLVED');
    const [out] = await statement({ amount: '-333.00', text: 'إعادة حوالة' });
    expect(out.proposals).toMatchObject([{ target: `return:${line.id}`, match: 'LIKELY' }]);
    expect((await bank.accept(out.id, out.proposals[0].id)).body.state).toBe('RESOLVED');
    expect(await desk.ledger('RETURNS')).toBe(0);
  });
});

describe('what was taken at the till', () => {
  it('by transfer is met by its reference, cards by the sum of their day less what the bank kept', async () => {
    await desk.shift((await desk.till(`B-${++tills}`)).id);
    const owing = await desk.account({ charges: [1_000_000] });
    const take = (kind: string, amount: string, reference?: string) =>
      desk.post('/payments', {
        payerName: 'هبة سليم الخياط',
        lines: [{ accountId: owing.id, amount }],
        tenders: [{ kind, currency: 'ILS', amount, ...(reference && { reference }) }],
      });
    await take('TRANSFER', '75.00', 'TRX-90017');
    await take('CARD', '600.00');
    await take('CARD', '400.00');
    const [transfer, cards] = await statement(
      { amount: '75.00', text: 'حوالة trx 90017 هبة' },
      { amount: '970.00', text: 'تسوية بطاقات' },
    );
    expect(transfer).toMatchObject({ state: 'RESOLVED', proposals: [{ match: 'EXACT', state: 'ACCEPTED' }] });
    expect(await desk.ledger('TRANSFER_CLEARING')).toBe(0);
    expect(cards).toMatchObject({ state: 'OPEN', proposals: [] });
    const target = 'cards:2026-11-24';
    expect(await expectedNow()).toContain(target);
    const both = {
      expected: [{ target }],
      ledger: [{ ledger: 'BANK_CHARGES', amount: '-30.00' }],
      note: 'عمولة البطاقات',
    };
    const more = await bank.resolve(cards.id, { ...both, ledger: [{ ledger: 'BANK_CHARGES', amount: '-29.99' }] });
    expect(more).toMatchObject({ status: 409, body: { code: 'billing.exceeds-line', open: '97000' } });
    expect((await bank.resolve(cards.id, both)).body).toMatchObject({ state: 'RESOLVED' });
    expect([await desk.ledger('CARD_CLEARING'), await desk.ledger('BANK_CHARGES')]).toEqual([0, 3000]);
    expect((await bank.resolve(cards.id, both)).body.code).toBe('billing.not-expected');
  });
});

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

describe('another slice', () => {
  it('settles a line against what it keeps', async () => {
    const [line] = await statement({ amount: '44.00', text: 'تحصيل شيك' });
    const lines = app.app.get(BankLines);
    const settle = (amount: number) =>
      lines.settle(line.id, [{ ledger: 'CHEQUES', currency: 'ILS', amount: -amount }], { type: 'cheque', id: 7 }, act);
    const act = { description: 'شيك محصل', by: null };
    const { postingId } = await settle(4000);
    expect(await bank.line(line.id)).toMatchObject({
      open: '400',
      postings: [{ documentType: 'cheque', documentId: '7' }],
    });
    await expect(settle(401)).rejects.toMatchObject({ code: 'billing.exceeds-line' });
    await expect(settle(-1)).rejects.toMatchObject({ code: 'billing.exceeds-line' });
    const both = await Promise.allSettled([settle(400), settle(400)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await bank.undo(line.id, [postingId]);
    expect((await bank.line(line.id)).open).toBe('4000');
    await settle(4000);
    expect(await desk.ledger('CHEQUES')).toBe(-4400);
  });
});

describe('an employee', () => {
  it('splits a line over several, and takes one part of it back', async () => {
    const { id, chargeIds } = await desk.account({ charges: [5000, 7000] });
    const other = await desk.account({ charges: [1000] });
    const [line, back, fee] = await statement(
      { amount: '100.00' },
      { amount: '-25.00' },
      { amount: '-3.00', text: 'عمولة' },
    );
    const lines = [
      { accountId: id, amount: '40.00', chargeIds: [chargeIds[1]] },
      { accountId: other.id, amount: '10.00' },
    ];
    const { body } = await bank.resolve(line.id, {
      payment: { payerName: 'مكتب محاسبة', lines },
      lines: [{ lineId: back.id, amount: '25.00' }],
      ledger: [{ ledger: 'BANK_INTEREST', amount: '5.00' }],
      returned: '20.00',
    });
    expect(body).toMatchObject({ state: 'RESOLVED', open: '0' });
    expect(await state(back.id)).toBe('RESOLVED');
    expect([await desk.balance(id), await desk.balance(other.id)]).toEqual([8000, 0]);
    const payment = body.postings.find(({ kind }: any) => kind === 'PAYMENT');
    expect((await bank.undo(line.id, [payment.postingId])).body).toMatchObject({ state: 'PARTLY', open: '5000' });
    expect([await desk.balance(id), await desk.balance(other.id)]).toEqual([12_000, 1000]);
    const offset = body.postings.find(({ amount }: any) => amount === '2500');
    await bank.undo(back.id, [offset.postingId]);
    expect([await state(back.id), (await bank.line(line.id)).open]).toEqual(['OPEN', '7500']);
    const charges = { ledger: [{ ledger: 'BANK_CHARGES', amount: '-3.00' }] };
    expect((await bank.resolve(fee.id, charges)).body.state).toBe('RESOLVED');
  });

  it('is refused what does not fit', async () => {
    const dinars = await desk.account({ currency: 'JOD', charges: [1000] });
    const closed = await desk.account({ state: 'CLOSED' });
    const [line, out] = await statement({ amount: '10.00' }, { amount: '-10.00' });
    const pays = (accountId: number, amount = '1.00') => ({
      payment: { payerName: 'س', lines: [{ accountId, amount }] },
    });
    const open = await desk.account({ charges: [5000] });
    const refused: [number, object, string][] = [
      [line.id, {}, 'http.invalid'],
      [line.id, { returned: '0' }, 'http.invalid'],
      [line.id, { ledger: [{ ledger: 'BANK_CHARGES', amount: '1.001' }] }, 'http.invalid'],
      [line.id, { ledger: [{ ledger: 'INCOME', amount: '1' }] }, 'http.invalid'],
      [line.id, pays(dinars.id), 'billing.currency-mismatch'],
      [line.id, pays(closed.id), 'billing.account-closed'],
      [line.id, pays(999_999_999), 'billing.account-unknown'],
      [line.id, pays(open.id, '10.01'), 'billing.exceeds-line'],
      [out.id, pays(open.id), 'billing.exceeds-line'],
      [line.id, { expected: [{ target: 'deposit:1' }] }, 'billing.not-expected'],
      [line.id, { lines: [{ lineId: out.id, amount: '11' }] }, 'billing.exceeds-line'],
      [line.id, { lines: [{ lineId: 999_999_999, amount: '1' }] }, 'http.not-found'],
      [999_999_999, { returned: '1' }, 'http.not-found'],
    ];
    for (const [id, body, code] of refused) expect((await bank.resolve(id, body)).body.code).toBe(code);
    expect((await bank.resolve(line.id, { returned: '1' }, { as: 'clerk' })).status).toBe(403);
    expect((await bank.undo(line.id, [1])).body.code).toBe('billing.settlement-unknown');
    expect((await bank.accept(line.id, 1)).status).toBe(404);
    expect(await bank.line(line.id)).toMatchObject({ open: '1000', postings: [] });
  });

  it('is given lines, which age', async () => {
    const [line] = await statement({ amount: '17.00', day: '2026-11-23' });
    const officer = (await app.request('GET', '/users?pageSize=100', { as: 'administrator' })).body.items.find(
      ({ username }: any) => username === 'officer',
    );
    const assign = (version: number, body: object) =>
      app.request('PATCH', `/bank-lines/${line.id}`, { as: 'officer', body, headers: { 'if-match': `"${version}"` } });
    expect((await assign(line.version, { ownerId: 999_999_999 })).body.errors).toEqual([
      { pointer: '/ownerId', code: 'unknown' },
    ]);
    const assigned = await assign(line.version, { ownerId: officer.id, note: 'سألنا البنك' });
    expect(assigned.body).toMatchObject({ owner: officer.displayName, note: 'سألنا البنك', days: 1 });
    expect((await assign(line.version, { ownerId: null })).status).toBe(412);
    const list = async (query: string) => (await app.request('GET', `/bank-lines?${query}`, { as: 'auditor' })).body;
    expect((await list(`ownerId=${officer.id}`)).items).toMatchObject([{ id: line.id }]);
    expect((await list('unassigned=true&from=2026-11-23&to=2026-11-24')).items.map(({ id }: any) => id)).not.toContain(
      line.id,
    );
    app.clock.advance({ days: 8 });
    app.forgetTokens();
    const { body } = await app.request('GET', '/billing/reports/suspense', { as: 'officer' });
    expect(body).toMatchObject({ asOf: '2026-12-02' });
    const row = body.rows.find(({ ownerId }: any) => ownerId === officer.id);
    expect(row.ages[1]).toEqual({ age: 'DAYS_8_30', lines: 1, incoming: '1700', outgoing: '0' });
    const all = body.rows.flatMap(({ ages }: any) => ages);
    const total = all.reduce(
      (sum: number, { incoming, outgoing }: any) => sum + Number(incoming) - Number(outgoing),
      0,
    );
    expect(total).toBe(-(await desk.ledger('SUSPENSE')));
  });
});
