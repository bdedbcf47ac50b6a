import { DateField, Flag, Id, InstantField, Int, ListOf, MoneyField, OneOf, Part, TextList, Txt } from '@libs/http';
import { EVIDENCE_TYPES } from './evidence.entity';
import { RELATIONS } from './link.entity';
import { DOCUMENT_TYPES, PARTY_TYPES, RECORD_STATES } from './one-record.entity';
import { NameInput } from './one-records.dto';

/** A record as lists show it: nothing that tells more of a person than is needed to find the record. */
export class OneRecordListItem {
  @Id() id: number;
  @Txt({ example: '2026-000042' }) number: string;
  @OneOf(PARTY_TYPES, { example: 'INDIVIDUAL' }) partyType: string;
  @OneOf(RECORD_STATES, { example: 'PENDING_APPROVAL' }) state: string;
  @Txt({ nullable: true, max: 500, example: 'خالد محمود سعيد النابلسي' }) approvedName: string | null;
  @OneOf(DOCUMENT_TYPES, { nullable: true, example: 'NATIONAL_ID' }) documentType: string | null;
  @Txt({ nullable: true, example: '*****0006' }) maskedDocument: string | null;
  @InstantField() createdAt: string;
  @Int({ min: 1, example: 3 }) version: number;
}

export class LinkedRowView {
  @Id({ example: 5120 }) legacyCitizenId: number;
  @Txt({ example: 'C-104233' }) citNo: string;
  @Txt({ max: 10_000, example: 'خالد محمود النابلسي' }) rawName: string;
  @Txt({ nullable: true, example: '*****0006' }) maskedDocument: string | null;
  @OneOf(RELATIONS, { example: 'SAME_PERSON' }) relation: string;
  @Int({ nullable: true, example: null, about: 'hundredths of a percent' }) shareHundredths: number | null;
  @Flag({ example: true }) approved: boolean;
  @Flag({ example: false, about: 'the row names more than one party' }) joint: boolean;
  @Flag({ example: false, about: 'missing from the newest extract' }) vanished: boolean;
}

export class ServiceBalanceView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'minor units; positive is owed by the citizen' }) balance: string;
}

export class LinkedServiceView {
  @Id({ example: 88 }) serviceId: number;
  @Txt({ example: 'W-55012' }) srvNo: string;
  @Txt({ example: 'مياه' }) type: string;
  @Txt({ example: 'فعال' }) status: string;
  @Txt({ max: 10_000, example: 'المخفية قرب المسجد' }) address: string;
  @DateField({ example: '2004-05-01' }) startedOn: string;
  @ListOf(() => ServiceBalanceView) balances: ServiceBalanceView[];
}

export class LinkedRowDetailView extends LinkedRowView {
  @Txt({ nullable: true, example: '+970*****6981' }) maskedPhone: string | null;
  @ListOf(() => LinkedServiceView) services: LinkedServiceView[];
}

export class EvidenceView {
  @Id() id: number;
  @Txt({ example: 'هوية-خالد.jpg' }) fileName: string;
  @OneOf(EVIDENCE_TYPES, { example: 'image/jpeg' }) contentType: string;
  @Int({ example: 48_211 }) sizeBytes: number;
  @Txt({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }) sha256: string;
  @Id({ example: 7 }) uploadedBy: number;
  @InstantField() uploadedAt: string;
}

export class EvidenceContentView extends EvidenceView {
  @Txt({ max: 1_400_000, example: '/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==' }) base64: string;
}

export class OneRecordView extends OneRecordListItem {
  @Part(() => NameInput, { nullable: true }) name: object | null;
  @Part(() => NameInput, { nullable: true }) latinName: object | null;
  @Txt({ nullable: true, max: 500, example: 'Khaled Mahmoud Saeed Nabulsi' }) approvedLatinName: string | null;
  @Txt({ nullable: true, example: '400000006', about: 'null without citizens.one-record.read-document' })
  documentNumber: string | null;
  @Txt({ nullable: true, max: 1000, example: null, about: 'why an ID that fails its check was let pass' })
  idOverrideReason: string | null;
  @Txt({ nullable: true, example: '+970599123456', about: 'masked without citizens.one-record.read-document' })
  phone: string | null;
  @InstantField({ nullable: true }) phoneVerifiedAt: string | null;
  @Txt({ nullable: true, example: 'khaled@example.com' }) email: string | null;
  @DateField({ nullable: true, example: '1980-02-14' }) bornOn: string | null;
  @DateField({ nullable: true, example: null }) diedOn: string | null;
  @Id({ nullable: true, example: null }) mergedIntoId: number | null;
  @Id({ example: 7 }) makerId: number;
  @Id({ nullable: true, example: 7 }) submittedBy: number | null;
  @InstantField({ nullable: true }) submittedAt: string | null;
  @Id({ nullable: true, example: 9 }) approvedBy: number | null;
  @InstantField({ nullable: true }) approvedAt: string | null;
  @InstantField({ nullable: true }) activatedAt: string | null;
  @ListOf(() => LinkedRowView) links: LinkedRowView[];
  @TextList({ example: ['C-104240'], about: 'CIT_NO of rows found to be somebody else' }) notSame: string[];
  @ListOf(() => EvidenceView) evidence: EvidenceView[];
}

/** Both records of a merge, its undoing, or a split. */
export class OneRecordPairView {
  @Part(() => OneRecordView) record: OneRecordView;
  @Part(() => OneRecordView) related: OneRecordView;
}
