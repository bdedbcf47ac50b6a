import type { Instant, LocalDate } from '@libs/calendar';
import type { Signatory } from './billing-sheets';
import type { IssuedSheet, PrintedAmount, PrintedHolder, PrintedMoney, Sheet } from './sheet-parts';

/** A notice apart from what it has in common with others in a batch. */
export interface DisconnectionNoticeSheet extends Omit<IssuedSheet, keyof Sheet> {
  holder: PrintedHolder;
  /** Number of the subscription. */
  subscription: string;
  meter?: string | null;
  /** Months unpaid. */
  bills: number;
  oldestDueOn: LocalDate;
  owed: PrintedMoney;
  words?: string | null;
  days: number;
  signatory: Signatory;
}

export interface FieldListRow {
  order: string;
  route?: string | null;
  sequence?: number | null;
  subscription: string;
  name: string;
  address?: string | null;
  meter?: string | null;
  cause: string;
  owed: PrintedAmount;
}

/** إخطار بالفصل: water is cut unless what is owed is paid within `days` of its service. */
export interface DisconnectionNotice extends Sheet, DisconnectionNoticeSheet {}

/** 1 to `SHEETS_PER_FILE` notices of one municipality in one file: each begins a page and counts its own pages. */
export interface DisconnectionNoticeBatch extends Sheet {
  printedAt: Instant;
  notices: DisconnectionNoticeSheet[];
}

/** كشف ميداني: what a crew cuts or restores on a day, with room for what it finds. Landscape. */
export interface FieldListSheet extends Sheet {
  printedAt: Instant;
  number: string;
  kind: 'DISCONNECT' | 'RECONNECT';
  workOn: LocalDate;
  crew: string;
  /** In the order of the walk; each route has a table of its own. */
  rows: FieldListRow[];
}

/** قسيمة شحن: what is keyed into a prepaid meter, and what it was paid for. */
export interface TopUpSlip extends Sheet {
  /** 20 digits. */
  token: string;
  issuedAt: Instant;
  holder: string;
  /** Numbers of the subscription, the meter and its token decoder. */
  subscription: string;
  meter: string;
  decoder: string;
  cubicMetres: string;
  paid: PrintedMoney;
  price: PrintedMoney;
  /** What bought no water. */
  rest: PrintedMoney;
  /** Serial of the receipt. */
  receipt: string;
}

export interface WaterSheets {
  'disconnection-notice': DisconnectionNotice;
  'disconnection-notices': DisconnectionNoticeBatch;
  'field-list': FieldListSheet;
  'top-up-slip': TopUpSlip;
}
