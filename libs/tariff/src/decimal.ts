import { type MinorUnits, roundHalfUp } from '@libs/money';
import { fail, type FaultCode } from './faults';

/** Whole number ≥ 0 of thousandths of a cubic metre. */
export type Litres = number;

export const LITRE_DECIMALS = 3;
/** Prices are kept in millionths of the currency a cubic metre. */
export const PRICE_DECIMALS = 6;
/** Percentages are kept in millionths of the whole: 16 % is 160,000. */
export const PERCENT_DECIMALS = 4;

/** Of any scaled value; keeps the usual products within the safe integers. */
const MOST = 10 ** 12;

type Parsed = { ok: true; value: number } | { ok: false; code: FaultCode };

/** `12.5` with 3 decimals is 12500. No exponent, no thousands separator; no decimal is ever rounded away. */
export function parseDecimal(text: string, decimals: number): Parsed {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!match) return { ok: false, code: 'not-decimal' };
  const [, sign, whole, fraction = ''] = match;
  if (sign) return { ok: false, code: 'negative' };
  if (fraction.length > decimals) return { ok: false, code: 'too-many-decimals' };
  const value = Number(whole + fraction.padEnd(decimals, '0'));
  return value <= MOST ? { ok: true, value } : { ok: false, code: 'too-large' };
}

/** Cubic metres as written: `20.1` is 20100. @throws {TariffError} as `parseTariff` has its faults */
export function parseLitres(cubicMetres: string): Litres {
  const parsed = parseDecimal(cubicMetres, LITRE_DECIMALS);
  return parsed.ok ? parsed.value : fail(parsed.code, '', { value: cubicMetres, most: LITRE_DECIMALS });
}

/**
 * a × b / d, rounded half-up: the one rounding there is. Exact for any safe integers; only products beyond 2^53 take
 * the slower way. @throws RangeError for a result beyond the safe integers
 */
export function timesOver(a: number, b: number, d: number): MinorUnits {
  const product = a * b;
  return Number.isSafeInteger(product) ? roundHalfUp(product, d) : roundHalfUp(BigInt(a) * BigInt(b), BigInt(d));
}
