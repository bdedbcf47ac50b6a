import { defineProblems } from '@libs/http';

export const TEMPLATES = defineProblems({
  'notifications.template-unknown': {
    status: 422,
    ar: 'لا يوجد نموذج رسالة معتمد بهذا الرمز',
    en: 'No template of this code is in use',
  },
  'notifications.placeholders': {
    status: 422,
    ar: 'قيم الرسالة لا تطابق خانات النموذج',
    en: 'The values are not those that the template asks for',
  },
  'notifications.bad-value': {
    status: 422,
    ar: 'قيمة في الرسالة ليست من النوع المطلوب',
    en: 'A value of the message is not of the kind that the template asks for',
  },
  'notifications.template-state': {
    status: 409,
    ar: 'حالة النموذج لا تسمح بهذا الإجراء',
    en: 'The state of the template does not allow this',
  },
  'notifications.four-eyes': {
    status: 403,
    ar: 'لا يعتمد النموذج من كتبه',
    en: 'Who wrote a template does not approve it',
  },
});
