import { defineProblems } from '@libs/http';

export const WATER_BILLING = defineProblems({
  'water.changed-since-calculated': {
    status: 409,
    ar: 'تغيّرت القراءات أو التعرفة منذ احتساب الفاتورة',
    en: 'Readings or tariff have changed since the bill was calculated',
  },
  'water.rating-replaced': {
    status: 409,
    ar: 'أُعيد احتساب هذه الدورة بعد ذلك',
    en: 'This cycle was rated again since',
  },
});
