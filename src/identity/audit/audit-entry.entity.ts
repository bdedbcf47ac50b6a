import { EnumColumn, IdColumn, InstantColumn, JsonColumn, KeyColumn, RefColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const AUDIT_OUTCOMES = ['DONE', 'REFUSED'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Who did or tried what, and when. Written once, never changed. */
@Entity('audit_entries')
@Index(['at'])
@Index(['actorName', 'at'])
@Index(['action', 'at'])
export class AuditEntry {
  @IdColumn() id: number;
  @InstantColumn() at: string;
  @RefColumn('User', { nullable: true }) actorId: number | null;
  /** The username; for a login as it was typed, cut to fit. */
  @KeyColumn(100, { nullable: true }) actorName: string | null;
  @KeyColumn(80) action: string;
  @EnumColumn(AUDIT_OUTCOMES) outcome: AuditOutcome;
  @KeyColumn(45, { nullable: true }) ip: string | null;
  @KeyColumn(64, { nullable: true }) requestId: string | null;
  @JsonColumn({ nullable: true }) detail: unknown;
}
