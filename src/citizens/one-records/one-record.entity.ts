import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const PARTY_TYPES = ['INDIVIDUAL', 'COMPANY', 'HEIRS', 'INSTITUTION'] as const;
export type PartyType = (typeof PARTY_TYPES)[number];

export const RECORD_STATES = [
  'DRAFT',
  'PENDING_APPROVAL',
  'APPROVED',
  'ACTIVATED',
  'SUSPENDED',
  'MERGED_INTO',
  'REVOKED',
] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export const DOCUMENT_TYPES = ['NATIONAL_ID', 'PASSPORT', 'COMPANY_REGISTER'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** A person's four names, or the one name (`body`) of a company, an estate or an institution. */
export interface NameParts {
  given?: string;
  father?: string;
  grandfather?: string;
  family?: string;
  body?: string;
}

/** The approved single record of a person or body. Owns no money: balances stay on the legacy services. */
@Entity('one_records')
@Unique(['number'])
@Index(['state', 'id'])
@Index(['phoneE164'])
@Index(['mergedIntoId'])
@Index(['claimedDocumentKey'], { unique: true, where: whereSet('claimed_document_key') })
export class OneRecord {
  @IdColumn() id: number;
  /** `YYYY-NNNNNN`, without gaps in a year. */
  @KeyColumn(11) number: string;
  @EnumColumn(PARTY_TYPES) partyType: PartyType;
  @EnumColumn(RECORD_STATES) state: RecordState;
  /** Where {@link RecordState} SUSPENDED goes back to. */
  @EnumColumn(['APPROVED', 'ACTIVATED'], { nullable: true }) resumesAs: 'APPROVED' | 'ACTIVATED' | null;

  @JsonColumn({ nullable: true }) nameParts: NameParts | null;
  @JsonColumn({ nullable: true }) latinNameParts: NameParts | null;
  /** The name as on the document, Arabic. */
  @TextColumn(500, { nullable: true }) approvedName: string | null;
  @TextColumn(500, { nullable: true }) approvedLatinName: string | null;

  @EnumColumn(DOCUMENT_TYPES, { nullable: true }) documentType: DocumentType | null;
  @KeyColumn(40, { nullable: true }) documentNumber: string | null;
  /** `documentKey` of national-id: comparable with the legacy rows'. */
  @KeyColumn(100, { nullable: true }) documentKey: string | null;
  /** {@link documentKey} while this record holds it; null once merged or revoked. Heirs hold it beside the person. */
  @KeyColumn(110, { nullable: true }) claimedDocumentKey: string | null;
  /** Why a supervisor let a national ID pass that fails its check. */
  @TextColumn(1000, { nullable: true }) idOverrideReason: string | null;
  @RefColumn('User', { nullable: true }) idOverriddenBy: number | null;

  /** Confirmed with the person at the counter and approved with the record; activation codes go nowhere else. */
  @KeyColumn(20, { nullable: true }) phoneE164: string | null;
  /** When the person answered a code sent to that phone. */
  @InstantColumn({ nullable: true }) phoneVerifiedAt: string | null;
  @TextColumn(254, { nullable: true }) email: string | null;
  @LocalDateColumn({ nullable: true }) bornOn: string | null;
  @LocalDateColumn({ nullable: true }) diedOn: string | null;

  @RefColumn('OneRecord', { nullable: true }) mergedIntoId: number | null;
  @RefColumn('User') makerId: number;
  @RefColumn('User', { nullable: true }) submittedBy: number | null;
  @InstantColumn({ nullable: true }) submittedAt: string | null;
  @RefColumn('User', { nullable: true }) approvedBy: number | null;
  @InstantColumn({ nullable: true }) approvedAt: string | null;
  @InstantColumn({ nullable: true }) activatedAt: string | null;
  @InstantColumn() createdAt: string;
  @IntColumn() version: number;
}
