import type { Posted } from '../books/posting';
import type { CurrencyAmount } from '../till/till.entity';

/** A part of a line that counts only when its cheque clears. */
export interface DeferredPart extends CurrencyAmount {
  /** Place of the line in the payment. */
  line: number;
  /** Of the cheque in the ledgers. */
  dimension: string;
}

/** What a line has credited: nothing while all of it is deferred. */
export interface LineCredit extends Omit<Posted['credits'][number], 'creditId'> {
  creditId: number | null;
  deferred: number;
}

/** Of each line what counts now. */
export function countingNow(lines: readonly CurrencyAmount[], deferred: readonly DeferredPart[]): number[] {
  const now = lines.map(({ amount }) => amount);
  for (const { line, amount } of deferred) now[line]! -= amount;
  return now;
}

/** The credits of a posting, which come first of all in the order of the lines that count now, by line. */
export function creditsByLine(
  lines: readonly CurrencyAmount[],
  now: readonly number[],
  { credits }: Pick<Posted, 'credits'>,
): LineCredit[] {
  let next = 0;
  return lines.map(({ amount }, at) =>
    now[at]! > 0
      ? { ...credits[next++]!, deferred: amount - now[at]! }
      : { creditId: null, allocated: [], advance: 0, deferred: amount },
  );
}
