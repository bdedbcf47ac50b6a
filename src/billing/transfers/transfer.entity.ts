import {
  EnumColumn,
  FlagColumn,
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

export const TRANSFER_STATES = ['PROPOSED', 'POSTED', 'REJECTED', 'REVERSED'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

/** What becomes of the seller's advance: it stays on the seller's account, or the buyer gets it, as both agreed. */
export const ADVANCE_CHOICES = ['KEEP', 'CARRY'] as const;
export type AdvanceChoice = (typeof ADVANCE_CHOICES)[number];

/** What is due for one span of months, shared between the two holders by days. Minor units. */
export interface SplitLine {
  /** The seller's open charge; null for a recurring charge that no bill was made of yet. */
  chargeId: number | null;
  recurringId: number | null;
  head: string;
  /** `YYYY-MM`, the first month. */
  period: string;
  months: number;
  /** First of the days that the charge is for, of one that an earlier sale moved; else that of the span. */
  from?: string;
  dueOn: string | null;
  detail: string | null;
  seller: number;
  buyer: number;
  /** What the seller's deposit is taken back by; `seller` is then less by what was paid of it. */
  depositBack?: number;
  /** What of the deposit was given up before: nobody is owed it any more. */
  depositRelieved?: number;
}

/** A service that goes over to another holder on a day, as with the sale of a building: in all currencies of its number. */
@Entity('account_transfers')
@Index(['state'])
@Index(['number'])
@Index(['buyerId'])
export class AccountTransfer {
  @IdColumn() id: number;
  @EnumColumn(TRANSFER_STATES) state: TransferState;
  /** Of the accounts. */
  @KeyColumn(100) number: string;
  /** The account that was named. */
  @RefColumn('Account') accountId: number;
  @RefColumn('OneRecord') buyerId: number;
  /** The buyer's first day. */
  @LocalDateColumn() soldOn: string;
  @EnumColumn(ADVANCE_CHOICES) advance: AdvanceChoice;
  /** The paper in which the seller leaves the advance to the buyer. */
  @TextColumn(100, { nullable: true }) agreementNumber: string | null;
  /** Asked for although the seller owes something; a supervisor approves it. */
  @FlagColumn() despiteDebt: boolean;
  @TextColumn(500) reason: string;
  /** Number of the paper that proves the sale. */
  @TextColumn(100) documentNumber: string;
  @RefColumn('User') proposedBy: number;
  @InstantColumn() proposedAt: string;
  @RefColumn('User', { nullable: true }) decidedBy: number | null;
  @InstantColumn({ nullable: true }) decidedAt: string | null;
  @TextColumn(500, { nullable: true }) rejection: string | null;
  /** Null also when there was nothing to move. */
  @RefColumn('LedgerPosting', { nullable: true }) postingId: number | null;
  @RefColumn('User', { nullable: true }) reversedBy: number | null;
  @InstantColumn({ nullable: true }) reversedAt: string | null;
  @TextColumn(500, { nullable: true }) reversal: string | null;
  @RefColumn('LedgerPosting', { nullable: true }) reversalPostingId: number | null;
  @IntColumn() version: number;
}

/** One account of a transfer that was posted: the final bill of its seller. Minor units of its currency. */
@Entity('transferred_accounts')
@Unique(['transferId', 'sellerAccountId'])
@Index(['sellerAccountId'])
@Unique(['buyerAccountId'])
export class TransferredAccount {
  @IdColumn() id: number;
  @RefColumn('AccountTransfer') transferId: number;
  @RefColumn('Account') sellerAccountId: number;
  @RefColumn('Account') buyerAccountId: number;
  @JsonColumn() lines: SplitLine[];
  /** The seller's before the transfer. */
  @MinorUnitsColumn() advance: number;
  /** Of it to the buyer. */
  @MinorUnitsColumn() carried: number;
  /** Recurring charges: the seller's that ended, and the buyer's that follow them. */
  @JsonColumn() recurring: { from: number; to: number | null }[];
}

export const TRANSFER_ENTITIES = [AccountTransfer, TransferredAccount];
