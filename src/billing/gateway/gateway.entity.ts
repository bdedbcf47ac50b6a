import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import type { Finding, Total } from './reconciliation.rules';

/** CREATED: a link that nobody has opened; PENDING: the payer is at the gateway. */
export const TRANSACTION_STATES = ['CREATED', 'PENDING', 'SUCCESS', 'FAILED', 'EXPIRED', 'REFUNDED'] as const;
export type TransactionState = (typeof TRANSACTION_STATES)[number];

/** Why money that came in pays nothing yet. */
export const SUSPENSE_REASONS = ['LATE', 'ACCOUNT_CLOSED'] as const;
export type SuspenseReason = (typeof SUSPENSE_REASONS)[number];

/** What is to be paid on one account, in minor units of the transaction's currency. */
export interface TransactionLine {
  accountId: number;
  amount: number;
  /** Absent: the oldest. */
  chargeIds?: number[];
}

/** A payment through a gateway, from the link on. From SUCCESS it goes to REFUNDED and nowhere else. */
@Entity('gateway_transactions')
@Unique(['token'])
@Index(['gateway', 'reference'], { unique: true, where: whereSet('reference') })
@Index(['paymentId'], { unique: true, where: whereSet('payment_id') })
@Index(['state', 'expiresAt'])
@Index(['gateway', 'paidAt'])
@Index(['oneRecordId'])
export class GatewayTransaction {
  @IdColumn() id: number;
  @KeyColumn(30) gateway: string;
  /** Of the session at the gateway. */
  @KeyColumn(60, { nullable: true }) reference: string | null;
  /** Where the gateway takes the money. */
  @TextColumn(500, { nullable: true }) gatewayUrl: string | null;
  /** Random; who has the link may see its page and pay. */
  @KeyColumn(43) token: string;
  @RefColumn('OneRecord') oneRecordId: number;
  @TextColumn(200) payerName: string;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
  @JsonColumn() lines: TransactionLine[];
  @EnumColumn(TRANSACTION_STATES) state: TransactionState;
  @RefColumn('Payment', { nullable: true }) paymentId: number | null;
  /** Set while the money is in suspense: the work list. */
  @EnumColumn(SUSPENSE_REASONS, { nullable: true }) suspense: SuspenseReason | null;
  @RefColumn('LedgerPosting', { nullable: true }) suspensePostingId: number | null;
  @KeyColumn(60, { nullable: true }) failureCode: string | null;
  /** Null when the citizen did. */
  @RefColumn('User', { nullable: true }) createdBy: number | null;
  @InstantColumn() createdAt: string;
  @InstantColumn() expiresAt: string;
  /** When the payer paid, as the gateway says. */
  @InstantColumn({ nullable: true }) paidAt: string | null;
  /** When it came to its end here. */
  @InstantColumn({ nullable: true }) settledAt: string | null;
  @InstantColumn({ nullable: true }) lastCallbackAt: string | null;
  @InstantColumn({ nullable: true }) lastPolledAt: string | null;
  @RefColumn('User', { nullable: true }) refundRequestedBy: number | null;
  @InstantColumn({ nullable: true }) refundRequestedAt: string | null;
  @TextColumn(500, { nullable: true }) refundReason: string | null;
  @InstantColumn({ nullable: true }) refundedAt: string | null;
}

export const EVENT_SOURCES = ['CALLBACK', 'POLL', 'RECONCILIATION', 'REFUND'] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/**
 * ACCEPTED: it changed the state; SUSPENSE: and its money pays nothing yet; DUPLICATE: known already; IGNORED: against
 * what is settled; MISMATCH: another amount or currency; UNKNOWN: a reference nobody has; FAILED: a refund that the
 * gateway did not take.
 */
export const EVENT_OUTCOMES = [
  'ACCEPTED',
  'ACCEPTED_LATE',
  'SUSPENSE',
  'DUPLICATE',
  'IGNORED',
  'MISMATCH',
  'UNKNOWN',
  'FAILED',
] as const;
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

/** What a gateway said and what came of it. Append-only. */
@Entity('gateway_events')
@Index(['transactionId'])
@Index(['at'])
export class GatewayEvent {
  @IdColumn() id: number;
  @RefColumn('GatewayTransaction', { nullable: true }) transactionId: number | null;
  @KeyColumn(30) gateway: string;
  @EnumColumn(EVENT_SOURCES) source: EventSource;
  @EnumColumn(EVENT_OUTCOMES) outcome: EventOutcome;
  /** The facts that were read of it: reference, status, amount; nothing of cards or people. */
  @JsonColumn() said: object;
  @InstantColumn() at: string;
}

export const RECONCILIATION_STATES = ['AGREES', 'DIFFERS', 'FAILED'] as const;

/** The gateway's list of a day against ours. */
@Entity('gateway_reconciliations')
@Index(['gateway', 'day'])
export class GatewayReconciliation {
  @IdColumn() id: number;
  @KeyColumn(30) gateway: string;
  /** On which the payers paid, Asia/Hebron. */
  @LocalDateColumn() day: string;
  @EnumColumn(RECONCILIATION_STATES) state: (typeof RECONCILIATION_STATES)[number];
  /** Employee; null for the nightly one. */
  @RefColumn('User', { nullable: true }) startedBy: number | null;
  @InstantColumn() startedAt: string;
  @InstantColumn() finishedAt: string;
  @JsonColumn() ours: Total[];
  @JsonColumn() theirs: Total[];
  @JsonColumn() findings: Finding[];
  @TextColumn(1000, { nullable: true }) failure: string | null;
}
