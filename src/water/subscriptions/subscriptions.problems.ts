import { defineProblems } from '@libs/http';

export const SUBSCRIPTIONS = defineProblems({
  'water.subscription-state': {
    status: 409,
    ar: 'حالة الاشتراك لا تسمح بذلك',
    en: 'The state of the subscription does not allow this',
  },
  'water.meter-stands': {
    status: 409,
    ar: 'العداد ما زال مركباً على الاشتراك، أزله أولاً',
    en: 'A meter still stands at the subscription: remove it first',
  },
});
