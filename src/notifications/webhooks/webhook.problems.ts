import { defineProblems } from '@libs/http';

export const WEBHOOKS = defineProblems({
  'notifications.webhook-state': {
    status: 409,
    ar: 'حالة نقطة الاستلام لا تسمح بهذا الإجراء',
    en: 'The state of the endpoint does not allow this',
  },
  'notifications.webhook-secrets': {
    status: 409,
    ar: 'ما زالت أسرار سابقة كثيرة سارية لهذه النقطة؛ انتظر انتهاء أولها',
    en: 'Too many secrets of the endpoint still hold; wait for the first of them to end',
  },
  'notifications.delivery-not-dead': {
    status: 409,
    ar: 'لا يعاد إلا إرسال ما فشل نهائياً',
    en: 'Only a delivery that has failed for good is sent again',
  },
});
