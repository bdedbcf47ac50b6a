import type { Instant, LocalDate } from '@libs/calendar';

export type Language = 'ar' | 'en';
export type Digits = 'latin' | 'arabic-indic';

/** Who issues the sheet. `nameAr` and `nameEn` both stand at the head, whatever the language of the sheet. */
export interface Letterhead {
  nameAr: string;
  nameEn: string;
  departmentAr?: string;
  departmentEn?: string;
  /** Address, telephone, web: one short line in the footer. */
  contact?: string;
  /** Source of an SVG image, drawn 16 mm high. */
  emblemSvg?: string;
}

export interface Sheet {
  letterhead: Letterhead;
  /** Language of the labels; free text is printed as given. Default `ar`. */
  lang?: Language;
  /** Digits of numbers, dates and identifiers; those that hold a letter, and free text, stay as given. Default `latin`. */
  digits?: Digits;
  /** IANA zone of the printed times. Default `Asia/Hebron`. */
  timeZone?: string;
}

/** A magnitude formatted with the decimals of its currency and no sign; `sign` is 1 owed, -1 credit, 0 settled. */
export interface PrintedAmount {
  text: string;
  sign: -1 | 0 | 1;
}

/** A document of the person or body under its own name: `رقم جواز السفر`, `N123456`. */
export interface LabelledDocument {
  label: string;
  number: string;
}

/** An amount in a currency (ISO 4217). */
export interface PrintedMoney {
  currency: string;
  amount: PrintedAmount;
}

/** Both days are within. */
export interface PrintedPeriod {
  from: LocalDate;
  to: LocalDate;
  /** As people call it: `آذار 2025`, `2024/2025`; before the dates. */
  name?: string | null;
}

/** Masking of the document number is the caller's. */
export interface PrintedHolder {
  approvedName: string;
  oneRecordNumber?: string | null;
  document?: LabelledDocument | null;
  address?: string | null;
}

/** A sheet that no longer counts is printed all the same, marked ملغى on every page. */
export interface PrintedVoid {
  at: Instant;
  reason: string;
  by?: string | null;
}

/** What bears a serial of the municipality. */
export interface IssuedSheet extends Sheet {
  serial: string;
  /** n of the n-th print, marked as a copy; absent on the original. */
  copy?: number | null;
  voided?: PrintedVoid | null;
  issuedAt: Instant;
  issuedBy: string;
  /** Absolute address that proves the serial: the QR code, and its text on every page. */
  verificationUrl: string;
}
