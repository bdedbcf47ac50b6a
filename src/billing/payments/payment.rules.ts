import type { LocalDate } from '@libs/calendar';
import { invalidField, Problem } from '@libs/http';
import type { EntryLine } from '../books/posting';
import type { TenderCheque, TypedCheque } from '../cheques/cheque-tenders';
import { BOOKS } from '../billing.problems';
import { amountOf, sums } from '../till/amounts';
import { shiftDimension } from '../till/shift-cash';
import type { CurrencyAmount } from '../till/till.entity';
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
  /** What it pays of the lines: the same, unless it is money of one currency on a debt of another. */
  pays: CurrencyAmount;
  /** What its ledger is kept apart by: the shift, the line of the bank's statement. */
  dimension: string | null;
  /** Of a cheque, once it is accepted. */
  cheque?: TenderCheque;
}

/** As a person types it. */
export interface TypedTender {
  kind: TenderKind;
  currency: string;
  amount: string;
  tendered?: string;
  reference?: string;
  pays?: { currency: string; amount: string };
  cheque?: TypedCheque;
}

/** Where the money is while it is not in the bank. A line of the bank's statement is in suspense until it pays something. */
export const LEDGERS = {
  CASH: 'CASH',
  CARD: 'CARD_CLEARING',
  TRANSFER: 'TRANSFER_CLEARING',
  CHEQUE: 'CHEQUES',
  ONLINE: 'GATEWAY_CLEARING',
  BANK: 'SUSPENSE',
} as const;

/**
 * Tenders at the till of a shift.
 * @throws {Problem} http.invalid: an amount that is none, change for what is no cash, less handed over than paid,
 * exchange into the same currency
 */
export function tendersOf(typed: readonly TypedTender[], shiftId: number): Tender[] {
  return typed.map(({ kind, currency, amount: text, tendered: given, reference, pays: typedPays }, at) => {
    const amount = amountOf(text, currency, `/tenders/${at}/amount`);
    const pointer = `/tenders/${at}/tendered`;
    if (given !== undefined && kind !== 'CASH') throw invalidField(pointer, 'cashOnly');
    const tendered = given === undefined ? null : amountOf(given, currency, pointer);
    if (tendered !== null && tendered < amount) throw invalidField(pointer, 'lessThanAmount');
    if (typedPays?.currency === currency) throw invalidField(`/tenders/${at}/pays/currency`, 'otherCurrency');
    const pays = typedPays
      ? {
          currency: typedPays.currency,
          amount: amountOf(typedPays.amount, typedPays.currency, `/tenders/${at}/pays/amount`),
        }
      : { currency, amount };
    const dimension = kind === 'CASH' ? shiftDimension(shiftId) : null;
    return { kind, currency, amount, tendered, reference: reference || null, pays, dimension };
  });
}

/**
 * What is paid in is what is paid, in each currency.
 * @throws {Problem} billing.currency-mismatch for a currency that no line has; billing.tenders-differ
 */
export function checkTenders(lines: readonly CurrencyAmount[], tenders: readonly Pick<Tender, 'pays'>[]): void {
  const owed = sums(lines);
  const paid = sums(tenders.map(({ pays }) => pays));
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

/**
 * Money that the bank has not told of yet is kept apart by what the bank will tell: each transfer, the cards and the
 * online payments of a day.
 */
export function apart(tender: Tender, at: number, { id, on }: { id: number; on: LocalDate }): Tender {
  const dimensions: Partial<Record<TenderKind, string>> = {
    TRANSFER: transferDimension(id, at),
    CARD: `cards:${on}`,
  };
  return { ...tender, dimension: tender.dimension ?? dimensions[tender.kind] ?? null };
}

/** Of a transfer, in or back out, by the place of its tender in the payment. */
export const transferDimension = (paymentId: number, at: number): string => `transfer:${paymentId}.${at}`;

export const isExchange = ({ currency, pays }: Pick<Tender, 'currency' | 'pays'>): boolean =>
  pays.currency !== currency;

/** Where the money is now. What is exchanged leaves one currency and comes into the other. */
export const entriesOf = (tenders: readonly Tender[]): EntryLine[] =>
  tenders.flatMap((tender) => {
    const { kind, currency, amount, pays, dimension } = tender;
    const money: EntryLine = { ledger: LEDGERS[kind], currency, amount, dimension };
    if (!isExchange(tender)) return [money];
    return [money, { ledger: 'EXCHANGE', currency, amount: -amount }, { ledger: 'EXCHANGE', ...pays }];
  });
