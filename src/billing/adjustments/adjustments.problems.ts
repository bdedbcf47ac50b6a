import { defineProblems } from '@libs/http';

export const ADJUSTMENTS = defineProblems({
  'billing.adjustment-not-open': {
    status: 409,
    ar: 'بُتّ في هذه التسوية من قبل',
    en: 'This adjustment was decided before',
  },
  'billing.adjustment-not-posted': {
    status: 409,
    ar: 'لا تُعكس إلا تسوية مرحّلة',
    en: 'Only a posted adjustment is reversed',
  },
  'billing.four-eyes': {
    status: 403,
    ar: 'لا يعتمد التسوية من اقترحها',
    en: 'Who proposed an adjustment does not approve it',
  },
});
