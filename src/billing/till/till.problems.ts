import { defineProblems } from '@libs/http';

export const TILL = defineProblems({
  'billing.till-code-taken': { status: 409, ar: 'رمز الصندوق مستخدم', en: 'Another till has this code' },
  'billing.till-out-of-use': { status: 409, ar: 'الصندوق خارج الخدمة', en: 'The till is out of use' },
  'billing.till-in-use': {
    status: 409,
    ar: 'على الصندوق وردية مفتوحة',
    en: 'The till has an open shift',
  },
  'billing.shift-already-open': {
    status: 409,
    ar: 'لديك وردية مفتوحة',
    en: 'You have an open shift already',
  },
  'billing.no-open-shift': {
    status: 409,
    ar: 'لا توجد لديك وردية مفتوحة',
    en: 'You have no open shift',
  },
  'billing.shift-of-another-day': {
    status: 409,
    ar: 'الوردية من يوم سابق: اجردها وافتح وردية جديدة',
    en: 'The shift is of an earlier day: count it and open a new one',
  },
  'billing.shift-not-open': { status: 409, ar: 'الوردية ليست مفتوحة', en: 'The shift is not open' },
  'billing.shift-not-counted': {
    status: 409,
    ar: 'لم يُجرد صندوق الوردية بعد',
    en: 'The shift has not been counted yet',
  },
  'billing.shift-closed': { status: 409, ar: 'الوردية مغلقة', en: 'The shift is closed' },
  'billing.own-shift': {
    status: 403,
    ar: 'لا يغلق الوردية من عمل عليها',
    en: 'Nobody closes a shift of their own',
  },
  'billing.not-your-shift': { status: 403, ar: 'الوردية ليست لك', en: 'This is the shift of another cashier' },
  'billing.denomination-unknown': {
    status: 422,
    ar: 'لا توجد فئة نقدية بهذه القيمة',
    en: 'No note or coin of the currency has this value',
  },
  'billing.shift-not-closed': {
    status: 409,
    ar: 'لا تودع إلا الورديات المغلقة',
    en: 'Only closed shifts are deposited',
  },
  'billing.shift-deposited': { status: 409, ar: 'أودعت هذه الوردية سابقاً', en: 'The shift was deposited already' },
  'billing.nothing-to-deposit': {
    status: 409,
    ar: 'لا يوجد نقد للإيداع',
    en: 'There is no cash to deposit',
  },
  'billing.deposit-confirmed': {
    status: 409,
    ar: 'أكد البنك هذا الإيداع سابقاً',
    en: 'The deposit was confirmed already',
  },
});
