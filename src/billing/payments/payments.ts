import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import type { Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { ChequeTenders } from '../cheques/cheque-tenders';
import { amountOf } from '../till/amounts';
import { Shifts } from '../till/shifts';
import { Payment, Receipt } from './payment.entity';
import { PaymentRecorder, type PaymentWithReceipt } from './payment-recorder';
import { PaymentLines } from './payment-lines';
import type { FoundPayment } from './payment-search';
import { checkTenders, tendersOf, type TypedTender } from './payment.rules';
import { Receipts } from './receipts';

/** As the cashier types it. */
export interface TypedPayment {
  oneRecordId?: number;
  payerName?: string;
  lines: { accountId: number; amount: string; chargeIds?: number[]; relief?: string }[];
  tenders: TypedTender[];
  acceptAdvance?: boolean;
  useReliefs?: boolean;
}

/** Payments at the till. */
@Injectable()
export class Payments {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly lines: PaymentLines,
    private readonly recorder: PaymentRecorder,
    private readonly shifts: Shifts,
    private readonly cheques: ChequeTenders,
    private readonly receipts: Receipts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes money in the caller's open shift. A line pays the charges it names, or the oldest of its account; what is more
   * than is owed is taken only as an advance that was agreed to.
   * @throws {Problem} http.invalid; http.not-found for the record; billing.no-open-shift, shift-of-another-day,
   * account-unknown, account-closed, currency-mismatch, tenders-differ, rate-missing, rate-differs, charge-settled,
   * exceeds-charge, exceeds-balance, relief-differs, period-closed, cheque-taken
   */
  take(typed: TypedPayment, caller: Principal): Promise<PaymentWithReceipt> {
    return this.uow.run(async () => {
      const { id, till, cashierName } = await this.shifts.taking(caller.userId, localDateOf(this.clock.now()));
      const accounts = await this.lines.accounts(typed.lines.map(({ accountId }) => accountId));
      const lines = typed.lines.map(({ accountId, amount, chargeIds, relief }, at) => {
        const account = accounts.get(accountId)!;
        const minor = (text: string, field: string, least: 0 | 1) =>
          amountOf(text, account.currency, `/lines/${at}/${field}`, least);
        const expected = relief === undefined ? undefined : minor(relief, 'relief', 0);
        return { ...account, amount: minor(amount, 'amount', 1), chargeIds, relief: expected };
      });
      const plain = tendersOf(typed.tenders, id);
      checkTenders(lines, plain);
      const { tenders, deferred, funded } = await this.cheques.accept(typed.tenders, plain, lines);
      const surplus = typed.acceptAdvance ? 'ADVANCE' : 'REFUSE';
      const made = await this.recorder.record({
        channel: 'TILL',
        shiftId: id,
        by: caller.userId,
        till,
        cashier: cashierName,
        oneRecordId: typed.oneRecordId ?? null,
        payerName: typed.payerName || null,
        lines,
        tenders,
        deferred,
        surplus,
        useReliefs: typed.useReliefs ?? true,
      });
      await this.cheques.receive(made.payment, { lines, tenders, funded, surplus });
      return made;
    });
  }

  /**
   * The caller's open shift, which is held until the active unit ends: for what is charged with a payment, before it.
   * @throws {Problem} billing.no-open-shift, shift-of-another-day
   */
  async ready({ userId }: Principal): Promise<void> {
    await this.shifts.taking(userId, localDateOf(this.clock.now()));
  }

  /** With the receipts of those that a search found, in its order. */
  async withReceipts(found: readonly FoundPayment[]): Promise<PaymentWithReceipt[]> {
    const ids = found.map(({ payment }) => payment.id);
    const receipts = new Map(
      (await this.store.findIn(Receipt, 'paymentId', ids)).map((each) => [each.paymentId, each]),
    );
    return found.map(({ payment }) => ({ payment, receipt: receipts.get(payment.id)! }));
  }

  /** @throws {Problem} billing.receipt-unknown, receipt-mistyped, receipt-altered */
  async get(typed: string): Promise<PaymentWithReceipt> {
    const receipt = await this.receipts.get(typed);
    return { payment: (await this.store.reads(Payment).findOneBy({ id: receipt.paymentId }))!, receipt };
  }
}
