import {
  BigIntColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LongTextColumn,
  RefColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import { FILE_NAMES, type FileName } from '../extract/format';
import type { Control, Difference, Totals } from '../extract/control';
import type { ExtractFault } from '../extract/faults';

export const RUN_STATES = ['RUNNING', 'DONE', 'FAILED', 'ABANDONED'] as const;
export const TRIGGERS = ['CLI', 'REST', 'NIGHTLY'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** One import of an extract. FAILED: refused as a whole, or its sums differ from what the extract says of itself. */
@Entity('legacy_runs')
@Index(['state'])
export class LegacyRun {
  @IdColumn() id: number;
  @EnumColumn(RUN_STATES) state: (typeof RUN_STATES)[number];
  @EnumColumn(TRIGGERS) startedVia: Trigger;
  @BigIntColumn({ nullable: true }) startedBy: number | null;
  @LongTextColumn() directory: string;
  /** SHA-256 over the content of all files; null when the extract was refused before it was read through. */
  @KeyColumn(64, { nullable: true }) contentHash: string | null;
  @InstantColumn() startedAt: string;
  @InstantColumn({ nullable: true }) finishedAt: string | null;
  @JsonColumn({ nullable: true }) control: Control | null;
  @JsonColumn({ nullable: true }) totals: Totals | null;
  @JsonColumn({ nullable: true }) fault: ExtractFault | null;
  @JsonColumn({ nullable: true }) differences: Difference[] | null;
}

/** How far a run is with one file, and what came of it. */
@Entity('legacy_run_files')
@Unique(['runId', 'name'])
export class LegacyRunFile {
  @IdColumn() id: number;
  @RefColumn('LegacyRun') runId: number;
  @EnumColumn(FILE_NAMES) name: FileName;
  /** SHA-256 of the content. */
  @KeyColumn(64) sha256: string;
  @EnumColumn(['WAITING', 'DONE']) state: 'WAITING' | 'DONE';
  /** Records in the file. */
  @IntColumn() records: number;
  @IntColumn() recordsRead: number;
  @IntColumn() accepted: number;
  @IntColumn() unchanged: number;
  @IntColumn() changed: number;
  @IntColumn() refused: number;
  @IntColumn() vanished: number;
}

/** A line that was not taken in. */
@Entity('legacy_rejects')
@Unique(['runId', 'fileName', 'lineNumber'])
export class LegacyReject {
  @IdColumn() id: number;
  @RefColumn('LegacyRun') runId: number;
  @EnumColumn(FILE_NAMES) fileName: FileName;
  /** Physical line; the header is line 1. */
  @IntColumn() lineNumber: number;
  @LongTextColumn() sourceKey: string;
  @KeyColumn(100) reason: string;
  @LongTextColumn() rawLine: string;
}
