import { defineProblems } from '@libs/http';

export const TAKE_OVER = defineProblems({
  'billing.take-over-running': {
    status: 409,
    ar: 'يجري ترحيل الأرصدة من الأنظمة السابقة الآن',
    en: 'The balances of the old systems are being taken over now',
  },
});
