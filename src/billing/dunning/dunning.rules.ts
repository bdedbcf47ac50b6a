import { addDays, type LocalDate } from '@libs/calendar';
import type { DebtTotal, DunningCriteria } from './dunning.entity';
import type { Warning, WarningState } from './warning.entity';

interface Owed {
  currency: string;
  /** Minor units. */
  amount: number;
  /** Of a sum: how many charges it is of. */
  charges?: number;
}

/** Sums of debts by currency, in the order of their codes. */
export function totalsOf(debts: readonly Owed[]): DebtTotal[] {
  const sums = new Map<string, DebtTotal>();
  for (const { currency, amount, charges = 1 } of debts) {
    const sum = sums.get(currency) ?? { amount: 0, charges: 0 };
    sums.set(currency, { currency, amount: sum.amount + amount, charges: sum.charges + charges });
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** The debts of one party in the currencies in which it owes as much as a run asks for. */
export function worthWarning<D extends Owed>(debts: readonly D[], least: DunningCriteria['least']): D[] {
  const enough = new Set(
    totalsOf(debts).flatMap(({ currency, amount }) =>
      amount >= (least[currency as keyof typeof least] ?? 0) ? [currency] : [],
    ),
  );
  return debts.filter(({ currency }) => enough.has(currency));
}

/** The last day to pay or object: so many days after the day of service, which does not count. */
export const deadlineOf = (servedOn: LocalDate, payDays: number): LocalDate => addDays(servedOn, payDays);

/**
 * Where a warning stands today. An objection suspends it until the court decides; what was withdrawn stays so. One that
 * was paid stands where it stood before when a payment fell through.
 * @param owing whether any of its charges is still owed, wholly or in part
 */
export function standingOf(
  { state, service, referral, deadlineOn }: Pick<Warning, 'state' | 'service' | 'referral' | 'deadlineOn'>,
  owing: boolean,
  today: LocalDate,
): WarningState {
  if (state === 'WITHDRAWN' || state === 'OBJECTED') return state;
  if (!owing) return 'PAID';
  const before = state === 'PAID' ? (referral ? 'REFERRED' : service ? 'SERVED' : 'ISSUED') : state;
  return before === 'SERVED' && deadlineOn! < today ? 'EXPIRED' : before;
}
