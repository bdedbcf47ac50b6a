import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import type { ReceiptContent } from './receipt.content';

export const PAYMENT_STATES = ['POSTED', 'VOIDED', 'REVERSED'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** Where a payment comes in: at a till, through a payment gateway, or on a statement of the bank. */
export const PAYMENT_CHANNELS = ['TILL', 'ONLINE', 'BANK'] as const;
export type PaymentChannel = (typeof PAYMENT_CHANNELS)[number];

/** Money taken. Once made it changes only by being voided or reversed, once. */
@Entity('payments')
@Index(['shiftId'])
@Index(['paidOn', 'cashierId'])
@Index(['oneRecordId'])
@Index(['paidAt'])
@Index(['postingId'])
export class Payment {
  @IdColumn() id: number;
  @EnumColumn(PAYMENT_STATES) state: PaymentState;
  @EnumColumn(PAYMENT_CHANNELS) channel: PaymentChannel;
  /** Of a till. */
  @RefColumn('CashierShift', { nullable: true }) shiftId: number | null;
  /** The employee who took it; null when the citizen paid online or a job found it. */
  @RefColumn('User', { nullable: true }) cashierId: number | null;
  /** Who paid, when that is known; the accounts may be another's. */
  @RefColumn('OneRecord', { nullable: true }) oneRecordId: number | null;
  @TextColumn(200) payerName: string;
  @LocalDateColumn() paidOn: string;
  @InstantColumn() paidAt: string;
  @RefColumn('LedgerPosting') postingId: number;
  @RefColumn('User', { nullable: true }) undoneBy: number | null;
  @InstantColumn({ nullable: true }) undoneAt: string | null;
  @TextColumn(500, { nullable: true }) undoneReason: string | null;
  @RefColumn('LedgerPosting', { nullable: true }) reversalId: number | null;
}

/** What a payment puts on one account. */
@Entity('payment_lines')
@Index(['paymentId'])
@Index(['accountId'])
export class PaymentLine {
  @IdColumn() id: number;
  @RefColumn('Payment') paymentId: number;
  @RefColumn('Account') accountId: number;
  /** Null when nothing of the line counts before its cheques clear. */
  @RefColumn('Credit', { nullable: true }) creditId: number | null;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
}

export const TENDER_KINDS = ['CASH', 'CARD', 'TRANSFER', 'CHEQUE', 'ONLINE', 'BANK'] as const;
/** Those that a cashier takes. */
export const TILL_TENDERS = ['CASH', 'CARD', 'TRANSFER', 'CHEQUE'] as const satisfies readonly TenderKind[];
export type TenderKind = (typeof TENDER_KINDS)[number];

/** How a payment was paid. */
@Entity('payment_tenders')
@Index(['paymentId'])
export class PaymentTender {
  @IdColumn() id: number;
  @RefColumn('Payment') paymentId: number;
  @EnumColumn(TENDER_KINDS) kind: TenderKind;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
  /** Cash that was handed over, when it was more: the difference was given back. */
  @MinorUnitsColumn({ nullable: true }) tendered: number | null;
  /** Number of the card slip or of the transfer. */
  @KeyColumn(60, { nullable: true }) reference: string | null;
  /** What it pays of the lines, in their currency. */
  @KeyColumn(3) paysCurrency: string;
  @MinorUnitsColumn() paysAmount: number;
  /** Between the two currencies when they differ. */
  @RefColumn('ExchangeRate', { nullable: true }) rateId: number | null;
}

/** A receipt as it was issued. Only `prints` changes afterwards. */
@Entity('receipts')
@Unique(['serial'])
@Unique(['office', 'year', 'number'])
@Unique(['paymentId'])
export class Receipt {
  @IdColumn() id: number;
  @RefColumn('Payment') paymentId: number;
  @KeyColumn(40) serial: string;
  @KeyColumn(8) office: string;
  @IntColumn() year: number;
  /** Without gaps in its office and year. */
  @IntColumn() number: number;
  @InstantColumn() issuedAt: string;
  @JsonColumn() content: ReceiptContent;
  /** SHA-256 of the canonical JSON (RFC 8785) of the content. */
  @KeyColumn(64) contentHash: string;
  /** Sheets given out: the first is the original, the others are copies. */
  @IntColumn() prints: number;
}

/** A part of a payment that was taken back, or the rest of it after such a part. */
@Entity('payment_refunds')
@Index(['paymentId'])
export class PaymentRefund {
  @IdColumn() id: number;
  @RefColumn('Payment') paymentId: number;
  @RefColumn('LedgerPosting') postingId: number;
  /** Whose drawer gave cash back. */
  @RefColumn('CashierShift', { nullable: true }) shiftId: number | null;
  @LocalDateColumn() refundedOn: string;
  @InstantColumn() refundedAt: string;
  @RefColumn('User') refundedBy: number;
  @TextColumn(500) reason: string;
}

/** What was taken back of a line, by the credit that it came out of. */
@Entity('payment_refund_lines')
@Index(['refundId'])
export class PaymentRefundLine {
  @IdColumn() id: number;
  @RefColumn('PaymentRefund') refundId: number;
  @RefColumn('PaymentLine') paymentLineId: number;
  @RefColumn('Credit') creditId: number;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
}

/** How the money went back: out of which ledger, against which tender. */
@Entity('payment_refund_tenders')
@Index(['refundId'])
export class PaymentRefundTender {
  @IdColumn() id: number;
  @RefColumn('PaymentRefund') refundId: number;
  @RefColumn('PaymentTender') tenderId: number;
  @KeyColumn(30) ledger: string;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
}

export const PAYMENT_ENTITIES = [
  Payment,
  PaymentLine,
  PaymentTender,
  Receipt,
  PaymentRefund,
  PaymentRefundLine,
  PaymentRefundTender,
];
