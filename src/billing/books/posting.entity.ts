import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

/** A business event in the books. Append-only; undone by a posting with the opposite entries. */
@Entity('ledger_postings')
@Index(['documentType', 'documentId'])
@Index(['reversesId'], { unique: true, where: whereSet('reverses_id') })
export class LedgerPosting {
  @IdColumn() id: number;
  @KeyColumn(20) kind: string;
  @LocalDateColumn() postedOn: string;
  /** What it was made for, such as `payment` or `bill`. */
  @KeyColumn(30, { nullable: true }) documentType: string | null;
  @KeyColumn(60, { nullable: true }) documentId: string | null;
  /** The posting that this one undoes whole. */
  @RefColumn('LedgerPosting', { nullable: true }) reversesId: number | null;
  /** For people, on statements of account. */
  @TextColumn(300) description: string;
  @TextColumn(500, { nullable: true }) reason: string | null;
  @RefColumn('User', { nullable: true }) postedBy: number | null;
  @InstantColumn() postedAt: string;
}

/** One side of a posting: debit is positive, credit negative. The entries of a posting sum to zero in each currency and day. */
@Entity('ledger_entries')
@Index(['postingId'])
@Index(['accountId', 'postedOn', 'amount'])
@Index(['ledger', 'postedOn', 'currency', 'amount'])
@Index(['dimension', 'amount'], { where: `"ledger" = 'SUSPENSE'` })
export class LedgerEntry {
  @IdColumn() id: number;
  @RefColumn('LedgerPosting') postingId: number;
  /** Code of the chart. */
  @KeyColumn(30) ledger: string;
  /** Set for receivables, and only there. */
  @RefColumn('Account', { nullable: true }) accountId: number | null;
  /** What the ledger is kept apart by: a charge head, a shift, a bank account, a partner. */
  @KeyColumn(40, { nullable: true }) dimension: string | null;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
  /** The posting's day; of opening detail the day of the movement in the old system. */
  @LocalDateColumn() postedOn: string;
  /** The movement of an old system that this entry takes over. */
  @RefColumn('LegacyMovement', { nullable: true }) legacyMovementId: number | null;
}

export const PERIOD_STATES = ['OPEN', 'CLOSED'] as const;

/** A month of the books; one that has no row is open. */
@Entity('ledger_periods')
@Unique(['period'])
export class LedgerPeriod {
  @IdColumn() id: number;
  /** `YYYY-MM`. */
  @KeyColumn(7) period: string;
  @EnumColumn(PERIOD_STATES) state: (typeof PERIOD_STATES)[number];
  @RefColumn('User') changedBy: number;
  @InstantColumn() changedAt: string;
  @TextColumn(500, { nullable: true }) reason: string | null;
}
