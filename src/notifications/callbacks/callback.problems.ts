import { defineProblems } from '@libs/http';

export const CALLBACKS = defineProblems({
  'notifications.callback-forged': {
    status: 401,
    ar: 'توقيع تقرير التسليم غير صحيح أو قديم',
    en: 'The signature of the delivery report is wrong or too old',
  },
  'notifications.callback-unreadable': {
    status: 422,
    ar: 'تقرير التسليم غير مفهوم',
    en: 'The delivery report cannot be read',
  },
});
