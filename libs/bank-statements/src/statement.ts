import type { LocalDate } from '@libs/calendar';
import type { Currency, MinorUnits, Money } from '@libs/money';

/** A bank's file, read as a whole or not at all. */
export interface BankFile {
  /** `csv`, or the message as its namespace names it: `camt.053.001.08`. */
  format: string;
  statements: BankStatement[];
}

/** What one account did over one period. Opening balance and entries make the closing balance, else it is not read. */
export interface BankStatement {
  /** Electronic form, valid by its check digits; null when the bank names the account otherwise. */
  iban: string | null;
  /** The bank's own account number, null when there is an IBAN. */
  account: string | null;
  currency: Currency;
  /** The period told; where none is, the days of the first and last entry. Null for an empty file of no such telling. */
  from: LocalDate | null;
  to: LocalDate | null;
  /** Null where a CSV file tells no balances. */
  openingBalance: MinorUnits | null;
  closingBalance: MinorUnits | null;
  /** The bank's identification, the same when it sends the statement again; null in CSV. */
  id: string | null;
  /** Number in the account's series of statements, as written. */
  sequence: string | null;
  /** Booked entries, oldest first as the bank lists them. */
  entries: BankEntry[];
  /** What the bank announces and has not booked. Never money received; in no balance. */
  unbooked: UnbookedEntry[];
}

/** One movement of the account: of a batch that itemises itself, one a transaction. */
export interface BankEntry {
  /** Place in the file, unique in it: `line 14`, `Stmt[2]/Ntry[3]/NtryDtls/TxDtls[7]`. */
  ref: string;
  /** Physical line on which it begins. */
  line: number;
  bookedOn: LocalDate;
  /** Interest day; null where not told. */
  valueOn: LocalDate | null;
  /** In the statement's currency: positive what comes in, negative what goes out. */
  amount: MinorUnits;
  /** What the payer was asked to quote: creditor reference, end-to-end id, cheque number, else the text for the payee. */
  reference: string | null;
  /** Every reference told, the likelier first; of a batch that does not itemise itself, those of all in it. */
  references: string[];
  /** Who paid, or was paid. */
  counterparty: string | null;
  counterpartyAccount: string | null;
  /** Text for the payee and the bank's own, a line each. */
  description: string | null;
  /** The bank's number of the movement: what to quote when asking it. */
  bankReference: string | null;
  /** Takes an earlier entry back; `amount` has the sign of what it does now. */
  reversal: boolean;
  /** What the payer ordered, where it was in another currency of ours. */
  instructed: Money | null;
}

/** Pending, for information, or dated in the future. */
export type UnbookedStatus = 'PDNG' | 'INFO' | 'FUTR';

export interface UnbookedEntry extends Omit<BankEntry, 'bookedOn'> {
  status: UnbookedStatus;
  bookedOn: LocalDate | null;
}
