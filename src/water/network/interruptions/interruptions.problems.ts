import { defineProblems } from '@libs/http';

export const INTERRUPTIONS = defineProblems({
  'water.interruption-state': {
    status: 409,
    ar: 'انتهى القطع أو أُلغي',
    en: 'The interruption has ended or was cancelled',
  },
  'water.interruption-begun': {
    status: 409,
    ar: 'بدأ القطع، فلا يُلغى بل تُعاد المياه',
    en: 'The interruption has begun: it is not cancelled, water is restored',
  },
  'water.interruption-not-begun': {
    status: 409,
    ar: 'لم يبدأ القطع بعد',
    en: 'The interruption has not begun',
  },
});
