import { defineProblems } from '@libs/http';

export const SUPPLY = defineProblems({
  'water.schedule-not-draft': {
    status: 409,
    ar: 'الجدول المنشور لا يتغير، يُنشر جدول آخر',
    en: 'A published schedule does not change: publish another',
  },
  'water.schedule-past': {
    status: 409,
    ar: 'لا يُنشر جدول يبدأ قبل اليوم',
    en: 'A schedule that begins before today is not published',
  },
  'water.exception-past': {
    status: 409,
    ar: 'انقضى يوم الاستثناء أو أُلغي',
    en: 'The day of the exception is over, or it was cancelled',
  },
});
