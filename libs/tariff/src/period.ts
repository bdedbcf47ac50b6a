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

/** Days of a period. @throws RangeError for a date that does not exist or an end before the beginning */
export function daysOf({ from, to }: Period): number {
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw new RangeError(`the period ends on ${to}, before it begins on ${from}`);
  return days;
}

/** How many times that for which something is stated lies in a part of a cycle. */
export function timesIn(per: Per, part: Period & { days: number }, cycleDays: number): Fraction {
  if (per === 'MONTH') return monthsIn(part);
  const den = per === 'CYCLE' ? cycleDays : per;
  return part.days === den ? ONE : reduced(part.days, den);
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

function reduced(num: number, den: number): Fraction {
  let [a, b] = [num, den];
  while (b > 0) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}
