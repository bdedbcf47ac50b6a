import { amountOf } from '../till/amounts';

/** Ledgers that an employee may resolve a line to. */
export const LEDGER_TARGETS = [
  'BANK_CHARGES',
  'BANK_INTEREST',
  'OVER_SHORT',
  'ROUNDING',
  'EXCHANGE_DIFFERENCE',
] as const;
export type LedgerTarget = (typeof LEDGER_TARGETS)[number];

/**
 * An amount as a person types it, of either sign, in minor units.
 * @param least smallest without sign
 * @throws {Problem} http.invalid at the pointer, as {@link amountOf}
 */
export function signedAmountOf(text: string, currency: string, pointer: string, least: 0 | 1 = 1): number {
  const minus = /^\s*[-−]/.exec(text)?.[0];
  if (minus === undefined) return amountOf(text, currency, pointer, least);
  return 0 - amountOf(text.slice(minus.length), currency, pointer, least);
}
