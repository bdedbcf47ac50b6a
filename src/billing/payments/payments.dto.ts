import { ApiParam } from '@nestjs/swagger';
import {
  DateField,
  Flag,
  Id,
  IdList,
  InstantField,
  Int,
  ListOf,
  OneOf,
  PageQuery,
  Part,
  Txt,
  type Language,
  type Page,
} from '@libs/http';
import { CURRENCIES } from '@libs/money';
import { SERVICE_TYPES } from '../accounts/account.entity';
import { RELIEFS } from '../cheques/cheque.entity';
import { ChequeField } from '../cheques/cheques.dto';
import { moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import { PAYMENT_CHANNELS, PAYMENT_STATES, TENDER_KINDS, TILL_TENDERS, type PaymentState } from './payment.entity';
import type { FoundPayment } from './payment-search';
import type { PaymentWithReceipt } from './payment-recorder';
import type { RefundSaid } from './refunds';

const SERIAL = 'RC-OSS-2026-000123-45';

export const ReceiptSerial = () => ApiParam({ name: 'serial', example: SERIAL, schema: { type: 'string' } });

export class RecordOfPayments {
  @Id() id: number;
}

class PaymentLineField {
  @Id({ about: 'account' }) accountId: number;
  @Txt({ max: 30, example: '125.50', about: 'in the currency of the account' }) amount: string;
  @IdList({ optional: true, max: 200, example: [1042], about: 'charges it is for; default the oldest' })
  chargeIds?: number[];
  @Txt({ optional: true, max: 30, example: '40.00', about: 'as quoted; refused when it is another by now' })
  relief?: string;
}

class PaysField {
  @OneOf(CURRENCIES, { example: 'JOD' }) currency: string;
  @Txt({ max: 30, example: '100.000' }) amount: string;
}

class TenderField {
  @OneOf(TILL_TENDERS, { example: 'CASH' }) kind: (typeof TILL_TENDERS)[number];
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: string;
  @Txt({ max: 30, example: '125.50' }) amount: string;
  @Txt({
    optional: true,
    min: 1,
    max: 30,
    example: '200.00',
    about: 'cash handed over when it is more than the amount',
  })
  tendered?: string;
  @Txt({ optional: true, max: 60, example: '004512', about: 'of the card slip or transfer' }) reference?: string;
  @Part(() => PaysField, { optional: true, about: 'of the lines, when it is money of another currency: see the quote' })
  pays?: PaysField;
  @Part(() => ChequeField, { optional: true, about: 'of a CHEQUE, and of nothing else' }) cheque?: ChequeField;
}

export class NewPayment {
  @Id({ optional: true, about: 'record of who pays' }) oneRecordId?: number;
  @Txt({ optional: true, max: 200, example: 'محمد أحمد النابلسي', about: 'default the approved name of the record' })
  payerName?: string;
  @ListOf(() => PaymentLineField, { min: 1, max: 100 }) lines: PaymentLineField[];
  @ListOf(() => TenderField, { min: 1, max: 20, about: 'sum to the lines in each currency' }) tenders: TenderField[];
  @Flag({ optional: true, example: false, about: 'what is more than is owed is kept for later charges' })
  acceptAdvance?: boolean;
  @Flag({ optional: true, example: true, about: 'default true: with the discounts and campaigns that apply' })
  useReliefs?: boolean;
}

export class UndoPayment {
  @Txt({ min: 3, max: 500, example: 'سُجلت الدفعة على حساب آخر' }) reason: string;
}

export class ReversePayment extends UndoPayment {
  @Id({ optional: true, about: 'open shift whose drawer gives the cash back, when that of the payment is closed' })
  payingShiftId?: number;
}

class PartBackField {
  @Id({ about: 'account that the payment paid' }) accountId: number;
  @Txt({ max: 30, example: '25.50', about: 'in the currency of the account' }) amount: string;
}

export class ReversePart extends ReversePayment {
  @ListOf(() => PartBackField, { min: 1, max: 100 }) lines: PartBackField[];
}

export class ListPayments extends PageQuery {
  @Id({ optional: true }) shiftId?: number;
  @Id({ optional: true }) cashierId?: number;
  @OneOf(PAYMENT_STATES, { optional: true, example: 'POSTED' }) state?: PaymentState;
  @DateField({ optional: true }) from?: string;
  @DateField({ optional: true }) to?: string;
}

export class ReceiptPrintQuery {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: Language;
}

export class PaymentSummaryView {
  @Txt({ example: SERIAL }) serial: string;
  @OneOf(PAYMENT_STATES, { example: 'POSTED' }) state: string;
  @OneOf(PAYMENT_CHANNELS, { example: 'TILL' }) channel: string;
  @Id({ nullable: true, about: 'of a till' }) shiftId: number | null;
  @Id({ nullable: true, about: 'employee; none online' }) cashierId: number | null;
  @Id({ nullable: true }) oneRecordId: number | null;
  @Txt({ example: 'محمد أحمد النابلسي' }) payerName: string;
  @DateField() paidOn: string;
  @InstantField() paidAt: string;
  @ListOf(() => CurrencyAmountView, { about: 'one a currency' }) totals: CurrencyAmountView[];
}

class PaidChargeView {
  @Id() chargeId: number;
  @Txt({ example: 'WATER' }) head: string;
  @Txt({ example: 'أثمان مياه' }) nameAr: string;
  @Txt({ example: 'Water' }) nameEn: string;
  @Txt({ example: '2026-10' }) period: string;
  @Part(() => CurrencyAmountView) paid: CurrencyAmountView;
}

class ReceiptLineView {
  @Id() accountId: number;
  @Txt({ example: '20011' }) accountNumber: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Part(() => CurrencyAmountView) paid: CurrencyAmountView;
  @ListOf(() => PaidChargeView, { max: 10_000 }) charges: PaidChargeView[];
  @Part(() => CurrencyAmountView, { about: 'kept for later charges' }) advance: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'counts only when its cheque clears' }) deferred: CurrencyAmountView;
}

