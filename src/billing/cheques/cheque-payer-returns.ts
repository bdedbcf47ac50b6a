import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { PayerReturns } from '../bank/payer-returns';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import { Cheque } from './cheque.entity';
import { chequeDimension } from './cheque.rules';
import { CHEQUES } from './cheques.problems';

/** Money of a cheque that was to go back to its payer by mistake. */
@Injectable()
export class ChequePayerReturns {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly returns: PayerReturns,
    private readonly books: Books,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * It waits in suspense again, by the opposite posting of today. Four eyes: by somebody else than who gave it back.
   * @throws {Problem} http.not-found for the cheque; billing.return-unknown, already-reversed, cheque-own-return,
   * period-closed; return-paid when the bank has told that the money left
   */
  undo(id: number, postingId: number, reason: string, { userId }: Principal): Promise<void> {
    return this.uow.run(async () => {
      const cheque = await this.store.reads(Cheque).findOneBy({ id });
      if (!cheque) throw new Problem('http.not-found');
      await this.returns.keep(cheque.currency);
      await this.store.hold(Cheque, [id]);
      const dimension = chequeDimension(id);
      const found = (await this.returns.of(dimension)).find((each) => each.postingId === postingId);
      if (!found) throw new Problem(CHEQUES['billing.return-unknown']);
      if (found.undone) throw new Problem(BOOKS['billing.already-reversed'], { extra: { postingId } });
      if (found.by === userId) throw new Problem(CHEQUES['billing.cheque-own-return']);
      await this.returns.refusePaid(dimension, found.amount);
      await this.books.reverse({
        postingId,
        on: localDateOf(this.clock.now()),
        by: userId,
        description: `إلغاء إعادة مبلغ الشيك ${cheque.number} لدافعه`,
        document: { type: 'cheque', id },
        reason,
      });
      const detail = { id, postingId, amount: String(found.amount), reason };
      await this.audit.record({ action: 'billing.cheque-return-undone', detail });
    });
  }
}
