import { parseAmount, toDecimalString, type Currency, type MinorUnits } from '@libs/money';

export const TENDER_KINDS = ['CASH', 'CARD', 'TRANSFER', 'CHEQUE'] as const;
export type TenderKind = (typeof TENDER_KINDS)[number];

export interface ChequeDraft {
  number: string;
  bank: string;
  bankName: string;
  branch: string;
  drawer: string;
  drawerId: string;
  drawerAccount: string;
  dueOn: string;
}

/** A way of paying as it stands on the screen. */
export interface TenderDraft {
  id: number;
  kind: TenderKind;
  /** Of the debts that it pays. */
  debt: Currency;
  /** Of the money. */
  currency: Currency;
  /** Cash: what is handed over; else what is paid. Empty: all that is left. */
  typed: string;
  reference: string;
  cheque: ChequeDraft;
  /** Added by the cashier, who goes on there. */
  added?: true;
}

/** What is to be asked of the rates: what `paid`, or enough to pay all of it, does to a debt. */
export interface ExchangeQuestion {
  owed: string;
  owedCurrency: Currency;
  paidCurrency: Currency;
  paid?: string;
}

/** Minor units. */
export interface ExchangeAnswer {
  relieved: MinorUnits;
  price: MinorUnits;
}

export interface SettledTender {
  /** Of the tender's own money. */
  amount: MinorUnits;
  /** Of the debt. */
  pays: MinorUnits;
  /** Cash to be given back, in the tender's own money. */
  change: MinorUnits;
  /** `notAnAmount`, `tooManyDecimals`, `nothingLeft`, `tooMuch` */
  error?: string;
  question?: ExchangeQuestion;
}

export interface Settlement {
  tenders: ReadonlyMap<number, SettledTender>;
  /** What no tender pays yet, by currency of the debt. */
  rest: ReadonlyMap<Currency, MinorUnits>;
  complete: boolean;
}

const ERRORS = {
  empty: 'notAnAmount',
  'not-a-number': 'notAnAmount',
  'too-many-decimals': 'tooManyDecimals',
  'out-of-range': 'notAnAmount',
} as const;

export type Typed = { minor: MinorUnits } | { error: string };

/** An amount above zero as a person types it, also in Arabic digits. */
export function typedAmount(text: string, currency: Currency): Typed {
  const parsed = parseAmount(text, currency);
  if (!parsed.ok) return { error: ERRORS[parsed.error] };
  return parsed.minor > 0 ? { minor: parsed.minor } : { error: 'positive' };
}

const isExchange = ({ debt, currency }: TenderDraft): boolean => debt !== currency;

/** Those that say how much come first, cash after them, because its change depends on what is left; then the rest. */
const order = (tender: TenderDraft): number =>
  tender.typed.trim() === '' ? 3 : isExchange(tender) ? 1 : tender.kind === 'CASH' ? 2 : 0;

/**
 * What each tender pays of the sums, exactly: nothing is rounded here, and change is cash alone.
 * @param totals to be paid, by currency
 * @param answerOf what a question about a rate came to; undefined while it is asked
 */
export function settle(
  totals: ReadonlyMap<Currency, MinorUnits>,
  drafts: readonly TenderDraft[],
  answerOf: (question: ExchangeQuestion) => ExchangeAnswer | undefined,
): Settlement {
  const rest = new Map(totals);
  const tenders = new Map<number, SettledTender>();
  for (const draft of drafts.toSorted((a, b) => order(a) - order(b) || a.id - b.id)) {
    const settled = settleOne(draft, rest.get(draft.debt) ?? 0, answerOf);
    tenders.set(draft.id, settled);
    rest.set(draft.debt, (rest.get(draft.debt) ?? 0) - settled.pays);
  }
  const complete =
    drafts.length > 0 &&
    [...rest.values()].every((left) => left === 0) &&
    [...tenders.values()].every(({ error, pays }) => !error && pays > 0);
  return { tenders, rest, complete };
}

function settleOne(
  draft: TenderDraft,
  left: MinorUnits,
  answerOf: (question: ExchangeQuestion) => ExchangeAnswer | undefined,
): SettledTender {
  const nothing = { amount: 0, pays: 0, change: 0 };
  const typed = draft.typed.trim() === '' ? undefined : typedAmount(draft.typed, draft.currency);
  if (typed && 'error' in typed) return { ...nothing, error: typed.error };
  if (left <= 0) return { ...nothing, error: 'nothingLeft' };
  if (isExchange(draft)) return exchanged(draft, left, typed?.minor, answerOf);
  const given = typed?.minor ?? left;
  if (given > left && draft.kind !== 'CASH') return { ...nothing, error: 'tooMuch' };
  const amount = Math.min(given, left);
  return { amount, pays: amount, change: given - amount };
}

function exchanged(
  { debt, currency, kind }: TenderDraft,
  left: MinorUnits,
  given: MinorUnits | undefined,
  answerOf: (question: ExchangeQuestion) => ExchangeAnswer | undefined,
): SettledTender {
  const question: ExchangeQuestion = {
    owed: toDecimalString(left, debt),
    owedCurrency: debt,
    paidCurrency: currency,
    ...(given !== undefined && { paid: toDecimalString(given, currency) }),
  };
  const answer = answerOf(question);
  if (!answer) return { amount: 0, pays: 0, change: 0, question };
  const change = given === undefined ? 0 : given - answer.price;
  if (change > 0 && kind !== 'CASH') return { amount: 0, pays: 0, change: 0, question, error: 'tooMuch' };
  return { amount: answer.price, pays: answer.relieved, change, question };
}
