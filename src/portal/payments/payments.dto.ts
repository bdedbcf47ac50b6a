import { Flag, Id, IdList, InstantField, ListOf, OneOf, PageQuery, Part, Txt } from '@libs/http';
import {
  CurrencyAmountView,
  moneyView,
  PaymentQuoteView,
  TRANSACTION_STATES,
  type FoundTransaction,
  type TransactionState,
} from '../../billing';
import type { ReceiptSeen } from './my-receipts';

class PayLineField {
  @Id({ optional: true, about: 'one of `GET /me/accounts`; else a bill' }) accountId?: number;
  @Txt({ optional: true, min: 1, max: 500, about: 'of `POST /me/bill-look-ups`; else an account' }) billToken?: string;
  @IdList({ optional: true, max: 200, example: [1042], about: 'charges of the account; default the oldest' })
  chargeIds?: number[];
}

class QuotedPayLine extends PayLineField {
  @Txt({ optional: true, min: 1, max: 30, example: '125.50', about: 'what it would come to, beside what closes it' })
  amount?: string;
}

class PaidPayLine extends PayLineField {
  @Txt({ max: 30, example: '125.50', about: 'in the currency of the account' }) amount: string;
}

export class PortalQuoteAsked {
  @ListOf(() => QuotedPayLine, { optional: true, min: 1, max: 50, about: 'default all own accounts that owe' })
  lines?: QuotedPayLine[];
}

export class PortalNewPayment {
  @ListOf(() => PaidPayLine, { min: 1, max: 50, about: 'of one currency, one an account' }) lines: PaidPayLine[];
  @Flag({ optional: true, example: false, about: 'what is more than is owed is kept for later charges' })
  acceptAdvance?: boolean;
}

export class PortalQuoteView extends PaymentQuoteView {}

export class PortalPaymentParam {
  @Id() id: number;
}

export class PortalPaymentsQuery extends PageQuery {
  @OneOf(TRANSACTION_STATES, { optional: true, example: 'SUCCESS' }) state?: TransactionState;
}

class PortalPaymentLineView {
  @Id() accountId: number;
  @Part(() => CurrencyAmountView) toPay: CurrencyAmountView;
}

export class PortalPaymentView {
  @Id() id: number;
  @OneOf(TRANSACTION_STATES, { example: 'PENDING' }) state: string;
  @Flag({ about: 'the page still takes the money' }) payable: boolean;
  @Txt({ max: 500, example: 'https://baladiya.example/pay/7Qy…', about: 'page to pay on, and to come back to' })
  page: string;
  @Part(() => CurrencyAmountView) total: CurrencyAmountView;
  @ListOf(() => PortalPaymentLineView) lines: PortalPaymentLineView[];
  @Txt({ nullable: true, example: 'RC-WEB-2026-000123-45' }) receiptSerial: string | null;
  @Flag({ about: 'the money came, and staff puts it on its account' }) suspended: boolean;
  @InstantField() createdAt: string;
  @InstantField() expiresAt: string;
  @InstantField({ nullable: true }) paidAt: string | null;
  @InstantField({ nullable: true }) refundedAt: string | null;
}

export class PortalReceiptParam {
  @Txt({ max: 40, example: 'RC-WEB-2026-000123-45' }) serial: string;
}

class PortalReceiptLineView {
  @Id() accountId: number;
  @Txt({ example: '20011' }) accountNumber: string;
  @Txt({ example: 'WATER' }) serviceType: string;
  @Part(() => CurrencyAmountView) paid: CurrencyAmountView;
}

export class PortalReceiptView {
  @Txt({ example: 'RC-WEB-2026-000123-45' }) serial: string;
  @OneOf(['POSTED', 'VOIDED', 'REVERSED'], { example: 'POSTED' }) state: string;
  @OneOf(['TILL', 'ONLINE', 'BANK'], { example: 'ONLINE' }) channel: string;
  @InstantField() paidAt: string;
  @Flag({ about: 'false: another paid it; the lines are those on accounts of the citizen, and there is no sheet' })
  own: boolean;
  @Txt({ nullable: true, example: 'محمد أحمد النابلسي', about: 'null unless it is own' }) payerName: string | null;
  @ListOf(() => PortalReceiptLineView, { max: 10_000 }) lines: PortalReceiptLineView[];
}

export const paymentView = (
  { transaction, receiptSerial }: FoundTransaction,
  page: string,
  payable: boolean,
): PortalPaymentView => ({
  id: transaction.id,
  state: transaction.state,
  payable,
  page,
  total: moneyView(transaction.currency, transaction.amount),
  lines: transaction.lines.map(({ accountId, amount }) => ({
    accountId,
    toPay: moneyView(transaction.currency, amount),
  })),
  receiptSerial,
  suspended: transaction.suspense !== null,
  createdAt: transaction.createdAt,
  expiresAt: transaction.expiresAt,
  paidAt: transaction.paidAt,
  refundedAt: transaction.refundedAt,
});

export const receiptView = ({ found: { payment, receipt }, own, lines }: ReceiptSeen): PortalReceiptView => ({
  serial: receipt.serial,
  state: payment.state,
  channel: payment.channel,
  paidAt: payment.paidAt,
  own,
  payerName: own ? payment.payerName : null,
  lines: lines.map(({ accountId, accountNumber, serviceType, currency, amount }) => ({
    accountId,
    accountNumber,
    serviceType,
    paid: moneyView(currency, amount),
  })),
});
