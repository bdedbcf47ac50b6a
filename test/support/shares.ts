import { Store } from '@libs/persistence';
import { Books } from '../../src/billing/books/books';
import type { TestApp } from './app';
import { keyed } from './charged';

const shared = { by: null, description: 'اختبار' };

/** Charges and payments under shared heads, and what is asked about shares. */
export function shareDesk(app: TestApp) {
  const [books, store] = [app.app.get(Books), app.app.get(Store)];
  const get = (path: string, as = 'auditor') => app.request('GET', `/billing/shares${path}`, { as });
  const post = (path: string, body: object, as = 'supervisor', headers = keyed()) =>
    app.request('POST', `/billing/shares${path}`, { as, body, headers });

  return {
    get,
    post,

    /** @returns the id of the charge */
    async charge(on: string, amount: number, accountId: number, { head = 'PROPERTY_TAX', currency = 'ILS' } = {}) {
      const entries = [{ ledger: 'INCOME' as const, currency, amount: -amount, dimension: head }];
      const charges = [{ accountId, head, amount }];
      return (await books.post({ ...shared, kind: 'CHARGE', on, entries, charges })).chargeIds[0]!;
    },

    /** Pays or relieves a charge. @returns the id of the posting */
    async credit(
      on: string,
      amount: number,
      accountId: number,
      chargeId: number,
      { kind = 'PAYMENT' as 'PAYMENT' | 'WAIVER', currency = 'ILS' } = {},
    ) {
      const entries = [{ ledger: kind === 'PAYMENT' ? ('BANK' as const) : ('WAIVERS' as const), currency, amount }];
      const credits = [{ accountId, amount, chargeIds: [chargeId] }];
      return (await books.post({ ...shared, kind, on, entries, credits })).postingId;
    },

    /** A credit note. */
    cancel: (on: string, amount: number, chargeId: number) =>
      books.post({
        ...shared,
        kind: 'CREDIT_NOTE',
        on,
        entries: [{ ledger: 'INCOME', currency: 'ILS', amount, dimension: 'PROPERTY_TAX' }],
        chargesBack: [{ id: chargeId, amount }],
      }),

    reverse: (postingId: number, on: string) => books.reverse({ ...shared, postingId, on, reason: 'شيك راجع' }),

    partner: async (code: string): Promise<number> =>
      (await post('/partners', { code, nameAr: `جهة ${code}`, nameEn: code })).body.id,

    rule: (partnerId: number, head: string, fromDay: string, basisPoints: number) =>
      post('/rules', { head, partnerId, fromDay, basisPoints, decision: 'قرار تجريبي' }),

    settle: (partnerId: number, period: string, as = 'officer', headers = keyed()) =>
      post(`/partners/${partnerId}/settlements`, { period }, as, headers),

    async ledger(code: string, dimension: string): Promise<number> {
      const [row] = await store.sql<{ sum: number | string | null }>(
        `SELECT SUM("amount") AS "sum" FROM "ledger_entries" WHERE "ledger" = ? AND "dimension" = ? AND "currency" = 'ILS'`,
        [code, dimension],
      );
      return Number(row!.sum ?? 0);
    },

    /** Minor units by currency. */
    async due(partnerId: number): Promise<Record<'ILS' | 'JOD', number>> {
      const { due } = (await get(`/partners/${partnerId}`)).body;
      return Object.fromEntries(due.map(({ currency, amount }: any) => [currency, Number(amount)])) as never;
    },
  };
}

/** Lines as month, currency, collected and share. */
export const told = (lines: any[]): [string, string, number, number][] =>
  lines.map(({ period, currency, collected, share }) => [period, currency, Number(collected), Number(share)]);
