import { addDays } from '@libs/calendar';
import type { MinorUnits } from '@libs/money';
import type { TariffBook } from './book';
import type { Litres } from './decimal';
import { fail } from './faults';
import { daysOf, type Period } from './period';
import { byDays, rate } from './rate';
import type { Rating, Usage } from './rating';
import { type Component, COMPONENTS } from './tariff';

/** What a period that was rated comes to now. Amounts: above zero a debit, below a credit. */
export interface Difference extends Period {
  readonly before: MinorUnits;
  readonly after: MinorUnits;
  readonly amount: MinorUnits;
  /** The same by component, those alone that differ; they sum to `amount`, which may be zero. */
  readonly components: readonly { component: Component; amount: MinorUnits }[];
  /** Takes the place of the earlier one. */
  readonly rating: Rating;
}

/**
 * Rates past periods again, by the versions as they are now: the list for credit and debit notes. A period that comes to
 * the same in every component is not in it.
 * @throws as {@link rate}; {TariffError} `currency-changes` when the currency is no longer that of the earlier rating
 */
export function rerate(previous: readonly Rating[], book: TariffBook): Difference[] {
  return previous.flatMap((earlier) => differenceOf(earlier, rate(book, earlier)) ?? []);
}

export interface TrueUp {
  /** Every cycle with the consumption that it truly had; the current one, if there is one, comes last. */
  readonly cycles: readonly Rating[];
  /** Against what was billed for the estimated cycles. */
  readonly differences: readonly Difference[];
}

/**
 * Spreads a true consumption over the cycles that were estimated and the current one, by days (largest remainder), as
 * if each had been read: water used over three cycles fills the cheap blocks of three cycles.
 * @param estimated as they were billed, one after another
 * @param litres from the last true reading, before the first of them, to the new one
 * @param current the cycle that ends with the new reading; none when that falls on the end of the last estimated one
 * @throws {TariffError} `cycles-apart`, and as {@link rerate}
 */
export function trueUp(
  book: TariffBook,
  estimated: readonly Rating[],
  litres: Litres,
  current?: Omit<Usage, 'litres'>,
): TrueUp {
  const all = current ? [...estimated, current] : estimated;
  all.slice(1).forEach(({ from }, at) => {
    const { to } = all[at]!;
    if (addDays(to, 1) !== from) fail('cycles-apart', `/${at + 1}/from`, { from, to });
  });
  const days = all.map((cycle) => ({ days: daysOf(cycle) }));
  const shares = byDays(litres, days);
  const cycles = all.map((cycle, at) => rate(book, { ...cycle, litres: shares[at]! }));
  return { cycles, differences: estimated.flatMap((earlier, at) => differenceOf(earlier, cycles[at]!) ?? []) };
}

function differenceOf(earlier: Rating, rating: Rating): Difference | null {
  if (earlier.currency !== rating.currency) fail('currency-changes');
  const [before, after] = [byComponent(earlier), byComponent(rating)];
  const components = COMPONENTS.map((component) => ({ component, amount: after[component] - before[component] }));
  const different = components.filter(({ amount }) => amount !== 0);
  if (different.length === 0) return null;
  return {
    ...{ from: rating.from, to: rating.to, before: earlier.total, after: rating.total },
    amount: rating.total - earlier.total,
    components: different,
    rating,
  };
}

function byComponent({ parts }: Rating): Record<Component, MinorUnits> {
  const sums = Object.fromEntries(COMPONENTS.map((component) => [component, 0])) as Record<Component, MinorUnits>;
  for (const { lines } of parts) for (const { component, amount } of lines) sums[component] += amount;
  return sums;
}
