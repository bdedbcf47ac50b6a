import type { Instant } from '@libs/calendar';
import { defineProblems, Problem } from '@libs/http';

export const CODES = defineProblems({
  'identity.login-refused': {
    status: 401,
    ar: 'اسم المستخدم أو كلمة المرور غير صحيحة',
    en: 'The username or the password is not right',
  },
  'identity.locked': {
    status: 423,
    ar: 'محاولات دخول فاشلة كثيرة، الحساب مقفل مؤقتاً',
    en: 'Too many failed logins; this name is locked for a while',
  },
  'identity.refresh-refused': {
    status: 401,
    ar: 'انتهت الجلسة، سجّل الدخول من جديد',
    en: 'The session is over; log in again',
  },
  'identity.password-wrong': { status: 422, ar: 'كلمة المرور الحالية غير صحيحة', en: 'The old password is not right' },
  'identity.username-taken': { status: 409, ar: 'اسم المستخدم مستعمل', en: 'The username is taken' },
  'identity.department-taken': { status: 409, ar: 'رمز الدائرة مستعمل', en: 'The code of the department is taken' },
  'identity.own-account': {
    status: 409,
    ar: 'لا يغيّر المستخدم دوره أو حالته، ولا يعيد تعيين كلمة مروره أو يفك قفله بنفسه',
    en: 'Nobody changes their own role or state, resets their own password or ends their own lock',
  },
});

export const lockedProblem = (lockedUntil: Instant): Problem =>
  new Problem(CODES['identity.locked'], { extra: { lockedUntil } });
