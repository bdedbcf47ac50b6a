import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const ADJUSTMENT_KINDS = ['CREDIT_NOTE', 'DEBIT_NOTE', 'WRITE_OFF'] as const;
export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number];

export const ADJUSTMENT_STATES = ['PROPOSED', 'POSTED', 'REJECTED', 'REVERSED'] as const;
export type AdjustmentState = (typeof ADJUSTMENT_STATES)[number];

/** A change of what an account owes that is no bill and no payment: proposed by one, posted by another. */
@Entity('adjustments')
@Index(['state'])
@Index(['accountId', 'kind'])
@Index(['proposedAt'])
@Index(['serial'], { unique: true, where: whereSet('serial') })
export class Adjustment {
  @IdColumn() id: number;
  @EnumColumn(ADJUSTMENT_KINDS) kind: AdjustmentKind;
  @EnumColumn(ADJUSTMENT_STATES) state: AdjustmentState;
  @RefColumn('Account') accountId: number;
  @KeyColumn(3) currency: string;
  /** What a credit note takes back and a write-off gives up; null for a debit note. */
  @RefColumn('Charge', { nullable: true }) chargeId: number | null;
  /** Code of the charge head: that of the charge, or of the one to be made. */
  @KeyColumn(20) head: string;
  @MinorUnitsColumn() amount: number;
  /** `YYYY-MM` and day of the charge to be made; null for the others, and where the day of posting says it. */
  @KeyColumn(7, { nullable: true }) period: string | null;
  @LocalDateColumn({ nullable: true }) dueOn: string | null;
  @TextColumn(500) reason: string;
  /** Number of the paper that supports it: decision, letter, minutes. */
  @TextColumn(100) documentNumber: string;
  @RefColumn('User') proposedBy: number;
  @InstantColumn() proposedAt: string;
  @RefColumn('User', { nullable: true }) decidedBy: number | null;
  @InstantColumn({ nullable: true }) decidedAt: string | null;
  @TextColumn(500, { nullable: true }) rejection: string | null;
  /** Without gaps in its kind, office and year; given when it is posted. */
  @KeyColumn(40, { nullable: true }) serial: string | null;
  @LocalDateColumn({ nullable: true }) postedOn: string | null;
  @RefColumn('LedgerPosting', { nullable: true }) postingId: number | null;
  @RefColumn('User', { nullable: true }) reversedBy: number | null;
  @InstantColumn({ nullable: true }) reversedAt: string | null;
  @TextColumn(500, { nullable: true }) reversal: string | null;
  @RefColumn('LedgerPosting', { nullable: true }) reversalPostingId: number | null;
  @IntColumn() version: number;
}
