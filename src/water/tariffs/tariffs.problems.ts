import { defineProblems } from '@libs/http';

export const TARIFFS = defineProblems({
  'water.tariff-faults': {
    status: 422,
    ar: 'في التعرفة أخطاء مبيّنة بمواضعها',
    en: 'The tariff has faults; each is named with its place',
  },
  'water.tariff-code-taken': { status: 409, ar: 'رمز التعرفة مستعمل', en: 'The code of the tariff is taken' },
  'water.tariff-overlap': {
    status: 409,
    ar: 'تعرفة معتمدة أخرى تسري على الفئة نفسها في الأيام نفسها',
    en: 'Another approved tariff is for the same class on the same days',
  },
  'water.tariff-state': {
    status: 409,
    ar: 'لا تسمح حالة التعرفة بهذا الإجراء',
    en: 'The state of the tariff does not allow this',
  },
  'water.tariff-own-work': {
    status: 403,
    ar: 'لا يعتمد التعرفة من أعدّها',
    en: 'Who drafted a tariff does not approve it',
  },
  'water.no-tariff': {
    status: 409,
    ar: 'لا توجد تعرفة معتمدة لهذه الفئة في هذه الأيام',
    en: 'No approved tariff is for this class on these days',
  },
});
