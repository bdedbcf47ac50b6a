import type { Currency, MinorUnits } from './currency';

/** Notes and coins in circulation, in minor units, the largest first. */
export const DENOMINATIONS: Readonly<Record<Currency, readonly MinorUnits[]>> = {
  ILS: [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 10],
  JOD: [50_000, 20_000, 10_000, 5000, 1000, 500, 250, 100, 50, 25, 10, 5],
  USD: [10_000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1],
};
