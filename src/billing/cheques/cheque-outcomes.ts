import { Injectable } from '@nestjs/common';
import { Problem, type Principal, invalidField } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { Account } from '../accounts/account.entity';
import { FallenClearances } from '../clearances/fallen-clearances';
import { Payment } from '../payments/payment.entity';
import { ChequeDeposit, ChequeDepositItem, type Cheque, type ChequeLine } from './cheque.entity';
import { ChequeBook } from './cheque-book';
import { ChequeDeposits, type DepositedCheques } from './cheque-deposits';
import { ChequePostings } from './cheque-postings';
import { CHEQUES } from './cheques.problems';

/** What the bank says about cheques of one slip. */
export interface BankAnswer {
  cleared: readonly number[];
  returned: readonly { chequeId: number; reason: string }[];
  reference: string | null;
}

/** The bank pays a cheque or sends it back: each is answered once a deposit. */
@Injectable()
export class ChequeOutcomes {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly book: ChequeBook,
    private readonly postings: ChequePostings,
    private readonly deposits: ChequeDeposits,
    private readonly clearances: FallenClearances,
    private readonly audit: Audit,
  ) {}

  /**
   * All of them or none. A deposit is settled when no cheque of it is open any more.
   * @throws {Problem} http.invalid when a cheque comes twice or none at all; http.not-found;
   * billing.cheque-not-in-deposit, cheque-state, period-closed
   */
  settle(depositId: number, answer: BankAnswer, { userId }: Principal): Promise<DepositedCheques> {
    const { cleared, returned, reference } = answer;
    const ids = [...cleared, ...returned.map(({ chequeId }) => chequeId)];
    if (ids.length === 0) throw invalidField('/cleared', 'required');
    if (new Set(ids).size < ids.length) throw invalidField('/cleared', 'twice');
    const reasons = new Map(returned.map(({ chequeId, reason }) => [chequeId, reason]));
    return this.uow.run(async () => {
      await this.store.hold(ChequeDeposit, [depositId]);
      const { deposit, cheques: all } = await this.deposits.get(depositId);
      const known = new Map(all.map(({ cheque }) => [cheque.id, cheque]));
      const stranger = ids.find((id) => !known.has(id));
      if (stranger !== undefined) {
        throw new Problem(CHEQUES['billing.cheque-not-in-deposit'], { extra: { chequeId: stranger } });
      }
      const cheques = ids.sort((a, b) => a - b).map((id) => known.get(id)!);
      for (const cheque of cheques) await this.claim(depositId, cheque, reasons.has(cheque.id), reference);
      const lines = await this.book.linesOf(ids);
      await this.store.hold(Account, [...new Set(lines.map(({ accountId }) => accountId))]);
      for (const cheque of cheques) {
        const own = lines.filter(({ chequeId }) => chequeId === cheque.id);
        await this.post(cheque, own, deposit, reasons.get(cheque.id), userId);
      }
      if (!(await this.store.reads(ChequeDepositItem).existsBy({ depositId, outcome: 'PENDING' }))) {
        await this.store.update(ChequeDeposit, { id: depositId }, { state: 'SETTLED' });
      }
      await this.audit.record({
        action: 'billing.cheques-settled',
        detail: { depositId, cleared, returned, reference },
      });
      return this.deposits.get(depositId);
    });
  }

  private async claim(depositId: number, cheque: Cheque, back: boolean, bankReference: string | null): Promise<void> {
    const outcome = back ? 'RETURNED' : 'CLEARED';
    const changes = back ? { relief: 'DEFERRED' as const, returns: cheque.returns + 1 } : {};
    await this.book.claim(cheque, outcome, changes);
    const pending = { depositId, chequeId: cheque.id, outcome: 'PENDING' as const };
    if ((await this.store.update(ChequeDepositItem, pending, { outcome, bankReference })) === 1) return;
    // It is at the bank with a later slip.
    throw new Problem(CHEQUES['billing.cheque-not-in-deposit'], { extra: { chequeId: cheque.id } });
  }

  private async post(
    cheque: Cheque,
    lines: readonly ChequeLine[],
    { bankAccount }: ChequeDeposit,
    reason: string | undefined,
    by: number,
  ): Promise<void> {
    const { id: chequeId, state: from } = cheque;
    if (reason === undefined) {
      const postingId = await this.postings.cleared(cheque, lines, bankAccount, by);
      await this.book.write([{ chequeId, from, to: 'CLEARED', by, postingId }]);
      return;
    }
    const postingId = await this.postings.returned(cheque, lines, by);
    await this.book.write([{ chequeId, from, to: 'RETURNED', by, reason, postingId }]);
    const relieved = lines.filter(({ creditId }) => creditId !== null).map(({ accountId }) => accountId);
    const { paidAt } = await this.store.reads(Payment).findOneByOrFail({ id: cheque.paymentId });
    await this.clearances.revoke(relieved, paidAt, `شيك راجع رقم ${cheque.number}`, by);
  }
}
