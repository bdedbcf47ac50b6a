import { invalidField } from '@libs/http';
import { CURRENCIES, parseAmount, type Currency } from '@libs/money';

const isCurrency = (code: string): code is Currency => (CURRENCIES as readonly string[]).includes(code);

/**
 * Minor units of an amount as a person types it.
 * @param pointer of the field, for the problem
 * @throws {Problem} http.invalid unless it is an amount of the currency of at least `least` minor units
 */
export function typedAmount(text: string, currency: string, pointer: string, least = 1): number {
  const parsed = isCurrency(currency) ? parseAmount(text, currency) : ({ ok: false, error: 'currency' } as const);
  const refuse = (code: string) => invalidField(pointer, code);
  if (!parsed.ok) throw refuse(parsed.error);
  if (parsed.minor < least) throw refuse('tooSmall');
  return parsed.minor;
}
