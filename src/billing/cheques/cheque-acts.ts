import { Injectable } from '@nestjs/common';
import { Problem, type Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { readSerial } from '@libs/serial';
import { In, Not } from 'typeorm';
import { Audit } from '../../identity';
import { Payment, PaymentLine, PaymentRefund, Receipt } from '../payments/payment.entity';
import { Cheque, ChequeEvent } from './cheque.entity';
import { ChequeBook } from './cheque-book';
import { CHEQUES } from './cheques.problems';

/** What the municipality does with a cheque beside sending it to the bank. */
@Injectable()
export class ChequeActs {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly book: ChequeBook,
    private readonly audit: Audit,
  ) {}

  /** Counted out of the drawer by number, and into the safe. @throws {Problem} http.not-found; billing.cheque-state */
  hold(ids: readonly number[], { userId }: Principal): Promise<Cheque[]> {
    return this.uow.run(async () => {
      const cheques = await this.book.load(ids);
      for (const cheque of cheques) await this.book.move(cheque, 'HELD', userId);
      await this.audit.record({ action: 'billing.cheques-held', detail: { chequeIds: cheques.map(({ id }) => id) } });
      return this.book.load(ids);
    });
  }

  /**
   * One that came back was made good by another payment: one that stands, is later, and pays the same accounts at least
   * the cheque and what else it replaces.
   * @throws {Problem} http.not-found; billing.cheque-state, replacement-unfit
   */
  replace(id: number, receipt: string, { userId }: Principal): Promise<Cheque> {
    return this.uow.run(async () => {
      const cheque = (await this.book.load([id]))[0]!;
      const paymentId = await this.replacement(cheque, receipt);
      await this.book.move(cheque, 'REPLACED', userId, { reason: receipt, changes: { replacedById: paymentId } });
      await this.audit.record({ action: 'billing.cheque-replaced', detail: { chequeId: id, receipt } });
      return (await this.book.load([id]))[0]!;
    });
  }

  /** To the court or the execution department. @throws {Problem} http.not-found; billing.cheque-state */
  refer(id: number, caseNumber: string, reason: string | null, { userId }: Principal): Promise<Cheque> {
    return this.uow.run(async () => {
      const cheque = (await this.book.load([id]))[0]!;
      await this.book.move(cheque, 'LEGAL', userId, { reason, changes: { caseNumber } });
      await this.audit.record({ action: 'billing.cheque-referred', detail: { chequeId: id, caseNumber } });
      return (await this.book.load([id]))[0]!;
    });
  }

  private async replacement(cheque: Cheque, typed: string): Promise<number> {
    const unfit = new Problem(CHEQUES['billing.replacement-unfit'], { extra: { chequeId: cheque.id } });
    const read = readSerial(typed);
    const receipt = read.ok ? await this.store.reads(Receipt).findOneBy({ serial: read.serial }) : null;
    if (!receipt) throw unfit;
    const { paymentId } = receipt;
    // Held, or it would be reversed, or replace another cheque, meanwhile.
    const stands = { id: paymentId, state: 'POSTED' as const };
    if ((await this.store.update(Payment, stands, { state: 'POSTED' })) !== 1) throw unfit;
    const payment = (await this.store.reads(Payment).findOneBy({ id: paymentId }))!;
    const back = await this.store
      .reads(ChequeEvent)
      .findOne({ where: { chequeId: cheque.id, toState: 'RETURNED' }, order: { happenedAt: 'DESC', id: 'DESC' } });
    if (!back || payment.paidAt < back.happenedAt || paymentId === cheque.paymentId) throw unfit;
    const accounts = (await this.book.linesOf([cheque.id])).map(({ accountId }) => accountId);
    const lines = await this.store.reads(PaymentLine).findBy({ paymentId, accountId: In(accounts) });
    if (await this.store.reads(PaymentRefund).existsBy({ paymentId })) throw unfit;
    const others = await this.store.reads(Cheque).findBy({
      id: Not(cheque.id),
      replacedById: paymentId,
      currency: cheque.currency,
    });
    const sum = (list: readonly { amount: number }[]) => list.reduce((total, { amount }) => total + amount, 0);
    // Of the others what they stood for on the same accounts.
    const taken = (await this.book.linesOf(others.map(({ id }) => id))).filter((line) =>
      accounts.includes(line.accountId),
    );
    if (sum(lines) < cheque.amount + sum(taken)) throw unfit;
    return paymentId;
  }
}
