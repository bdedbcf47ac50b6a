import { defineProblems } from '@libs/http';

export const BILL_RUNS = defineProblems({
  'billing.feeder-unknown': {
    status: 422,
    ar: 'لا يوجد مصدر فوترة بهذا الرمز',
    en: 'There is no source of bills with this code',
  },
  'billing.run-state': {
    status: 409,
    ar: 'حالة دورة الفوترة لا تسمح بهذا الإجراء',
    en: 'The state of the bill run does not allow this',
  },
  'billing.run-busy': {
    status: 409,
    ar: 'دورة الفوترة قيد التنفيذ الآن',
    en: 'A worker is busy with this bill run',
  },
  'billing.run-empty': { status: 409, ar: 'لا فواتير في هذه الدورة', en: 'There are no bills in this run' },
  'billing.run-own-work': {
    status: 403,
    ar: 'يراجع الدورة موظف غير الذي أنشأها',
    en: 'A bill run is reviewed by somebody else than its maker',
  },
  'billing.bill-not-issued': { status: 409, ar: 'لم تصدر الفاتورة بعد', en: 'The bill is not issued yet' },
  'billing.bill-altered': {
    status: 409,
    ar: 'محتوى الفاتورة المحفوظ تغيّر ولا يُعتمد عليه، راجع مدقق النظام',
    en: 'The stored bill was altered and cannot be relied on; tell the auditor',
  },
});
