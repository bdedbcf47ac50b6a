import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import type { EntryLine } from '../books/posting';
import { Cheque, ChequeEvent, type ChequeLine } from './cheque.entity';
import { AT_BANK, chequeDimension, IN_HAND } from './cheque.rules';
import { ChequeBook } from './cheque-book';
import { CHEQUES } from './cheques.problems';

/** The cheques of a payment as far as undoing it goes. */
export interface ChequesOfPayment {
  cheques: Cheque[];
  lines: ChequeLine[];
  /** None, or all still in hand: the opposite of the payment's posting undoes them. */
  untouched: boolean;
  /** No answer of the bank is to come any more. */
  final: boolean;
  /** What cleared for accounts that were closed and pays nothing: the entries that take it out of SUSPENSE. */
  suspended: EntryLine[];
}

/** Cheques when their payment is undone, or the one that replaced them. In the active unit. */
@Injectable()
export class ChequeUndoing {
  constructor(
    private readonly store: Store,
    private readonly book: ChequeBook,
  ) {}

  /** Until the unit ends no money of the payment's cheques goes into suspense or out of it otherwise. */
  async keep(paymentId: number): Promise<void> {
    const cheques = await this.book.ofPayment(paymentId);
    await this.store.hold(
      Cheque,
      cheques.map(({ id }) => id),
    );
  }

  async of(paymentId: number): Promise<ChequesOfPayment> {
    const cheques = await this.book.ofPayment(paymentId);
    const lines = cheques.length > 0 ? await this.book.linesOf(cheques.map(({ id }) => id)) : [];
    const pending = [...IN_HAND, ...AT_BANK, 'RETURNED'];
    return {
      cheques,
      lines,
      untouched: cheques.every(({ state }) => IN_HAND.includes(state)),
      final: cheques.every(({ state }) => !pending.includes(state)),
      suspended: await this.suspended(cheques),
    };
  }

  /** Receipts of the payments that stand with what was suspended of the cheques of this one. */
  async resolvedBy(paymentId: number): Promise<string[]> {
    const dimensions = (await this.book.ofPayment(paymentId)).map(({ id }) => chequeDimension(id));
    const rows = await this.store.selectIn<{ serial: string }>(
      (list) =>
        `SELECT r."serial" FROM "ledger_entries" e JOIN "payments" p ON p."posting_id" = e."posting_id"
         JOIN "receipts" r ON r."payment_id" = p."id"
         WHERE e."dimension" IN (${list}) AND e."ledger" = 'SUSPENSE' AND p."state" = 'POSTED'`,
      dimensions,
    );
    return rows.map(({ serial }) => serial).sort();
  }

  private async suspended(cheques: readonly Cheque[]): Promise<EntryLine[]> {
    const entries: EntryLine[] = [];
    for (const { id, currency, state } of cheques) {
      const amount = state === 'CLEARED' ? await this.book.suspended(id) : 0;
      if (amount > 0) entries.push({ ledger: 'SUSPENSE', currency, amount, dimension: chequeDimension(id) });
    }
    return entries;
  }

  /**
   * What is not at the bank is given back to the payer; what cleared, is replaced or in court stays as it is.
   * @returns the entries that take those in hand out of the ledgers
   * @throws {Problem} billing.cheque-at-bank, cheque-state when somebody was faster
   */
  async giveBack({ cheques, lines }: ChequesOfPayment, by: number, reason: string): Promise<EntryLine[]> {
    const away = cheques.find(({ state }) => AT_BANK.includes(state));
    if (away)
      throw new Problem(CHEQUES['billing.cheque-at-bank'], { extra: { chequeId: away.id, number: away.number } });
    const entries: EntryLine[] = [];
    for (const cheque of cheques) {
      const { id, state, currency, amount } = cheque;
      const inHand = IN_HAND.includes(state);
      if (!inHand && state !== 'RETURNED') continue;
      await this.book.move(cheque, 'CANCELLED', by, { reason, changes: { duplicateKey: null } });
      if (!inHand) continue;
      const deferred = lines
        .filter(({ chequeId, creditId }) => chequeId === id && creditId === null)
        .reduce((sum, line) => sum + line.amount, 0);
      const dimension = chequeDimension(id);
      entries.push({ ledger: 'CHEQUES', currency, amount: -amount, dimension });
      entries.push({ ledger: 'CHEQUES_PENDING', currency, amount: deferred, dimension });
    }
    return entries;
  }

  /** Cheques that the payment had replaced are open again, as they were. */
  async reopen(paymentId: number, by: number, reason: string): Promise<void> {
    const replaced = await this.store
      .reads(Cheque)
      .find({ where: { replacedById: paymentId, state: 'REPLACED' }, order: { id: 'ASC' } });
    for (const cheque of replaced) {
      const { fromState } = (await this.store
        .reads(ChequeEvent)
        .findOne({ where: { chequeId: cheque.id, toState: 'REPLACED' }, order: { happenedAt: 'DESC', id: 'DESC' } }))!;
      await this.book.move(cheque, fromState!, by, { reason, changes: { replacedById: null } });
    }
  }
}
