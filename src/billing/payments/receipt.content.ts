/** What a receipt says: built once, stored, and printed from there. */
import type { Relief } from '../cheques/cheque.entity';
import type { CurrencyAmount } from '../till/till.entity';
import type { PaymentChannel, TenderKind } from './payment.entity';

/** A charge that a line paid, or a part of it. */
export interface ReceiptCharge {
  chargeId: number;
  head: string;
  nameAr: string;
  nameEn: string;
  /** `YYYY-MM`. */
  period: string;
  /** Minor units, as are all amounts here. */
  amount: number;
}

export interface ReceiptLine {
  accountId: number;
  accountNumber: string;
  serviceType: string;
  currency: string;
  amount: number;
  charges: ReceiptCharge[];
  /** What is left for later charges. */
  advance: number;
  /** What counts only when its cheque clears; absent: nothing. */
  deferred?: number;
}

/** A discount or waiver granted with the payment: it is no part of the line's amount. */
export interface ReceiptRelief {
  accountId: number;
  accountNumber: string;
  currency: string;
  amount: number;
  nameAr: string;
  nameEn: string;
}

export interface ReceiptTender {
  kind: TenderKind;
  currency: string;
  amount: number;
  /** Cash handed over, and what was given back of it. */
  tendered: number | null;
  change: number | null;
  reference: string | null;
  cheque?: { id: number; number: string; bank: string; drawer: string; dueOn: string; relief: Relief };
  /** What it paid in another currency, and at what rate. */
  exchange?: { base: string; quote: string; rate: string; date: string; source: string; settles: CurrencyAmount };
}

export interface ReceiptTotal {
  currency: string;
  amount: number;
  /** In Arabic words. */
  words: string;
}

export interface ReceiptContent {
  serial: string;
  issuedAt: string;
  paidOn: string;
  /** Absent: at a till. */
  channel?: PaymentChannel;
  till: { code: string; name: string };
  cashier: string;
  payer: { name: string; oneRecordNumber: string | null };
  lines: ReceiptLine[];
  /** Absent: none. */
  reliefs?: ReceiptRelief[];
  tenders: ReceiptTender[];
  /** One a currency, never added across. */
  totals: ReceiptTotal[];
}
