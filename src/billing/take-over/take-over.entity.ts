import { EnumColumn, IdColumn, InstantColumn, IntColumn, JsonColumn, TextColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const TAKE_OVER_STATES = ['RUNNING', 'DONE', 'FAILED'] as const;

/** What the mirror and the books say in one currency: minor units, debit positive. */
export interface TakeOverTotal {
  currency: string;
  /** Movements of the mirror that are in the newest extract. */
  debit: string;
  credit: string;
  /** Opening entries of the books. */
  taken: string;
}

/** Movements that the books cannot hold, such as those of an unknown currency, or that somebody is to look at. */
export interface TakeOverException {
  serviceNumber: string;
  reason: string;
  movements: number;
}

/** A run that brings the accounts and opening detail of the books up to the mirror's last state. */
@Entity('take_overs')
@Index(['startedAt'])
export class TakeOver {
  @IdColumn() id: number;
  @EnumColumn(TAKE_OVER_STATES) state: (typeof TAKE_OVER_STATES)[number];
  @InstantColumn() startedAt: string;
  @InstantColumn({ nullable: true }) finishedAt: string | null;
  /** Accounts opened. */
  @IntColumn() accounts: number;
  /** Movements taken, corrected or taken back. */
  @IntColumn() movements: number;
  @JsonColumn({ nullable: true }) totals: TakeOverTotal[] | null;
  @JsonColumn({ nullable: true }) exceptions: TakeOverException[] | null;
  @TextColumn(1000, { nullable: true }) failure: string | null;
}
