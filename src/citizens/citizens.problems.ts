import { defineProblems } from '@libs/http';

/** Refusals of the record's flow; those of search, activation and statements stand beside them. */
export const CODES = defineProblems({
  'citizens.wrong-state': {
    status: 409,
    ar: 'حالة السجل لا تسمح بهذا الإجراء',
    en: 'The state of the record does not allow this',
  },
  'citizens.row-held': {
    status: 409,
    ar: 'السجل القديم مربوط بسجل موحد آخر على أنه الشخص نفسه',
    en: 'Another OneRecord holds this legacy row as the same person',
  },
  'citizens.row-linked': {
    status: 409,
    ar: 'السجل القديم مربوط بهذا السجل الموحد',
    en: 'This legacy row is linked to this OneRecord already',
  },
  'citizens.row-unknown': { status: 422, ar: 'لا يوجد سجل قديم بهذا المعرف', en: 'There is no such legacy row' },
  'citizens.row-not-linked': {
    status: 409,
    ar: 'السجل القديم غير مربوط بهذا السجل الموحد',
    en: 'This legacy row is not linked to this OneRecord',
  },
  'citizens.approved-row': {
    status: 422,
    ar: 'يجب اختيار سجل قديم واحد فقط معتمداً، وأن يكون للشخص نفسه',
    en: 'Exactly one legacy row must be the approved one, and it must be the same person',
  },
  'citizens.approved-row-needed': {
    status: 409,
    ar: 'هذا هو السجل القديم المعتمد، اختر غيره أولاً',
    en: 'This is the approved row: choose another first',
  },
  'citizens.different-person': {
    status: 409,
    ar: 'رقما هوية صحيحان مختلفان: ليسا الشخص نفسه',
    en: 'Two different valid national IDs are never the same person',
  },
  'citizens.not-same-person': {
    status: 409,
    ar: 'سُجّل سابقاً أنه ليس الشخص نفسه',
    en: 'It was recorded that this is not the same person',
  },
  'citizens.share-not-allowed': {
    status: 422,
    ar: 'الحصة للشركاء في الملك فقط',
    en: 'Only a co-owner, partner or heir has a share',
  },
  'citizens.name-incomplete': {
    status: 422,
    ar: 'الاسم ناقص: الاسم والأب والجد والعائلة كما في الهوية',
    en: 'The name is incomplete: given, father, grandfather and family name as on the ID',
  },
  'citizens.name-joint': {
    status: 422,
    ar: 'الاسم المعتمد لشخص واحد لا لشركاء',
    en: 'An approved name is one person, not partners',
  },
  'citizens.document-type': {
    status: 422,
    ar: 'نوع الوثيقة لا يناسب صاحب السجل',
    en: 'The document type does not fit the party',
  },
  'citizens.document-unusable': {
    status: 422,
    ar: 'رقم الوثيقة لا يميز أحداً',
    en: 'The document number tells nobody apart',
  },
  'citizens.national-id-invalid': {
    status: 422,
    ar: 'رقم الهوية لا يجتاز رقم التحقق، ويلزم تجاوز من المشرف بسبب مسجل',
    en: 'The national ID fails its check digit; a supervisor may override with a recorded reason',
  },
  'citizens.override-not-needed': {
    status: 409,
    ar: 'رقم الهوية صحيح أو غير مسجل، ولا حاجة للتجاوز',
    en: 'There is no invalid national ID to override',
  },
  'citizens.document-held': {
    status: 409,
    ar: 'سجل موحد آخر يحمل هذه الوثيقة',
    en: 'Another OneRecord holds this document',
  },
  'citizens.phone-invalid': { status: 422, ar: 'رقم الهاتف غير صحيح', en: 'The phone number is not valid' },
  'citizens.phone-changed': { status: 409, ar: 'تغيّر رقم هاتف السجل', en: 'The phone of the record has changed' },
  'citizens.dates-impossible': {
    status: 422,
    ar: 'تاريخ الميلاد أو الوفاة غير ممكن',
    en: 'The dates of birth and death cannot be',
  },
  'citizens.incomplete': {
    status: 409,
    ar: 'السجل غير مكتمل للاعتماد',
    en: 'The record is not complete enough to submit',
  },
  'citizens.four-eyes': {
    status: 403,
    ar: 'لا يعتمد الموظف ما أعده بنفسه',
    en: 'Another person must decide what you prepared',
  },
  'citizens.high-risk': {
    status: 403,
    ar: 'إجراء عالي المخاطر يحتاج إلى مشرف',
    en: 'This is high risk and needs a supervisor',
  },
  'citizens.evidence-invalid': {
    status: 422,
    ar: 'الملف ليس صورة JPEG أو PNG أو ملف PDF صالحاً حتى 1 ميغابايت',
    en: 'The file is no JPEG, PNG or PDF of at most 1 MB',
  },
  'citizens.evidence-unknown': {
    status: 422,
    ar: 'المرفق غير موجود على هذا السجل',
    en: 'This record has no such evidence',
  },
  'citizens.evidence-needed': {
    status: 422,
    ar: 'تصحيح الاسم أو الوثيقة يحتاج إلى مرفق',
    en: 'A correction of a name or document needs evidence',
  },
  'citizens.evidence-known': { status: 409, ar: 'المرفق موجود على السجل', en: 'The record has this file already' },
  'citizens.merge-self': { status: 422, ar: 'لا يُدمج السجل مع نفسه', en: 'A record cannot be merged with itself' },
  'citizens.merge-conflict': {
    status: 409,
    ar: 'سجل قديم مربوط بالسجلين بعلاقتين مختلفتين',
    en: 'A legacy row is linked to both records in different ways',
  },
  'citizens.unmerge-impossible': {
    status: 409,
    ar: 'لا يمكن إلغاء الدمج لأن السجل الباقي تغيّر',
    en: 'The merge cannot be undone: what it moved was changed since',
  },
  'citizens.proposal-empty': { status: 422, ar: 'لا يغير الاقتراح شيئاً', en: 'The proposal changes nothing' },
  'citizens.proposal-decided': { status: 409, ar: 'الاقتراح محسوم', en: 'The proposal has been decided' },
  'citizens.proposal-outdated': {
    status: 409,
    ar: 'تغيّر السجل منذ تقديم الاقتراح',
    en: 'The record has changed since the proposal was made',
  },
});
