import { defineProblems } from '@libs/http';

export const VERIFICATION = defineProblems({
  'verification.unknown': {
    status: 404,
    ar: 'لا توجد وثيقة بهذا الرقم المتسلسل',
    en: 'No document has this serial',
  },
  'verification.mistyped': {
    status: 404,
    ar: 'لا توجد وثيقة بهذا الرقم المتسلسل، تحقق من كتابة الرقم',
    en: 'No document has this serial: check the number',
  },
});
