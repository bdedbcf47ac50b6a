import { defineProblems } from '@libs/http';

export const NOTIFICATIONS = defineProblems({
  'notifications.not-a-mobile': {
    status: 422,
    ar: 'الرسائل القصيرة ترسل إلى رقم جوال فقط',
    en: 'Text messages go to mobile numbers only',
  },
  'notifications.not-an-address': {
    status: 422,
    ar: 'عنوان البريد الإلكتروني غير صحيح',
    en: 'This is no e-mail address',
  },
});
