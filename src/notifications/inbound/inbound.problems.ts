import { defineProblems } from '@libs/http';

export const INBOUND = defineProblems({
  'notifications.inbound-forged': {
    status: 401,
    ar: 'توقيع الرسالة الواردة غير صحيح',
    en: 'The signature of the incoming message is wrong',
  },
  'notifications.inbound-unreadable': {
    status: 422,
    ar: 'لا تُفهم الرسالة الواردة',
    en: 'The incoming message cannot be understood',
  },
  'notifications.inbound-handled': {
    status: 409,
    ar: 'عولجت الرسالة سابقاً',
    en: 'The message was dealt with already',
  },
});
