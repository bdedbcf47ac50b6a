import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { LegacyMirror, LegacyMovement } from '../../src/legacy';
import { WaterTakeOvers } from '../../src/water';
import { olderIds } from '../support/older-ids';
import { transferDesk } from '../support/transfers';
import { doUnitsTwice } from '../support/units-twice';

describe('taking over after a transfer', () => {
  const desk = transferDesk();
  /** Each unit twice, as a server has it after a deadlock: what is told counts once. */
  const run = async () => {
    const once = doUnitsTwice();
    return desk.app.app.get(TakeOvers).run().finally(once);
  };

  /** A number that was sold on 16/11/2026, whose old system knows nothing of it. */
  async function sold() {
    const { buyerId, account } = await desk.parties();
    const transfer = await desk.posted({ accountId: account, buyerId });
    return { account, serviceId: (await desk.account(account)).legacyServiceId!, ...transfer.accounts[0] };
  }
  async function move(serviceId: number, debit: number, datedOn: string | null): Promise<void> {
    const [store, uow] = [desk.app.app.get(Store), desk.app.app.get(UnitOfWork)];
    const { runId } = { runId: (await store.reads(LegacyMovement).findOneBy({ serviceId }))!.firstRunId };
    await uow.run(async () => {
      const id = await desk.app.app.get(IdAllocator).one();
      await store.insert(LegacyMovement, {
        ...{ id, firstRunId: runId, changedRunId: null, vanishedRunId: null, doc: `D${id}`, serviceId },
        ...{ rawDate: datedOn ?? '؟', datedOn, kind: 'فاتورة', debit, credit: 0, currency: 'ILS' },
      });
    });
  }

  it('gives each holder the movements of its days, and says what the mirror says', async () => {
    const { account, serviceId, buyerAccountId } = await sold();
    expect(await run()).toMatchObject({ state: 'DONE', accounts: 0, movements: 0 });
    await move(serviceId, 4000, '2026-11-15');
    await move(serviceId, 100, null);
    await move(serviceId, 9000, '2026-11-16');
    expect(await run()).toMatchObject({ state: 'DONE', accounts: 0, movements: 3, exceptions: [{ movements: 2 }] });
    expect(await desk.books.balance(account)).toBe(4100);
    expect(await desk.books.balance(buyerAccountId)).toBe(9000);
    expect(await run()).toMatchObject({ state: 'DONE', movements: 0 });
  });

  it('changes nothing on the buyer’s account when the old system changes what was the seller’s, and says so', async () => {
    const { account, serviceId, buyerAccountId } = await sold();
    const [store, uow] = [desk.app.app.get(Store), desk.app.app.get(UnitOfWork)];
    const change = (changes: Partial<LegacyMovement>) =>
      uow.run(() => store.update(LegacyMovement, { serviceId, debit: 1000 }, changes));
    await change({ datedOn: '2026-11-20' });
    const { number } = await desk.account(account);
    const exceptions = [{ serviceNumber: number, reason: 'changed since the transfer of 2026-11-16', movements: 2 }];
    expect(await run()).toMatchObject({ state: 'DONE', movements: 2, exceptions });
    expect(await desk.books.balance(account)).toBe(0);
    expect(await desk.books.balance(buyerAccountId)).toBe(0);
    await change({ debit: 1500 });
    expect(await run()).toMatchObject({ state: 'DONE', movements: 1 });
    expect(await desk.books.balance(account)).toBe(500);
    expect(await desk.books.balance(buyerAccountId)).toBe(0);
    expect(await run()).toMatchObject({ state: 'DONE', movements: 0 });
  });

  it('leaves what the sale has shared where it is', async () => {
    const { buyerId, account } = await desk.parties();
    const { legacyServiceId } = await desk.account(account);
    await move(legacyServiceId!, 30_000, '2026-11-20');
    await run();
    const transfer = await desk.posted({ accountId: account, buyerId, despiteDebt: true }, 'supervisor');
    const { buyerAccountId } = transfer.accounts[0];
    expect(await run()).toMatchObject({ state: 'DONE', movements: 0 });
    expect(await desk.books.balance(account)).toBe(15_000);
    expect(await desk.books.balance(buyerAccountId)).toBe(15_000);
  });

  it('shows the payer row of the old system the seller’s balance alone', async () => {
    const { serviceId, buyerAccountId } = await sold();
    await desk.books.charge(buyerAccountId, 700);
    const balances = await desk.app.app.get(LegacyMirror).balances([serviceId]);
    expect(balances).toEqual([{ serviceId, currency: 'ILS', balance: 0 }]);
  });

  it('is of the buyer when the water is taken over afterwards, whichever process sold', async () => {
    const older = await olderIds(desk.app);
    const { buyerId, account } = await desk.parties();
    older();
    const transfer = await desk.posted({ accountId: account, buyerId });
    const { buyerAccountId } = transfer.accounts[0];
    expect(buyerAccountId).toBeLessThan(account);
    await desk.app.app.get(WaterTakeOvers).run();
    const { body } = await desk.app.request('GET', `/one-records/${buyerId}/water-subscriptions`, { as: 'clerk' });
    expect(body.subscriptions).toMatchObject([{ accountId: buyerAccountId }]);
  });

  it('takes the water subscription along, and back when the transfer is reversed', async () => {
    const { buyerId, account } = await desk.parties();
    await desk.app.app.get(WaterTakeOvers).run();
    const transfer = await desk.posted({ accountId: account, buyerId });
    const of = async (recordId: number) =>
      (await desk.app.request('GET', `/one-records/${recordId}/water-subscriptions`, { as: 'clerk' })).body
        .subscriptions;
    const [{ id, accountId }] = await of(buyerId);
    expect(accountId).toBe(transfer.accounts[0].buyerAccountId);
    await desk.act(transfer, 'reverse', 'supervisor');
    expect(await of(buyerId)).toEqual([]);
    const { events } = (await desk.app.request('GET', `/water/subscriptions/${id}/events`, { as: 'clerk' })).body;
    expect(events.slice(1)).toMatchObject([
      { kind: 'ACCOUNT', fromState: String(account), toState: String(accountId), happenedOn: '2026-11-16' },
      { kind: 'ACCOUNT', fromState: String(accountId), toState: String(account) },
    ]);
  });
});
