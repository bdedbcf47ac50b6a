import { defineProblems } from '@libs/http';

export const CHEQUES = defineProblems({
  'billing.cheque-taken': {
    status: 409,
    ar: 'هذا الشيك مستلم سابقاً',
    en: 'This cheque was taken before',
  },
  'billing.cheque-state': {
    status: 409,
    ar: 'حالة الشيك لا تسمح بهذا الإجراء',
    en: 'The state of the cheque does not allow this',
  },
  'billing.cheque-not-due': {
    status: 409,
    ar: 'لم يحن موعد استحقاق الشيك',
    en: 'The cheque is not due yet',
  },
  'billing.cheque-at-bank': {
    status: 409,
    ar: 'شيك من هذا الوصل في البنك، انتظر نتيجته',
    en: 'A cheque of this payment is at the bank: wait for its outcome',
  },
  'billing.cheque-not-in-deposit': {
    status: 422,
    ar: 'الشيك ليس في قسيمة الإيداع',
    en: 'The cheque is not on this deposit slip',
  },
  'billing.cheque-not-in-suspense': {
    status: 409,
    ar: 'لا مبلغ معلقاً لهذا الشيك',
    en: 'No money of this cheque is in suspense',
  },
  'billing.exceeds-suspense': {
    status: 409,
    ar: 'المبلغ أكبر مما بقي معلقاً من الشيك',
    en: 'The amount is more than what is in suspense of the cheque',
  },
  'billing.return-unknown': {
    status: 404,
    ar: 'لا إعادة لدافع هذا الشيك بهذا الرقم',
    en: 'The cheque has no such return to its payer',
  },
  'billing.cheque-own-return': {
    status: 403,
    ar: 'يلغي الإعادة موظف غير الذي أعاد المبلغ',
    en: 'A return is undone by somebody else than who gave the money back',
  },
  'billing.replacement-unfit': {
    status: 409,
    ar: 'الوصل لا يصلح بديلاً: يجب أن يكون سارياً، بعد رجوع الشيك، وعلى حساباته بمبلغه على الأقل',
    en: 'The receipt is no replacement: it must stand, be later than the return, and pay its accounts at least its amount',
  },
});
