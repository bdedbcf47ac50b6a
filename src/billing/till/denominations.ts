import type { Currency } from '@libs/money';

/** Notes and coins in circulation, in minor units. */
export const DENOMINATIONS: Readonly<Record<Currency, readonly number[]>> = {
  ILS: [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 10],
  JOD: [50_000, 20_000, 10_000, 5000, 1000, 500, 250, 100, 50, 25, 10, 5],
  USD: [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1],
};

export interface Pieces {
  denomination: number;
  pieces: number;
}

/** Value of what was counted, minor units. @throws {RangeError} beyond the safe integers */
export function counted(pieces: readonly Pieces[]): number {
  const total = pieces.reduce((sum, each) => sum + each.denomination * each.pieces, 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('counted beyond the safe integers');
  return total;
}
