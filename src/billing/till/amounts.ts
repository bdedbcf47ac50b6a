import { invalidField } from '@libs/http';
import { formatAmount, parseAmount, type Currency, type MinorUnits } from '@libs/money';

/** Far above anything that is paid, and small enough that sums of amounts are exact. */
const MOST = 1_000_000_000_000;

/**
 * An amount as a person types it, in minor units.
 * @param least smallest that is taken: 1 for what is paid, 0 for what may be nothing
 * @throws {Problem} http.invalid at the pointer: notAnAmount, tooManyDecimals, outOfRange, positive
 */
export function amountOf(text: string, currency: string, pointer: string, least: 0 | 1 = 1): MinorUnits {
  const parsed = parseAmount(text, currency as Currency);
  if (!parsed.ok) throw invalidField(pointer, CODES[parsed.error]);
  if (parsed.minor < least) throw invalidField(pointer, 'positive');
  if (parsed.minor > MOST) throw invalidField(pointer, CODES['out-of-range']);
  return parsed.minor;
}

const CODES = {
  empty: 'notAnAmount',
  'not-a-number': 'notAnAmount',
  'too-many-decimals': 'tooManyDecimals',
  'out-of-range': 'outOfRange',
} as const;

/** Sum of amounts by currency, in the order in which the currencies come. @throws {RangeError} beyond the safe integers */
export function sums(amounts: Iterable<{ currency: string; amount: MinorUnits }>): Map<string, MinorUnits> {
  const totals = new Map<string, MinorUnits>();
  for (const { currency, amount } of amounts) {
    const total = (totals.get(currency) ?? 0) + amount;
    if (!Number.isSafeInteger(total)) throw new RangeError(`sum of ${currency} beyond the safe integers`);
    totals.set(currency, total);
  }
  return totals;
}

/** Minor units as text, and for people. */
export const moneyView = (currency: string, amount: MinorUnits) => ({
  currency,
  amount: String(amount),
  formatted: formatAmount(amount, currency as Currency),
});
