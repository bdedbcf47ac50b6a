import { type AmountError, CURRENCIES, type Currency, type MinorUnits } from '@libs/money';
import type { FaultCode } from './faults';

export const AMOUNT_FAULTS = {
  empty: 'amount-invalid',
  'not-a-number': 'amount-invalid',
  'too-many-decimals': 'amount-decimals',
  'out-of-range': 'amount-range',
} as const satisfies Record<AmountError, FaultCode>;

/** Whether the municipality keeps accounts in it. */
export function isCurrency(value: string): value is Currency {
  return (CURRENCIES as readonly string[]).includes(value);
}

/** Never -0. */
export function signed(minor: MinorUnits, sign: 1 | -1): MinorUnits {
  return minor === 0 ? 0 : sign * minor;
}
