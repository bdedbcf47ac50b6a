import {
  BigIntColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  LongTextColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const RUN_STATES = ['DRAFT', 'CALCULATED', 'REVIEWED', 'POSTED', 'ISSUED', 'CANCELLED', 'REVERSED'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const RUN_TASKS = ['CALCULATE', 'POST', 'ISSUE', 'REVERSE'] as const;
export type RunTask = (typeof RUN_TASKS)[number];

/** What the bills of a run charge under one head in one currency. */
export interface RunTotal {
  head: string;
  currency: string;
  /** Minor units. */
  amount: number;
  lines: number;
}

/** The bills of one feeder for one month. The state changes when a task has gone through all accounts. */
@Entity('bill_runs')
@Index(['feeder', 'period'])
export class BillRun {
  @IdColumn() id: number;
  /** Code of the feeder. */
  @KeyColumn(20) feeder: string;
  /** `YYYY-MM`. */
  @KeyColumn(7) period: string;
  /** The day under which it is posted, and which the bills bear. */
  @LocalDateColumn() issueOn: string;
  @LocalDateColumn() dueOn: string;
  /** The feeder's own: which accounts. */
  @JsonColumn() parameters: Record<string, unknown>;
  @EnumColumn(RUN_STATES) state: RunState;
  /** What a worker has been asked for and has not finished. */
  @EnumColumn(RUN_TASKS, { nullable: true }) task: RunTask | null;
  /** The last account that the task at hand has dealt with; 0 for none. Moved in the unit that deals with them. */
  @BigIntColumn() cursor: number;
  @IntColumn() bills: number;
  /** Accounts that have a bill of this feeder and period already. */
  @IntColumn() skipped: number;
  @JsonColumn() totals: RunTotal[];
  /** Why the last task stopped; it goes on from there when it is asked for again. */
  @TextColumn(1000, { nullable: true }) failure: string | null;
  /** Of the serials. */
  @KeyColumn(8, { nullable: true }) office: string | null;
  /** Of the cancellation or reversal. */
  @TextColumn(500, { nullable: true }) reason: string | null;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
  @InstantColumn({ nullable: true }) calculatedAt: string | null;
  @RefColumn('User', { nullable: true }) reviewedBy: number | null;
  @InstantColumn({ nullable: true }) reviewedAt: string | null;
  @RefColumn('User', { nullable: true }) postedBy: number | null;
  @InstantColumn({ nullable: true }) postedAt: string | null;
  @RefColumn('User', { nullable: true }) issuedBy: number | null;
  @InstantColumn({ nullable: true }) issuedAt: string | null;
  /** Who cancelled or reversed it. */
  @RefColumn('User', { nullable: true }) endedBy: number | null;
  @InstantColumn({ nullable: true }) endedAt: string | null;
  /** Counted up by what people do; the progress of a task leaves it. */
  @IntColumn() version: number;
}

export const BILL_STATES = ['CALCULATED', 'POSTED', 'ISSUED', 'REVERSED'] as const;
export type BillState = (typeof BILL_STATES)[number];

/**
 * What an account is charged by one feeder for one month. A draft while CALCULATED, replaced by the next calculation;
 * from the posting on it stays. After a reversal the same month may have another edition.
 */
@Entity('bills')
@Unique(['accountId', 'feeder', 'period', 'edition'])
@Index(['serial'], { unique: true, where: whereSet('serial') })
@Index(['runId', 'accountId'])
export class Bill {
  @IdColumn() id: number;
  @RefColumn('BillRun') runId: number;
  @RefColumn('Account') accountId: number;
  @KeyColumn(20) feeder: string;
  /** `YYYY-MM`. */
  @KeyColumn(7) period: string;
  /** 1 for the first; one more after each reversal. */
  @IntColumn() edition: number;
  @EnumColumn(BILL_STATES) state: BillState;
  @KeyColumn(3) currency: string;
  /** Sum of the lines, above zero. */
  @MinorUnitsColumn() amount: number;
  /** JSON of {@link BillLine}s: written in bulk, as it is. */
  @LongTextColumn() lines: string;
  /** Of the account just before the posting: positive is owed, negative is an advance. */
  @MinorUnitsColumn({ nullable: true }) previousBalance: number | null;
  /** What advances paid of this bill at once. */
  @MinorUnitsColumn({ nullable: true }) advanceApplied: number | null;
  @RefColumn('LedgerPosting', { nullable: true }) postingId: number | null;
  @KeyColumn(40, { nullable: true }) serial: string | null;
  /** Without gaps in its office and year. */
  @IntColumn({ nullable: true }) number: number | null;
  /** JSON of all that the paper says, so that a reprint years later says the same. */
  @LongTextColumn({ nullable: true }) content: string | null;
  /** SHA-256 of the canonical JSON (RFC 8785) of the content. */
  @KeyColumn(64, { nullable: true }) contentHash: string | null;
}

/** An account that a task of the run left out, and why. Of a new calculation the old ones are gone. */
@Entity('bill_run_exceptions')
@Index(['runId', 'accountId'])
export class BillRunException {
  @IdColumn() id: number;
  @RefColumn('BillRun') runId: number;
  /** As the feeder named it, whether there is such an account or not. */
  @BigIntColumn() accountId: number;
  @EnumColumn(RUN_TASKS) task: RunTask;
  @TextColumn(500) reason: string;
}
