import { DateField, Flag, Id, IdList, Int, ListOf, OneOf, PageQuery, Part, Txt } from '@libs/http';
import { EVIDENCE_TYPES, type EvidenceType } from './evidence.entity';
import { EVIDENCE_MAX_BASE64 } from './evidence.rules';
import { RELATIONS, type Relation } from './link.entity';
import {
  DOCUMENT_TYPES,
  PARTY_TYPES,
  RECORD_STATES,
  type DocumentType,
  type PartyType,
  type RecordState,
} from './one-record.entity';

export class OneRecordParam {
  @Id() id: number;
}

export class OneRecordNumberParam {
  @Txt({ example: '2026-000042', max: 11, pattern: /^\d{4}-\d{6}$/ }) number: string;
}

export class LinkedRowParam extends OneRecordParam {
  @Id({ example: 5120, about: 'id of the legacy row' }) legacyCitizenId: number;
}

export class EvidenceParam extends OneRecordParam {
  @Id() evidenceId: number;
}

export class OneRecordsQuery extends PageQuery {
  @OneOf(RECORD_STATES, { optional: true, example: 'PENDING_APPROVAL' }) state?: RecordState;
  @OneOf(PARTY_TYPES, { optional: true, example: 'INDIVIDUAL' }) partyType?: PartyType;
  @Txt({ optional: true, example: '2026-0000', max: 11, pattern: /^[\d-]*$/, about: 'the number or its beginning' })
  number?: string;
}

export class OneRecordQuery {
  @Flag({
    optional: true,
    example: true,
    about: 'false shows a merged record itself instead of leading to its survivor',
  })
  follow?: boolean;
}

class RelationInput {
  @OneOf(RELATIONS, { example: 'SAME_PERSON' }) relation: Relation;
  @Int({ optional: true, min: 1, max: 10_000, example: 2500, about: 'hundredths of a percent: 2500 is 25 %' })
  shareHundredths?: number;
}

export class ChangeLinkInput extends RelationInput {}

export class LinkRowInput extends RelationInput {
  @Id({ example: 5120, about: 'id of the legacy row' }) legacyCitizenId: number;
}

export class SelectedRowInput extends LinkRowInput {
  @Flag({ optional: true, example: true, about: 'the one row whose name is corrected and approved' })
  approved?: boolean;
}

export class CreateOneRecord {
  @OneOf(PARTY_TYPES, { example: 'INDIVIDUAL' }) partyType: PartyType;
  @ListOf(() => SelectedRowInput, { min: 1, max: 100 }) rows: SelectedRowInput[];
}

export class ApprovedRowInput {
  @Id({ example: 5120 }) legacyCitizenId: number;
}

export class ReasonInput {
  @Txt({ min: 3, max: 1000, example: 'الاسم مطابق ورقم الهوية مختلف: شخص آخر' }) reason: string;
}

export class NotSameInput extends ReasonInput {
  @Id({ example: 5121 }) legacyCitizenId: number;
}

export class NameInput {
  @Txt({ optional: true, max: 60, example: 'خالد' }) given?: string;
  @Txt({ optional: true, max: 60, example: 'محمود' }) father?: string;
  @Txt({ optional: true, max: 60, example: 'سعيد' }) grandfather?: string;
  @Txt({ optional: true, max: 60, example: 'النابلسي' }) family?: string;
  @Txt({ optional: true, max: 250, about: 'company, estate or institution: its one name' }) body?: string;
}

export class LatinNameInput {
  @Txt({ optional: true, max: 60, example: 'Khaled' }) given?: string;
  @Txt({ optional: true, max: 60, example: 'Mahmoud' }) father?: string;
  @Txt({ optional: true, max: 60, example: 'Saeed' }) grandfather?: string;
  @Txt({ optional: true, max: 60, example: 'Nabulsi' }) family?: string;
  @Txt({ optional: true, max: 250, about: 'company, estate or institution: its one name' }) body?: string;
}

export class DocumentInput {
  @OneOf(DOCUMENT_TYPES, { example: 'NATIONAL_ID' }) type: DocumentType;
  @Txt({ max: 40, example: '400000006', about: 'digits may be Arabic; separators are dropped' }) number: string;
}

class ContactInput {
  @Txt({ optional: true, min: 1, max: 40, example: '0599123456', about: 'confirmed with the person' }) phone?: string;
  @Txt({ optional: true, min: 6, max: 254, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, example: 'khaled@example.com' })
  email?: string;
  @DateField({ optional: true, example: '1980-02-14' }) bornOn?: string;
  @DateField({ optional: true, example: '2026-01-20' }) diedOn?: string;
}

export class IdentifyInput extends ContactInput {
  @Part(() => NameInput) name: NameInput;
  @Part(() => LatinNameInput, { optional: true }) latinName?: LatinNameInput;
  @Part(() => DocumentInput) document: DocumentInput;
  @Id({ optional: true, about: 'the scan of the document, attached before' }) evidenceId?: number;
}

export class EditChangesInput extends ContactInput {
  @Part(() => NameInput, { optional: true }) name?: NameInput;
  @Part(() => LatinNameInput, { optional: true }) latinName?: LatinNameInput;
  @Part(() => DocumentInput, { optional: true }) document?: DocumentInput;
  @ListOf(() => LinkRowInput, { optional: true, min: 1, about: 'rows to add, or to tie in another way' })
  links?: LinkRowInput[];
}

export class EvidenceInput {
  @Txt({ example: 'هوية-خالد.jpg', max: 200 }) fileName: string;
  @OneOf(EVIDENCE_TYPES, { example: 'image/jpeg' }) contentType: EvidenceType;
  @Txt({ max: EVIDENCE_MAX_BASE64, example: '/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', about: 'at most 1 MB of content' })
  base64: string;
}

export class MergeInput extends ReasonInput {
  @Id({ example: 1043, about: 'the record that goes into this one' }) otherId: number;
  @Int({ min: 1, example: 4, about: 'the version of it that you read' }) otherVersion: number;
}

export class SplitInput extends ReasonInput {
  @IdList({ example: [5121, 5122], about: 'the legacy rows that are somebody else' }) legacyCitizenIds: number[];
  @Id({ example: 5121, about: 'which of them is the approved row of the new draft' }) approvedRow: number;
}
