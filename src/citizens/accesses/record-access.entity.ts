import { EnumColumn, IdColumn, InstantColumn, KeyColumn, LocalDateColumn, RefColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** What of a citizen was looked at. */
export const ACCESS_KINDS = [
  'RECORD',
  'ROWS',
  'DOCUMENTS',
  'HISTORY',
  'ACCOUNT',
  'BILL',
  'STATEMENT',
  'PAYMENT',
  'SERVICE',
  'MESSAGE',
] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** A member of staff has looked at a citizen's data. Written once, never changed; the citizen reads it. */
@Entity('record_accesses')
@Index(['oneRecordId', 'day'])
export class RecordAccess {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  /** In Hebron. */
  @LocalDateColumn() day: string;
  @RefColumn('User') userId: number;
  /** Department and role as they were. */
  @RefColumn('Department', { nullable: true }) departmentId: number | null;
  @KeyColumn(20) role: string;
  @EnumColumn(ACCESS_KINDS) kind: AccessKind;
  @KeyColumn(40, { nullable: true }) purpose: string | null;
  @InstantColumn() at: string;
  /** Leads to the request in log and audit. */
  @KeyColumn(64, { nullable: true }) requestId: string | null;
}
