import { addDays, daysBetween, monthAfter } from '@libs/calendar';
import { allocateByShares } from '@libs/money';
import { isDueIn } from '../recurring/recurring.rules';
import type { RecurringCharge } from '../recurring/recurring-charge.entity';
import type { SplitLine } from './transfer.entity';

/** What is due for a span of months, or for its last days. Minor units. */
interface Due {
  amount: number;
  /** `YYYY-MM` of the first month. */
  period: string;
  months: number;
  /** First of the days that it is for, when that is not the first of the span. */
  from?: string | undefined;
}

/**
 * The buyer's part of what is due for a span of months, by days: the seller has those before the day of sale, the buyer
 * that day and those after it. The two parts sum to the amount.
 * @param amount minor units
 */
export function buyersPart({ amount, period, months, from: begins }: Due, soldOn: string): number {
  const from = begins ?? `${period}-01`;
  const days = daysBetween(from, `${monthAfter(period, months)}-01`);
  const sold = Math.min(Math.max(daysBetween(from, soldOn), 0), days);
  return allocateByShares(amount, [sold, days - sold])[1]!;
}

/**
 * What of an open charge goes over to the buyer: the buyer's part, as far as it is unpaid. What the seller has paid is
 * taken for the seller's own days first, and is between the two of them beyond that.
 */
export function movedPart(
  { amount, cancelled, outstanding, ...span }: Due & { cancelled: number; outstanding: number },
  soldOn: string,
): number {
  return Math.min(outstanding, buyersPart({ ...span, amount: amount - cancelled }, soldOn));
}

/**
 * The first of the days that a charge is for which a transfer made: the buyer's is for those from the sale, what the
 * seller was charged again by its reversal for those of the charge that it follows.
 * @param line of the transfer, from which the charge was made
 */
export function firstDay(
  { period, from = `${period}-01` }: Pick<SplitLine, 'period' | 'from'>,
  soldOn: string,
  reversed: boolean,
): string {
  return reversed || soldOn < from ? from : soldOn;
}

type Rhythm = Pick<RecurringCharge, 'everyMonths' | 'fromPeriod' | 'toPeriod'>;

/**
 * Where a recurring charge passes from the seller to the buyer.
 * @param lastBilled the last month that the seller was billed for under its head
 * @returns `unbilled`: the months in which spans begin that no bill was made of, to that of the seller's last day, each to be
 * shared by days: without any bill that one alone, as earlier ones may have been billed elsewhere; `first`: the month from
 * which the buyer is billed, null when there is none
 */
export function handOver(
  rhythm: Rhythm,
  soldOn: string,
  lastBilled: string | null,
): { unbilled: string[]; first: string | null } {
  const { everyMonths, fromPeriod, toPeriod } = rhythm;
  const lastMonth = addDays(soldOn, -1).slice(0, 7);
  const span = Array.from({ length: everyMonths }, (_, back) => monthAfter(lastMonth, -back)).find((month) =>
    isDueIn({ ...rhythm, toPeriod: null }, month),
  );
  const unbilled: string[] = [];
  if (span !== undefined) {
    const from = lastBilled === null ? span : monthAfter(lastBilled);
    for (let month = from; month <= span; month = monthAfter(month)) if (isDueIn(rhythm, month)) unbilled.push(month);
  }
  const settled = [span ?? '', lastBilled ?? ''].sort().at(-1)!;
  let first = fromPeriod;
  while (first <= settled) first = monthAfter(first, everyMonths);
  return { unbilled, first: toPeriod !== null && first > toPeriod ? null : first };
}
