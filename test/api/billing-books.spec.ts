import { Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import fc from 'fast-check';
import { Account } from '../../src/billing/accounts/account.entity';
import { Accounts } from '../../src/billing/accounts/accounts';
import { Books } from '../../src/billing/books/books';
import { Charge, Credit } from '../../src/billing/books/open-item.entity';
import type { PostingRequest } from '../../src/billing/books/posting';
import { LedgerPeriod } from '../../src/billing/books/posting.entity';
import { TakeOvers } from '../../src/billing';
import { startTestApp, type TestApp } from '../support/app';
import { olderIds } from '../support/older-ids';
import { seedRecord } from '../support/records';

const TODAY = '2026-11-24';

describe('the books', () => {
  let app: TestApp;
  let [books, store, uow]: [Books, Store, UnitOfWork] = [] as never;
  let accounts: Accounts;
  let all: Account[];

  beforeAll(async () => {
    app = await startTestApp();
    [books, store, uow] = [app.app.get(Books), app.app.get(Store), app.app.get(UnitOfWork)];
    accounts = app.app.get(Accounts);
    const opening: [string, number, number, string][] = [['JOD', 35_250, 0, '2023-06-30']];
    await seedRecord(app, [{ services: [{}, {}, { movements: opening }, {}] }]);
    await app.app.get(TakeOvers).run();
    all = await store.reads(Account).find({ order: { id: 'ASC' } });
  });
  afterAll(() => app.close());

  const request = (more: Partial<PostingRequest>): PostingRequest => ({
    kind: 'CHARGE',
    on: TODAY,
    description: 'اختبار',
    by: null,
    entries: [],
    ...more,
  });
  const charge = (accountId: number, amount: number, more: Partial<PostingRequest> = {}, period?: string) =>
    books.post(
      request({
        entries: [{ ledger: 'INCOME', currency: 'ILS', amount: -amount, dimension: 'WATER' }],
        charges: [{ accountId, head: 'WATER', amount, period }],
        ...more,
      }),
    );
  const pay = (accountId: number, amount: number, more: Partial<PostingRequest> = {}) =>
    books.post(
      request({
        kind: 'PAYMENT',
        entries: [{ ledger: 'CASH', currency: 'ILS', amount }],
        credits: [{ accountId, amount }],
        ...more,
      }),
    );
  const reverse = (postingId: number, on = TODAY) =>
    books.reverse({ postingId, on, by: null, description: 'عكس', reason: 'خطأ' });
  const code = (act: Promise<unknown>) =>
    act.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? error.code : (error as Error).constructor.name),
    );
  const balance = async ({ id }: Account) => (await accounts.balances([id])).get(id)!;
  const open = async ({ id: accountId }: Account) => ({
    charges: (await store.reads(Charge).find({ where: { accountId }, order: { id: 'ASC' } })).map((c) => c.outstanding),
    credits: (await store.reads(Credit).find({ where: { accountId }, order: { id: 'ASC' } })).map((c) => c.remaining),
  });
  /** Postings that do not sum to zero, and accounts whose entries are not their open items. */
  const wrongs = async () => {
    const postings = await store.sql(
      `SELECT "posting_id" FROM "ledger_entries" GROUP BY "posting_id", "currency" HAVING SUM("amount") <> 0`,
    );
    const items = await store.sql(
      `SELECT a."id" FROM "billing_accounts" a
       WHERE (SELECT COALESCE(SUM("amount"), 0) FROM "ledger_entries" WHERE "account_id" = a."id")
         <> (SELECT COALESCE(SUM("outstanding"), 0) FROM "charges" WHERE "account_id" = a."id")
         - (SELECT COALESCE(SUM("remaining"), 0) FROM "credits" WHERE "account_id" = a."id")`,
    );
    return [...postings, ...items];
  };

  it('charge, pay the oldest first, keep the surplus as an advance, and pay the next charge with it', async () => {
    const [account] = all as [Account];
    await charge(account.id, 5000, {}, '2026-02');
    await charge(account.id, 3000, {}, '2026-01');
    const paid = await pay(account.id, 9000);
    expect(paid.credits[0]).toMatchObject({ advance: 1000 });
    expect(paid.credits[0]!.allocated.map(({ amount }) => amount)).toEqual([3000, 5000]);
    expect(await balance(account)).toBe(-1000);
    await charge(account.id, 1500);
    expect(await open(account)).toEqual({ charges: [0, 0, 500], credits: [0] });
    expect(await balance(account)).toBe(500);
    expect(await wrongs()).toEqual([]);
  });

  it('restore balances and what is open exactly when a payment is reversed', async () => {
    const account = all[1]!;
    await charge(account.id, 5000, {}, '2026-02');
    await charge(account.id, 3000, {}, '2026-01');
    const before = { open: await open(account), balance: await balance(account) };
    const { postingId } = await pay(account.id, 7000);
    expect(await open(account)).toEqual({ charges: [1000, 0], credits: [0] });
    await reverse(postingId);
    expect(await open(account)).toEqual({ ...before.open, credits: [0] });
    expect(await balance(account)).toBe(before.balance);
    expect(await wrongs()).toEqual([]);
  });

  it('make an advance of what a reversed charge was paid with', async () => {
    const account = all[3]!;
    const { postingId } = await charge(account.id, 4000);
    await pay(account.id, 4000);
    await reverse(postingId);
    expect(await open(account)).toEqual({ charges: [0], credits: [4000] });
    expect(await balance(account)).toBe(-4000);
    expect(await code(reverse(postingId))).toBe('billing.already-reversed');
  });

  it('take back what paid last first, whichever process wrote it', async () => {
    const older = await olderIds(app);
    const opened = { number: 'B-1', currency: 'ILS', serviceType: 'WATER' as const, openedOn: TODAY };
    const id = await accounts.open(opened);
    const made = await charge(id, 10_000);
    const { credits: first } = await pay(id, 6000);
    older();
    app.clock.advance({ minutes: 1 });
    const { credits: last } = await pay(id, 4000);
    const [before, after] = [first[0]!.creditId, last[0]!.creditId];
    expect(after).toBeLessThan(before);
    const entries = [{ ledger: 'INCOME' as const, currency: 'ILS', amount: 3000, dimension: 'WATER' }];
    const chargesBack = [{ id: made.chargeIds[0]!, amount: 3000 }];
    await books.post(request({ kind: 'ADJUSTMENT', entries, chargesBack }));
    const remaining = async (of: number) => (await store.reads(Credit).findOneByOrFail({ id: of })).remaining;
    expect([await remaining(before), await remaining(after)]).toEqual([0, 3000]);
  });

  it('reverse once, whoever asks at the same time', async () => {
    const account = all[1]!;
    const { postingId } = await pay(account.id, 100);
    const outcomes = await Promise.all([code(reverse(postingId)), code(reverse(postingId)), code(reverse(postingId))]);
    expect(outcomes.filter((each) => each === 'done')).toHaveLength(1);
    for (const refused of outcomes.filter((each) => each !== 'done')) expect(refused).toMatch(/^billing\./);
    const [reversal] = await store.sql<{ id: number }>('SELECT "id" FROM "ledger_postings" WHERE "reverses_id" = ?', [
      postingId,
    ]);
    expect(await code(reverse(Number(reversal!.id)))).toBe('billing.already-reversed');
    expect(await wrongs()).toEqual([]);
  });

  it('do not reverse what was taken back in part, what took back, nor an opening', async () => {
    const account = all[1]!;
    const charged = await charge(account.id, 800);
    const note = await books.post(
      request({
        kind: 'CREDIT_NOTE',
        entries: [{ ledger: 'INCOME', currency: 'ILS', amount: 300, dimension: 'WATER' }],
        chargesBack: [{ id: charged.chargeIds[0]!, amount: 300 }],
      }),
    );
    expect(await code(reverse(charged.postingId))).toBe('billing.already-reversed');
    expect(await code(reverse(note.postingId))).toBe('billing.not-reversible');
    const [opening] = await store.sql<{ id: number }>(`SELECT "id" FROM "ledger_postings" WHERE "kind" = 'OPENING'`);
    expect(await code(reverse(Number(opening!.id)))).toBe('billing.not-reversible');
    expect(await code(reverse(999_999_999))).toBe('http.not-found');
    expect(await wrongs()).toEqual([]);
  });

  it('refuse what they cannot hold, and write nothing of it', async () => {
    const account = all[0]!;
    const count = async () =>
      Number((await store.sql<{ n: number }>('SELECT COUNT(*) AS "n" FROM "ledger_entries"'))[0]!.n);
    const before = await count();
    expect(await code(charge(999_999_999, 100))).toBe('billing.account-unknown');
    expect(await code(charge(account.id, 100, { on: '2026-11-25' }))).toBe('billing.date-in-future');
    expect(await code(charge(account.id, 0))).toBe('RangeError');
    expect(await code(charge(account.id, 100, { entries: [] }))).toBe('RangeError');
    expect(await code(charge(all[2]!.id, 100))).toBe('RangeError');
    const unknown = { charges: [{ accountId: account.id, head: 'NONE', amount: 100 }] };
    expect(await code(charge(account.id, 100, unknown))).toBe('billing.head-unknown');
    const several = [
      request({
        entries: [{ ledger: 'INCOME', currency: 'ILS', amount: -5 }],
        charges: [{ accountId: account.id, head: 'WATER', amount: 5 }],
      }),
      request({ charges: [{ accountId: 999_999_999, head: 'WATER', amount: 5 }] }),
    ];
    expect(await code(books.postMany(several))).toBe('billing.account-unknown');
    expect(await count()).toBe(before);
  });

  it('post nothing into a closed period, nor on a closed account', async () => {
    const account = all[0]!;
    await uow.run(async () => {
      const [user] = await store.sql<{ id: number }>(`SELECT "id" FROM "users" WHERE "username" = 'supervisor'`);
      await store.insert(LedgerPeriod, {
        id: await app.app.get(IdAllocator).one(),
        period: '2026-05',
        state: 'CLOSED',
        changedBy: Number(user!.id),
        changedAt: app.clock.now(),
        reason: null,
      });
    });
    expect(await code(charge(account.id, 100, { on: '2026-05-31' }))).toBe('billing.period-closed');
    expect(await code(charge(account.id, 100, { on: '2026-06-01' }))).toBe('done');
    const { postingId } = await charge(account.id, 100);
    await uow.run(() => store.update(Account, { id: account.id }, { state: 'CLOSED', closedOn: TODAY }));
    expect(await code(charge(account.id, 100))).toBe('billing.account-closed');
    expect(await code(reverse(postingId))).toBe('done');
    await uow.run(() => store.update(Account, { id: account.id }, { state: 'OPEN', closedOn: null }));
  });

  it('make one charge for one source', async () => {
    const again = { charges: [{ accountId: all[0]!.id, head: 'WATER', amount: 100, source: 'reading 7' }] };
    expect(await code(charge(all[0]!.id, 100, again))).toBe('done');
    expect(await code(charge(all[0]!.id, 100, again))).not.toBe('done');
  });

  it('hold through any sequence of postings and reversals', async () => {
    const done: number[] = [];
    const act = fc.record({
      kind: fc.constantFrom('charge', 'pay', 'pay', 'directed', 'reverse'),
      at: fc.constantFrom(0, 1, 3),
      amount: fc.integer({ min: 1, max: 900 }),
      pick: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        for (const { kind, at, amount, pick } of acts) {
          const { id } = all[at]!;
          try {
            if (kind === 'charge') done.push((await charge(id, amount, {}, `2026-0${(pick % 9) + 1}`)).postingId);
            else if (kind === 'pay') done.push((await pay(id, amount)).postingId);
            else if (kind === 'reverse' && done.length > 0) await reverse(done[pick % done.length]!);
            else {
              const [owed] = await store
                .reads(Charge)
                .find({ where: { accountId: id }, order: { id: 'DESC' }, take: 1 });
              const credits = [{ accountId: id, amount, chargeIds: [owed!.id], surplus: 'ADVANCE' as const }];
              done.push((await pay(id, amount, { credits })).postingId);
            }
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
          }
        }
        expect(await wrongs()).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
