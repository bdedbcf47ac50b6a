import { Proofs } from '../../src/billing/reports/proof';
import { startTestApp, type TestApp } from '../support/app';
import { bankDesk, IBAN, type Movement } from '../support/bank';
import { openAccounts } from '../support/bill-runs';
import { charged } from '../support/charged';
import { chequeDesk } from '../support/cheques';
import { shareDesk } from '../support/shares';

let app: TestApp;
let bank: ReturnType<typeof bankDesk>;
let desk: ReturnType<typeof chequeDesk>;
let account: number;
let tills = 0;

beforeAll(async () => {
  app = await startTestApp();
  [bank, desk] = [bankDesk(app), chequeDesk(app)];
  account = await bank.account();
});
afterAll(async () => {
  expect(await charged(app).faults()).toEqual([]);
  expect((await app.app.get(Proofs).run('REQUEST')).state).toBe('HOLDS');
  await app.close();
});

const statement = (...movements: Movement[]) => bank.statement(account, ...movements);
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

describe('what an employee confirmed before the bank told of it', () => {
  const bankLedger = () => desk.ledger('BANK', 'ILS', IBAN);

  it('a cheque is in the bank once, by its number', async () => {
    const shift = await desk.shift((await desk.till(`B-${++tills}`)).id);
    const owing = await desk.account({ charges: [100_000] });
    const { id } = await desk.taken(owing.id, '640.00', { number: '30981234' });
    await desk.hold(id);
    const slip = { chequeIds: [id], bankAccount: IBAN.toLowerCase(), bankName: 'بنك المثال' };
    const { body: made } = await desk.post('/cheque-deposits', slip, { as: 'supervisor' });
    expect((await desk.answer(made.id, { cleared: [id] })).status).toBe(200);
    await desk.count(shift.id, { ILS: [] });
    await desk.close(shift.id);
    const before = await bankLedger();
    expect((await bank.reconciliation(account)).confirmedByHand).toBe('64000');
    const [line] = await statement({ amount: '640.00', reference: '30981234', text: 'مقاصة شيكات' });
    expect(line).toMatchObject({ state: 'RESOLVED', proposals: [{ target: `cheque:${id}`, match: 'EXACT' }] });
    expect(await bankLedger()).toBe(before);
    expect(await expectedNow()).not.toContain(`cheque:${id}`);
    expect(await bank.reconciliation(account)).toMatchObject({ confirmedByHand: '0', other: '0' });
  });

  it('a remittance to a partner leaves the bank once, by its reference', async () => {
    const shares = shareDesk(app);
    const partner = await shares.partner('MOF');
    await shares.rule(partner, 'PROPERTY_TAX', '2026-01-01', 9000);
    const [owing] = (await openAccounts(app, 1)) as [number];
    await shares.credit('2026-10-05', 10_000, owing, await shares.charge('2026-10-05', 10_000, owing));
    expect((await shares.settle(partner, '2026-10')).status).toBe(201);
    const paid = { currency: 'ILS', amount: '90', bankAccount: IBAN, reference: 'حوالة 4471' };
    const { body: remittance } = await shares.post(`/partners/${partner}/remittances`, paid);
    const before = await bankLedger();
    const [line] = await statement({ amount: '-90.00', reference: 'حوالة 4471' });
    expect(line).toMatchObject({ state: 'RESOLVED', proposals: [{ target: `share-remittance:${remittance.id}` }] });
    expect(await bankLedger()).toBe(before);
    expect(await bank.reconciliation(account)).toMatchObject({ confirmedByHand: '0', other: '0' });
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
