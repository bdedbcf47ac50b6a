import { AccountClosing } from '../../src/billing/transfers/account-closing';
import { keyed } from '../support/charged';
import { runRequests } from '../support/bill-runs';
import { seedRecord } from '../support/records';
import { SALE, transferDesk } from '../support/transfers';
import { doUnitsTwice } from '../support/units-twice';

describe('the transfer of an account on sale', () => {
  const desk = transferDesk();
  const { parties, propose, act, posted, preview, account: accountRow, on } = desk;

  it('splits what is open by days, opens the next tenure for the buyer, and closes the seller’s settled account', async () => {
    const { buyerId, account } = await parties();
    await desk.books.charge(account, 20_000, { dueOn: '2026-10-31' });
    await desk.books.charge(account, 30_000, { dueOn: '2026-11-30' });
    const shown = await preview(account, 'soldOn=2026-11-16');
    expect(shown.body).toEqual([
      expect.objectContaining({
        accountId: account,
        buyerAccountId: null,
        currency: 'ILS',
        lines: [
          expect.objectContaining({ period: '2026-10', seller: '20000', buyer: '0' }),
          expect.objectContaining({ period: '2026-11', seller: '15000', buyer: '15000', buyerFormatted: '150.00' }),
        ],
        sellerBalance: '35000',
        buyerBalance: '15000',
      }),
    ]);
    const refused = await propose({ accountId: account, buyerId });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'billing.seller-owes', accounts: [{ accountId: account, owed: '35000', formatted: '350.00' }] },
    });
    await desk.books.pay(account, 35_000);
    const transfer = await posted({ accountId: account, buyerId });
    const [{ buyerAccountId }] = transfer.accounts;
    expect(transfer).toMatchObject({ state: 'POSTED', accounts: [{ sellerBalance: '0', buyerBalance: '15000' }] });
    const seller = await accountRow(account);
    expect(seller).toMatchObject({ state: 'CLOSED', closedOn: '2026-11-16' });
    expect(await accountRow(buyerAccountId)).toMatchObject({
      ...{ number: seller.number, tenure: 2, serviceType: 'WATER', state: 'OPEN', openedOn: '2026-11-16' },
      ...{ oneRecordId: buyerId, legacyCitizenId: null, closedOn: null },
    });
    expect(await desk.books.balance(account)).toBe(0);
    expect(await desk.books.charges(buyerAccountId)).toEqual([
      expect.objectContaining({ head: 'WATER', period: '2026-11', dueOn: '2026-11-30', outstanding: 15_000 }),
    ]);
    const held = await desk.app.request('GET', `/one-records/${buyerId}/accounts`, { as: 'clerk' });
    expect(held.body.accounts).toMatchObject([{ id: buyerAccountId, tenure: 2, balance: '15000' }]);
    expect((await desk.app.request('GET', `/billing/transfers/${transfer.id}`, { as: 'auditor' })).body).toEqual(
      transfer,
    );
    const list = await desk.app.request('GET', `/billing/transfers?state=POSTED&buyerId=${buyerId}`, { as: 'clerk' });
    expect(list.body).toMatchObject({ total: 1, items: [{ id: transfer.id }] });
  });

  it('gives charges after the sale to the buyer, late for nobody who has not seen them', async () => {
    const { buyerId, account } = await parties();
    const chargeId = await desk.books.charge(account, 10_000, { dueOn: '2026-10-31' });
    const { accounts } = await posted({ accountId: account, buyerId, soldOn: '2026-09-10' });
    expect(await desk.books.chargeRow(chargeId)).toMatchObject({ cancelled: 10_000, outstanding: 0 });
    expect(await desk.books.charges(accounts[0].buyerAccountId)).toMatchObject([
      { period: '2026-10', dueOn: '2026-11-24', outstanding: 10_000 },
    ]);
  });

  it('despite debts is a supervisor’s; the seller’s account takes payments and no bill, and is closed once settled', async () => {
    const { buyerId, account } = await parties();
    await desk.books.charge(account, 20_000, { dueOn: '2026-10-31' });
    const { body: proposed } = await propose({ accountId: account, buyerId, despiteDebt: true });
    const refused = await act(proposed, 'approve', 'officer');
    expect(refused).toMatchObject({ status: 403, body: { code: 'billing.debt-override-required' } });
    expect((await act(proposed, 'approve', 'supervisor')).body.accounts).toMatchObject([{ sellerBalance: '20000' }]);
    expect(await accountRow(account)).toMatchObject({ state: 'OPEN', closedOn: '2026-11-16' });
    await expect(desk.books.charge(account, 100)).rejects.toMatchObject({ code: 'billing.account-closed' });
    const recurring = await runRequests(desk.app).recur(account, '5.00');
    expect(recurring.body.code).toBe('billing.account-closed');
    const closing = desk.app.app.get(AccountClosing);
    expect(await closing.run()).toEqual({ OPEN: 0, CLOSED: 0 });
    const payment = await desk.books.pay(account, 20_000);
    const once = doUnitsTwice();
    expect(await closing.run()).toEqual({ OPEN: 0, CLOSED: 1 });
    once();
    await expect(desk.books.pay(account, 1)).rejects.toMatchObject({ code: 'billing.account-closed' });
    await desk.books.reversePayment(payment);
    expect(await closing.run()).toEqual({ OPEN: 1, CLOSED: 0 });
    await desk.books.pay(account, 20_000);
    expect(await closing.run()).toEqual({ OPEN: 0, CLOSED: 1 });
  });

  it('leaves an advance with the seller, or carries it to the buyer by an agreement that is recorded', async () => {
    const [kept, carried] = [await parties(), await parties()];
    await desk.books.pay(kept.account, 5000);
    const stays = await posted({ accountId: kept.account, buyerId: kept.buyerId });
    expect(stays).toMatchObject({
      postingId: null,
      accounts: [{ advance: '5000', carried: '0', sellerBalance: '-5000' }],
    });
    expect(await accountRow(kept.account)).toMatchObject({ state: 'OPEN', closedOn: '2026-11-16' });
    await desk.books.pay(carried.account, 3000);
    await desk.books.pay(carried.account, 2000);
    const carry = { accountId: carried.account, buyerId: carried.buyerId, advance: 'CARRY' };
    expect(await propose(carry)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/agreementNumber' }] } });
    const transfer = await posted({ ...carry, agreementNumber: 'إقرار 51' });
    expect(transfer.accounts).toMatchObject([{ advance: '5000', carried: '5000', buyerBalance: '-5000' }]);
    expect(await desk.books.balance(carried.account)).toBe(0);
    expect(await desk.books.balance(transfer.accounts[0].buyerAccountId)).toBe(-5000);
    const { body } = await act(transfer, 'reverse', 'supervisor');
    expect(body.state).toBe('REVERSED');
    expect(await desk.books.balance(carried.account)).toBe(-5000);
  });

  it('bills the days of a recurring charge to both, and the buyer alone from the next month', async () => {
    const { buyerId, account } = await parties();
    const runs = runRequests(desk.app);
    const { body: recurring } = await runs.recur(account, '30.00', { fromPeriod: '2026-10' });
    await runs.made('POSTED', { period: '2026-10', issueOn: '2026-11-02', dueOn: '2026-11-20' });
    await desk.books.pay(account, 3000 + 2000);
    const income = (await desk.books.ledger('INCOME')).ILS!;
    const transfer = await posted({ accountId: account, buyerId, advance: 'CARRY', agreementNumber: 'إقرار 52' });
    const [{ buyerAccountId, lines, sellerBalance }] = transfer.accounts;
    expect(lines).toMatchObject([
      { chargeId: null, recurringId: recurring.id, period: '2026-11', seller: '1500', buyer: '1500' },
    ]);
    expect({ sellerBalance, carried: transfer.accounts[0].carried }).toEqual({ sellerBalance: '0', carried: '500' });
    expect((await desk.books.ledger('INCOME')).ILS).toBe(income - 3000);
    expect(await desk.books.balance(buyerAccountId)).toBe(1000);
    const followed = await desk.app.request('GET', `/billing/recurring-charges?accountId=${buyerAccountId}`, {
      as: 'clerk',
    });
    expect(followed.body.items).toMatchObject([{ fromPeriod: '2026-12', amount: '3000', active: true }]);
    const ended = await desk.app.request('GET', `/billing/recurring-charges/${recurring.id}`, { as: 'clerk' });
    expect(ended.body.active).toBe(false);
    expect(await runs.made('CALCULATED')).toMatchObject({ bills: 0 });
    expect(await runs.made('CALCULATED', { period: '2026-12', issueOn: '2026-12-01' })).toMatchObject({ bills: 1 });
    expect((await act(transfer, 'reverse', 'supervisor')).body.code).toBe('billing.transfer-touched');
  });

  it('charges the seller the spans before the sale that no bill was made of', async () => {
    const { buyerId, account } = await parties();
    const runs = runRequests(desk.app);
    await runs.recur(account, '30.00', { fromPeriod: '2026-09' });
    await runs.made('POSTED', { period: '2026-09', issueOn: '2026-11-02', dueOn: '2026-11-20' });
    await desk.books.pay(account, 3000);
    const transfer = await posted({ accountId: account, buyerId, despiteDebt: true }, 'supervisor');
    const [{ buyerAccountId, lines }] = transfer.accounts;
    expect(lines).toMatchObject([
      { chargeId: null, period: '2026-10', seller: '3000', buyer: '0' },
      { chargeId: null, period: '2026-11', seller: '1500', buyer: '1500' },
    ]);
    expect(await desk.books.balance(account)).toBe(4500);
    expect(await desk.books.balance(buyerAccountId)).toBe(1500);
    expect((await act(transfer, 'reverse', 'supervisor')).status).toBe(200);
    expect(await desk.books.balance(account)).toBe(0);
  });

  it('is of all currencies of the number', async () => {
    const { id } = await seedRecord(
      desk.app,
      [
        {
          services: [
            {
              movements: [
                ['ILS', 700, 0],
                ['JOD', 0, 1250],
              ],
            },
          ],
        },
      ],
      {
        documentKey: 'other:two-currencies',
      },
    );
    const { buyerId } = await parties();
    const held = (await desk.app.request('GET', `/one-records/${id}/accounts`, { as: 'clerk' })).body.accounts;
    const body = { accountId: held[1].id, buyerId, despiteDebt: true, advance: 'CARRY', agreementNumber: '1' };
    const { accounts } = await posted({ ...body, soldOn: '2024-03-16' }, 'supervisor');
    expect(accounts).toMatchObject([
      { currency: 'ILS', sellerBalance: '339', buyerBalance: '361' },
      { currency: 'JOD', sellerBalance: '0', buyerBalance: '-1250' },
    ]);
  });

  it('is approved by another, once; the books are as one approval left them', async () => {
    const { buyerId, account } = await parties();
    await desk.books.charge(account, 9000, { dueOn: '2026-12-31' });
    const key = keyed();
    const [first, again] = [
      await propose({ accountId: account, buyerId }, 'officer', key),
      await propose({ accountId: account, buyerId }, 'officer', key),
    ];
    expect(again.body).toEqual(first.body);
    expect(await act(first.body, 'approve', 'officer')).toMatchObject({
      status: 403,
      body: { code: 'billing.transfer-own-proposal' },
    });
    const { body: other } = await propose({ accountId: account, buyerId });
    const answers = await Promise.all([
      act(first.body, 'approve', 'officer2'),
      act(first.body, 'approve', 'supervisor'),
      act(other, 'approve', 'supervisor2'),
    ]);
    // Who is second at the same transfer is stale, unless the other one was first and refuses both.
    const refused = answers.filter(({ status }) => status !== 200).map(({ body }) => body.code as string);
    expect(refused.sort()).toHaveLength(2);
    expect(refused[0]).toBe('billing.account-closed');
    expect(['billing.account-closed', 'http.stale']).toContain(refused[1]);
    const held = await desk.app.request('GET', `/one-records/${buyerId}/accounts`, { as: 'clerk' });
    expect(held.body.accounts).toMatchObject([{ balance: '9000' }]);
    const rejected = await act(other.version === 1 ? other : first.body, 'reject', 'officer2');
    expect([200, 412]).toContain(rejected.status);
  });

  it('is undone while nothing has happened on the buyer’s account', async () => {
    const { buyerId, account } = await parties();
    const runs = runRequests(desk.app);
    await runs.recur(account, '30.00', { fromPeriod: '2026-11' });
    const chargeId = await desk.books.charge(account, 30_000, { dueOn: '2026-11-10' });
    await desk.books.pay(account, 15_000);
    const income = await desk.books.ledger('INCOME');
    const transfer = await posted({ accountId: account, buyerId, despiteDebt: true }, 'supervisor');
    const { buyerAccountId } = transfer.accounts[0];
    expect(await desk.books.balance(account)).toBe(1500);
    const key = keyed(transfer.version);
    const [{ status, body }, again] = [
      await act(transfer, 'reverse', 'supervisor', key),
      await act(transfer, 'reverse', 'supervisor', key),
    ];
    expect(status).toBe(200);
    expect(again.body).toEqual(body);
    expect(body).toMatchObject({ state: 'REVERSED', reversal: 'لم يتم البيع' });
    expect(await desk.books.balance(account)).toBe(15_000);
    expect(await desk.books.balance(buyerAccountId)).toBe(0);
    expect(await desk.books.ledger('INCOME')).toEqual(income);
    expect(await accountRow(account)).toMatchObject({ state: 'OPEN', closedOn: null });
    expect(await accountRow(buyerAccountId)).toMatchObject({ state: 'CLOSED' });
    expect((await desk.books.charges(account)).at(-1)).toMatchObject({
      ...{ head: 'WATER', period: '2026-11', dueOn: '2026-11-10', outstanding: 15_000 },
      source: `transfer:${transfer.id}:${chargeId}:reversed`,
    });
    expect((await act(body, 'reverse', 'supervisor')).body.code).toBe('billing.transfer-not-posted');
    expect(await runs.made('CALCULATED')).toMatchObject({ bills: 1, totals: [{ amount: '3000' }] });
    const second = await posted({ accountId: account, buyerId, despiteDebt: true }, 'supervisor');
    expect(await accountRow(second.accounts[0].buyerAccountId)).toMatchObject({ tenure: 3 });
  });

  it('is not undone once the buyer has paid, or sold it on', async () => {
    const { buyerId, account } = await parties();
    const transfer = await posted({ accountId: account, buyerId });
    const { buyerAccountId } = transfer.accounts[0];
    await desk.books.pay(buyerAccountId, 100);
    const reverse = () => act(transfer, 'reverse', 'supervisor');
    expect(await reverse()).toMatchObject({ status: 409, body: { code: 'billing.transfer-touched' } });
    on('2026-11-30');
    const { buyerId: next } = await parties();
    const sold = await posted({ accountId: buyerAccountId, buyerId: next, soldOn: '2026-11-28' });
    expect(await accountRow(sold.accounts[0].buyerAccountId)).toMatchObject({ tenure: 3, oneRecordId: next });
    expect((await reverse()).body.code).toBe('billing.transfer-touched');
  });

  it('is refused for what makes no sale', async () => {
    const { sellerId, buyerId, account } = await parties();
    const draft = (await seedRecord(desk.app, [], { state: 'DRAFT', documentKey: 'other:draft' })).id;
    const codes = async (body: object) => (await propose({ accountId: account, buyerId, ...body })).body;
    expect(await codes({ accountId: 999_999_999 })).toMatchObject({ code: 'billing.account-unknown' });
    expect(await codes({ buyerId: sellerId })).toMatchObject({ code: 'billing.same-holder' });
    expect(await codes({ buyerId: draft })).toMatchObject({ code: 'billing.record-not-approved' });
    expect(await codes({ buyerId: 999_999_999 })).toMatchObject({ code: 'http.not-found' });
    expect(await codes({ soldOn: '2026-11-25' })).toMatchObject({ errors: [{ code: 'inFuture' }] });
    expect(await codes({ soldOn: '2015-01-01' })).toMatchObject({ errors: [{ code: 'notAfterOpening' }] });
    expect(await codes({ advance: 'SPEND' })).toMatchObject({ status: 422 });
    await posted({ accountId: account, buyerId });
    expect(await codes({})).toMatchObject({ code: 'billing.account-closed' });
    expect((await preview(account, `soldOn=${SALE.soldOn}`)).body.code).toBe('billing.account-closed');
  });

  it('is for those whose work it is', async () => {
    const { buyerId, account } = await parties();
    const { body } = await propose({ accountId: account, buyerId });
    const answers = await Promise.all([
      propose({ accountId: account, buyerId }, 'cashier'),
      act(body, 'approve', 'clerk2'),
      act(body, 'reject', 'clerk'),
      act(body, 'reverse', 'officer'),
      desk.app.request('GET', '/billing/transfers', { as: 'administrator' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(403));
    expect((await act({ id: 999_999_999, version: 1 }, 'approve', 'officer')).status).toBe(404);
    const { body: rejected } = await act(body, 'reject', 'officer');
    expect(rejected).toMatchObject({ state: 'REJECTED', rejection: 'لم يتم البيع' });
    expect((await act(rejected, 'approve', 'officer')).body.code).toBe('billing.transfer-not-open');
  });
});
