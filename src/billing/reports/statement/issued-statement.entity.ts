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
import type { StatementContent } from '../../../citizens';
import type { RecordStatementView } from './account-statements.dto';

export interface AccountStatementContent {
  serial: string;
  issuedAt: string;
  issuedBy: string;
  purpose: string | null;
  holder: StatementContent['holder'];
  statement: RecordStatementView;
}

/** A statement of account as it was issued. Only `prints` changes afterwards. */
@Entity('account_statements')
@Unique(['serial'])
@Unique(['office', 'year', 'number'])
@Index(['oneRecordId', 'issuedAt'])
export class IssuedAccountStatement {
  @IdColumn() id: number;
  @KeyColumn(40) serial: string;
  @KeyColumn(8) office: string;
  @IntColumn() year: number;
  /** Without gaps in its office and year. */
  @IntColumn() number: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @InstantColumn() issuedAt: string;
  @LocalDateColumn() firstDay: string;
  @LocalDateColumn() lastDay: string;
  @RefColumn('User') issuedBy: number;
  /** Everything the sheet says, so that a reprint years later says the same. */
  @JsonColumn() content: AccountStatementContent;
  /** SHA-256 of the canonical JSON (RFC 8785) of the content. */
  @KeyColumn(64) contentHash: string;
  /** Sheets given out: the first is the original, the others are copies. */
  @IntColumn() prints: number;
}
