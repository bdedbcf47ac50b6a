import { addMonths, type LocalDate } from '@libs/calendar';
import { splitEvenly } from '@libs/money';
import type { EndCause, PlanState } from './plan.entity';

export interface Terms {
  /** Minor units; the down payment is less than the total. */
  total: number;
  downPayment: number;
  instalments: number;
  firstDueOn: LocalDate;
}

export interface Instalment {
  number: number;
  dueOn: LocalDate;
  amount: number;
}

/** Every month from the first day, at the month's end where it is shorter; equal amounts, the last takes the rest. */
export function instalmentsOf({ total, downPayment, instalments, firstDueOn }: Terms): Instalment[] {
  return splitEvenly(total - downPayment, instalments).map((amount, at) => ({
    number: at + 1,
    dueOn: addMonths(firstDueOn, at),
    amount,
  }));
}

export const INSTALMENT_STATES = ['PAID', 'PARTLY_PAID', 'UPCOMING', 'MISSED'] as const;

export interface StandingInstalment extends Instalment {
  paid: number;
  state: (typeof INSTALMENT_STATES)[number];
}

export interface Standing {
  /** Of the down payment. */
  downPaid: number;
  instalments: StandingInstalment[];
  /** Instalments whose day is over and which are not paid whole. */
  missed: number;
}

/**
 * Where a plan stands: what is settled of its charges pays the down payment, then the instalments in their order. The
 * day an instalment is due is still in time.
 */
export function standing(
  downPayment: number,
  instalments: readonly Instalment[],
  settled: number,
  today: LocalDate,
): Standing {
  let left = settled;
  const take = (amount: number): number => {
    const paid = Math.min(left, amount);
    left -= paid;
    return paid;
  };
  const downPaid = take(downPayment);
  const lines = instalments.map((instalment): StandingInstalment => {
    const paid = take(instalment.amount);
    const open = paid > 0 ? 'PARTLY_PAID' : 'UPCOMING';
    const state = paid === instalment.amount ? 'PAID' : instalment.dueOn < today ? 'MISSED' : open;
    return { ...instalment, paid, state };
  });
  return { downPaid, instalments: lines, missed: lines.filter(({ state }) => state === 'MISSED').length };
}

export type Verdict = { state: 'ACTIVE' } | { state: Exclude<PlanState, 'DRAFT' | 'ACTIVE'>; cause: EndCause };

export interface Facts {
  state: PlanState;
  total: number;
  downPayment: number;
  settled: number;
  missed: number;
  /** A bill that came after the plan is overdue. */
  currentBillUnpaid: boolean;
  firstDueOn: LocalDate;
}

/** What becomes of a live plan today; undefined when it stays as it is. */
export function verdict(plan: Facts, today: LocalDate, missedToDefault: number): Verdict | undefined {
  const { state, total, downPayment, settled, missed, currentBillUnpaid, firstDueOn } = plan;
  if (settled >= total) return { state: 'COMPLETED', cause: 'PAID' };
  if (state === 'DRAFT') {
    if (settled >= downPayment) return { state: 'ACTIVE' };
    // Or its charges would be kept from other plans for ever.
    return firstDueOn < today ? { state: 'CANCELLED', cause: 'DOWN_PAYMENT_UNPAID' } : undefined;
  }
  if (missed >= missedToDefault) return { state: 'DEFAULTED', cause: 'MISSED_INSTALMENTS' };
  return currentBillUnpaid ? { state: 'DEFAULTED', cause: 'CURRENT_BILLS' } : undefined;
}