class ExchangeView {
  @Txt({ example: 'JOD' }) base: string;
  @Txt({ example: 'ILS' }) quote: string;
  @Txt({ example: '5.12' }) rate: string;
  @DateField() date: string;
  @Txt({ max: 100, example: 'سلطة النقد الفلسطينية' }) source: string;
  @Part(() => CurrencyAmountView, { about: 'of the debt' }) settles: CurrencyAmountView;
}

class ReceiptChequeView {
  @Id() id: number;
  @Txt({ example: '30001245' }) number: string;
  @Txt({ example: 'بنك المثال' }) bank: string;
  @Txt({ example: 'شركة النور التجارية' }) drawer: string;
  @DateField() dueOn: string;
  @OneOf(RELIEFS, { example: 'DEFERRED', about: 'NOW: it counts before it clears' }) relief: string;
}

class ReceiptTenderView {
  @OneOf(TENDER_KINDS, { example: 'CASH' }) kind: string;
  @Part(() => CurrencyAmountView) paid: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { nullable: true, about: 'cash handed over' }) tendered: CurrencyAmountView | null;
  @Part(() => CurrencyAmountView, { nullable: true, about: 'cash given back' }) change: CurrencyAmountView | null;
  @Txt({ nullable: true, example: null }) reference: string | null;
  @Part(() => ExchangeView, { nullable: true, about: 'when it paid a debt in another currency' })
  exchange: ExchangeView | null;
  @Part(() => ReceiptChequeView, { nullable: true }) cheque: ReceiptChequeView | null;
}

class ReceiptReliefView {
  @Id() accountId: number;
  @Txt({ example: '20011' }) accountNumber: string;
  @Txt({ example: 'حملة تسوية المتأخرات' }) nameAr: string;
  @Txt({ example: 'Arrears campaign' }) nameEn: string;
  @Part(() => CurrencyAmountView) granted: CurrencyAmountView;
}

class ReceiptTotalView extends CurrencyAmountView {
  @Txt({ max: 1000, example: 'مئة وخمسة وعشرون شيكلاً وخمسون أغورة' }) words: string;
}

class UndoneView {
  @Id({ about: 'employee' }) by: number;
  @InstantField() at: string;
  @Txt({ max: 500 }) reason: string;
}

