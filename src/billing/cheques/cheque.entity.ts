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
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const CHEQUE_STATES = [
  'RECEIVED',
  'HELD',
  'DUE',
  'DEPOSITED',
  'CLEARED',
  'RETURNED',
  'REDEPOSITED',
  'REPLACED',
  'LEGAL',
  'CANCELLED',
] as const;
export type ChequeState = (typeof CHEQUE_STATES)[number];

/** Whether it counts against the debt before it clears. */
export const RELIEFS = ['NOW', 'DEFERRED'] as const;
export type Relief = (typeof RELIEFS)[number];

/** A cheque that a payment was made with. Its ledger is CHEQUES, kept apart by `cheque:ID`. */
@Entity('cheques')
@Index(['duplicateKey'], { unique: true, where: whereSet('duplicate_key') })
@Unique(['tenderId'])
@Index(['paymentId'])
@Index(['bank', 'number'])
@Index(['state', 'dueOn'])
@Index(['dueOn'])
@Index(['drawerKey'])
@Index(['replacedById'])
export class Cheque {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @EnumColumn(CHEQUE_STATES) state: ChequeState;
  @RefColumn('Payment') paymentId: number;
  @RefColumn('PaymentTender') tenderId: number;
  /** Digits, as printed. */
  @KeyColumn(20) number: string;
  /** The bank's code on the cheque. */
  @KeyColumn(20) bank: string;
  @TextColumn(100) bankName: string;
  @TextColumn(60, { nullable: true }) branch: string | null;
  @TextColumn(200) drawer: string;
  /** The drawer as names are compared. */
  @KeyColumn(220) drawerName: string;
  /** National ID, passport or company register. */
  @KeyColumn(30, { nullable: true }) drawerId: string | null;
  @KeyColumn(40, { nullable: true }) drawerAccount: string | null;
  /** What cheques of one drawer share: their ID, or else their account, or else their name. */
  @KeyColumn(220) drawerKey: string;
  /** Bank, account and number: the same paper is not taken twice. Null once it was given back. */
  @KeyColumn(100, { nullable: true }) duplicateKey: string | null;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
  @LocalDateColumn() dueOn: string;
  /** DEFERRED from its first return on. */
  @EnumColumn(RELIEFS) relief: Relief;
  /** How often the bank sent it back. */
  @IntColumn() returns: number;
  /** The payment that came in its stead. */
  @RefColumn('Payment', { nullable: true }) replacedById: number | null;
  /** Of the court or the execution department. */
  @KeyColumn(60, { nullable: true }) caseNumber: string | null;
}

/** The part of a cheque that goes to one line of its payment. */
@Entity('cheque_lines')
@Index(['chequeId'])
@Index(['accountId'])
export class ChequeLine {
  @IdColumn() id: number;
  @RefColumn('Cheque') chequeId: number;
  @RefColumn('PaymentLine') paymentLineId: number;
  @RefColumn('Account') accountId: number;
  @MinorUnitsColumn() amount: number;
  /** The charges it is for; null: the oldest. */
  @JsonColumn({ nullable: true }) chargeIds: number[] | null;
  /** What it has credited; null while it counts nothing. */
  @RefColumn('Credit', { nullable: true }) creditId: number | null;
}

/** Append-only: the life of a cheque. */
@Entity('cheque_events')
@Index(['chequeId'])
export class ChequeEvent {
  @IdColumn() id: number;
  @RefColumn('Cheque') chequeId: number;
  /** Null of the first. */
  @EnumColumn(CHEQUE_STATES, { nullable: true }) fromState: ChequeState | null;
  @EnumColumn(CHEQUE_STATES) toState: ChequeState;
  @LocalDateColumn() happenedOn: string;
  @InstantColumn() happenedAt: string;
  /** Employee; null of a nightly job. */
  @RefColumn('User', { nullable: true }) actorId: number | null;
  @TextColumn(500, { nullable: true }) reason: string | null;
  @RefColumn('LedgerPosting', { nullable: true }) postingId: number | null;
}

export const CHEQUE_DEPOSIT_STATES = ['IN_TRANSIT', 'SETTLED'] as const;

/** Cheques on their way to the bank, with one slip. */
@Entity('cheque_deposits')
@Index(['madeOn'])
export class ChequeDeposit {
  @IdColumn() id: number;
  @IntColumn() version: number;
  /** SETTLED when the bank has answered for every cheque. */
  @EnumColumn(CHEQUE_DEPOSIT_STATES) state: (typeof CHEQUE_DEPOSIT_STATES)[number];
  /** Dimension of BANK in the ledger. */
  @KeyColumn(40) bankAccount: string;
  @TextColumn(100) bankName: string;
  @LocalDateColumn() madeOn: string;
  @RefColumn('User') madeBy: number;
  @InstantColumn() madeAt: string;
  @TextColumn(300, { nullable: true }) note: string | null;
}

export const OUTCOMES = ['PENDING', 'CLEARED', 'RETURNED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

@Entity('cheque_deposit_items')
@Unique(['depositId', 'chequeId'])
@Index(['chequeId'])
export class ChequeDepositItem {
  @IdColumn() id: number;
  @RefColumn('ChequeDeposit') depositId: number;
  @RefColumn('Cheque') chequeId: number;
  @EnumColumn(OUTCOMES) outcome: Outcome;
  /** The bank's number of the entry. */
  @KeyColumn(60, { nullable: true }) bankReference: string | null;
}

export const CHEQUE_ENTITIES = [Cheque, ChequeLine, ChequeEvent, ChequeDeposit, ChequeDepositItem];
