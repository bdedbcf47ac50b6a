import type { MeterState, TestOutcome } from './meter.entity';

/** Where a meter that stands nowhere may go; INSTALLED is reached and left by installations alone. */
export const METER_MOVES: Readonly<Record<MeterState, readonly MeterState[]>> = {
  STOCK: ['TESTING', 'REPAIR', 'RETIRED'],
  INSTALLED: [],
  TESTING: ['STOCK', 'REPAIR', 'RETIRED'],
  REPAIR: ['STOCK', 'TESTING', 'RETIRED'],
  RETIRED: [],
};

/** Errors in hundredths of a percent of the true volume; null where the register did not move. */
export interface BenchErrors {
  low: number | null;
  nominal: number | null;
  high: number | null;
}

/**
 * What a bench says. At the lowest flow twice the tolerance is allowed, as for new meters (ISO 4064: 5 % there, 2 % above).
 * A meter that is wrong both ways is FAST: the doubt is the citizen's.
 */
export function outcomeOf({ low, nominal, high }: BenchErrors, tolerance: number): TestOutcome {
  if (nominal === null || high === null) return 'STOPPED';
  const within = [
    [nominal, tolerance],
    [high, tolerance],
    [low ?? -10_000, 2 * tolerance],
  ] as const;
  if (within.some(([error, most]) => error > most)) return 'FAST';
  return within.some(([error, most]) => error < -most) ? 'SLOW' : 'RIGHT';
}

/** The fee of a test is given back when the meter was wrong, whichever way. */
export const givesFeeBack = (outcome: TestOutcome): boolean => outcome !== 'RIGHT';

export const shows = (digits: number, reading: number): boolean => reading >= 0 && reading < 10 ** digits;