class ReversedLineView {
  @Id() accountId: number;
  @Part(() => CurrencyAmountView) back: CurrencyAmountView;
}

class PartUndoneView extends UndoneView {
  @ListOf(() => ReversedLineView) lines: ReversedLineView[];
}

export class PaymentView extends PaymentSummaryView {
  @Txt({ example: 'OSS-1' }) tillCode: string;
  @Txt({ example: 'رنا الصيفي' }) cashier: string;
  @Txt({ nullable: true, example: '2026-000045' }) oneRecordNumber: string | null;
  @ListOf(() => ReceiptLineView) lines: ReceiptLineView[];
  @ListOf(() => ReceiptReliefView, { about: 'discounts and waivers beside what was paid' })
  reliefs: ReceiptReliefView[];
  @ListOf(() => ReceiptTenderView) tenders: ReceiptTenderView[];
  @ListOf(() => ReceiptTotalView) declare totals: ReceiptTotalView[];
  @Part(() => UndoneView, { nullable: true, about: 'who voided or reversed it' }) undone: UndoneView | null;
  @ListOf(() => PartUndoneView, { about: 'parts that were taken back, and the rest after them' })
  reversedParts: PartUndoneView[];
  @Int({ example: 1, about: 'sheets printed; from the second on they are copies' }) prints: number;
  @Txt({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', about: 'SHA-256' })
  contentHash: string;
}

export function summaryView({ payment, serial, totals }: FoundPayment): PaymentSummaryView {
  const { state, channel, shiftId, cashierId, oneRecordId, payerName, paidOn, paidAt } = payment;
  return {
    serial,
    state,
    channel,
    shiftId,
    cashierId,
    oneRecordId,
    payerName,
    paidOn,
    paidAt,
    totals: totals.map(({ currency, amount }) => moneyView(currency, amount)),
  };
}

export const summaryPage = (page: Page<FoundPayment>): Page<PaymentSummaryView> => ({
  ...page,
  items: page.items.map(summaryView),
});

export function paymentView(
  { payment, receipt }: PaymentWithReceipt,
  refunds: readonly RefundSaid[] = [],
): PaymentView {
  const { content, serial, prints, contentHash } = receipt;
  const { undoneBy, undoneAt, undoneReason } = payment;
  return {
    ...summaryView({ payment, serial, totals: [] }),
    tillCode: content.till.code,
    cashier: content.cashier,
    oneRecordNumber: content.payer.oneRecordNumber,
    lines: content.lines.map(({ accountId, accountNumber, serviceType, currency, amount, charges, ...rest }) => ({
      accountId,
      accountNumber,
      serviceType,
      paid: moneyView(currency, amount),
      charges: charges.map(({ amount: paid, ...charge }) => ({ ...charge, paid: moneyView(currency, paid) })),
      advance: moneyView(currency, rest.advance),
      deferred: moneyView(currency, rest.deferred ?? 0),
    })),
    reliefs: (content.reliefs ?? []).map(({ currency, amount, ...said }) => ({
      ...said,
      granted: moneyView(currency, amount),
    })),
    tenders: content.tenders.map(({ kind, currency, amount, tendered, change, reference, exchange, cheque }) => ({
      kind,
      paid: moneyView(currency, amount),
      tendered: tendered === null ? null : moneyView(currency, tendered),
      change: change === null ? null : moneyView(currency, change),
      reference,
      exchange: exchange
        ? { ...exchange, settles: moneyView(exchange.settles.currency, exchange.settles.amount) }
        : null,
      cheque: cheque ?? null,
    })),
    totals: content.totals.map(({ currency, amount, words }) => ({ ...moneyView(currency, amount), words })),
    undone: undoneBy === null ? null : { by: undoneBy, at: undoneAt!, reason: undoneReason! },
    reversedParts: refunds.map(({ at, by, reason, lines }) => ({
      at,
      by,
      reason,
      lines: lines.map(({ accountId, currency, amount }) => ({ accountId, back: moneyView(currency, amount) })),
    })),
    prints,
    contentHash,
  };
}
