import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import type { Currency } from '@libs/money';
import { Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import type { Posted } from '../books/posting';
import { LedgerPosting } from '../books/posting.entity';
import { sums } from '../till/amounts';
import { ShiftCashReader, shiftDimension } from '../till/shift-cash';
import { Shifts } from '../till/shifts';
import { TILL } from '../till/till.problems';
import { Payment, PaymentTender, type PaymentState } from './payment.entity';
import type { PaymentWithReceipt } from './payment-recorder';
import { Payments } from './payments';
import { PAYMENTS } from './payments.problems';
import { Reliefs } from './reliefs';

export interface Undoing {
  reason: string;
  /** Open shift whose drawer gives the cash back, when that of the payment is closed. */
  payingShiftId?: number;
}

/** Payments undone: by an opposite posting, never by a change. The receipt stays and says so. */
@Injectable()
export class Reversals {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly books: Books,
    private readonly shifts: Shifts,
    private readonly cash: ShiftCashReader,
    private readonly payments: Payments,
    private readonly reliefs: Reliefs,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * While the shift is open and on its day: by its cashier up to a limit, or by a supervisor.
   * @throws {Problem} as {@link Payments.get}; billing.void-too-late, not-your-shift, above-limit, already-reversed,
   * cash-insufficient
   */
  void(typed: string, { reason }: Undoing, caller: Principal): Promise<PaymentWithReceipt> {
    return this.uow.run(async () => {
      const found = await this.payments.get(typed);
      const { payment } = found;
      const open = payment.shiftId !== null && (await this.shifts.keepOpen(payment.shiftId));
      const mayReverse = caller.permissions.has('billing.payment.reverse');
      if (!mayReverse && payment.cashierId !== caller.userId) throw new Problem(TILL['billing.not-your-shift']);
      if (!open || payment.paidOn !== localDateOf(this.clock.now())) {
        throw new Problem(PAYMENTS['billing.void-too-late']);
      }
      return this.undo(found, 'VOIDED', payment.shiftId, reason, caller);
    });
  }

  /**
   * At any later time, by a supervisor up to a limit. Cash goes out of the drawer of a shift that is open now.
   * @throws {Problem} as {@link Payments.get}; http.not-found for the paying shift; billing.above-limit,
   * already-reversed, paying-shift-required, shift-not-open, cash-insufficient, period-closed
   */
  reverse(typed: string, { reason, payingShiftId }: Undoing, caller: Principal): Promise<PaymentWithReceipt> {
    return this.uow.run(async () => {
      const found = await this.payments.get(typed);
      return this.undo(found, 'REVERSED', payingShiftId ?? null, reason, caller);
    });
  }

  private async undo(
    { payment, receipt }: PaymentWithReceipt,
    state: Exclude<PaymentState, 'POSTED'>,
    payingShiftId: number | null,
    reason: string,
    caller: Principal,
  ): Promise<PaymentWithReceipt> {
    const tenders = await this.store.reads(PaymentTender).findBy({ paymentId: payment.id });
    this.refuseAboveLimit(sums(tenders), caller);
    const now = this.clock.now();
    const changes = { state, undoneBy: caller.userId, undoneAt: now, undoneReason: reason };
    if ((await this.store.update(Payment, { id: payment.id, state: 'POSTED' }, changes)) !== 1) {
      throw new Problem(BOOKS['billing.already-reversed']);
    }
    const cash = sums(tenders.filter(({ kind }) => kind === 'CASH'));
    const from = cash.size > 0 ? await this.payingShift(payment, payingShiftId, cash) : payment.shiftId;
    const on = localDateOf(now);
    const document = { type: 'payment', id: payment.id };
    const by = caller.userId;
    const description = `${state === 'VOIDED' ? 'إلغاء' : 'عكس'} الوصل ${receipt.serial}`;
    const postings = [payment.postingId, ...(await this.differences(payment.id))];
    const [{ postingId: reversalId }] = (await this.books.reverseMany(
      postings.map((postingId) => ({ postingId, on, description, document, by, reason })),
    )) as [Posted];
    if (from !== null && from !== payment.shiftId) {
      // The reversal took the cash from the payment's own shift, whose drawer is settled: the open one makes up for it.
      const entries = [...cash].flatMap(([currency, amount]) => [
        { ledger: 'CASH' as const, currency, amount, dimension: shiftDimension(payment.shiftId!) },
        { ledger: 'CASH' as const, currency, amount: -amount, dimension: shiftDimension(from) },
      ]);
      await this.books.post({ kind: 'REFUND', on, description, document, by, reason, entries });
    }
    await this.store.update(Payment, { id: payment.id }, { reversalId });
    await this.reliefs.undone({ id: payment.id, on, by });
    const action = state === 'VOIDED' ? 'billing.payment-voided' : 'billing.payment-reversed';
    await this.audit.record({ action, detail: { serial: receipt.serial, reason, shiftId: from } });
    return { payment: { ...payment, ...changes, reversalId }, receipt };
  }

  /** What was posted as gain or loss of exchange. */
  private async differences(paymentId: number): Promise<number[]> {
    const document = { documentType: 'payment', documentId: String(paymentId) };
    const rows = await this.store.reads(LedgerPosting).findBy({ ...document, kind: 'EXCHANGE' });
    return rows.map(({ id }) => id);
  }

  /** The open shift that gives cash back: the payment's own, or else the one that is named. */
  private async payingShift(
    { shiftId }: Payment,
    named: number | null,
    cash: ReadonlyMap<string, number>,
  ): Promise<number> {
    const own = shiftId !== null && (await this.shifts.keepOpen(shiftId));
    const from = own ? shiftId : named;
    if (from === null) throw new Problem(PAYMENTS['billing.paying-shift-required']);
    if (!own && !(await this.shifts.keepOpen(from))) throw new Problem(TILL['billing.shift-not-open']);
    const drawer = new Map((await this.cash.drawer(await this.shifts.get(from))).map((line) => [line.currency, line]));
    for (const [currency, amount] of cash) {
      if ((drawer.get(currency)?.expected ?? 0) < amount) {
        throw new Problem(PAYMENTS['billing.cash-insufficient'], { extra: { currency } });
      }
    }
    return from;
  }

  private refuseAboveLimit(totals: ReadonlyMap<string, number>, { permissions }: Principal): void {
    if (permissions.has('billing.payment.reverse-large')) return;
    const mayReverse = permissions.has('billing.payment.reverse');
    const limits = mayReverse ? this.config.reversalLimits : this.config.cashierVoidLimits;
    for (const [currency, amount] of totals) {
      if (amount > (limits[currency as Currency] ?? 0))
        throw new Problem(BOOKS['billing.above-limit'], { extra: { currency } });
    }
  }
}
