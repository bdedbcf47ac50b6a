import { defineProblems } from '@libs/http';

export const CODES = defineProblems({
  'citizens.statement-unknown': {
    status: 404,
    ar: 'لا يوجد كشف بهذا الرقم المتسلسل',
    en: 'No statement has this serial',
  },
  'citizens.serial-mistyped': {
    status: 404,
    ar: 'لا يوجد كشف بهذا الرقم المتسلسل، تحقق من كتابة الرقم',
    en: 'No statement has this serial: check the number',
  },
  'citizens.statement-altered': {
    status: 409,
    ar: 'محتوى الكشف المحفوظ تغيّر ولا يُعتمد عليه، راجع مدقق النظام',
    en: 'The stored statement was altered and cannot be relied on; tell the auditor',
  },
});
