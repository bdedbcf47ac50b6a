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

/** The days of a month that are prepaid: from the day after the meter was put up, as bills count them. */
export function prepaidDays(day: LocalDate, installedOn: LocalDate): { from: LocalDate; to: LocalDate } {
  const [first, to] = [`${day.slice(0, 7)}-01`, `${day.slice(0, 7)}-${daysInMonth(day)}`];
  const begun = addDays(installedOn, 1);
  if (begun <= first) return { from: first, to };
  return { from: begun < to ? begun : to, to };
}
