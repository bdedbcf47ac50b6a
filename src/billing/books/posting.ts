import type { LocalDate } from '@libs/calendar';
import type { LedgerCode } from './chart';

export const POSTING_KINDS = [
  'OPENING',
  'CHARGE',
  'PAYMENT',
  'CHEQUE',
  'REVERSAL',
  'CREDIT_NOTE',
  'ADJUSTMENT',
  'WRITE_OFF',
  'WAIVER',
  'DISCOUNT',
  'PENALTY',
  'TRANSFER',
  'REFUND',
  'SHIFT',
  'DEPOSIT',
  'BANK',
  'SUSPENSE',
  'EXCHANGE',
  'SHARE',
] as const;
export type PostingKind = (typeof POSTING_KINDS)[number];

/** A debt to be put on an account: debits its receivable. */
export interface NewCharge {
  accountId: number;
  /** Code of a charge head. */
  head: string;
  /** Minor units of the account's currency, above zero. */
  amount: number;
  /** `YYYY-MM`; default the month of the posting. */
  period?: string;
  /** Default the day of the posting. */
  dueOn?: LocalDate;
  detail?: string | null;
  /** One charge for it, however often it is asked. */
  source?: string | null;
}

/** Something in the account's favour: credits its receivable, and pays charges. */
export interface NewCredit {
  accountId: number;
  amount: number;
  /** PAYMENT, ADJUSTMENT, WAIVER …; default the posting's kind. */
  origin?: string;
  /**
   * The charges it is for, in this order, and no others: what they do not take is refused (`billing.exceeds-charge`)
   * unless `surplus` is ADVANCE. Absent: the oldest first, the surplus an advance.
   */
  chargeIds?: readonly number[];
  surplus?: 'REFUSE' | 'ADVANCE';
}

/** Part or all of a charge or credit taken back. */
export interface TakenBack {
  id: number;
  amount: number;
}

/** The other side, as debit (positive) or credit (negative). */
export interface EntryLine {
  ledger: Exclude<LedgerCode, 'RECEIVABLE'>;
  currency: string;
  amount: number;
  dimension?: string | null;
}

/** A posting with the open items it makes or takes back; the entries of receivables follow from those. */
export interface PostingRequest {
  kind: PostingKind;
  on: LocalDate;
  description: string;
  reason?: string | null;
  document?: { type: string; id: number | string };
  /** The posting that this one undoes whole; {@link Books.reverse} sets it. */
  reverses?: number;
  /** Employee; null when a citizen or a schedule acted. */
  by: number | null;
  entries: EntryLine[];
  charges?: NewCharge[];
  credits?: NewCredit[];
  /** Credits taken back: their charges are open again, the receivable is debited. */
  creditsBack?: TakenBack[];
  /** Charges taken back: what paid them becomes an advance, the receivable is credited. */
  chargesBack?: TakenBack[];
}

export interface Allocated {
  chargeId: number;
  amount: number;
}

export interface Posted {
  postingId: number;
  /** In the order of the request. */
  chargeIds: number[];
  /** What is left of each charge after advances have paid, in the order of the request. */
  outstanding: number[];
  /** In the order of the request: what of each went where, and what is left as an advance. */
  credits: { creditId: number; allocated: Allocated[]; advance: number }[];
}
