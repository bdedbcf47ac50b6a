import { Problem, type FieldError } from '@libs/http';
import type { EntryLine } from '../books/posting';
import { BOOKS } from '../billing.problems';
import { amountOf, sums } from '../till/amounts';
import { shiftDimension } from '../till/shift-cash';
import type { TenderKind } from './payment.entity';
import { PAYMENTS } from './payments.problems';

/** How something is paid, amounts in minor units. */
export interface Tender {
  kind: TenderKind;
  currency: string;
  amount: number;
  /** Cash handed over when it was more than the amount. */
  tendered: number | null;
  reference: string | null;
}

/** As a person types it. */
export interface TypedTender {
  kind: TenderKind;
  currency: string;
  amount: string;
  tendered?: string;
  reference?: string;
}

const LEDGERS = { CASH: 'CASH', CARD: 'CARD_CLEARING', TRANSFER: 'TRANSFER_CLEARING' } as const;

/** @throws {Problem} http.invalid: an amount that is none, change for what is no cash, less handed over than paid */
export function tendersOf(typed: readonly TypedTender[]): Tender[] {
  return typed.map(({ kind, currency, amount: text, tendered: given, reference }, at) => {
    const amount = amountOf(text, currency, `/tenders/${at}/amount`);
    const pointer = `/tenders/${at}/tendered`;
    if (given !== undefined && kind !== 'CASH') throw invalid({ pointer, code: 'cashOnly' });
    const tendered = given === undefined ? null : amountOf(given, currency, pointer);
    if (tendered !== null && tendered < amount) throw invalid({ pointer, code: 'lessThanAmount' });
    return { kind, currency, amount, tendered, reference: reference || null };
  });
}

/**
 * What is paid in is what is paid, in each currency.
 * @throws {Problem} billing.currency-mismatch for a currency that no line has; billing.tenders-differ
 */
export function checkTenders(
  lines: readonly { currency: string; amount: number }[],
  tenders: readonly Pick<Tender, 'currency' | 'amount'>[],
): void {
  const owed = sums(lines);
  const paid = sums(tenders);
  for (const currency of paid.keys()) {
    if (!owed.has(currency)) throw new Problem(BOOKS['billing.currency-mismatch'], { extra: { currency } });
  }
  for (const [currency, amount] of owed) {
    const tendered = paid.get(currency) ?? 0;
    if (tendered === amount) continue;
    const extra = { currency, lines: String(amount), tenders: String(tendered) };
    throw new Problem(PAYMENTS['billing.tenders-differ'], { extra });
  }
}

/** Where the money is now: in the drawer, or on its way from the card's or the payer's bank. */
export const entriesOf = (tenders: readonly Tender[], shiftId: number): EntryLine[] =>
  tenders.map(({ kind, currency, amount }) => ({
    ledger: LEDGERS[kind],
    currency,
    amount,
    dimension: kind === 'CASH' ? shiftDimension(shiftId) : null,
  }));

const invalid = (error: FieldError) => new Problem('http.invalid', { errors: [error] });
