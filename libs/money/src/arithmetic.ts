import { assertMinorUnits, CURRENCIES, Currency, DECIMALS, MinorUnits, Money, toMinorUnits } from './currency';

/**
 * Amount of the old systems, always in hundredths, in the currency's own minor unit: JOD 35.00 is 35000 fils.
 * @throws RangeError when either is beyond the safe integers.
 */
export function fromHundredths(hundredths: number, currency: Currency): MinorUnits {
  assertMinorUnits(hundredths);
  const minor = hundredths * 10 ** (DECIMALS[currency] - 2);
  assertMinorUnits(minor);
  return minor;
}

/** Exact sum in one currency. @throws RangeError beyond the safe integers, TypeError when the currencies differ. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new TypeError(`cannot add ${b.currency} to ${a.currency} without a dated rate`);
  return { minor: addMinor(a.minor, b.minor), currency: a.currency };
}

/** One exact sum a currency that occurs, in the order of {@link CURRENCIES}. @throws RangeError as {@link addMoney}. */
export function sumByCurrency(amounts: Iterable<Money>): Map<Currency, MinorUnits> {
  const sums = new Map<Currency, MinorUnits>();
  for (const { minor, currency } of amounts) sums.set(currency, addMinor(sums.get(currency) ?? 0, minor));
  return new Map(
    CURRENCIES.flatMap((currency) => {
      const sum = sums.get(currency);
      return sum === undefined ? [] : [[currency, sum] as const];
    }),
  );
}

/**
 * The system's one rounding: numerator / denominator to the nearest integer, a half away from zero, so that a refund
 * is the charge with its sign turned (5/2 → 3, -5/2 → -3). Give bigints where a product may pass 2^53:
 * `roundHalfUp(BigInt(minor) * 17n, 100n)`.
 * @throws RangeError for a zero denominator, a number that is no safe integer, or a result beyond the safe integers.
 */
export function roundHalfUp(numerator: number | bigint, denominator: number | bigint): MinorUnits {
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)) {
    return roundSafe(numerator as number, denominator as number);
  }
  const n = toBigInt(numerator);
  const d = toBigInt(denominator);
  if (d === 0n) throw new RangeError('division by zero');
  const size = (2n * abs(n) + abs(d)) / (2n * abs(d));
  return toMinorUnits(n < 0n === d < 0n ? size : -size);
}

/** Remainder and the division without one are exact in doubles; the half is compared without doubling. */
function roundSafe(n: number, d: number): MinorUnits {
  if (d === 0) throw new RangeError('division by zero');
  const rest = Math.abs(n % d);
  const whole = (Math.abs(n) - rest) / Math.abs(d);
  const size = rest >= Math.abs(d) - rest ? whole + 1 : whole;
  return n < 0 === d < 0 ? size : 0 - size;
}

/**
 * Equal instalments; what does not divide is taken by the last: 1,000.00/3 = 333.33, 333.33, 333.34.
 * Sums exactly, also for a negative amount. @throws RangeError for no minor units or `n` no positive integer.
 */
export function splitEvenly(minor: MinorUnits, n: number): MinorUnits[] {
  assertMinorUnits(minor);
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`cannot split in ${n} parts`);
  const part = Math.trunc(minor / n) + 0;
  const parts = new Array<MinorUnits>(n).fill(part);
  parts[n - 1] = minor - part * (n - 1);
  return parts;
}

/**
 * Shares of a cost by largest remainder; equal remainders go to the earlier share. Sums exactly, each share is within
 * one minor unit of its exact part, a weight of 0 gets 0.
 * @param weights whole numbers ≥ 0 of any scale (m², percent, shares of an estate), not all 0
 * @throws RangeError for no minor units, a weight that is no such number, or weights that sum to 0.
 */
export function allocateByShares(minor: MinorUnits, weights: readonly number[]): MinorUnits[] {
  assertMinorUnits(minor);
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError('weights are whole numbers of at least 0');
  }
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) throw new RangeError('weights sum to nothing');

  const amount = abs(BigInt(minor));
  const exact = weights.map((weight, index) => {
    const product = amount * BigInt(weight);
    return { index, share: product / total, remainder: product % total };
  });
  let left = amount - exact.reduce((sum, { share }) => sum + share, 0n);
  const byRemainder = [...exact].sort((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder));
  for (const part of byRemainder) {
    if (left === 0n) break;
    part.share++;
    left--;
  }
  return exact.map(({ share }) => toMinorUnits(minor < 0 ? -share : share));
}

function addMinor(a: MinorUnits, b: MinorUnits): MinorUnits {
  assertMinorUnits(a);
  assertMinorUnits(b);
  const sum = a + b;
  assertMinorUnits(sum);
  return sum;
}

function toBigInt(value: number | bigint): bigint {
  if (typeof value === 'number') assertMinorUnits(value);
  return BigInt(value);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
