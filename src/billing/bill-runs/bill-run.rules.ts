import type { BillLine, Calculation } from './feeders';
import type { RunState, RunTask, RunTotal } from './bill-run.entity';

/** From which states a task may be asked for, and the state when it is through. */
export const TASKS = {
  CALCULATE: { from: ['DRAFT', 'CALCULATED'], to: 'CALCULATED' },
  POST: { from: ['REVIEWED'], to: 'POSTED' },
  ISSUE: { from: ['POSTED'], to: 'ISSUED' },
  /** Of a run whose posting stopped half way too. One that is given up before has its drafts removed: CANCELLED. */
  REVERSE: { from: ['REVIEWED', 'POSTED', 'ISSUED'], to: 'REVERSED' },
} as const satisfies Record<RunTask, { from: readonly RunState[]; to: RunState }>;

/** States in which nothing of a run is in the books yet, as long as no posting was begun. */
export const CANCELLABLE: readonly RunState[] = ['DRAFT', 'CALCULATED', 'REVIEWED'];

/**
 * Key of a charge in the books, the same however often the bill is made: `recurring:1042:2026-11`, with `/2` for the
 * second edition, after a reversal, and `#2` for the second line.
 */
export const sourceOf = (
  { feeder, accountId, period, edition }: { feeder: string; accountId: number; period: string; edition: number },
  line: number,
): string => `${feeder}:${accountId}:${period}${edition > 1 ? `/${edition}` : ''}${line > 0 ? `#${line + 1}` : ''}`;

/** Sum of the lines, or why they are no bill. @param knows whether there is such a charge head */
export function sumOf(
  calculation: Calculation,
  knows: (head: string) => boolean,
): { amount: number } | { reason: string } {
  if ('reason' in calculation) return calculation;
  let amount = 0;
  for (const { head, amount: part, period, detail } of calculation.lines) {
    if (!Number.isSafeInteger(part) || part <= 0) return { reason: `amount of ${head} is not above zero: ${part}` };
    if (!knows(head)) return { reason: `unknown charge head ${head}` };
    if (period !== undefined && !isPeriod(period)) return { reason: `no period of ${head}: ${period}` };
    if (detail !== null && detail.length > 200) return { reason: `detail of ${head} is longer than 200 characters` };
    amount += part;
  }
  return Number.isSafeInteger(amount) ? { amount } : { reason: 'sum out of range' };
}

export const isPeriod = (text: string): boolean => /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/.test(text);

/** The totals with the lines of one bill more; `sign` -1 takes them out. Sorted by currency and head. */
export function addTotals(
  totals: readonly RunTotal[],
  bills: Iterable<{ currency: string; lines: readonly BillLine[] }>,
  sign: 1 | -1 = 1,
): RunTotal[] {
  const sums = new Map(totals.map((total) => [`${total.currency} ${total.head}`, { ...total }]));
  for (const { currency, lines } of bills) {
    for (const { head, amount } of lines) {
      const key = `${currency} ${head}`;
      const sum = sums.get(key) ?? { head, currency, amount: 0, lines: 0 };
      sum.amount += sign * amount;
      sum.lines += sign;
      sums.set(key, sum);
    }
  }
  return [...sums.entries()]
    .filter(([, { lines }]) => lines !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, total]) => total);
}
