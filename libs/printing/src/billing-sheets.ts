import type { Instant, LocalDate } from '@libs/calendar';
import type {
  IssuedSheet,
  PrintedAmount,
  PrintedHolder,
  PrintedMoney,
  PrintedPeriod,
  PrintedVoid,
  Sheet,
} from './sheet-parts';

/** How something was paid; the sheet has a label for each. */
export type TenderKind = 'CASH' | 'CHEQUE' | 'CARD' | 'TRANSFER' | 'ONLINE';

export interface PrintedCheque {
  number: string;
  bank: string;
  dueDate: LocalDate;
  drawer?: string | null;
}

/** What was paid settles a debt in another currency at a dated, named rate. */
export interface PrintedExchange {
  /** `1` of `base` is so much of the tender's currency: `5.1250`. */
  rate: string;
  base: string;
  date: LocalDate;
  source?: string | null;
  /** What it came to in the currency of the debt. */
  settles: PrintedMoney;
}

export interface ReceiptLine extends PrintedMoney {
  accountNumber: string;
  service: string;
  /** What was paid: head, period, bill. */
  description?: string | null;
}

export interface ReceiptTender extends PrintedMoney {
  kind: TenderKind;
  cheque?: PrintedCheque | null;
  /** Of a card, transfer or gateway: authorisation or transaction number. */
  reference?: string | null;
  exchange?: PrintedExchange | null;
}

/** `words` is the amount in Arabic words, in both languages. */
export interface ReceiptTotal extends PrintedMoney {
  words: string;
}

/** إيصال قبض, A5. A receipt with a cheque says that the debt ends with its collection. */
export interface Receipt extends IssuedSheet {
  /** Default `landscape`. */
  orientation?: 'landscape' | 'portrait';
  payer: { name: string; oneRecordNumber?: string | null };
  /** `issuedBy` is the cashier. */
  till: string;
  shift?: string | null;
  lines: ReceiptLine[];
  tenders: ReceiptTender[];
  /** One per currency of `lines`. */
  totals: ReceiptTotal[];
  /** What the payer still owes afterwards, or has in credit. */
  remaining?: PrintedMoney[];
  note?: string | null;
}

/** A negative amount is a discount or a correction in favour of the holder. */
export interface BillLine {
  head: string;
  detail?: string | null;
  /** With its unit: `24 م³`. */
  quantity?: string | null;
  rate?: string | null;
  amount: PrintedAmount;
}

export interface TariffBlock {
  /** `1 – 20`. */
  range: string;
  quantity: string;
  rate: string;
  amount: PrintedAmount;
}

/** Twelve bars at most, the oldest first; more are left out from the oldest on. */
export interface BillChart {
  title: string;
  /** `value` gives the height, 0 or more; `text` stands over the bar. */
  bars: { label: string; value: number; text: string }[];
}

export interface BillContent {
  serial: string;
  copy?: number | null;
  voided?: PrintedVoid | null;
  holder: PrintedHolder;
  accountNumber: string;
  service: string;
  /** Of the place that is served. */
  address?: string | null;
  /** Meter, readings, basin and plot: a label and what stands beside it. */
  facts?: { label: string; value: string }[];
  period: PrintedPeriod;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  /** Of every amount of the bill. */
  currency: string;
  lines: BillLine[];
  /** Of `lines`. */
  charges: PrintedAmount;
  previousBalance: PrintedAmount;
  /** Payments since the previous bill; a magnitude. */
  payments: PrintedAmount;
  /** -1 when the holder is in credit. */
  totalDue: PrintedAmount;
  totalInWords?: string | null;
  blocks?: { title?: string | null; rows: TariffBlock[] } | null;
  chart?: BillChart | null;
  message?: string | null;
  verificationUrl: string;
}

/** فاتورة */
export interface Bill extends Sheet, BillContent {
  printedAt: Instant;
}

/**
 * 1 to `SHEETS_PER_FILE` bills of one municipality in one file: each begins a page, and its pages are numbered on
 * their own. A longer run is printed in files: the compiler takes 3 MB for a bill, and longer for each the more there are.
 */
export interface BillBatch extends Sheet {
  printedAt: Instant;
  bills: BillContent[];
}

export interface LedgerRow {
  date: LocalDate;
  document: string;
  description: string;
  debit?: PrintedAmount | null;
  credit?: PrintedAmount | null;
  /** Of the account after this row: carried to the next page when this row is the last of its page. */
  balance: PrintedAmount;
}

