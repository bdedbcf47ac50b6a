import { CURRENCIES, formatAmount, type Currency } from '@libs/money';
import type { PrintedAmount } from '@libs/printing';

/** For people; a currency that the municipality does not know is taken to have two decimals. */
export const formatted = (minor: number, currency: string): string =>
  formatAmount(minor, CURRENCIES.includes(currency as Currency) ? (currency as Currency) : 'USD');

/** The size of a balance and which side it is on, as on the sheet. */
export const printed = (minor: number, currency: string): PrintedAmount => ({
  text: formatted(Math.abs(minor), currency),
  sign: Math.sign(minor) as -1 | 0 | 1,
});
