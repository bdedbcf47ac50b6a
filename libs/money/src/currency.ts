/** ISO 4217 codes the municipality keeps accounts in. */
export type Currency = 'ILS' | 'JOD' | 'USD';

/** Amount in the currency's smallest unit (agora, fils, cent) as a safe integer; negative for what is given back. */
export type MinorUnits = number;

export interface Money {
  minor: MinorUnits;
  currency: Currency;
}

/** All currencies, in the order of reports. */
export const CURRENCIES: readonly Currency[] = ['ILS', 'JOD', 'USD'];

/** Decimals of the minor unit: ISO 4217. */
export const DECIMALS: Readonly<Record<Currency, number>> = { ILS: 2, JOD: 3, USD: 2 };

/** @throws RangeError when `value` is no integer or lies beyond Number.MAX_SAFE_INTEGER. */
export function assertMinorUnits(value: number): asserts value is MinorUnits {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an amount in minor units: ${value}`);
}

/** @throws RangeError when `value` lies beyond Number.MAX_SAFE_INTEGER. */
export function toMinorUnits(value: bigint): MinorUnits {
  const minor = Number(value);
  assertMinorUnits(minor);
  return minor;
}
