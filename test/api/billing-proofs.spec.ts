import { Database, IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { ThirdPartyShares1764000000021 } from '../../migrations/1764000000021-third-party-shares';
import { SchedulerRegistry } from '@nestjs/schedule';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Books } from '../../src/billing/books/books';
import { Allocation, Charge, Credit, TakeBack } from '../../src/billing/books/open-item.entity';
import { LedgerEntry, LedgerPeriod, LedgerPosting } from '../../src/billing/books/posting.entity';
import { Proofs } from '../../src/billing/reports/proof';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';
import { PERSON } from '../support/statements';

const TODAY = '2026-11-24';

describe('the proof of the books', () => {
  let app: TestApp;
  let [store, uow, proofs]: [Store, UnitOfWork, Proofs] = [] as never;
  let accounts: Account[];
  let paid: { postingId: number; chargeId: number; creditId: number };

  beforeEach(async () => {
    app = await startTestApp();
    [store, uow, proofs] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(Proofs)];
    await seedRecord(app, PERSON);
    await app.app.get(TakeOvers).run();
    accounts = await store.reads(Account).find({ where: { currency: 'ILS' }, order: { id: 'ASC' } });
    const [{ id: accountId }] = accounts as [Account];
    const books = app.app.get(Books);
    const shape = { on: TODAY, description: 'اختبار', by: null };
    const charged = await books.post({
      ...shape,
      kind: 'CHARGE',
      entries: [{ ledger: 'INCOME', currency: 'ILS', amount: -7000 }],
      charges: [{ accountId, head: 'WATER', amount: 7000 }],
    });
    const { postingId, credits } = await books.post({
      ...shape,
      kind: 'PAYMENT',
      entries: [{ ledger: 'CASH', currency: 'ILS', amount: 1000 }],
      credits: [{ accountId, amount: 1000, chargeIds: charged.chargeIds }],
    });
    paid = { postingId, chargeId: charged.chargeIds[0]!, creditId: credits[0]!.creditId };
  });
  afterEach(() => app.close());

  const found = async () => {
    const { state, findings } = await proofs.run('CLI');
    expect(state).toBe(findings.length === 0 ? 'HOLDS' : 'BROKEN');
    return Object.fromEntries(findings.map(({ check, count, examples }) => [check, { count, first: examples[0] }]));
  };

  it('holds over a take-over, charges and payments', async () => {
    expect(await found()).toEqual({});
  });

  it('finds entries that do not sum to zero', async () => {
    const where = { postingId: paid.postingId, ledger: 'CASH' };
    await uow.run(() => store.update(LedgerEntry, where, { amount: 1001 }));
    expect(await found()).toEqual({ POSTING_SUM: { count: 1, first: { id: paid.postingId, difference: '1' } } });
  });

  it('finds entries that sum to zero over two days only', async () => {
    const where = { postingId: paid.postingId, ledger: 'CASH' };
    await uow.run(() => store.update(LedgerEntry, where, { postedOn: '2026-11-23' }));
    expect(await found()).toMatchObject({ POSTING_SUM: { count: 2 } });
  });

  it('finds a receivable in another currency than its account’s, and an account where none belongs', async () => {
    await uow.run(async () => {
      await store.update(LedgerEntry, { postingId: paid.postingId }, { currency: 'JOD' });
    });
    expect(await found()).toMatchObject({ ENTRY_ACCOUNT: { count: 1 } });
    const where = { postingId: paid.postingId, ledger: 'CASH' };
    await uow.run(() => store.update(LedgerEntry, where, { accountId: accounts[0]!.id }));
    expect(await found()).toMatchObject({ ENTRY_ACCOUNT: { count: 2 }, ACCOUNT_OPEN_ITEMS: { count: 1 } });
  });

  it('finds charges, credits and allocations that do not add up', async () => {
    await uow.run(() => store.update(Charge, { id: paid.chargeId }, { outstanding: 5999 }));
    expect(await found()).toEqual({
      ACCOUNT_OPEN_ITEMS: { count: 1, first: { id: accounts[0]!.id, difference: '1' } },
      CHARGE_ALLOCATIONS: { count: 1, first: { id: paid.chargeId, difference: '1' } },
    });
    await uow.run(() => store.update(Charge, { id: paid.chargeId }, { outstanding: 6000 }));
    await uow.run(() => store.update(Credit, { id: paid.creditId }, { remaining: -5, reversed: 5 }));
    expect(await found()).toMatchObject({ CREDIT_ALLOCATIONS: { count: 1, first: { id: paid.creditId } } });
    await uow.run(() => store.update(Credit, { id: paid.creditId }, { remaining: 0, reversed: 0 }));
    await uow.run(() => store.update(Allocation, { creditId: paid.creditId }, { amount: 999 }));
    expect(await found()).toMatchObject({ CREDIT_ALLOCATIONS: { count: 1 }, CHARGE_ALLOCATIONS: { count: 1 } });
    await uow.run(() => store.update(Allocation, { creditId: paid.creditId }, { amount: 1000 }));
    await uow.run(() => store.update(Credit, { id: paid.creditId }, { accountId: accounts[1]!.id }));
    expect(await found()).toMatchObject({ ALLOCATION_ACCOUNT: { count: 1 } });
  });

  /** A credit note on part of the charge, and the payment reversed. */
  async function takeBack(): Promise<void> {
    const books = app.app.get(Books);
    const shared = { on: '2026-11-24', by: null, description: 'اختبار' };
    const entries = [{ ledger: 'INCOME' as const, currency: 'ILS', amount: 70 }];
    await books.post({ ...shared, kind: 'CREDIT_NOTE', entries, chargesBack: [{ id: paid.chargeId, amount: 70 }] });
    await books.reverse({ ...shared, postingId: paid.postingId, reason: 'خطأ' });
  }

  it('finds what was taken back in all and not by day', async () => {
    await takeBack();
    expect(await found()).toEqual({});
    await uow.run(() => store.update(TakeBack, { chargeId: paid.chargeId }, { amount: 60 }));
    await uow.run(() => store.update(TakeBack, { creditId: paid.creditId }, { amount: 1001 }));
    expect(await found()).toEqual({
      CHARGE_TAKE_BACKS: { count: 1, first: { id: paid.chargeId, difference: '10' } },
      CREDIT_TAKE_BACKS: { count: 1, first: { id: paid.creditId, difference: '-1' } },
    });
  });

  it('holds when books that kept no days of what was taken back are brought up to date', async () => {
    await takeBack();
    await uow.run(async () => {
      const runner = app.app.get(Database).manager.queryRunner!;
      const step = new ThirdPartyShares1764000000021();
      await step.down(runner);
      await step.up(runner);
    });
    expect(await store.reads(TakeBack).find({ order: { amount: 'ASC' } })).toMatchObject([
      { chargeId: paid.chargeId, amount: 70, takenBackOn: '2026-11-24' },
      { creditId: paid.creditId, amount: 1000, takenBackOn: '2026-11-24' },
    ]);
    expect(await found()).toEqual({});
  });

  it('finds what was posted after its period was closed', async () => {
    const [{ id: changedBy }] = (await store.sql<{ id: number }>(
      `SELECT "id" FROM "users" WHERE "username" = 'supervisor'`,
    )) as [{ id: number }];
    await uow.run(async () =>
      store.insert(LedgerPeriod, {
        id: await app.app.get(IdAllocator).one(),
        period: '2026-10',
        state: 'CLOSED',
        changedBy,
        changedAt: app.clock.now(),
        reason: null,
      }),
    );
    const postedOn = '2026-10-31';
    await uow.run(async () => {
      await store.update(LedgerEntry, { postingId: paid.postingId }, { postedOn });
      await store.update(LedgerPosting, { id: paid.postingId }, { postedOn });
    });
    expect(await found()).toEqual({});
    app.clock.advance({ seconds: 1 });
    await uow.run(() => store.update(LedgerPosting, { id: paid.postingId }, { postedAt: app.clock.now() }));
    expect(await found()).toEqual({ CLOSED_PERIOD: { count: 1, first: { id: paid.postingId, difference: null } } });
  });

  it('is asked for by those who may, once, kept, and audited', async () => {
    const start = (as: string) => app.request('POST', '/billing/proofs', { as });
    expect((await start('cashier')).status).toBe(403);
    expect((await start('auditor')).status).toBe(202);
    expect(await start('supervisor')).toMatchObject({ status: 409, body: { code: 'billing.proof-running' } });
    await app.drain();
    expect((await app.request('GET', '/billing/proofs', { as: 'clerk' })).status).toBe(403);
    const { body } = await app.request('GET', '/billing/proofs', { as: 'auditor' });
    expect(body).toMatchObject({ total: 1, items: [{ state: 'HOLDS', startedVia: 'REQUEST', findings: [] }] });
    expect(body.items[0].postings).toBe(3);
    const audited = await app.request('GET', '/audit?action=billing.ledger-proved', { as: 'auditor' });
    expect(audited.body.items[0].detail).toMatchObject({ state: 'HOLDS', broken: [] });
  });

  it('is made every night by a worker, by the clocks of Hebron', async () => {
    expect(app.app.get(SchedulerRegistry).getCronJobs().has('billing-proof')).toBe(false);
    const worker = await startTestApp({ BILLING_PROOF_CRON: '15 4 * * *', ROLE: 'worker' });
    try {
      const job = worker.app.get(SchedulerRegistry).getCronJob('billing-proof');
      expect([job.cronTime.source, job.cronTime.timeZone, job.isActive]).toEqual(['15 4 * * *', 'Asia/Hebron', true]);
      await job.fireOnTick();
      const { items } = await worker.app.get(Proofs).list({ page: 1, pageSize: 20 });
      expect(items).toMatchObject([{ state: 'HOLDS', startedVia: 'NIGHTLY', postings: 0 }]);
    } finally {
      await worker.close();
    }
  });
});
