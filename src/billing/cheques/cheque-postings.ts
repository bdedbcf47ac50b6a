import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import type { Currency } from '@libs/money';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Account } from '../accounts/account.entity';
import { Books } from '../books/books';
import { Cheque, ChequeLine } from './cheque.entity';
import { chequeDimension, openOf } from './cheque.rules';

const FEE_HEAD = 'CHEQUE_FEE';

const total = (lines: readonly ChequeLine[]): number => lines.reduce((sum, { amount }) => sum + amount, 0);

/** What the bank's answer about a cheque does to the books; the accounts of its lines are held. */
@Injectable()
export class ChequePostings {
  constructor(
    private readonly store: Store,
    private readonly books: Books,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The money is at the bank, and what was deferred is credited: to the charges it was meant for while they are open, then
   * to the oldest, the rest an advance. On an account that was closed meanwhile it waits in SUSPENSE.
   */
  async cleared(cheque: Cheque, lines: readonly ChequeLine[], bankAccount: string, by: number): Promise<number> {
    const { currency, amount, number } = cheque;
    const dimension = chequeDimension(cheque.id);
    const later = lines.filter(({ creditId }) => creditId === null);
    const closed = await this.closed(later);
    const credited = later.filter(({ accountId }) => !closed.has(accountId));
    const open = openOf(credited, await this.outstanding(credited));
    const posted = await this.books.post({
      ...this.said(cheque, by),
      description: `تحصيل الشيك ${number}`,
      entries: [
        { ledger: 'BANK', currency, amount, dimension: bankAccount },
        { ledger: 'CHEQUES', currency, amount: -amount, dimension },
        { ledger: 'CHEQUES_PENDING', currency, amount: total(later), dimension },
        { ledger: 'SUSPENSE', currency, amount: total(credited) - total(later), dimension },
      ],
      credits: credited.map((line, at) => ({
        accountId: line.accountId,
        amount: line.amount,
        origin: 'PAYMENT',
        ...(open[at]!.length > 0 && { chargeIds: open[at]!, surplus: 'ADVANCE' as const }),
      })),
    });
    for (const [at, { id }] of credited.entries()) {
      await this.store.update(ChequeLine, { id }, { creditId: posted.credits[at]!.creditId });
    }
    return posted.postingId;
  }

  /** What the cheque had relieved is owed again, and the fee is charged once a return. */
  async returned(cheque: Cheque, lines: readonly ChequeLine[], by: number): Promise<number> {
    const { id, currency, amount, number } = cheque;
    const dimension = chequeDimension(id);
    const now = lines.filter(({ creditId }) => creditId !== null);
    const { postingId } = await this.books.post({
      ...this.said(cheque, by),
      description: `رجوع الشيك ${number}`,
      entries: [
        { ledger: 'CHEQUES', currency, amount: -amount, dimension },
        { ledger: 'CHEQUES_PENDING', currency, amount: amount - total(now), dimension },
      ],
      creditsBack: now.map((line) => ({ id: line.creditId!, amount: line.amount })),
    });
    for (const line of now) await this.store.update(ChequeLine, { id: line.id }, { creditId: null });
    await this.chargeFee(cheque, lines, by);
    return postingId;
  }

  /** It is on its way again, and counts nothing before it clears. */
  async redeposited(cheque: Cheque, by: number): Promise<number> {
    const { id, currency, amount, number } = cheque;
    const dimension = chequeDimension(id);
    const { postingId } = await this.books.post({
      ...this.said(cheque, by),
      description: `إعادة إيداع الشيك ${number}`,
      entries: [
        { ledger: 'CHEQUES', currency, amount, dimension },
        { ledger: 'CHEQUES_PENDING', currency, amount: -amount, dimension },
      ],
    });
    return postingId;
  }

  private said({ id }: Cheque, by: number) {
    const document = { type: 'cheque', id };
    return { kind: 'CHEQUE' as const, on: localDateOf(this.clock.now()), document, by };
  }

  /** On the payer's first account that is still open, though its holder has gone; a currency without a fee has none. */
  private async chargeFee(cheque: Cheque, lines: readonly ChequeLine[], by: number): Promise<void> {
    const amount = this.config.chequeReturnFees[cheque.currency as Currency] ?? 0;
    const closed = await this.closed(lines);
    const line = lines.find(({ accountId }) => !closed.has(accountId));
    if (amount === 0 || !line) return;
    const { id: accountId, closedOn } = await this.store.reads(Account).findOneByOrFail({ id: line.accountId });
    const { id, number, currency, returns } = cheque;
    const detail = `شيك ${number}`;
    const source = `cheque:${id}:return:${returns + 1}`;
    await this.books.post({
      ...this.said(cheque, by),
      // An account whose holder has gone takes no bill any more, but this is a debt of that holder.
      kind: closedOn === null ? 'CHARGE' : 'PENALTY',
      description: `رسوم شيك راجع ${number}`,
      entries: [{ ledger: 'FEES', currency, amount: -amount, dimension: FEE_HEAD }],
      charges: [{ accountId, head: FEE_HEAD, amount, detail, source }],
    });
  }

  private async closed(lines: readonly ChequeLine[]): Promise<Set<number>> {
    const ids = lines.map(({ accountId }) => accountId);
    const accounts = await this.store.reads(Account).findBy({ id: In(ids), state: 'CLOSED' });
    return new Set(accounts.map(({ id }) => id));
  }

  /** Of the charges that lines are for, each on the account of its line. */
  private async outstanding(lines: readonly ChequeLine[]): Promise<Map<number, number>> {
    const wanted = new Set(
      lines.flatMap(({ accountId, chargeIds }) => (chargeIds ?? []).map((id) => `${accountId}:${id}`)),
    );
    const rows = await this.store.selectIn<Record<'id' | 'account_id' | 'outstanding', number | string>>(
      (list) => `SELECT "id", "account_id", "outstanding" FROM "charges" WHERE "id" IN (${list}) AND "outstanding" > 0`,
      [...new Set(lines.flatMap(({ chargeIds }) => chargeIds ?? []))],
    );
    return new Map(
      rows
        .filter(({ id, account_id }) => wanted.has(`${Number(account_id)}:${Number(id)}`))
        .map(({ id, outstanding }) => [Number(id), Number(outstanding)]),
    );
  }
}
