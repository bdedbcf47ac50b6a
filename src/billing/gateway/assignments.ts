import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { IsNull, Not } from 'typeorm';
import { Audit } from '../../identity';
import { Account } from '../accounts/account.entity';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import { PaymentLines, type TypedLine } from '../payments/payment-lines';
import { checkTenders } from '../payments/payment.rules';
import { amountOf } from '../till/amounts';
import { GatewayTransaction } from './gateway.entity';
import { GATEWAY } from './gateway.problems';
import { OnlinePayments } from './online-payments';
import { refuseTwice } from './transaction-drafts';
import { GatewayTransactions } from './transactions';

/** Money out of suspense onto the accounts that a supervisor names. */
@Injectable()
export class Assignments {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly transactions: GatewayTransactions,
    private readonly lines: PaymentLines,
    private readonly payments: OnlinePayments,
    private readonly books: Books,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The whole of it, as a payment of today with its receipt.
   * @throws {Problem} http.not-found, http.invalid; billing.not-in-suspense, account-unknown, account-closed,
   * currency-mismatch, tenders-differ, charge-settled
   */
  assign(id: number, typed: readonly TypedLine[], caller: Principal): Promise<void> {
    refuseTwice(typed);
    return this.uow.run(async () => {
      await this.transactions.get(id);
      // A refund ends the suspense too.
      const suspended = { id, suspense: Not(IsNull()) };
      if ((await this.store.update(GatewayTransaction, suspended, { suspense: null })) !== 1) {
        throw new Problem(GATEWAY['billing.not-in-suspense']);
      }
      const { transaction } = await this.transactions.get(id);
      const { currency, amount, suspensePostingId, reference } = transaction;
      const accounts = await this.lines.accounts(typed.map(({ accountId }) => accountId));
      const lines = typed.map((line, at) => {
        const { currency: own } = accounts.get(line.accountId)!;
        if (own !== currency) throw new Problem(BOOKS['billing.currency-mismatch'], { extra: { currency: own } });
        return { ...line, currency, amount: amountOf(line.amount, currency, `/lines/${at}/amount`) };
      });
      checkTenders(lines, [{ pays: { currency, amount } }]);
      await this.store.hold(
        Account,
        lines.map(({ accountId }) => accountId),
      );
      await this.books.reverse({
        postingId: suspensePostingId!,
        on: localDateOf(this.clock.now()),
        description: `تسوية دفع إلكتروني معلق ${reference}`,
        document: { type: 'gateway-transaction', id },
        by: caller.userId,
        reason: 'تسوية المبلغ المعلق',
      });
      await this.payments.record(transaction, lines, caller.userId);
      const detail = { id, lines: lines.map(({ accountId, amount: paid }) => ({ accountId, amount: paid })) };
      await this.audit.record({ action: 'billing.gateway-transaction-assigned', detail });
    });
  }
}
