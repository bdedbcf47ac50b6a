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
  'notifications.contact-lifted': {
    status: 409,
    ar: 'رُفع الحظر عن جهة الاتصال من قبل',
    en: 'Messages go to this contact again already',
  },
  'notifications.push-service': {
    status: 422,
    ar: 'خدمة الإشعارات هذه غير معروفة لدينا',
    en: 'This is none of the push services that we know',
  },
});
