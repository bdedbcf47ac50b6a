import { addDays, daysInMonth, type LocalDate } from '@libs/calendar';
import { allocateByShares, type MinorUnits } from '@libs/money';
import type { Litres, RatedLine } from '@libs/tariff';

/** What no top-up goes beyond, however little the water costs. */
export const MOST_LITRES: Litres = 10_000_000;

/**
 * The most water that an amount buys, in whole steps: `priceOf(litres) ≤ amount < priceOf(litres + step)`.
 * @param priceOf never less for more water
 * @returns 0 where not even one step can be paid
 */
export function litresFor(amount: MinorUnits, priceOf: (litres: Litres) => MinorUnits, step: Litres): Litres {
  let [paid, dear] = [0, Math.floor(MOST_LITRES / step) + 1];
  while (dear - paid > 1) {
    const middle = Math.floor((paid + dear) / 2);
    if (priceOf(middle * step) <= amount) paid = middle;
    else dear = middle;
  }
  return paid * step;
}

export interface HeadAmount {
  head: string;
  amount: MinorUnits;
}

/**
 * What comes to more under each head. Where a cap moves the share of a head below what was charged before, the others
 * bear it, so that the lines sum to the price and none is negative.
 */
export function chargedLines(changes: readonly (readonly [string, MinorUnits])[]): HeadAmount[] {
  const more = changes.filter(([, amount]) => amount > 0);
  const price = changes.reduce((sum, [, amount]) => sum + amount, 0);
  if (price <= 0) return [];
  const shares = allocateByShares(
    price,
    more.map(([, amount]) => amount),
  );
  return more.map(([head], at) => ({ head, amount: shares[at]! })).filter(({ amount }) => amount > 0);
}

/** What of the water falls into a block; bounds in litres of the month, `price` in millionths a m³. */
export interface BoughtBlock {
  over: Litres;
  upTo: Litres | null;
  litres: Litres;
  price: number;
}

/** What `after` has in each block beyond `before`, of the lines of two ratings of one month. */
export function boughtBlocks(before: readonly RatedLine[], after: readonly RatedLine[]): BoughtBlock[] {
  const had = new Map(before.map(({ over, litres }) => [over, litres]));
  return after.flatMap(({ over, upTo = null, price, litres = 0 }) => {
    if (over === undefined || price === undefined) return [];
    const more = litres - (had.get(over) ?? 0);
    return more > 0 ? [{ over, upTo, price, litres: more }] : [];
  });
}

/** The days that a month of prepaid water is rated for, as `Usage` of libs/tariff has them. */
export interface PrepaidDays {
  from: LocalDate;
  to: LocalDate;
  cycleMonths?: number;
  feesTo?: LocalDate;
}

export const wholeMonth = (month: string): PrepaidDays => ({
  from: `${month}-01`,
  to: `${month}-${daysInMonth(`${month}-01`)}`,
});

/**
 * The days of a month for which water is bought. Water may be sold on a last day that is charged already: it has the blocks
 * of that day, and no fees.
 * @param begun the first day that is this customer's with a prepaid meter: on the day it is put up another has the water
 * @param paidTo the last day that a bill was for
 */
export function prepaidDays(day: LocalDate, begun: LocalDate, paidTo: LocalDate | null): PrepaidDays {
  const { from: first, to } = wholeMonth(day.slice(0, 7));
  const open = paidTo !== null && begun <= paidTo && paidTo < to ? addDays(paidTo, 1) : begun;
  const from = open <= first ? first : open < to ? open : to;
  const charged = open > to || (paidTo !== null && paidTo >= from);
  return { from, to, ...(from > first && { cycleMonths: 1 }), ...(charged && { feesTo: addDays(from, -1) }) };
}
