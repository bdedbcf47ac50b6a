import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import type { Currency } from '@libs/money';
import { Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { BOOKS } from '../billing.problems';
import { FallenClearances } from '../clearances/fallen-clearances';
import { ChequeUndoing } from '../cheques/cheque-undoing';
import { amountOf, sums } from '../till/amounts';
import { Shifts } from '../till/shifts';
import { TILL } from '../till/till.problems';
import { Opposites } from './opposites';
import { Payment, PaymentTender, type PaymentState, type Receipt } from './payment.entity';
import type { PaymentWithReceipt } from './payment-recorder';
import { PaymentRests } from './payment-rest';
import { Payments } from './payments';
import { PAYMENTS } from './payments.problems';
import { Reliefs } from './reliefs';
import { Refunds } from './refunds';

export interface Undoing {
  reason: string;
  /** Open shift whose drawer gives the cash back, when that of the payment is closed. */
  payingShiftId?: number;
}

export interface UndoingPart extends Undoing {
  lines: { accountId: number; amount: string }[];
}

/** Payments undone, whole or in part: by opposite postings, never by a change. The receipt stays and says so. */
@Injectable()
export class Reversals {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly shifts: Shifts,
    private readonly payments: Payments,
    private readonly reliefs: Reliefs,
    private readonly opposites: Opposites,
    private readonly rests: PaymentRests,
    private readonly refunds: Refunds,
    private readonly cheques: ChequeUndoing,
    private readonly clearances: FallenClearances,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * While the shift is open and on its day: by its cashier up to a limit, or by a supervisor. Cheques are given back.
   * @throws {Problem} as {@link Payments.get}; billing.void-too-late, not-your-shift, above-limit, already-reversed,
   * cash-insufficient, cheque-at-bank, cheque-state, not-divisible
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
   * At any later time, by a supervisor up to a limit; after a part was taken back, the rest. Cash goes out of the drawer
   * of a shift that is open now; what a cheque has brought goes back by transfer, and cheques in hand go back as they are.
   * @throws {Problem} as {@link Payments.get}; http.not-found for the paying shift; billing.above-limit,
   * already-reversed, paying-shift-required, shift-not-open, cash-insufficient, period-closed, cheque-at-bank,
   * cheque-state, not-divisible, refund-through-gateway
   */
  reverse(typed: string, { reason, payingShiftId }: Undoing, caller: Principal): Promise<PaymentWithReceipt> {
    return this.uow.run(async () => {
      const found = await this.payments.get(typed);
      if (found.payment.channel === 'ONLINE') throw new Problem(PAYMENTS['billing.refund-through-gateway']);
      return this.undo(found, 'REVERSED', payingShiftId ?? null, reason, caller);
    });
  }

  /**
   * A part of what some accounts got, by a supervisor; the limit counts what was taken back before. The payment stands
   * until all is taken back.
   * @throws {Problem} as {@link reverse}; http.invalid for an account that the payment did not pay; billing.exceeds-payment
   */
  reversePart(
    typed: string,
    { reason, lines, ...undoing }: UndoingPart,
    caller: Principal,
  ): Promise<PaymentWithReceipt> {
    return this.uow.run(async () => {
      const { payment, receipt } = await this.payments.get(typed);
      if (payment.channel === 'ONLINE') throw new Problem(PAYMENTS['billing.refund-through-gateway']);
      await this.change(payment, {});
      await this.cheques.keep(payment.id);
      const rest = await this.rests.of(payment);
      const currencies = new Map(receipt.content.lines.map(({ accountId, currency }) => [accountId, currency]));
      const wanted = lines.map(({ accountId, amount }, at) => {
        const currency = currencies.get(accountId);
        if (!currency) throw invalidField(`/lines/${at}/accountId`, 'notPaid');
        return { accountId, currency, amount: amountOf(amount, currency, `/lines/${at}/amount`) };
      });
      const before = (await this.refunds.of(payment.id)).flatMap((refund) => refund.lines);
      this.refuseAboveLimit(sums([...before, ...wanted]), caller);
      await this.rests.refuseIndivisible(payment);
      if (!rest.cheques.final) throw new Problem(PAYMENTS['billing.not-divisible'], { extra: { because: 'CHEQUE' } });
      const how = {
        by: caller.userId,
        reason,
        description: `عكس جزء من الوصل ${receipt.serial}`,
        payingShiftId: undoing.payingShiftId ?? null,
      };
      const reversalId = await this.refunds.part(payment, rest, wanted, how);
      await this.cheques.reopen(payment.id, caller.userId, reason);
      await this.revokeClearances(payment, receipt, caller.userId);
      const sum = (list: readonly { amount: number }[]) => list.reduce((total, { amount }) => total + amount, 0);
      const elsewhere = rest.cheques.suspended.length > 0 || (await this.cheques.resolvedBy(payment.id)).length > 0;
      const whole = sum(wanted) === sum(rest.lines) && !elsewhere && !(await this.rests.isCarried(rest));
      const changes = whole ? { ...this.undone('REVERSED', caller, reason), reversalId } : {};
      if (whole) await this.change(payment, changes);
      const said = wanted.map(({ accountId, currency, amount }) => ({ accountId, currency, amount: String(amount) }));
      const detail = { serial: receipt.serial, reason, lines: said };
      await this.audit.record({ action: 'billing.payment-reversed-in-part', detail });
      return { payment: { ...payment, ...changes }, receipt };
    });
  }

  /** Of a payment whose money the gateway gives back. @throws {Problem} as {@link reverse} */
  async reverseOnline(serial: string, reason: string, caller: Principal): Promise<void> {
    await this.uow.run(async () => this.undo(await this.payments.get(serial), 'REVERSED', null, reason, caller));
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
    const changes = this.undone(state, caller, reason);
    await this.change(payment, changes);
    const by = caller.userId;
    const description = `${state === 'VOIDED' ? 'إلغاء' : 'عكس'} الوصل ${receipt.serial}`;
    const how = { by, reason, description, payingShiftId };
    await this.undoResolved(payment, reason, caller);
    const rest = await this.rests.of(payment);
    if (await this.rests.isCarried(rest)) {
      throw new Problem(PAYMENTS['billing.not-divisible'], { extra: { because: 'CARRIED' } });
    }
    const plain = !rest.refunded && rest.cheques.untouched;
    if (!plain) await this.rests.refuseIndivisible(payment);
    const givenBack = [...(await this.cheques.giveBack(rest.cheques, by, reason)), ...rest.cheques.suspended];
    const reversalId = plain
      ? await this.opposites.post(payment, tenders, how)
      : await this.refunds.rest(payment, rest, givenBack, how);
    await this.cheques.reopen(payment.id, by, reason);
    await this.store.update(Payment, { id: payment.id }, { reversalId });
    await this.reliefs.undone({ id: payment.id, on: localDateOf(changes.undoneAt), by });
    await this.revokeClearances(payment, receipt, by);
    const action = state === 'VOIDED' ? 'billing.payment-voided' : 'billing.payment-reversed';
    await this.audit.record({ action, detail: { serial: receipt.serial, reason, shiftId: payingShiftId } });
    return { payment: { ...payment, ...changes, reversalId }, receipt };
  }

  /**
   * What was suspended of its cheques and put onto other accounts comes into suspense again, to be given back with the
   * rest. What was returned to the payer is given back already.
   * @throws {Problem} billing.not-divisible for a cashier: others have decided about that money
   */
  private async undoResolved({ id }: Payment, reason: string, caller: Principal): Promise<void> {
    await this.cheques.keep(id);
    for (const serial of await this.cheques.resolvedBy(id)) {
      if (!caller.permissions.has('billing.payment.reverse')) {
        throw new Problem(PAYMENTS['billing.not-divisible'], { extra: { because: 'SUSPENSE' } });
      }
      const resolving = await this.payments.get(serial);
      if (await this.stands(resolving.payment)) await this.undo(resolving, 'REVERSED', null, reason, caller);
    }
  }

  private revokeClearances({ paidAt }: Payment, { serial, content }: Receipt, by: number): Promise<void> {
    const paid = content.lines.map(({ accountId }) => accountId);
    return this.clearances.revoke(paid, paidAt, `أُلغيت دفعة الوصل ${serial}`, by);
  }

  private undone(state: Exclude<PaymentState, 'POSTED'>, { userId }: Principal, undoneReason: string) {
    return { state, undoneBy: userId, undoneAt: this.clock.now(), undoneReason };
  }

  /** Whether it does, and will until the unit ends. */
  private async stands({ id }: Payment): Promise<boolean> {
    return (await this.store.update(Payment, { id, state: 'POSTED' }, { state: 'POSTED' })) === 1;
  }

  /** Of one that stands, which so is held until the unit ends. @throws {Problem} billing.already-reversed */
  private async change({ id }: Payment, changes: Partial<Payment>): Promise<void> {
    const changed = await this.store.update(Payment, { id, state: 'POSTED' }, { state: 'POSTED', ...changes });
    if (changed !== 1) throw new Problem(BOOKS['billing.already-reversed']);
  }

  /** @throws {Problem} billing.above-limit for more than the caller may give back */
  refuseAboveLimit(totals: ReadonlyMap<string, number>, { permissions }: Principal): void {
    if (permissions.has('billing.payment.reverse-large')) return;
    const mayReverse = permissions.has('billing.payment.reverse');
    const limits = mayReverse ? this.config.reversalLimits : this.config.cashierVoidLimits;
    for (const [currency, amount] of totals) {
      if (amount > (limits[currency as Currency] ?? 0))
        throw new Problem(BOOKS['billing.above-limit'], { extra: { currency } });
    }
  }
}
