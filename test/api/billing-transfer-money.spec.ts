import { AccountClosing } from '../../src/billing/transfers/account-closing';
import { runRequests } from '../support/bill-runs';
import { chequeDesk } from '../support/cheques';
import { shareDesk } from '../support/shares';
import { transferDesk } from '../support/transfers';

describe('the money of an account that is sold', () => {
  const desk = transferDesk();
  const { parties, act, posted } = desk;

  it('carries money as money, which partners have a share in once it pays, also back', async () => {
    const [paid, back] = [await parties(), await parties()];
    const shares = shareDesk(desk.app);
    const partner = await shares.partner('MOF');
    await shares.rule(partner, 'PROPERTY_TAX', '2026-01-01', 9000);
    const carry = { advance: 'CARRY', agreementNumber: 'إقرار 53' };
    await desk.books.pay(paid.account, 5000);
    await desk.books.pay(back.account, 2000);
    const transfer = await posted({ accountId: paid.account, buyerId: paid.buyerId, ...carry });
    const undone = await posted({ accountId: back.account, buyerId: back.buyerId, ...carry });
    expect((await act(undone, 'reverse', 'supervisor')).status).toBe(200);
    await desk.books.charge(transfer.accounts[0].buyerAccountId, 1000, { head: 'PROPERTY_TAX' });
    await desk.books.charge(back.account, 400, { head: 'PROPERTY_TAX' });
    desk.on('2026-12-01');
    const { body } = await shares.settle(partner, '2026-11');
    expect(body.lines).toMatchObject([{ collected: '1400', share: '1260' }]);
  });

  it('carries nothing that rests on a cheque, and what it carried is not given back with its payment', async () => {
    const { buyerId, account } = await parties();
    const desks = chequeDesk(desk.app);
    await desks.shift((await desks.till('TR-2')).id);
    const { id } = await desks.taken(account, '30', {}, { acceptAdvance: true });
    const { body: cash } = await desks.pay(account, '20', { acceptAdvance: true });
    const carry = { accountId: account, buyerId, advance: 'CARRY', agreementNumber: 'إقرار 54' };
    const transfer = await posted(carry);
    expect(transfer.accounts).toMatchObject([{ advance: '5000', carried: '2000', sellerBalance: '-3000' }]);
    for (const [how, as] of [
      ['void', 'cashier'],
      ['reverse', 'supervisor'],
    ] as const) {
      const { status, body } = await desks.post(`/payments/${cash.serial}/${how}`, { reason: 'خطأ' }, { as });
      expect([status, body.code, body.because]).toEqual([409, 'billing.not-divisible', 'CARRIED']);
    }
    expect((await desks.bounce(id)).status).toBe(200);
    expect(await desk.books.balance(account)).toBe(5000);
  });

  it('stays with the buyer when a part of the payment was given back before: the receipt is not reversed', async () => {
    const { buyerId, account } = await parties();
    const desks = chequeDesk(desk.app);
    await desks.shift((await desks.till('TR-4')).id);
    const { body: cash } = await desks.pay(account, '30', { acceptAdvance: true });
    const undo = (how: string, more: object = {}) =>
      desks.post(`/payments/${cash.serial}/${how}`, { reason: 'خطأ', ...more }, { as: 'supervisor' });
    const part = (amount: string) => undo('partial-reversal', { lines: [{ accountId: account, amount }] });
    await part('10');
    await desk.books.charge(account, 500);
    const carry = { accountId: account, buyerId, advance: 'CARRY', agreementNumber: 'إقرار 56' };
    expect((await posted(carry)).accounts).toMatchObject([{ carried: '1500' }]);
    expect(await undo('reverse')).toMatchObject({
      status: 409,
      body: { code: 'billing.not-divisible', because: 'CARRIED' },
    });
    expect((await part('5')).body.state).toBe('POSTED');
    expect(await desk.books.balance(account)).toBe(500);
  });

  it('is not reversed while the buyer has paid by a cheque that counts later', async () => {
    const { buyerId, account } = await parties();
    await desk.books.charge(account, 30_000, { dueOn: '2026-11-30' });
    const transfer = await posted({ accountId: account, buyerId, despiteDebt: true }, 'supervisor');
    const cheques = chequeDesk(desk.app);
    await cheques.shift((await cheques.till('TR-1')).id);
    const { serial } = await cheques.taken(transfer.accounts[0].buyerAccountId, '50', { dueOn: '2026-12-30' });
    expect((await act(transfer, 'reverse', 'supervisor')).body.code).toBe('billing.transfer-touched');
    await cheques.post(`/payments/${serial}/void`, { reason: 'شيك خطأ' });
    expect((await act(transfer, 'reverse', 'supervisor')).status).toBe(200);
  });

  it('has an account to come to while a cheque of the seller is under way', async () => {
    const { buyerId, account } = await parties();
    const cheques = chequeDesk(desk.app);
    await desk.books.charge(account, 3000, { dueOn: '2026-10-31' });
    await cheques.shift((await cheques.till('TR-3')).id);
    const { id } = await cheques.taken(account, '30', { dueOn: '2026-11-25' });
    await desk.books.pay(account, 3000);
    await posted({ accountId: account, buyerId });
    const closing = desk.app.app.get(AccountClosing);
    expect(await closing.run()).toEqual({ OPEN: 1, CLOSED: 0 });
    expect((await cheques.later(2, () => cheques.clear(id))).status).toBe(200);
    expect(await desk.books.balance(account)).toBe(-3000);
    expect(await desk.books.ledger('SUSPENSE')).toEqual({});
  });

  it('shares what an earlier sale moved by the days it was moved for', async () => {
    const [{ buyerId, account }, { buyerId: next }] = [await parties(), await parties()];
    const runs = runRequests(desk.app);
    await runs.recur(account, '90.00', { everyMonths: 2, fromPeriod: '2026-10', head: 'WASTE' });
    await runs.made('POSTED', { period: '2026-10', issueOn: '2026-11-02', dueOn: '2026-11-20' });
    await runs.recur(account, '30.00', { fromPeriod: '2026-11', head: 'WATER' });
    const sale = { accountId: account, buyerId, despiteDebt: true };
    const undone = await posted(sale, 'supervisor');
    expect((await act(undone, 'reverse', 'supervisor')).status).toBe(200);
    const first = await posted(sale, 'supervisor');
    // Of 61 days the seller has 46, of 30 days 15.
    expect(first.accounts).toMatchObject([{ sellerBalance: String(6787 + 1500), buyerBalance: String(2213 + 1500) }]);
    desk.on('2026-11-30');
    const again = { accountId: first.accounts[0].buyerAccountId, buyerId: next, soldOn: '2026-11-25' };
    const second = await posted({ ...again, despiteDebt: true }, 'supervisor');
    // Six of the fifteen days that the first buyer had: of 16.69 and 5.44, in which the reversal left the two months, and 15.00.
    expect(second.accounts[0].buyerBalance).toBe(String(668 + 218 + 600));
    expect(second.accounts[0].lines.map(({ months }: { months: number }) => months).sort()).toEqual([1, 2, 2]);
  });

  it('counts as charged what no bill was made of yet, and nothing of what moved; nothing once it is reversed', async () => {
    const { buyerId, account } = await parties();
    const chargeId = await desk.books.charge(account, 30_000, { dueOn: '2026-11-30' });
    await desk.books.pay(account, 15_000, { chargeIds: [chargeId] });
    await runRequests(desk.app).recur(account, '30.00', { fromPeriod: '2026-11' });
    const month = async () => {
      const path = '/billing/reports/collection?from=2026-11&to=2026-11&serviceType=WATER';
      const { lines } = (await desk.app.request('GET', path, { as: 'auditor' })).body;
      return lines.map(({ charged, collected, relieved }: any) => ({ charged, collected, relieved }));
    };
    const before = [{ charged: '30000', collected: '15000', relieved: '0' }];
    expect(await month()).toEqual(before);
    const transfer = await posted({ accountId: account, buyerId, despiteDebt: true }, 'supervisor');
    expect(transfer.accounts).toMatchObject([{ sellerBalance: '1500', buyerBalance: '16500' }]);
    expect(await month()).toEqual([{ charged: '33000', collected: '15000', relieved: '0' }]);
    expect((await act(transfer, 'reverse', 'supervisor')).status).toBe(200);
    expect(await month()).toEqual(before);
    await desk.books.pay(account, 20_000);
    const carry = { accountId: account, buyerId, advance: 'CARRY', agreementNumber: 'إقرار 55' };
    expect((await posted(carry)).accounts).toMatchObject([{ carried: '3500', buyerBalance: '-2000' }]);
    expect(await month()).toEqual([{ charged: '33000', collected: '35000', relieved: '0' }]);
  });
});
