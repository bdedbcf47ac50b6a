import { defineProblems } from '@libs/http';

export const PENALTIES = defineProblems({
  'billing.penalty-rule-exists': {
    status: 409,
    ar: 'توجد قاعدة غرامة تبدأ في اليوم نفسه',
    en: 'A penalty rule begins on the same day already',
  },
  'billing.penalty-run-running': {
    status: 409,
    ar: 'تُحتسب غرامات التأخير الآن',
    en: 'Penalties are being computed now',
  },
  'billing.discount-overlaps': {
    status: 409,
    ar: 'تتداخل مع فترة خصم أخرى للبند نفسه',
    en: 'Overlaps another discount window of the head',
  },
});
