import { defineProblems } from '@libs/http';

export const RE_RATINGS = defineProblems({
  'water.re-rating-state': {
    status: 409,
    ar: 'لا تسمح حالة إعادة الاحتساب بهذا الإجراء',
    en: 'The state of the re-rating does not allow this',
  },
  'water.re-rating-busy': {
    status: 409,
    ar: 'إعادة الاحتساب قيد التنفيذ',
    en: 'A worker is busy with the re-rating',
  },
  'water.re-rating-own-work': {
    status: 403,
    ar: 'لا يعتمد إعادة الاحتساب من أعدّها',
    en: 'Who made a re-rating does not post it',
  },
  'water.re-rating-empty': {
    status: 409,
    ar: 'لا فروق في إعادة الاحتساب',
    en: 'The re-rating has found no differences',
  },
  'water.re-rating-tariff': {
    status: 409,
    ar: 'لا تُرحّل إلا الفروق المحتسبة بتعرفة معتمدة',
    en: 'Only what was rated by approved tariffs is posted',
  },
});
