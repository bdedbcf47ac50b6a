import { Store } from '@libs/persistence';
import { Credit } from '../../src/billing/books/open-item.entity';
import { keyed } from '../support/charged';
import { transferDesk } from '../support/transfers';

describe('the deposit of a subscriber who sells', () => {
  const desk = transferDesk();
  const { parties, act, posted, preview, account: accountRow } = desk;
  const deposits = async () => (await desk.books.ledger('DEPOSITS')).ILS;

  /** By a debit note, as the office charges it. */
  async function deposit(accountId: number, amount: string, more: object = {}): Promise<number> {
    const said = { reason: 'تأمين اشتراك جديد', documentNumber: 'طلب 2026/77' };
    const body = { accountId, head: 'DEPOSIT', amount, ...said, ...more };
    const note = await desk.app.request('POST', '/billing/adjustments/debit-notes', {
      ...{ as: 'clerk', headers: keyed(), body },
    });
    const { status } = await desk.app.request('POST', `/billing/adjustments/${note.body.id}/approve`, {
      ...{ as: 'officer', headers: keyed(note.body.version) },
    });
    expect(status).toBe(200);
    return (await desk.books.charges(accountId)).at(-1)!.id;
  }

  /** Of a charge, by a clerk and a supervisor. */
  async function adjusted(kind: string, body: { chargeId: number; amount: string; reason: string }) {
    const note = await desk.app.request('POST', `/billing/adjustments/${kind}`, {
      ...{ as: 'clerk', headers: keyed(), body: { ...body, documentNumber: 'قرار 2026/7' } },
    });
    const { status } = await desk.app.request('POST', `/billing/adjustments/${note.body.id}/approve`, {
      ...{ as: 'supervisor', headers: keyed(note.body.version) },
    });
    expect(status).toBe(200);
  }

  it('is owed to them, pays their last debts, and the rest is theirs, not the buyer’s', async () => {
    const { buyerId, account } = await parties();
    const chargeId = await deposit(account, '200');
    await desk.books.pay(account, 20_000);
    expect([await deposits(), await desk.books.balance(account)]).toEqual([-20_000, 0]);
    await desk.books.charge(account, 30_000, { dueOn: '2026-11-30' });
    const { body } = await preview(account, 'soldOn=2026-11-16&advance=CARRY');
    expect(body).toMatchObject([
      {
        lines: [
          { head: 'WATER', seller: '15000', buyer: '15000' },
          { chargeId, head: 'DEPOSIT', seller: '-20000', sellerFormatted: '-200.00', buyer: '0' },
        ],
        ...{ carried: '0', sellerBalance: '-5000', buyerBalance: '15000' },
      },
    ]);
    const agreed = { advance: 'CARRY', agreementNumber: 'إقرار 2026/51' };
    const transfer = await posted({ accountId: account, buyerId, ...agreed });
    const [{ buyerAccountId, ...said }] = transfer.accounts;
    expect(said).toMatchObject({ sellerBalance: '-5000', lines: body[0].lines });
    expect(await deposits()).toBe(0);
    expect([await desk.books.balance(account), await desk.books.balance(buyerAccountId)]).toEqual([-5000, 15_000]);
    expect(await accountRow(account)).toMatchObject({ state: 'OPEN', closedOn: '2026-11-16' });
    expect((await desk.books.chargeRow(chargeId)).cancelled).toBe(20_000);
  });

  it('that was never paid is owed by nobody', async () => {
    const { buyerId, account } = await parties();
    await deposit(account, '200');
    const transfer = await posted({ accountId: account, buyerId });
    expect(transfer.accounts).toMatchObject([{ sellerBalance: '0', buyerBalance: '0' }]);
    expect([await deposits(), await desk.books.balance(account)]).toEqual([0, 0]);
    expect(await accountRow(account)).toMatchObject({ state: 'CLOSED' });
  });

  it('is no debt of the office any more where a part of it was written off', async () => {
    const { buyerId, account } = await parties();
    const chargeId = await deposit(account, '200');
    await desk.books.pay(account, 15_000);
    await adjusted('write-offs', { chargeId, amount: '50', reason: 'قرار المجلس بالإعفاء' });
    expect(await deposits()).toBe(-15_000);
    const transfer = await posted({ accountId: account, buyerId });
    expect(transfer.accounts).toMatchObject([{ sellerBalance: '-15000' }]);
    expect([await deposits(), await desk.books.balance(account)]).toEqual([0, -15_000]);
    // What goes back is what was paid: the write-off stays where it was given.
    const credits = await desk.app.app.get(Store).reads(Credit).findBy({ accountId: account });
    expect(new Map(credits.map(({ origin, remaining }) => [origin, remaining]))).toEqual(
      new Map([
        ['PAYMENT', 15_000],
        ['WRITE_OFF', 0],
      ]),
    );
    expect((await act(transfer, 'reverse', 'supervisor')).status).toBe(200);
    expect([await deposits(), await desk.books.balance(account)]).toEqual([-15_000, 0]);
  });

  it('that was written off in part leaves nothing held once a credit note has given the rest back', async () => {
    const { account } = await parties();
    const chargeId = await deposit(account, '200');
    await desk.books.pay(account, 15_000);
    await adjusted('write-offs', { chargeId, amount: '50', reason: 'قرار المجلس بالإعفاء' });
    await adjusted('credit-notes', { chargeId, amount: '150', reason: 'إنهاء الاشتراك' });
    expect([await deposits(), await desk.books.balance(account)]).toEqual([0, -15_000]);
    expect(await desk.books.ledger('WRITE_OFFS')).toEqual({});
  });

  it('is no arrears that a campaign would waive', async () => {
    const { account } = await parties();
    await deposit(account, '200', { dueOn: '2026-03-31' });
    await desk.books.charge(account, 10_000, { dueOn: '2026-03-31' });
    const post = (path: string, as: string, body: object, version?: number) =>
      desk.app.request('POST', `/billing/campaigns${path}`, { as, headers: keyed(version), body });
    const { body: campaign } = await post('', 'officer', {
      ...{ code: 'D-1', nameAr: 'حملة', nameEn: 'Campaign', decisionNumber: '112', currency: 'ILS' },
      ...{ from: '2026-11-01', until: '2026-12-31', kind: 'PERCENT_OF_ARREARS' },
      ...{ arrearsBefore: '2026-07-01', ratePpm: 400_000 },
    });
    expect((await post(`/${campaign.id}/approve`, 'supervisor', { reason: 'بقرار' }, 1)).status).toBe(200);
    const quoted = { as: 'clerk', body: { lines: [{ accountId: account }] } };
    const { body } = await desk.app.request('POST', '/payments/quote', quoted);
    expect(body.lines[0].reliefs).toMatchObject([{ granted: { amount: '4000' } }]);
  });

  it('is held again when the sale is undone', async () => {
    const { buyerId, account } = await parties();
    await deposit(account, '200');
    await desk.books.pay(account, 12_000);
    const transfer = await posted({ accountId: account, buyerId });
    expect(transfer.accounts).toMatchObject([{ sellerBalance: '-12000' }]);
    expect((await act(transfer, 'reverse', 'supervisor')).status).toBe(200);
    expect([await deposits(), await desk.books.balance(account)]).toEqual([-20_000, 8000]);
    expect((await desk.books.charges(account)).at(-1)).toMatchObject({ head: 'DEPOSIT', outstanding: 8000 });
    const again = await posted({ accountId: account, buyerId });
    expect(again.accounts).toMatchObject([{ sellerBalance: '-12000' }]);
    expect(await deposits()).toBe(0);
  });
});
