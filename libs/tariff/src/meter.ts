export type Consumed =
  | { ok: true; cubicMetres: number; rolledOver: boolean }
  /** The meter went backwards, and passing all nines would be more than is plausible: misread, or another meter. */
  | { ok: false; reason: 'suspected-error' }
  /** A reading that the meter cannot show: a fraction, negative, or of more digits than it has. */
  | { ok: false; reason: 'not-on-the-meter' };

/**
 * Consumption between two readings of one meter, in whole cubic metres. A reading below the one before has passed all
 * nines if that makes at most `most` m³: (10^digits − previous) + current. Whether a consumption without rollover is
 * plausible is not judged here.
 * @param most what is plausible for this subscription since the previous reading, m³
 */
export function consumed(
  previous: number,
  current: number,
  { digits, most }: { digits: number; most: number },
): Consumed {
  const end = 10 ** digits;
  const shown = (reading: number) => Number.isInteger(reading) && reading >= 0 && reading < end;
  if (!shown(previous) || !shown(current)) return { ok: false, reason: 'not-on-the-meter' };
  if (current >= previous) return { ok: true, cubicMetres: current - previous, rolledOver: false };
  const cubicMetres = end - previous + current;
  return cubicMetres <= most ? { ok: true, cubicMetres, rolledOver: true } : { ok: false, reason: 'suspected-error' };
}
