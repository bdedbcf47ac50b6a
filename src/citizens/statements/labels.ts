import type { Language } from '@libs/http';
import type { Action } from '../transactions/transaction.entity';
import type { Relation } from '../one-records/link.entity';
import type { DocumentType, PartyType, RecordState } from '../one-records/one-record.entity';

type Words<K extends string> = Record<K, readonly [ar: string, en: string]>;

const RELATION_WORDS: Words<Relation> = {
  SAME_PERSON: ['الشخص نفسه', 'Same person'],
  CO_OWNER: ['شريك في الملكية', 'Co-owner'],
  PARTNER: ['شريك', 'Partner'],
  HEIR: ['وارث', 'Heir'],
  REPRESENTATIVE: ['وكيل', 'Representative'],
  TENANT: ['مستأجر', 'Tenant'],
};

const STATE_WORDS: Words<RecordState> = {
  DRAFT: ['مسودة', 'Draft'],
  PENDING_APPROVAL: ['بانتظار الاعتماد', 'Pending approval'],
  APPROVED: ['معتمد', 'Approved'],
  ACTIVATED: ['مفعّل', 'Activated'],
  SUSPENDED: ['موقوف', 'Suspended'],
  MERGED_INTO: ['مدمج في سجل آخر', 'Merged into another'],
  REVOKED: ['ملغى', 'Revoked'],
};

const DOCUMENT_WORDS: Words<DocumentType> = {
  NATIONAL_ID: ['رقم الهوية', 'ID number'],
  PASSPORT: ['رقم جواز السفر', 'Passport number'],
  COMPANY_REGISTER: ['رقم السجل التجاري', 'Company register number'],
};

const PARTY_WORDS: Words<PartyType> = {
  INDIVIDUAL: ['فرد', 'Individual'],
  COMPANY: ['شركة', 'Company'],
  HEIRS: ['ورثة', 'Heirs'],
  INSTITUTION: ['مؤسسة', 'Institution'],
};

const ACTION_WORDS: Words<Action> = {
  CREATE: ['إنشاء السجل', 'Created'],
  LINK: ['ربط سجل مواطن', 'Row linked'],
  CHANGE_LINK: ['تعديل العلاقة', 'Relation changed'],
  UNLINK: ['فك ربط سجل مواطن', 'Row unlinked'],
  CHOOSE_APPROVED_ROW: ['اختيار السجل المعتمد', 'Approved row chosen'],
  IDENTIFY: ['تثبيت الاسم والوثيقة', 'Identified'],
  OVERRIDE_ID: ['قبول رقم هوية لم يجتز الفحص', 'ID check overridden'],
  ATTACH_EVIDENCE: ['إرفاق مستند', 'Evidence attached'],
  SUBMIT: ['إرسال للاعتماد', 'Submitted'],
  APPROVE: ['اعتماد السجل', 'Approved'],
  REJECT: ['رفض الاعتماد', 'Rejected'],
  SUSPEND: ['إيقاف السجل', 'Suspended'],
  REINSTATE: ['رفع الإيقاف', 'Reinstated'],
  REVOKE: ['إلغاء السجل', 'Revoked'],
  MERGE: ['دمج سجلين', 'Merged'],
  UNMERGE: ['إلغاء الدمج', 'Merge undone'],
  SPLIT: ['فصل إلى سجل جديد', 'Split'],
  NOT_SAME: ['إثبات أنه شخص آخر', 'Found to be another person'],
  LIFT_NOT_SAME: ['إلغاء إثبات أنه شخص آخر', '"Another person" lifted'],
  EDIT: ['تعديل البيانات', 'Edited'],
  ACTIVATE: ['تفعيل السجل', 'Activated'],
  CHANGE_PHONE: ['تغيير رقم الهاتف', 'Phone changed'],
};

const say =
  <K extends string>(words: Words<K>) =>
  (key: K, lang: Language): string =>
    words[key][lang === 'ar' ? 0 : 1];

const relationLabel = say(RELATION_WORDS);
export const stateLabel = say(STATE_WORDS);
export const documentLabel = say(DOCUMENT_WORDS);
export const partyLabel = say(PARTY_WORDS);
export const actionLabel = say(ACTION_WORDS);

/** `شريك في الملكية 33.33%`. @param shareHundredths hundredths of a percent */
export const relationWithShare = (relation: Relation, shareHundredths: number | null, lang: Language): string =>
  relationLabel(relation, lang) + (shareHundredths === null ? '' : ` ${shareHundredths / 100}%`);

/** How the person stands to an account that is not theirs alone; null for their own. */
export const sharedAs = (relation: Relation, shareHundredths: number | null, lang: Language): string | null =>
  relation === 'SAME_PERSON' ? null : relationWithShare(relation, shareHundredths, lang);
