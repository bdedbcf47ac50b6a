import { defineProblems } from '@libs/http';

export const PERIODS = defineProblems({
  'billing.period-open': { status: 409, ar: 'الفترة المالية مفتوحة', en: 'The period is open' },
  'billing.period-order': {
    status: 409,
    ar: 'تُغلق الفترات بالترتيب، وتُفتح الأخيرة أولاً',
    en: 'Periods are closed in order, and the last one is opened first',
  },
});
