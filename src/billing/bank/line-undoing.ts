import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import { Receipt } from '../payments/payment.entity';
import { Reversals } from '../payments/reversals';
import { Deposits } from '../till/deposits';
import { BankLine } from './bank.entity';
import { BankLines } from './bank-lines';
import { BANK } from './bank.problems';
import { PayerReturns } from './payer-returns';

/** Resolutions of lines taken back. */
@Injectable()
export class LineUndoing {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly lines: BankLines,
    private readonly books: Books,
    private readonly reversals: Reversals,
    private readonly deposits: Deposits,
    private readonly returns: PayerReturns,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Reverses postings on a line, a payment with its receipt; what they took is open again.
   * @throws {Problem} http.not-found; billing.settlement-unknown, already-reversed, return-paid; as Reversals.reverse,
   * Books.reverse
   */
  undo(lineId: number, postingIds: readonly number[], reason: string, caller: Principal): Promise<BankLine> {
    return this.uow.run(async () => {
      await this.returns.keep((await this.lines.get(lineId)).currency);
      await this.store.hold(BankLine, [lineId]);
      const line = await this.lines.get(lineId);
      const returned = new Map((await this.returns.of(line.dimension)).map((each) => [each.postingId, each.amount]));
      const all = new Map((await this.lines.postings(line)).map((each) => [each.postingId, each]));
      for (const postingId of new Set(postingIds)) {
        const found = all.get(postingId);
        if (!found || found.kind === 'REVERSAL') throw new Problem(BANK['billing.settlement-unknown']);
        const { kind, reversed, description, documentType, documentId } = found;
        if (reversed) throw new Problem(BOOKS['billing.already-reversed'], { extra: { postingId } });
        if (kind === 'PAYMENT') {
          const receipt = await this.store.reads(Receipt).findOneByOrFail({ paymentId: Number(documentId) });
          await this.reversals.reverse(receipt.serial, { reason }, caller);
          continue;
        }
        await this.returns.refusePaid(line.dimension, returned.get(postingId) ?? 0);
        await this.books.reverse({
          postingId,
          on: localDateOf(this.clock.now()),
          by: caller.userId,
          description: `إلغاء: ${description}`.slice(0, 300),
          document: { type: documentType!, id: documentId! },
          reason,
        });
        if (documentType === 'deposit') await this.deposits.follow(Number(documentId), null);
      }
      await this.audit.record({ action: 'billing.bank-line-reopened', detail: { lineId, postingIds, reason } });
      return line;
    });
  }
}
