import {
  DateField,
  Flag,
  Fraction,
  Id,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Part,
  Txt,
} from '@libs/http';
import { RELATIONS, type Relation } from '../one-records/link.entity';
import { RECORD_STATES, type RecordState } from '../one-records/one-record.entity';
import { PURPOSES, QUESTION_KINDS, type Purpose, type QuestionKind } from './search.entities';

export class CitizenSearchBody {
  @Txt({
    max: 200,
    example: 'زهير الشكعة 400000006',
    about: 'name, national ID (8 or 9 digits), passport or company number, phone, service number, CIT_NO, or several',
  })
  text: string;
  @OneOf(PURPOSES, { example: 'COUNTER_SERVICE', about: 'logged with the search' }) purpose: Purpose;
  @Int({ min: 1, max: 50, optional: true, fallback: 20, example: 20 }) limit: number = 20;
}

export class RowId {
  @Id() id: number;
}

export class ReasonView {
  @Txt({ example: 'رقم الهوية مطابق' }) ar: string;
  @Txt({ example: 'national ID same' }) en: string;
}

/** The OneRecord that a row is linked to. */
export class RowRecordView {
  @Id() id: number;
  @Txt({ example: '2026-000042' }) number: string;
  @OneOf(RECORD_STATES, { example: 'APPROVED' }) state: RecordState;
  @OneOf(RELATIONS, { example: 'SAME_PERSON' }) relation: Relation;
}

/** A legacy row in a list: numbers masked. */
export class FoundRowView {
  @Id() citizenId: number;
  @Txt({ example: '11190' }) citNo: string;
  @Txt({ example: 'زهير طارق سليمان الشكعة', about: 'as the old system has it, without bidi controls' }) name: string;
  @Txt({ example: 'هوية' }) docType: string;
  @Txt({ example: '*****0006' }) docNo: string;
  @Txt({ example: '+970*****6981' }) phone: string;
  @Txt({ example: 'المخفية' }) address: string;
  @Flag({ example: false, about: 'names more than one party: never select it by itself' }) joint: boolean;
  @Flag({ example: false, about: 'missing from the newest extract' }) vanished: boolean;
  @Int({ example: 3 }) services: number;
  @Part(() => RowRecordView, { nullable: true }) oneRecord: RowRecordView | null;
  @Fraction({ about: 'comparable within one answer; 1 is the same valid document' }) score: number;
  @ListOf(() => ReasonView) why: ReasonView[];
  @Flag({ example: false, about: 'perhaps a brother or sister of the one asked for: never select it by itself' })
  otherGivenName: boolean;
}

export class FoundRowsView {
  @ListOf(() => FoundRowView) items: FoundRowView[];
  @Int({ example: 1, about: 'how many rows this answer has' }) total: number;
}

export class RowBalanceView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'minor units of the currency; positive is owed by the citizen' }) balance: string;
}

export class RowServiceView {
  @Id() id: number;
  @Txt({ example: '20003' }) srvNo: string;
  @Txt({ example: 'مياه' }) type: string;
  @Txt({ example: 'فعال' }) status: string;
  @Txt({ example: 'المخفية قرب المسجد' }) address: string;
  @DateField() startedOn: string;
  @Flag({ example: false }) vanished: boolean;
  @ListOf(() => RowBalanceView) balances: RowBalanceView[];
}

/** A legacy row in full: what the old system wrote, and what the mirror reads in it. */
export class CitizenRowView {
  @Id() citizenId: number;
  @Txt({ example: '11190' }) citNo: string;
  @Txt({ example: 'زهير  طــارق الشكعة' }) rawName: string;
  @Txt({ example: 'هوية' }) rawDocType: string;
  @Txt({ example: '4-0000000-6' }) rawDocNo: string;
  @Txt({ example: '٠٥٩٩٠٠٠٠٠١' }) rawPhone: string;
  @Txt({ example: 'المخفية' }) rawAddress: string;
  @Txt({ example: '12/08/2011' }) rawEntryDate: string;
  @Txt({ example: 'زهير طارق شكعه', about: 'in the form in which names are compared' }) normalizedName: string;
  @Txt({ nullable: true, example: 'national-id:400000006' }) documentKey: string | null;
  @Flag({ example: true, about: 'the document is a national ID that passes its check' }) validId: boolean;
  @Txt({ nullable: true, example: '+970599000001' }) phoneE164: string | null;
  @DateField({ nullable: true, example: '2011-08-12' }) enteredOn: string | null;
  @Flag({ example: false }) joint: boolean;
  @Flag({ example: false }) vanished: boolean;
  @Part(() => RowRecordView, { nullable: true }) oneRecord: RowRecordView | null;
  @ListOf(() => RowServiceView) services: RowServiceView[];
}

export class SearchLogQuery extends PageQuery {
  @Id({ optional: true }) userId?: number;
  @OneOf(PURPOSES, { optional: true, example: 'COUNTER_SERVICE' }) purpose?: Purpose;
}

export class SearchLogView {
  @Id() id: number;
  @InstantField() at: string;
  @Id() userId: number;
  @Txt({ example: 'clerk' }) user: string;
  @OneOf(PURPOSES, { example: 'COUNTER_SERVICE' }) purpose: Purpose;
  @OneOf(QUESTION_KINDS, { example: 'NAME' }) kind: QuestionKind;
  @Txt({ example: 'زهير الشكعه' }) question: string;
  @Int({ example: 4 }) hits: number;
}
