import { UnitOfWork } from '@libs/persistence';
import { Proofs } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import type { TestApp } from './app';
import { tillDesk } from './till';

export const BANK_ACCOUNT = 'PS92PALS000000000400123456702';

interface ChequeSeed {
  number?: string;
  bank?: string;
  drawer?: string;
  drawerId?: string;
  drawerAccount?: string;
  dueOn?: string;
}

/** The counter with cheques: takes them, keeps them, sends them to the bank and hears what it says. */
export function chequeDesk(app: TestApp) {
  const desk = tillDesk(app);
  let numbers = 30_000_000;

  const cheque = (seed: ChequeSeed = {}) => ({
    number: String(++numbers),
    bank: '89',
    bankName: 'بنك المثال',
    drawer: 'شركة النور التجارية',
    drawerAccount: '1234567',
    dueOn: '2026-11-24',
    ...seed,
  });
  const tender = (amount: string, seed: ChequeSeed = {}, currency = 'ILS') => ({
    kind: 'CHEQUE',
    currency,
    amount,
    cheque: cheque(seed),
  });

  return {
    ...desk,
    cheque,
    tender,

    take: (lines: unknown[], tenders: unknown[], more: object = {}, options: { as?: string; key?: string } = {}) =>
      desk.post('/payments', { payerName: 'محمد النابلسي', lines, tenders, ...more }, options),

    /** One cheque on one account. */
    async taken(accountId: number, amount: string, seed: ChequeSeed = {}, more: object = {}) {
      const { status, body } = await this.take([{ accountId, amount }], [tender(amount, seed)], more);
      if (status !== 201) throw new Error(`cheque: ${status} ${JSON.stringify(body)}`);
      return { serial: body.serial as string, id: body.tenders[0].cheque.id as number };
    },

    hold: (...chequeIds: number[]) => desk.post('/cheques/hold', { chequeIds }, { as: 'supervisor' }),
    deposit: (...chequeIds: number[]) =>
      desk.post(
        '/cheque-deposits',
        { chequeIds, bankAccount: BANK_ACCOUNT, bankName: 'بنك المثال' },
        { as: 'supervisor' },
      ),
    answer: (depositId: number, body: object, as = 'officer') =>
      desk.post(`/cheque-deposits/${depositId}/outcomes`, body, { as }),

    /** From the drawer to the bank. @returns the deposit */
    async atBank(...chequeIds: number[]): Promise<number> {
      const held = await this.hold(...chequeIds);
      if (held.status !== 200) throw new Error(`hold: ${JSON.stringify(held.body)}`);
      const { status, body } = await this.deposit(...chequeIds);
      if (status !== 201) throw new Error(`deposit: ${JSON.stringify(body)}`);
      return body.id;
    },
    async clear(id: number) {
      return this.answer(await this.atBank(id), { cleared: [id] });
    },
    async bounce(id: number) {
      return this.answer(await this.atBank(id), { returned: [{ chequeId: id, reason: 'عدم كفاية الرصيد' }] });
    },

    get: async (id: number) => (await app.request('GET', `/cheques/${id}`, { as: 'auditor' })).body,

    /** CHEQUES and CHEQUES_PENDING of one cheque. */
    books: async (id: number, currency = 'ILS') => [
      await desk.ledger('CHEQUES', currency, `cheque:${id}`),
      await desk.ledger('CHEQUES_PENDING', currency, `cheque:${id}`),
    ],

    /** Some days later, and back. */
    async later<T>(days: number, work: () => Promise<T>): Promise<T> {
      app.clock.advance({ days });
      app.forgetTokens();
      try {
        return await work();
      } finally {
        app.clock.advance({ days: -days });
        app.forgetTokens();
      }
    },

    async closeAccount(id: number) {
      await app.app.get(UnitOfWork).run(() => desk.store.update(Account, { id }, { state: 'CLOSED' }));
    },

    async outstanding(accountId: number): Promise<number[]> {
      const rows = await desk.store.sql<{ outstanding: number | string }>(
        'SELECT "outstanding" FROM "charges" WHERE "account_id" = ? ORDER BY "id"',
        [accountId],
      );
      return rows.map(({ outstanding }) => Number(outstanding));
    },

    /** Findings of the proof of the books. */
    async proof() {
      const { findings } = await app.app.get(Proofs).run('CLI');
      return findings;
    },
  };
}
