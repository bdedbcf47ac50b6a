import { daysBetween, daysInMonth, type LocalDate } from '@libs/calendar';
import type { Per } from './tariff';

/** Days of water, the first and the last included. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** In lowest terms. */
export interface Fraction {
  readonly num: number;
  readonly den: number;
}

const ONE: Fraction = { num: 1, den: 1 };
const NONE: Fraction = { num: 0, den: 1 };

/** Days of a period. @throws RangeError for a date that does not exist or an end before the beginning */
export function daysOf({ from, to }: Period): number {
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw new RangeError(`the period ends on ${to}, before it begins on ${from}`);
  return days;
}

/** A cycle: its days, and of one that was cut short its months, of which each day has its share. */
export interface Cycle {
  readonly days: number;
  readonly months: number | null;
}

/** One that has days for all its months was not cut short. */
export function cycleOf(period: Period, months: number | undefined): Cycle {
  const days = daysOf(period);
  if (months === undefined) return { days, months: null };
  if (!Number.isSafeInteger(months) || months < 1) throw new RangeError(`no number of months: ${months}`);
  const { num, den } = monthsIn(period);
  return { days, months: num < den * months ? months : null };
}

/** How many times that for which something is stated lies in a part of a cycle; in none of its days, never. */
export function timesIn(per: Per, part: Period, cycle: Cycle): Fraction {
  if (part.to < part.from) return NONE;
  if (per === 'MONTH') return monthsIn(part);
  if (per === 'CYCLE' && cycle.months !== null) {
    const { num, den } = monthsIn(part);
    return reduced(num, den * cycle.months);
  }
  const [days, den] = [daysOf(part), per === 'CYCLE' ? cycle.days : per];
  return days === den ? ONE : reduced(days, den);
}

/** 15 January to 10 March are 17/31 + 1 + 10/31. */
function monthsIn({ from, to }: Period): Fraction {
  const [first, last] = [daysInMonth(from), daysInMonth(to)];
  const [month, lastMonth] = [monthNumber(from), monthNumber(to)];
  if (month === lastMonth) return reduced(dayOf(to) - dayOf(from) + 1, first);
  const whole = lastMonth - month - 1;
  const num = (first - dayOf(from) + 1) * last + dayOf(to) * first + whole * first * last;
  return reduced(num, first * last);
}

const dayOf = (date: LocalDate) => Number(date.slice(8));
const monthNumber = (date: LocalDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));

export function reduced(num: number, den: number): Fraction {
  const by = divisor(num, den);
  return { num: num / by, den: den / by };
}

/** Two fractions over the least denominator that they have in common, and that. */
export function commonly(a: Fraction, b: Fraction): [Fraction, Fraction, number] {
  if (a.den === b.den) return [a, b, a.den];
  const by = divisor(a.den, b.den);
  const den = (a.den / by) * b.den;
  return [{ num: (a.num * b.den) / by, den }, { num: (b.num * a.den) / by, den }, den];
}

function divisor(a: number, b: number): number {
  let [greater, less] = [a, b];
  while (less > 0) [greater, less] = [less, greater % less];
  return greater;
}
