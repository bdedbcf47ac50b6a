import { localDateOf } from '@libs/calendar';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Books } from '../../src/billing/books/books';
import { DEMO_PASSWORD } from '../../src/identity';
import type { TestApp } from './app';

export interface AccountSeed {
  currency?: string;
  state?: 'OPEN' | 'CLOSED';
  oneRecordId?: number;
  /** Minor units, of one period after the other. */
  charges?: number[];
  /** Day on which they are charged; default today. */
  on?: string;
}

/** The counter: accounts with debts, tills, shifts and what is asked of them, each act under a key of its own. */
export function tillDesk(app: TestApp) {
  let keys = 0;
  const [store, uow, ids, books] = [
    app.app.get(Store),
    app.app.get(UnitOfWork),
    app.app.get(IdAllocator),
    app.app.get(Books),
  ];

  const post = (path: string, body: unknown = {}, { as = 'cashier', key = `till-${++keys}` } = {}) =>
    app.request('POST', path, { as, body, headers: { 'idempotency-key': key } });

  return {
    store,
    post,

    /** An account and its charges, the oldest first. */
    async account({ currency = 'ILS', state = 'OPEN', oneRecordId, charges = [], on }: AccountSeed = {}) {
      const id = await uow.run(async () => {
        const accountId = await ids.one();
        await store.insert(Account, {
          id: accountId,
          number: String(accountId),
          currency,
          tenure: 1,
          serviceType: 'WATER',
          state: 'OPEN',
          legacyServiceId: null,
          legacyCitizenId: null,
          oneRecordId: oneRecordId ?? null,
          openedOn: '2020-01-01',
          closedOn: null,
          version: 1,
        });
        return accountId;
      });
      const chargeIds: number[] = [];
      for (const [at, amount] of charges.entries()) {
        const period = `2026-${String(at + 1).padStart(2, '0')}`;
        const posted = await books.post({
          kind: 'CHARGE',
          on: on ?? localDateOf(app.clock.now()),
          description: 'فاتورة',
          by: null,
          entries: [{ ledger: 'INCOME', currency, amount: -amount, dimension: 'WATER' }],
          charges: [{ accountId: id, head: 'WATER', amount, period }],
        });
        chargeIds.push(...posted.chargeIds);
      }
      if (state === 'CLOSED') await uow.run(() => store.update(Account, { id }, { state }));
      return { id, chargeIds };
    },

    async till(code: string, office = 'OSS') {
      const { body } = await app.request('POST', '/tills', {
        as: 'supervisor',
        body: { code, office, name: `صندوق ${code}` },
      });
      return body as { id: number; version: number };
    },

    async shift(tillId: number, as = 'cashier', floats: unknown[] = []) {
      const { status, body } = await post('/shifts', { tillId, floats }, { as });
      if (status !== 201) throw new Error(`shift: ${status} ${JSON.stringify(body)}`);
      return body as { id: number };
    },

    /** A second cashier, with the password of the demo users. */
    async cashier(username: string) {
      const body = { username, displayName: username, role: 'cashier', password: DEMO_PASSWORD };
      const { status } = await app.request('POST', '/users', { as: 'administrator', body });
      if (status !== 201) throw new Error(`user ${username}: ${status}`);
    },

    /** One line on one account, in cash unless told otherwise. */
    pay(
      accountId: number,
      amount: string,
      { as = 'cashier', key = `pay-${++keys}`, kind = 'CASH', currency = 'ILS', ...more } = {} as {
        as?: string;
        key?: string;
        kind?: string;
        currency?: string;
        chargeIds?: number[];
        acceptAdvance?: boolean;
        tendered?: string;
      },
    ) {
      const { chargeIds, acceptAdvance, tendered } = more;
      const body = {
        payerName: 'محمد النابلسي',
        lines: [{ accountId, amount, ...(chargeIds && { chargeIds }) }],
        tenders: [{ kind, currency, amount, ...(tendered && { tendered }) }],
        ...(acceptAdvance && { acceptAdvance }),
      };
      return post('/payments', body, { as, key });
    },

    count: (shiftId: number, pieces: Record<string, [string, number][]>, as = 'cashier') =>
      post(
        `/shifts/${shiftId}/count`,
        {
          counts: Object.entries(pieces).map(([currency, list]) => ({
            currency,
            pieces: list.map(([denomination, count]) => ({ denomination, pieces: count })),
          })),
        },
        { as },
      ),
    close: (shiftId: number, as = 'supervisor', note?: string) =>
      post(`/shifts/${shiftId}/close`, { ...(note && { note }) }, { as }),

    async balance(accountId: number): Promise<number> {
      const rows = await store.sql<{ balance: number | string | null }>(
        'SELECT SUM("amount") AS "balance" FROM "ledger_entries" WHERE "account_id" = ?',
        [accountId],
      );
      return Number(rows[0]!.balance ?? 0);
    },

    /** Of a ledger, by dimension where one is given. */
    async ledger(code: string, currency = 'ILS', dimension?: string): Promise<number> {
      const rows = await store.sql<{ sum: number | string | null }>(
        `SELECT SUM("amount") AS "sum" FROM "ledger_entries" WHERE "ledger" = ? AND "currency" = ?${
          dimension ? ' AND "dimension" = ?' : ''
        }`,
        [code, currency, ...(dimension ? [dimension] : [])],
      );
      return Number(rows[0]!.sum ?? 0);
    },
  };
}
