import { addDays, addMonths, daysBetween, type LocalDate } from '@libs/calendar';
import { roundHalfUp } from '@libs/money';
import type { PenaltyRule } from './penalty.entity';

const MILLION = 1_000_000n;

type RuleKey = Pick<PenaltyRule, 'head' | 'serviceType' | 'currency' | 'validFrom'>;

/**
 * The rule that was in force when a charge fell due: that of its head, else that of the service of its account;
 * undefined when there is none.
 */
export function ruleOf<R extends RuleKey>(
  rules: readonly R[],
  charge: { head: string; serviceType: string; currency: string; dueOn: LocalDate },
): R | undefined {
  const inForce = rules.filter(({ currency, validFrom }) => currency === charge.currency && validFrom <= charge.dueOn);
  const newest = (some: R[]) =>
    some.reduce<R | undefined>((a, b) => (a && a.validFrom >= b.validFrom ? a : b), undefined);
  return (
    newest(inForce.filter(({ head }) => head === charge.head)) ??
    newest(inForce.filter(({ serviceType }) => serviceType === charge.serviceType))
  );
}

export type PenaltyTerms = Pick<PenaltyRule, 'startDays' | 'method' | 'ratePpm' | 'flatAmount' | 'capPpm'>;

export interface LateCharge {
  /** Less what was cancelled, which so was never owed. */
  amount: number;
  dueOn: LocalDate;
  /** What settled it, by the day of the credit; at most the amount in all. */
  payments: readonly { on: LocalDate; amount: number }[];
}

/**
 * Penalties of a late charge, by month of the lateness, as they stand at `today`: on what is unpaid of the charge
 * itself, never on penalties. A payment counts from the day after it.
 * FLAT: once, if anything is unpaid when the penalty begins. MONTHLY: for each month that has begun since.
 * DAILY: for each day of the months that are over, rounded once a month. None passes the cap.
 */
export function penaltiesByMonth(terms: PenaltyTerms, charge: LateCharge, today: LocalDate): Map<string, number> {
  const start = addDays(charge.dueOn, terms.startDays);
  const computed = start > today ? [] : BY_METHOD[terms.method](terms, charge, start, today);
  let room = terms.capPpm === null ? Infinity : share(BigInt(charge.amount), terms.capPpm);
  const penalties = new Map<string, number>();
  for (const [month, penalty] of computed) {
    const within = Math.min(penalty, room);
    room -= within;
    if (within > 0) penalties.set(month, within);
  }
  return penalties;
}

type Method = (terms: PenaltyTerms, charge: LateCharge, start: LocalDate, today: LocalDate) => [string, number][];

const BY_METHOD: Record<PenaltyTerms['method'], Method> = {
  FLAT: ({ flatAmount }, charge, start) => (unpaidAt(charge, start) > 0 ? [[monthOf(start), flatAmount ?? 0]] : []),

  MONTHLY: ({ ratePpm }, charge, start, today) => {
    const months: [string, number][] = [];
    for (let at = 0, begins = start; begins <= today; begins = addMonths(start, ++at)) {
      const unpaid = unpaidAt(charge, begins);
      if (unpaid === 0) break;
      months.push([monthOf(begins), share(BigInt(unpaid), ratePpm ?? 0)]);
    }
    return months;
  },

  DAILY: ({ ratePpm }, charge, start, today) => {
    const months: [string, number][] = [];
    const end = addDays(`${monthOf(today)}-01`, -1);
    for (let from = start; from <= end; from = addMonths(`${monthOf(from)}-01`, 1)) {
      if (unpaidAt(charge, from) === 0) break;
      const to = addDays(addMonths(`${monthOf(from)}-01`, 1), -1);
      months.push([monthOf(from), share(unpaidDays(charge, from, to), ratePpm ?? 0)]);
    }
    return months;
  },
};

/** What is unpaid when a day begins. */
const unpaidAt = ({ amount, payments }: LateCharge, day: LocalDate): number =>
  payments.reduce((left, payment) => (payment.on < day ? left - payment.amount : left), amount);

/** What is unpaid when each day begins, summed over the days of a range. */
function unpaidDays({ amount, payments }: LateCharge, from: LocalDate, to: LocalDate): bigint {
  let sum = BigInt(amount) * BigInt(daysBetween(from, to) + 1);
  for (const payment of payments) {
    const paidDays = daysBetween(payment.on < from ? addDays(from, -1) : payment.on, to);
    if (paidDays > 0) sum -= BigInt(payment.amount) * BigInt(paidDays);
  }
  return sum;
}

const share = (base: bigint, ppm: number): number => roundHalfUp(base * BigInt(ppm), MILLION);
const monthOf = (date: LocalDate): string => date.slice(0, 7);
