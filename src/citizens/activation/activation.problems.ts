import { defineProblems } from '@libs/http';

export const CODES = defineProblems({
  'citizens.activation-not-ready': {
    status: 409,
    ar: 'يرسل كود التفعيل لسجل معتمد له رقم جوال',
    en: 'A code is sent for an approved record with a mobile number only',
  },
  'citizens.activation-too-soon': {
    status: 429,
    ar: 'أُرسل كود قبل قليل، حاول بعد لحظات',
    en: 'A code was sent a moment ago; wait before the next',
  },
  'citizens.activation-daily-limit': {
    status: 429,
    ar: 'بلغ السجل الحد اليومي لأكواد التفعيل',
    en: 'The record has had its codes for today',
  },
  'citizens.activation-refused': {
    status: 422,
    ar: 'الكود غير صحيح أو انتهت صلاحيته',
    en: 'The code is not right or no longer valid',
  },
});
