import type { Instant, LocalDate } from '@libs/calendar';
import type { BillingSheets } from './billing-sheets';
import type { WaterSheets } from './water-sheets';
import type { LabelledDocument, PrintedAmount, Sheet } from './sheet-parts';

export type * from './billing-sheets';
export type * from './sheet-parts';
export type * from './water-sheets';

export interface StatementAccount {
  number: string;
  type: string;
  /** How the holder stands to an account that is not theirs alone; under the type. */
  relation?: string | null;
  address?: string | null;
  status: string;
  balance: PrintedAmount;
}

/** The accounts kept in one currency and their total, which the sheet prints and never computes. */
export interface StatementCurrency {
  /** ISO 4217. */
  currency: string;
  accounts: StatementAccount[];
  total: PrintedAmount;
}

/** Accounts that belong together. Groups without accounts are left out, and so is a section without groups. */
export interface StatementSection {
  heading?: string | null;
  /** One line under the heading. */
  note?: string | null;
  currencies: StatementCurrency[];
}

/** كشف أرصدة */
export interface StatementOfBalances extends Sheet {
  serial: string;
  /** n of the n-th print, marked as a copy; absent on the original. */
  copy?: number | null;
  issuedAt: Instant;
  asOf: LocalDate;
  issuedBy: string;
  /** What the holder needs it for. */
  purpose?: string | null;
  /** Masking of the document number is the caller's. */
  holder: { approvedName: string; oneRecordNumber: string; document?: LabelledDocument | null };
  /** No accounts at all prints an empty state. */
  sections: StatementSection[];
  /** Absolute address that proves the serial: the QR code, and its text on every page. */
  verificationUrl: string;
}

/** The four parts of a name as on the ID; absent parts are printed as a dash. */
export interface NameParts {
  given?: string | null;
  father?: string | null;
  grandfather?: string | null;
  family?: string | null;
}

export interface PrintedLegacyRow {
  citizenNumber: string;
  rawName: string;
  document?: { type: string; number: string } | null;
  relation: string;
}

export interface PrintedService {
  /** Of the legacy row it stands under. */
  citizenNumber: string;
  number: string;
  type: string;
  /** As in {@link StatementAccount}. */
  relation?: string | null;
  address?: string | null;
  status: string;
}

export interface PrintedTransaction {
  number: string;
  at: Instant;
  action: string;
  employee: string;
  reason?: string | null;
}

/** السجل الموحد. Masking of the document number and the phone is the caller's: both are printed as given. */
export interface OneRecordSheet extends Sheet {
  number: string;
  state: string;
  /** Person, company, estate or institution. */
  party: string;
  /** The parts of a person's name, or the one name of a body, over the whole width; so is `nameLatin`. */
  nameAr: NameParts | string;
  nameLatin?: NameParts | string | null;
  document?: LabelledDocument | null;
  phone?: string | null;
  legacyRows: PrintedLegacyRow[];
  services: PrintedService[];
  transactions: PrintedTransaction[];
  printedBy: string;
  printedAt: Instant;
}

/** Each template and what it prints. */
export interface SheetData extends BillingSheets, WaterSheets {
  'statement-of-balances': StatementOfBalances;
  'one-record': OneRecordSheet;
}
export type Template = keyof SheetData;
