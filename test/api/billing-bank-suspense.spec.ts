import { UnitOfWork } from '@libs/persistence';
import { BankLines } from '../../src/billing/bank/bank-lines';
import { Proofs } from '../../src/billing/reports/proof';
import { startTestApp, type TestApp } from '../support/app';
import { bankDesk, type Movement } from '../support/bank';
import { charged } from '../support/charged';
import { tillDesk } from '../support/till';

let app: TestApp;
let bank: ReturnType<typeof bankDesk>;
let desk: ReturnType<typeof tillDesk>;
let account: number;

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

const statement = (...movements: Movement[]) => bank.statement(account, ...movements);
const state = async (lineId: number) => (await bank.line(lineId)).state;

describe('another slice', () => {
  it('settles a line against what it keeps', async () => {
    const [line] = await statement({ amount: '44.00', text: 'تحصيل شيك' });
    const lines = app.app.get(BankLines);
    const settle = (amount: number) =>
      app.app.get(UnitOfWork).run(async () => {
        await lines.claim([{ lineId: line.id, amount }]);
        const entries = [{ ledger: 'CHEQUES' as const, currency: 'ILS', amount: -amount }];
        const said = { description: 'شيك محصل', by: null, document: { type: 'cheque', id: 7 } };
        return (await lines.post(line.id, [{ ...said, entries }]))[0]!;
      });
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

  it('keeps a return to its payer from being undone once the bank has paid it', async () => {
    const [line, out] = await statement({ amount: '50.00' }, { amount: '-30.00' });
    const returned = async (amount: string) => (await bank.resolve(line.id, { returned: amount })).body.postings.at(-1);
    const [paid, due] = [await returned('30.00'), await returned('20.00')];
    const met = await bank.resolve(out.id, { expected: [{ target: `return:${line.id}`, amount: '-30.00' }] });
    expect(met.body.state).toBe('RESOLVED');
    const refused = await bank.undo(line.id, [due.postingId, paid.postingId]);
    expect(refused).toMatchObject({ status: 409, body: { code: 'billing.return-paid', open: '0' } });
    expect((await bank.undo(line.id, [due.postingId])).body).toMatchObject({ open: '2000' });
    const dimension = `bank-line:${line.id}`;
    expect([await desk.ledger('RETURNS', 'ILS', dimension), (await bank.line(line.id)).state]).toEqual([0, 'PARTLY']);
    await bank.undo(out.id, [met.body.postings[0].postingId]);
    expect((await bank.undo(line.id, [paid.postingId])).body).toMatchObject({ state: 'OPEN', open: '5000' });
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
      [
        line.id,
        { lines: [6, 5].map((amount) => ({ lineId: out.id, amount: `${amount}` })), returned: '1' },
        'billing.exceeds-line',
      ],
      [line.id, { lines: [{ lineId: line.id, amount: '1' }], returned: '2' }, 'http.invalid'],
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
