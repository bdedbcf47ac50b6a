import type { Currency, MinorUnits } from '@libs/money';
import type { Schemas } from '../api/client';
import { typedAmount } from './settlement';

type Payment = Pick<Schemas['PaymentView'], 'lines' | 'reversedParts'>;
type Line = Payment['lines'][number];

export interface RefundableLine {
  line: Line;
  currency: Currency;
  /** Minor units that were not taken back yet. */
  left: MinorUnits;
}

/** What may still be taken back of each account that a payment paid. */
export function refundable({ lines, reversedParts }: Payment): RefundableLine[] {
  const back = new Map<number, number>();
  for (const { accountId, back: sum } of reversedParts.flatMap((part) => part.lines)) {
    back.set(accountId, (back.get(accountId) ?? 0) + Number(sum.amount));
  }
  return lines
    .map((line) => {
      const left = Number(line.paid.amount) - Number(line.deferred.amount) - (back.get(line.accountId) ?? 0);
      return { line, currency: line.paid.currency as Currency, left };
    })
    .filter(({ left }) => left > 0);
}

/** The error of a field; null where nothing, or a fitting amount, was typed. */
export function refundError(text: string, { currency, left }: RefundableLine) {
  if (text.trim() === '') return null;
  const typed = typedAmount(text, currency);
  if ('error' in typed) return typed.error;
  return typed.minor > left ? 'tooMuch' : null;
}
