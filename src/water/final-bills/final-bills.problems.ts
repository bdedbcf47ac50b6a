import { defineProblems } from '@libs/http';

export const FINAL_BILLS = defineProblems({
  'water.final-bill-pending': {
    status: 409,
    ar: 'لهذا الاشتراك فاتورة نهائية لم تُرحّل بعد',
    en: 'A final bill of this subscription is not posted yet',
  },
  'water.final-bill-impossible': {
    status: 409,
    ar: 'لا يمكن احتساب الفاتورة النهائية',
    en: 'The final bill cannot be calculated',
  },
});
