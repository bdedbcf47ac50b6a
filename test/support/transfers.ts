import { Store } from '@libs/persistence';
import { Proofs } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { startTestApp, type TestApp } from './app';
import { charged, keyed } from './charged';

interface Target {
  id: number;
  version: number;
}

export const SALE = { soldOn: '2026-11-16', reason: 'بيع شقة', documentNumber: 'عقد بيع 2026/311' };

/** Sellers, buyers and transfers, and what is asked of them; for each test an application of its own. */
export function transferDesk() {
  let app: TestApp;
  let books: ReturnType<typeof charged>;
  beforeEach(async () => {
    app = await startTestApp();
    books = charged(app);
  });
  afterEach(async () => {
    expect(await books.faults()).toEqual([]);
    expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
    await app.close();
  });

  const desk = {
    get app() {
      return app;
    },
    get books() {
      return books;
    },
    on(day: string) {
      app.clock.set(`${day}T08:00:00.000Z`);
      app.forgetTokens();
    },
    /** A seller with one account, and a buyer with none. */
    async parties() {
      const { id: sellerId, accountIds } = await books.record(['ILS']);
      const { id: buyerId } = await books.record([]);
      return { sellerId, buyerId, account: accountIds[0]! };
    },
    propose: (body: object, as = 'clerk', headers = keyed()) =>
      app.request('POST', '/billing/transfers', { as, headers, body: { ...SALE, ...body } }),
    act: ({ id, version }: Target, verb: string, as: string, headers = keyed(version)) =>
      app.request('POST', `/billing/transfers/${id}/${verb}`, {
        as,
        headers,
        ...(verb !== 'approve' && { body: { reason: 'لم يتم البيع' } }),
      }),
    async posted(body: object, as = 'officer') {
      const proposed = await desk.propose(body);
      expect(proposed.status).toBe(201);
      const { status, body: transfer } = await desk.act(proposed.body, 'approve', as);
      expect(status).toBe(200);
      return transfer;
    },
    preview: (accountId: number, query: string) =>
      app.request('GET', `/billing/accounts/${accountId}/transfer-preview?${query}`, { as: 'clerk' }),
    account: async (id: number): Promise<Account> => (await app.app.get(Store).reads(Account).findOneBy({ id }))!,
  };
  return desk;
}
