import {
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import type { StatementContent } from './content';

/** A statement of balances as it was issued. Only `prints` changes afterwards. */
@Entity('statements')
@Unique(['serial'])
@Unique(['office', 'year', 'number'])
@Index(['oneRecordId', 'issuedAt'])
export class Statement {
  @IdColumn() id: number;
  @KeyColumn(40) serial: string;
  @KeyColumn(8) office: string;
  @IntColumn() year: number;
  /** Without gaps in its office and year. */
  @IntColumn() number: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @IntColumn() recordVersion: number;
  @InstantColumn() issuedAt: string;
  @LocalDateColumn() asOf: string;
  @RefColumn('User') issuedBy: number;
  /** Everything the sheet says, so that a reprint years later says the same. */
  @JsonColumn() content: StatementContent;
  /** SHA-256 of the canonical JSON (RFC 8785) of the content. */
  @KeyColumn(64) contentHash: string;
  /** Sheets given out: the first is the original, the others are copies. */
  @IntColumn() prints: number;
}
