import { toDecimalString, type Currency, type MinorUnits } from '@libs/money';
import type { Schemas } from '../api/client';
import { typedAmount, type Settlement, type TenderDraft } from './settlement';

export type Payer = Schemas['PayerView'];
export type PayableAccount = Schemas['PayableAccountView'];
type QuotedLine = Schemas['QuotedLineView'];

/** An account that is ticked. */
export interface LineDraft {
  accountId: number;
  currency: Currency;
  /** Empty: what closes it. */
  typed: string;
  /** Charges that are ticked; absent: all, the oldest first. */
  chargeIds?: number[];
}

export interface PayableLine {
  amount: MinorUnits;
  /** Granted beside the amount, as quoted. */
  relief: MinorUnits;
  reliefs: QuotedLine['reliefs'];
  /** More than is owed. */
  surplus: MinorUnits;
  /** The answer to what was typed is still to come. */
  pending: boolean;
  error?: string;
}

/** All that is owed, ticked; closed accounts and advances are not. */
export const allDue = ({ accounts }: Payer): LineDraft[] =>
  accounts
    .filter(({ state, balance }) => state === 'OPEN' && Number(balance.amount) > 0)
    .map(({ id, balance }) => ({ accountId: id, currency: balance.currency as Currency, typed: '' }));

const withCharges = ({ accountId, chargeIds }: LineDraft) => ({ accountId, ...(chargeIds && { chargeIds }) });

/** What to ask the server about the lines; one whose amount is none yet is asked about without it. */
export const quoteQuestion = (lines: readonly LineDraft[]): Schemas['AskPaymentQuote'] => ({
  lines: lines.map((line) => {
    const typed = typedAmount(line.typed, line.currency);
    return { ...withCharges(line), ...('minor' in typed && { amount: toDecimalString(typed.minor, line.currency) }) };
  }),
});

/**
 * What a ticked account comes to.
 * @param withReliefs false for a payment with a cheque, which is granted none
 */
export function payableLine(draft: LineDraft, quoted: QuotedLine | undefined, withReliefs: boolean): PayableLine {
  const nothing = { amount: 0, relief: 0, reliefs: [], surplus: 0, pending: false };
  if (!quoted) return { ...nothing, pending: true };
  const owed = Number(quoted.owed.amount);
  if (draft.typed.trim() === '') {
    const amount = withReliefs ? Number(quoted.closes.amount) : owed;
    const granted = withReliefs ? { relief: Number(quoted.relief.amount), reliefs: quoted.reliefs } : {};
    return { ...nothing, amount, ...granted, ...(amount === 0 && { error: 'nothingOwed' }) };
  }
  const typed = typedAmount(draft.typed, draft.currency);
  if ('error' in typed) return { ...nothing, error: typed.error };
  const { asked } = quoted;
  if (Number(asked?.paid.amount) !== typed.minor) return { ...nothing, amount: typed.minor, pending: true };
  const reliefs = withReliefs ? asked!.reliefs : [];
  const relief = reliefs.reduce((sum, { granted }) => sum + Number(granted.amount), 0);
  const surplus = Math.max(0, typed.minor + relief - owed);
  return { ...nothing, amount: typed.minor, relief, reliefs, surplus };
}

/** By currency, in the order in which they come. */
export function totalsOf(lines: readonly { currency: Currency; amount: MinorUnits }[]): Map<Currency, MinorUnits> {
  const totals = new Map<Currency, MinorUnits>();
  for (const { currency, amount } of lines) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  return totals;
}

interface Payment {
  payer: Payer;
  payerName: string;
  lines: readonly { draft: LineDraft; payable: PayableLine }[];
  tenders: readonly TenderDraft[];
  settlement: Settlement;
  acceptAdvance: boolean;
  withReliefs: boolean;
}

/** The payment as it is sent. */
export function paymentBody(payment: Payment): Schemas['NewPayment'] {
  const { payer, payerName, lines, tenders, settlement, acceptAdvance, withReliefs } = payment;
  const name = payerName.trim();
  return {
    ...(payer.oneRecordId !== null && { oneRecordId: payer.oneRecordId }),
    ...(name !== '' && { payerName: name }),
    lines: lines.map(({ draft, payable: { amount, relief } }) => ({
      ...withCharges(draft),
      amount: toDecimalString(amount, draft.currency),
      ...(withReliefs && { relief: toDecimalString(relief, draft.currency) }),
    })),
    tenders: tenders.map((draft) => tenderBody(draft, settlement)),
    useReliefs: withReliefs,
    ...(acceptAdvance && { acceptAdvance }),
  };
}

function tenderBody(draft: TenderDraft, { tenders }: Settlement): Schemas['TenderField'] {
  const { kind, currency, debt, reference, cheque } = draft;
  const { amount, pays, change } = tenders.get(draft.id)!;
  return {
    kind,
    currency,
    amount: toDecimalString(amount, currency),
    ...(change > 0 && { tendered: toDecimalString(amount + change, currency) }),
    ...(kind !== 'CASH' && reference.trim() !== '' && { reference: reference.trim() }),
    ...(currency !== debt && { pays: { currency: debt, amount: toDecimalString(pays, debt) } }),
    ...(kind === 'CHEQUE' && { cheque: filled(cheque) }),
  };
}

/** Without what was left empty, so that the server fills in or asks for it. */
const filled = (cheque: TenderDraft['cheque']) =>
  Object.fromEntries(
    Object.entries(cheque)
      .map(([name, value]) => [name, value.trim()])
      .filter(([, value]) => value !== ''),
  ) as Schemas['ChequeField'];
