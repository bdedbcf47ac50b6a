import { defineProblems } from '@libs/http';

export const DUNNING = defineProblems({
  'billing.dunning-run-state': {
    status: 409,
    ar: 'حالة قائمة الإخطارات لا تسمح بهذا الإجراء',
    en: 'The state of the dunning run does not allow this',
  },
  'billing.dunning-run-busy': {
    status: 409,
    ar: 'قائمة الإخطارات قيد التنفيذ الآن',
    en: 'A worker is busy with this dunning run',
  },
  'billing.dunning-run-empty': { status: 409, ar: 'لا مدين في هذه القائمة', en: 'There is no debtor on this list' },
  'billing.dunning-own-list': {
    status: 403,
    ar: 'يصدر الإخطارات موظف غير الذي أنشأ القائمة',
    en: 'Warnings are issued by somebody else than the maker of the list',
  },
  'billing.debtor-not-listed': {
    status: 409,
    ar: 'المدين ليس على القائمة الآن',
    en: 'This debtor does not stand on the list any more',
  },
  'billing.no-warnings': { status: 409, ar: 'لا إخطارات صادرة في هذه القائمة', en: 'This run has no warnings here' },
  'billing.warning-state': {
    status: 409,
    ar: 'حالة الإخطار لا تسمح بهذا الإجراء',
    en: 'The state of the warning does not allow this',
  },
  'billing.warning-altered': {
    status: 409,
    ar: 'محتوى الإخطار المحفوظ تغيّر ولا يُعتمد عليه، راجع مدقق النظام',
    en: 'The stored warning was altered and cannot be relied on; tell the auditor',
  },
  'billing.sms-is-no-service': {
    status: 422,
    ar: 'الرسالة النصية وحدها ليست تبليغاً قانونياً',
    en: 'A text message alone is no service by law',
  },
  'billing.objection-late': {
    status: 409,
    ar: 'قُدّم الاعتراض بعد انقضاء المدة القانونية',
    en: 'The objection was made after the time of the law had run out',
  },
});
