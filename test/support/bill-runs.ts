import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import type { Account } from '../../src/billing/accounts/account.entity';
import { Account as AccountEntity } from '../../src/billing/accounts/account.entity';
import { Accounts } from '../../src/billing/accounts/accounts';
import { LedgerPeriod } from '../../src/billing/books/posting.entity';
import { Books } from '../../src/billing/books/books';
import type { Posted } from '../../src/billing/books/posting';
import type { Answer, TestApp } from './app';

/** Accounts of no old system. @returns their ids, ascending */
export async function openAccounts({ app }: TestApp, count: number, changes: Partial<Account> = {}): Promise<number[]> {
  const [store, uow, ids] = [app.get(Store), app.get(UnitOfWork), app.get(IdAllocator)];
  return uow.run(async () => {
    const made = await ids.many(count);
    await store.insert(
      AccountEntity,
      made.map((id) => ({
        id,
        number: `A${id}`,
        currency: 'ILS',
        tenure: 1,
        serviceType: 'WASTE' as const,
        state: 'OPEN' as const,
        legacyServiceId: null,
        legacyCitizenId: null,
        oneRecordId: null,
        openedOn: '2020-01-01',
        closedOn: null,
        version: 1,
        ...changes,
      })),
    );
    return made;
  });
}

/** What the cashier would have taken, without the cashier. */
export const pay = ({ app }: TestApp, accountId: number, amount: number): Promise<Posted> =>
  app.get(Books, { strict: false }).post({
    kind: 'PAYMENT',
    on: '2026-11-24',
    description: 'دفعة',
    by: null,
    credits: [{ accountId, amount }],
    entries: [{ ledger: 'CASH', currency: 'ILS', amount }],
  });

export const balances = async ({ app }: TestApp, accountIds: readonly number[]): Promise<number[]> => [
  ...(await app.get(Accounts, { strict: false }).balances(accountIds)).values(),
];

export const setPeriod = ({ app, clock }: TestApp, period: string, state: 'OPEN' | 'CLOSED'): Promise<void> =>
  app.get(UnitOfWork).run(async () => {
    const store = app.get(Store);
    const [{ id: changedBy }] = (await store.sql<{ id: number }>('SELECT MIN("id") AS "id" FROM "users"')) as [any];
    await store.remove(LedgerPeriod, { period });
    const id = await app.get(IdAllocator).one();
    const row = { id, period, state, changedBy: Number(changedBy), changedAt: clock.now(), reason: null };
    await store.insert(LedgerPeriod, row);
  });

/** The requests of bill runs, each under a key of its own, with the version that the answer before gave. */
export function runRequests(app: TestApp) {
  let keys = 0;
  const post = (path: string, as: string, body: unknown, version?: number, key = `run-${++keys}`) =>
    app.request('POST', path, {
      as,
      body,
      headers: { 'idempotency-key': key, ...(version !== undefined && { 'if-match': `"${version}"` }) },
    });
  const get = async (id: number) => (await app.request('GET', `/billing/bill-runs/${id}`, { as: 'auditor' })).body;
  /** An act on a run as it stands now; the worker is done when this returns. */
  const act = async (id: number, verb: string, as: string, body?: unknown): Promise<Answer> => {
    const answer = await post(`/billing/bill-runs/${id}/${verb}`, as, body, (await get(id)).version);
    await app.drain();
    return answer;
  };
  return {
    post,
    get,
    act,
    recur: (accountId: number, amount: string, more: Record<string, unknown> = {}, as = 'officer') =>
      post('/billing/recurring-charges', as, {
        accountId,
        head: 'WASTE',
        amount,
        everyMonths: 1,
        fromPeriod: '2026-01',
        ...more,
      }),
    create: async (body: Record<string, unknown> = {}, as = 'officer') =>
      post('/billing/bill-runs', as, {
        feeder: 'recurring',
        period: '2026-11',
        issueOn: '2026-11-24',
        dueOn: '2026-12-15',
        ...body,
      }),
    /** @returns the run, calculated and, by other people, reviewed and posted */
    async made(upTo: 'CALCULATED' | 'REVIEWED' | 'POSTED' | 'ISSUED', body: Record<string, unknown> = {}) {
      const { id } = (await this.create(body)).body;
      await act(id, 'calculate', 'officer');
      if (upTo !== 'CALCULATED') await act(id, 'review', 'officer2');
      if (upTo === 'POSTED' || upTo === 'ISSUED') await act(id, 'post', 'supervisor');
      if (upTo === 'ISSUED') await act(id, 'issue', 'officer');
      return get(id);
    },
  };
}
