import { defineProblems } from '@libs/http';

export const REPORTS = defineProblems({
  'billing.proof-running': { status: 409, ar: 'إثبات الدفاتر قيد التنفيذ', en: 'The books are being proved already' },
  'billing.statement-unknown': {
    status: 404,
    ar: 'لا يوجد كشف بهذا الرقم',
    en: 'There is no statement with this serial',
  },
  'billing.statement-altered': {
    status: 409,
    ar: 'محتوى الكشف تغيّر بعد إصداره',
    en: 'The statement was altered after it was issued',
  },
  'billing.statement-too-long': {
    status: 422,
    ar: 'حركات كثيرة في هذه الفترة، اختر فترة أقصر',
    en: 'Too many entries for one sheet; choose a shorter period',
  },
});
