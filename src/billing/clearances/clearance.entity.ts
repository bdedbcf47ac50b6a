import {
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import type { ServiceType } from '../accounts/account.entity';

export interface ClearanceContent {
  serial: string;
  issuedAt: string;
  issuedBy: string;
  validUntil: string;
  purpose: string | null;
  holder: { oneRecordNumber: string; approvedName: string; nameParts: Record<string, string | null | undefined> };
  serviceTypes: ServiceType[];
  accounts: { number: string; serviceType: ServiceType; currency: string }[];
}

/** A clearance certificate (براءة ذمة): nothing was overdue on these services on the day of issue. Revoked, never deleted. */
@Entity('clearances')
@Unique(['serial'])
@Unique(['office', 'year', 'number'])
@Index(['oneRecordId', 'issuedAt'])
export class Clearance {
  @IdColumn() id: number;
  @KeyColumn(40) serial: string;
  @KeyColumn(8) office: string;
  @IntColumn() year: number;
  /** Without gaps in its office and year. */
  @IntColumn() number: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @InstantColumn() issuedAt: string;
  @RefColumn('User') issuedBy: number;
  /** The last day on which it holds. */
  @LocalDateColumn() validUntil: string;
  @JsonColumn() content: ClearanceContent;
  /** SHA-256 of the canonical JSON (RFC 8785) of the content. */
  @KeyColumn(64) contentHash: string;
  /** Sheets given out: the first is the original, the others are copies. */
  @IntColumn() prints: number;
  @RefColumn('User', { nullable: true }) revokedBy: number | null;
  @InstantColumn({ nullable: true }) revokedAt: string | null;
  @TextColumn(500, { nullable: true }) revokedReason: string | null;
}
