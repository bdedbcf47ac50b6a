import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Books } from '../books/books';
import type { EntryLine } from '../books/posting';
import { sums } from '../till/amounts';
import { shiftDimension } from '../till/shift-cash';
import type { CurrencyAmount } from '../till/till.entity';
import { Drawers } from './drawers';
import { PaymentLine, PaymentRefund, PaymentRefundLine, PaymentRefundTender, type Payment } from './payment.entity';
import { PAYMENTS } from './payments.problems';
import type { PaymentRest } from './payment-rest';
import { takeFromLines, takeFromTenders, type LineRest, type TenderRest } from './refund.rules';

/** What is to be given back, by whom and why. */
export interface Refunding {
  by: number;
  reason: string;
  description: string;
  payingShiftId: number | null;
}

/** A part that was given back, as it is told. */
export interface RefundSaid {
  at: string;
  by: number;
  reason: string;
  lines: (CurrencyAmount & { accountId: number })[];
}

/** Parts of payments given back: the credits shrink, and the money goes out of where it can. */
@Injectable()
export class Refunds {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly drawers: Drawers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Oldest first. */
  async of(paymentId: number): Promise<RefundSaid[]> {
    const refunds = await this.store
      .reads(PaymentRefund)
      .find({ where: { paymentId }, order: { refundedAt: 'ASC', id: 'ASC' } });
    if (refunds.length === 0) return [];
    const refundId = In(refunds.map(({ id }) => id));
    const parts = await this.store.reads(PaymentRefundLine).find({ where: { refundId }, order: { id: 'ASC' } });
    const lines = await this.store.reads(PaymentLine).findBy({ paymentId });
    const accounts = new Map(lines.map(({ id, accountId }) => [id, accountId]));
    return refunds.map(({ id, refundedAt: at, refundedBy: by, reason }) => ({
      at,
      by,
      reason,
      lines: parts
        .filter((part) => part.refundId === id)
        .map(({ paymentLineId, currency, amount }) => ({ accountId: accounts.get(paymentLineId)!, currency, amount })),
    }));
  }

  /** @throws {Problem} as {@link give}; billing.exceeds-payment */
  part(
    payment: Payment,
    rest: PaymentRest,
    wanted: readonly { accountId: number; amount: number }[],
    how: Refunding,
  ): Promise<number> {
    const found = takeFromLines(wanted, rest.lines);
    if ('taken' in found) return this.give(payment, rest, found.taken, [], how);
    const extra = { accountId: found.short, left: String(found.left) };
    throw new Problem(PAYMENTS['billing.exceeds-payment'], { extra });
  }

  /**
   * All that is left, with the entries of cheques that are given back.
   * @returns the posting; null when nothing was left
   */
  async rest(
    payment: Payment,
    rest: PaymentRest,
    givenBack: readonly EntryLine[],
    how: Refunding,
  ): Promise<number | null> {
    const taken = rest.lines.filter(({ amount }) => amount > 0);
    if (taken.length === 0 && givenBack.length === 0) return null;
    return this.give(payment, rest, taken, givenBack, how);
  }

  /** @throws {Problem} as {@link Drawers.paying}; as Books.post */
  private async give(
    payment: Payment,
    rest: PaymentRest,
    taken: readonly LineRest[],
    givenBack: readonly EntryLine[],
    { by, reason, description, payingShiftId }: Refunding,
  ): Promise<number> {
    // What is given back as paper is not given back as money.
    const totals = sums([...taken, ...givenBack].map(({ currency, amount }) => ({ currency, amount })));
    const money = takeFromTenders(totals, rest.tenders);
    const cash = sums(money.filter(({ ledger }) => ledger === 'CASH'));
    const shiftId = cash.size > 0 ? await this.drawers.paying(payment, payingShiftId, cash) : null;
    const refundedAt = this.clock.now();
    const on = localDateOf(refundedAt);
    const out = money.map(({ ledger, dimension, currency, amount }) => ({
      ledger,
      currency,
      amount: -amount,
      dimension: ledger === 'CASH' ? shiftDimension(shiftId!) : dimension,
    }));
    const { postingId } = await this.books.post({
      kind: 'REFUND',
      on,
      description,
      reason,
      document: { type: 'payment', id: payment.id },
      by,
      entries: [...out, ...givenBack],
      creditsBack: taken.map(({ creditId, amount }) => ({ id: creditId, amount })),
    });
    const said = { refundedOn: on, refundedAt, refundedBy: by, reason };
    await this.write({ id: await this.ids.one(), paymentId: payment.id, postingId, shiftId, ...said }, taken, money);
    return postingId;
  }

  private async write(refund: PaymentRefund, taken: readonly LineRest[], money: readonly TenderRest[]): Promise<void> {
    const ids = await this.ids.many(taken.length + money.length);
    const refundId = refund.id;
    await this.store.insert(PaymentRefund, refund);
    await this.store.insert(
      PaymentRefundLine,
      taken.map(({ lineId: paymentLineId, creditId, currency, amount }, at): PaymentRefundLine => {
        return { id: ids[at]!, refundId, paymentLineId, creditId, currency, amount };
      }),
    );
    await this.store.insert(
      PaymentRefundTender,
      money.map(({ tenderId, ledger, currency, amount }, at): PaymentRefundTender => {
        return { id: ids[taken.length + at]!, refundId, tenderId, ledger, currency, amount };
      }),
    );
  }
}
