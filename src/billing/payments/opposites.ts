import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { Books } from '../books/books';
import type { Posted } from '../books/posting';
import { LedgerPosting } from '../books/posting.entity';
import { sums } from '../till/amounts';
import { shiftDimension } from '../till/shift-cash';
import { Drawers } from './drawers';
import type { Payment, PaymentTender } from './payment.entity';
import type { Refunding } from './refunds';

/** The opposite of all that a payment has posted, when nothing of it was taken back before. */
@Injectable()
export class Opposites {
  constructor(
    private readonly store: Store,
    private readonly books: Books,
    private readonly drawers: Drawers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} as {@link Drawers.paying}; as Books.reverse */
  async post(
    payment: Payment,
    tenders: readonly PaymentTender[],
    { by, reason, description, payingShiftId }: Refunding,
  ): Promise<number> {
    const cash = sums(tenders.filter(({ kind }) => kind === 'CASH'));
    const from = cash.size > 0 ? await this.drawers.paying(payment, payingShiftId, cash) : payment.shiftId;
    const said = {
      on: localDateOf(this.clock.now()),
      description,
      document: { type: 'payment', id: payment.id },
      by,
      reason,
    };
    const postings = [payment.postingId, ...(await this.differences(payment.id))];
    const [{ postingId: reversalId }] = (await this.books.reverseMany(
      postings.map((postingId) => ({ postingId, ...said })),
    )) as [Posted];
    if (from !== null && from !== payment.shiftId) {
      // The reversal took the cash from the payment's own shift, whose drawer is settled: the open one makes up for it.
      const entries = [...cash].flatMap(([currency, amount]) => [
        { ledger: 'CASH' as const, currency, amount, dimension: shiftDimension(payment.shiftId!) },
        { ledger: 'CASH' as const, currency, amount: -amount, dimension: shiftDimension(from) },
      ]);
      await this.books.post({ kind: 'REFUND', ...said, entries });
    }
    return reversalId;
  }

  /** What was posted as gain or loss of exchange. */
  private async differences(paymentId: number): Promise<number[]> {
    const document = { documentType: 'payment', documentId: String(paymentId) };
    const rows = await this.store.reads(LedgerPosting).findBy({ ...document, kind: 'EXCHANGE' });
    return rows.map(({ id }) => id);
  }
}
