import type { RecurringCharge } from './recurring-charge.entity';

/** Months since year 0. */
const monthsOf = (period: string): number => Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7)) - 1;

/** Whether a charge falls into a month: the first one, and every n-th from there to the last. Periods are `YYYY-MM`. */
export function isDueIn(
  { everyMonths, fromPeriod, toPeriod }: Pick<RecurringCharge, 'everyMonths' | 'fromPeriod' | 'toPeriod'>,
  period: string,
): boolean {
  if (period < fromPeriod || (toPeriod !== null && period > toPeriod)) return false;
  return (monthsOf(period) - monthsOf(fromPeriod)) % everyMonths === 0;
}
