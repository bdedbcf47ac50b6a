import { randomUUID } from 'node:crypto';
import { localDateOf } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Accounts } from '../../src/billing/accounts/accounts';
import { Books } from '../../src/billing/books/books';
import { Charge } from '../../src/billing/books/open-item.entity';
import type { TestApp } from './app';
import { seedRecord, type RowSeed } from './records';

/** Charges and payments put into the books as their slices would, and what the books say of them. */
export function charged(app: TestApp) {
  const [store, books] = [app.app.get(Store), app.app.get(Books)];
  const today = () => localDateOf(app.clock.now());

  return {
    /** A record whose services, one a currency named, have accounts. @returns account ids in that order */
    async record(currencies: string[], opening = 0): Promise<{ id: number; accountIds: number[] }> {
      const services = currencies.map((currency) => ({
        movements: [
          [currency, 1000 + opening, 0],
          [currency, 0, 1000],
        ] as [string, number, number][],
      }));
      const rows: RowSeed[] = [{ services }];
      const { id, serviceIds } = await seedRecord(app, rows, {
        documentKey: `other:${randomUUID()}`,
        documentNumber: '123456782',
      });
      const run = await app.app.get(TakeOvers).run();
      if (run.state !== 'DONE') throw new Error(`take-over: ${run.failure}`);
      const accounts = await store.reads(Account).find();
      const of = (serviceId: number) => accounts.find(({ legacyServiceId }) => legacyServiceId === serviceId)!.id;
      return { id, accountIds: serviceIds.map(of) };
    },

    async charge(accountId: number, amount: number, more: { head?: string; dueOn?: string } = {}): Promise<number> {
      const { head = 'WATER', dueOn } = more;
      const { currency } = (await store.reads(Account).findOneBy({ id: accountId }))!;
      const { chargeIds } = await books.post({
        kind: 'CHARGE',
        on: today(),
        description: 'فاتورة',
        by: null,
        entries: [{ ledger: 'INCOME', currency, amount: -amount, dimension: head }],
        charges: [{ accountId, head, amount, ...(dueOn && { dueOn, period: dueOn.slice(0, 7) }) }],
      });
      return chargeIds[0]!;
    },

    async pay(accountId: number, amount: number, more: { on?: string; chargeIds?: number[] } = {}): Promise<number> {
      const { on = today(), chargeIds } = more;
      const { currency } = (await store.reads(Account).findOneBy({ id: accountId }))!;
      const { postingId } = await books.post({
        kind: 'PAYMENT',
        on,
        description: 'دفعة',
        by: null,
        entries: [{ ledger: 'CASH', currency, amount, dimension: null }],
        credits: [{ accountId, amount, ...(chargeIds && { chargeIds }) }],
      });
      return postingId;
    },

    reversePayment: (postingId: number) =>
      books.reverse({ postingId, on: today(), by: null, description: 'عكس', reason: 'شيك راجع' }),

    chargeRow: async (id: number): Promise<Charge> => (await store.reads(Charge).findOneBy({ id }))!,
    charges: (accountId: number): Promise<Charge[]> =>
      store.reads(Charge).find({ where: { accountId }, order: { id: 'ASC' } }),

    balance: async (accountId: number): Promise<number> =>
      (await app.app.get(Accounts).balances([accountId])).get(accountId)!,

    /** Sum of a ledger's entries by currency. */
    async ledger(ledger: string): Promise<Record<string, number>> {
      const rows = await store.sql<{ currency: string; sum: number }>(
        'SELECT "currency", SUM("amount") AS "sum" FROM "ledger_entries" WHERE "ledger" = ? GROUP BY "currency"',
        [ledger],
      );
      return Object.fromEntries(rows.map(({ currency, sum }) => [currency, Number(sum)]));
    },

    /** What breaks the books: postings that do not sum to zero, accounts whose entries are not their open items. */
    async faults(): Promise<unknown[]> {
      const postings = await store.sql(
        `SELECT "posting_id", "currency" FROM "ledger_entries" GROUP BY "posting_id", "currency" HAVING SUM("amount") <> 0`,
      );
      const accounts = await store.sql<{ entries: number; owed: number; advance: number }>(
        `SELECT a."id", COALESCE((SELECT SUM("amount") FROM "ledger_entries" e WHERE e."account_id" = a."id"), 0) AS "entries",
           COALESCE((SELECT SUM("outstanding") FROM "charges" c WHERE c."account_id" = a."id"), 0) AS "owed",
           COALESCE((SELECT SUM("remaining") FROM "credits" r WHERE r."account_id" = a."id"), 0) AS "advance"
         FROM "billing_accounts" a`,
      );
      const wrong = accounts.filter(({ entries, owed, advance }) => Number(entries) !== Number(owed) - Number(advance));
      return [...postings, ...wrong];
    },
  };
}

/** Headers of a money POST: a key of its own unless one is given. */
export const keyed = (version?: number, key: string = randomUUID()): Record<string, string> => ({
  'idempotency-key': key,
  ...(version !== undefined && { 'if-match': `"${version}"` }),
});