export interface AccountLedger {
  accountNumber: string;
  service: string;
  address?: string | null;
  currency: string;
  opening: PrintedAmount;
  rows: LedgerRow[];
  totals: { debit: PrintedAmount; credit: PrintedAmount };
  closing: PrintedAmount;
}

/** كشف حساب */
export interface StatementOfAccount extends IssuedSheet {
  holder: PrintedHolder;
  purpose?: string | null;
  period: PrintedPeriod;
  accounts: AccountLedger[];
  /** Closing balance of all accounts in each currency. */
  closing?: PrintedMoney[];
}

/** براءة ذمة */
export interface ClearanceCertificate extends IssuedSheet {
  holder: PrintedHolder;
  services: { accountNumber: string; service: string; address?: string | null }[];
  purpose: string;
  validUntil: LocalDate;
  note?: string | null;
  signatory: Signatory;
}

export interface Signatory {
  name?: string | null;
  title: string;
}

/** So many pieces of one value: `200`, `0.50`. */
export interface CashCount {
  denomination: string;
  count: number;
  amount: PrintedAmount;
}

export interface DepositCheque extends PrintedCheque {
  amount: PrintedAmount;
  receipt?: string | null;
}

/** What goes to the bank in one currency. */
export interface DepositCurrency {
  currency: string;
  cash: CashCount[];
  cashTotal: PrintedAmount;
  cheques: DepositCheque[];
  chequesTotal: PrintedAmount;
  total: PrintedAmount;
  totalInWords?: string | null;
}

/** قسيمة إيداع. What is not known of the bank is left free, to be written by hand. */
export interface DepositSlip extends Omit<IssuedSheet, 'verificationUrl'> {
  bankAccount: {
    bank?: string | null;
    branch?: string | null;
    holder: string;
    number?: string | null;
    iban?: string | null;
    /** The bank's own number of the deposit, once it has confirmed it. */
    reference?: string | null;
  };
  shifts: { number: string; cashier: string; till: string }[];
  currencies: DepositCurrency[];
  verificationUrl?: string | null;
}

export interface WarnedDebt extends PrintedMoney {
  /** Of the debt: `ضريبة معارف`, `أثمان مياه`. */
  type: string;
  accountNumber?: string | null;
  /** `2023 – 2024`. */
  period: string;
}

/** A warning apart from what it has in common with others in a batch. */
export interface WarningSheet extends Omit<IssuedSheet, keyof Sheet> {
  holder: PrintedHolder;
  debts: WarnedDebt[];
  totals: (PrintedMoney & { words?: string | null })[];
  /** Of the law: 15. */
  days: number;
  signatory: Signatory;
}

/** إخطار بالدفع, Law 1/1997 art. 27: names type, amount and period; payable within `days` of its service. */
export interface PaymentWarning extends Sheet, WarningSheet {}

/** 1 to `SHEETS_PER_FILE` warnings of one municipality in one file: each begins a page and counts its own pages. */
export interface WarningBatch extends Sheet {
  printedAt: Instant;
  warnings: WarningSheet[];
}

export interface ShiftTender {
  kind: TenderKind;
  count: number;
  amount: PrintedAmount;
}

/** A shift in one currency; `expected`, `counted` and `difference` are of the cash. */
export interface ShiftCurrency {
  currency: string;
  float: PrintedAmount;
  tenders: ShiftTender[];
  received: PrintedAmount;
  voided: { count: number; amount: PrintedAmount };
  /** Cash given out again, or handed over during the shift. */
  paidOut?: PrintedAmount | null;
  expected: PrintedAmount;
  cash: CashCount[];
  counted: PrintedAmount;
  /** 1 over, -1 short. */
  difference: PrintedAmount;
}

/** تقرير الوردية */
export interface ShiftReport extends Omit<IssuedSheet, 'verificationUrl'> {
  cashier: string;
  till: string;
  openedAt: Instant;
  closedAt?: Instant | null;
  closedBy?: string | null;
  receipts?: { first: string; last: string; count: number } | null;
  currencies: ShiftCurrency[];
  /** Handed over with the drawer. */
  cheques: (PrintedMoney & PrintedCheque)[];
  voids: (PrintedMoney & { receipt: string; at: Instant; reason: string })[];
  note?: string | null;
  verificationUrl?: string | null;
}

export interface BillingSheets {
  receipt: Receipt;
  bill: Bill;
  bills: BillBatch;
  'statement-of-account': StatementOfAccount;
  'clearance-certificate': ClearanceCertificate;
  'deposit-slip': DepositSlip;
  warning: PaymentWarning;
  warnings: WarningBatch;
  'shift-report': ShiftReport;
}
