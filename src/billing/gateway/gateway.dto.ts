import {
  DateField,
  Flag,
  Id,
  IdList,
  InstantField,
  Int,
  JsonField,
  ListOf,
  OneOf,
  PageQuery,
  Part,
  Txt,
} from '@libs/http';
import { moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import type { OpenClearing } from './clearing';
import {
  EVENT_OUTCOMES,
  EVENT_SOURCES,
  RECONCILIATION_STATES,
  SUSPENSE_REASONS,
  TRANSACTION_STATES,
  type GatewayEvent,
  type GatewayReconciliation,
  type TransactionState,
} from './gateway.entity';
import { FINDING_KINDS, type Total } from './reconciliation.rules';
import type { FoundTransaction } from './transactions';

class GatewayTransactionLineField {
  @Id({ about: 'account of the record' }) accountId: number;
  @Txt({ max: 30, example: '125.50', about: 'in the currency of the account' }) amount: string;
  @IdList({ optional: true, max: 200, example: [1042], about: 'charges it is for; default the oldest' })
  chargeIds?: number[];
}

export class GatewayNewTransaction {
  @Id({ about: 'record whose accounts are paid' }) oneRecordId: number;
  @Txt({ optional: true, max: 200, example: 'محمد أحمد النابلسي', about: 'default the approved name of the record' })
  payerName?: string;
  @ListOf(() => GatewayTransactionLineField, { min: 1, max: 50, about: 'of one currency' })
  lines: GatewayTransactionLineField[];
  @Flag({ optional: true, example: false, about: 'what is more than is owed is kept for later charges' })
  acceptAdvance?: boolean;
}

export class GatewayTransactionId {
  @Id() id: number;
}

export class GatewayListTransactions extends PageQuery {
  @Id({ optional: true }) oneRecordId?: number;
  @OneOf(TRANSACTION_STATES, { optional: true, example: 'SUCCESS' }) state?: TransactionState;
  @Flag({ optional: true, example: true, about: 'true: money that pays nothing yet, the work list' })
  suspense?: boolean;
}

export class GatewayRefundTransaction {
  @Txt({ min: 3, max: 500, example: 'دفع المكلف مرتين' }) reason: string;
}

export class GatewayAssignTransaction {
  @ListOf(() => GatewayTransactionLineField, {
    min: 1,
    max: 50,
    about: 'any accounts of the currency; sum to the amount',
  })
  lines: GatewayTransactionLineField[];
}

class GatewayTransactionLineView {
  @Id() accountId: number;
  @Part(() => CurrencyAmountView) toPay: CurrencyAmountView;
  @IdList({ nullable: true, max: 200, example: null, about: 'null: the oldest' }) chargeIds: number[] | null;
}

class GatewayRefundView {
  @Id({ about: 'employee' }) requestedBy: number;
  @InstantField() requestedAt: string;
  @Txt({ max: 500 }) reason: string;
  @InstantField({ nullable: true, about: 'null until the gateway has taken it' }) refundedAt: string | null;
}

export class GatewayTransactionView {
  @Id() id: number;
  @OneOf(TRANSACTION_STATES, { example: 'PENDING' }) state: string;
  @Txt({ example: 'sandbox' }) gateway: string;
  @Txt({ nullable: true, example: 'SBX-4oJ3', about: 'of the gateway; null before the payer opened the link' })
  reference: string | null;
  @Txt({ max: 500, example: 'https://baladiya.example/pay/7Qy…', about: 'for the payer' }) link: string;
  @Id() oneRecordId: number;
  @Txt({ example: 'محمد أحمد النابلسي' }) payerName: string;
  @Part(() => CurrencyAmountView) total: CurrencyAmountView;
  @ListOf(() => GatewayTransactionLineView) lines: GatewayTransactionLineView[];
  @Txt({ nullable: true, example: 'RC-WEB-2026-000123-45' }) receiptSerial: string | null;
  @OneOf(SUSPENSE_REASONS, { nullable: true, example: null, about: 'the money came and pays nothing yet' })
  suspense: string | null;
  @Txt({ nullable: true, example: null }) failureCode: string | null;
  @Id({ nullable: true, about: 'employee; null for the citizen' }) createdBy: number | null;
  @InstantField() createdAt: string;
  @InstantField() expiresAt: string;
  @InstantField({ nullable: true, about: 'as the gateway says' }) paidAt: string | null;
  @InstantField({ nullable: true, about: 'when it came to its end here' }) settledAt: string | null;
  @InstantField({ nullable: true }) lastCallbackAt: string | null;
  @InstantField({ nullable: true }) lastPolledAt: string | null;
  @Part(() => GatewayRefundView, { nullable: true }) refund: GatewayRefundView | null;
}

class GatewayEventView {
  @Id() id: number;
  @OneOf(EVENT_SOURCES, { example: 'CALLBACK' }) source: string;
  @OneOf(EVENT_OUTCOMES, { example: 'ACCEPTED' }) outcome: string;
  @JsonField({ example: { status: 'SUCCESS', currency: 'ILS', amount: 12550 } }) said: object;
  @InstantField() at: string;
}

export class GatewayTransactionDetailView extends GatewayTransactionView {
  @ListOf(() => GatewayEventView, { max: 100_000, about: 'what the gateway said, oldest first' })
  events: GatewayEventView[];
}

export class CallbackView {
  @OneOf(EVENT_OUTCOMES, { nullable: true, example: 'ACCEPTED', about: 'null: no news' }) outcome: string | null;
}

export class OpenClearingView {
  @Txt({ nullable: true, example: 'gateway:1042', about: 'of the ledger GATEWAY_CLEARING' }) dimension: string | null;
  @Part(() => CurrencyAmountView) open: CurrencyAmountView;
}

export class GatewayStartReconciliation {
  @DateField({ about: 'on which the payers paid, Asia/Hebron' }) day: string;
}

export class GatewayReconciliationAskedView {
  @Id({ about: 'the message a worker takes' }) messageId: number;
}

class GatewayReconciliationTotalView extends CurrencyAmountView {
  @Int({ example: 12 }) count: number;
}

class GatewayReconciliationFindingView {
  @OneOf(FINDING_KINDS, { example: 'NOT_SUCCESSFUL_HERE' }) kind: string;
  @Txt({ example: 'SBX-4oJ3' }) reference: string;
  @Id({ nullable: true }) transactionId: number | null;
  @Flag({ example: true, about: 'what the gateway says was taken over' }) corrected: boolean;
}

export class GatewayReconciliationView {
  @Id() id: number;
  @Txt({ example: 'sandbox' }) gateway: string;
  @DateField() day: string;
  @OneOf(RECONCILIATION_STATES, { example: 'AGREES' }) state: string;
  @Id({ nullable: true, about: 'null for the nightly one' }) startedBy: number | null;
  @InstantField() startedAt: string;
  @InstantField() finishedAt: string;
  @ListOf(() => GatewayReconciliationTotalView) ours: GatewayReconciliationTotalView[];
  @ListOf(() => GatewayReconciliationTotalView) theirs: GatewayReconciliationTotalView[];
  @ListOf(() => GatewayReconciliationFindingView, { max: 100_000 }) findings: GatewayReconciliationFindingView[];
  @Txt({ nullable: true, max: 1000, example: null }) failure: string | null;
}

/** What the page of the payer tells a program. */
export class PayView {
  @OneOf(TRANSACTION_STATES, { example: 'SUCCESS' }) state: string;
  @Flag({ example: false }) payable: boolean;
  @Txt({ example: 'محمد أ. ن.', about: 'masked' }) payer: string;
  @Part(() => CurrencyAmountView) total: CurrencyAmountView;
  @InstantField() expiresAt: string;
  @Txt({ nullable: true, example: 'RC-WEB-2026-000123-45' }) receiptSerial: string | null;
}

export function transactionView(
  { transaction, receiptSerial }: FoundTransaction,
  link: string,
): GatewayTransactionView {
  const {
    token: _,
    gatewayUrl: __,
    suspensePostingId: ___,
    paymentId: ____,
    lines,
    currency,
    amount,
    ...rest
  } = transaction;
  const { refundRequestedAt, refundRequestedBy, refundReason, refundedAt, ...shown } = rest;
  return {
    ...shown,
    link,
    total: moneyView(currency, amount),
    lines: lines.map((line) => ({
      accountId: line.accountId,
      toPay: moneyView(currency, line.amount),
      chargeIds: line.chargeIds ?? null,
    })),
    receiptSerial,
    refund:
      refundRequestedAt === null
        ? null
        : { requestedBy: refundRequestedBy!, requestedAt: refundRequestedAt, reason: refundReason!, refundedAt },
  };
}

export const eventView = ({ id, source, outcome, said, at }: GatewayEvent): GatewayEventView => ({
  id,
  source,
  outcome,
  said,
  at,
});

export const openClearingView = ({ dimension, currency, amount }: OpenClearing): OpenClearingView => ({
  dimension,
  open: moneyView(currency, amount),
});

const totalView = ({ currency, amount, count }: Total): GatewayReconciliationTotalView => ({
  ...moneyView(currency, amount),
  count,
});

export const reconciliationView = (made: GatewayReconciliation): GatewayReconciliationView => ({
  ...made,
  ours: made.ours.map(totalView),
  theirs: made.theirs.map(totalView),
});
