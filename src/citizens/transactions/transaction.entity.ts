import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const ACTIONS = [
  'CREATE',
  'LINK',
  'CHANGE_LINK',
  'UNLINK',
  'CHOOSE_APPROVED_ROW',
  'IDENTIFY',
  'OVERRIDE_ID',
  'ATTACH_EVIDENCE',
  'SUBMIT',
  'APPROVE',
  'REJECT',
  'SUSPEND',
  'REINSTATE',
  'REVOKE',
  'MERGE',
  'UNMERGE',
  'SPLIT',
  'NOT_SAME',
  'LIFT_NOT_SAME',
  'EDIT',
  'ACTIVATE',
  'CHANGE_PHONE',
] as const;
export type Action = (typeof ACTIONS)[number];

/** A change of a OneRecord (حركة): append-only, numbered without gaps in a year, chained by hash. */
@Entity('one_record_transactions')
@Unique(['year', 'number'])
@Index(['oneRecordId', 'id'])
@Index(['relatedRecordId', 'id'])
@Index(['employeeId', 'at'])
export class LinkTransaction {
  @IdColumn() id: number;
  @IntColumn() year: number;
  @IntColumn() number: number;
  @RefColumn('OneRecord') oneRecordId: number;
  /** The other record of a merge or a split. */
  @RefColumn('OneRecord', { nullable: true }) relatedRecordId: number | null;
  @EnumColumn(ACTIONS) action: Action;
  /** Null where the citizen acted. */
  @RefColumn('User', { nullable: true }) employeeId: number | null;
  @TextColumn(1000, { nullable: true }) reason: string | null;
  /** State of the record or records; null before the first. */
  @JsonColumn({ nullable: true }) before: unknown;
  @JsonColumn() after: unknown;
  /** SHA-256 of the scan the change rests on. */
  @KeyColumn(64, { nullable: true }) evidence: string | null;
  @InstantColumn() at: string;
  @KeyColumn(64) previousHash: string;
  /** SHA-256 over the canonical JSON of all of the above but the id. */
  @KeyColumn(64) hash: string;
}
