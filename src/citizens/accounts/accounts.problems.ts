import { defineProblems, Problem } from '@libs/http';
import { compare, type Instant } from '@libs/calendar';

export const ACCESS = defineProblems({
  'citizens.login-refused': {
    status: 401,
    ar: 'بيانات الدخول غير صحيحة',
    en: 'What you logged in with is not right',
  },
  'citizens.code-needed': {
    status: 401,
    ar: 'أُرسل كود إلى جوالك، أدخله مع كلمة السر',
    en: 'A code was sent to your phone; send it with the passphrase',
  },
  'citizens.code-refused': {
    status: 422,
    ar: 'الكود غير صحيح أو انتهت صلاحيته',
    en: 'The code is not right or no longer valid',
  },
  'citizens.passphrase-wrong': { status: 422, ar: 'كلمة السر غير صحيحة', en: 'The passphrase is not right' },
  'citizens.session-over': {
    status: 401,
    ar: 'انتهت الجلسة، سجّل الدخول من جديد',
    en: 'The session is over; log in again',
  },
  'citizens.cooling': {
    status: 409,
    ar: 'تغيّر رقم الجوال قبل قليل، هذا الإجراء متاح بعد انتهاء مهلة الأمان',
    en: 'The phone was changed lately; this waits until the change has settled',
  },
  'citizens.undo-refused': {
    status: 404,
    ar: 'الرابط غير صحيح أو انتهت صلاحيته',
    en: 'The link is not right or no longer valid',
  },
});

/** 429 that says when to come again, and nothing of whom it was about. */
export const comeAgain = (from: Instant, now: Instant): Problem =>
  new Problem('http.too-many-requests', { retryAfterSeconds: secondsBetween(now, from) });

const secondsBetween = (now: Instant, then: Instant): number =>
  compare(then, now) <= 0 ? 1 : Math.ceil((Date.parse(then) - Date.parse(now)) / 1000);
