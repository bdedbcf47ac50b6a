import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Unique } from 'typeorm';

export const EVIDENCE_TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

/** The scan of a document that proves a name or a number. */
@Entity('one_record_evidence')
@Unique(['oneRecordId', 'sha256'])
export class Evidence {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @TextColumn(200) fileName: string;
  /** By the file's first bytes, not by what was claimed. */
  @EnumColumn(EVIDENCE_TYPES) contentType: EvidenceType;
  @KeyColumn(64) sha256: string;
  @IntColumn() sizeBytes: number;
  @LongTextColumn() base64: string;
  @RefColumn('User') uploadedBy: number;
  @InstantColumn() uploadedAt: string;
}
