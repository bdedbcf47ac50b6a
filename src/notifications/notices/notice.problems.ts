import { defineProblems } from '@libs/http';

export const NOTICES = defineProblems({
  'notifications.notice-state': {
    status: 409,
    ar: 'حالة الإعلان لا تسمح بهذا الإجراء',
    en: 'The state of the notice does not allow this',
  },
  'notifications.notice-uncounted': {
    status: 409,
    ar: 'يجب احتساب جمهور الإعلان وكلفته أولاً',
    en: 'Count the audience and the cost of the notice first',
  },
  'notifications.notice-own': {
    status: 403,
    ar: 'لا يعتمد الإعلان من كتبه أو قدّمه',
    en: 'Who wrote or submitted a notice does not approve it',
  },
  'notifications.notice-over-cap': {
    status: 403,
    ar: 'كلفة الإعلان تتجاوز السقف، يعتمده مشرف',
    en: 'The notice costs more than the cap: a supervisor approves it',
  },
});
