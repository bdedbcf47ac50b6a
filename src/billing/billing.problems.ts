import { defineProblems } from '@libs/http';

/** Refusals of the books; those of tills, cheques, plans and the like stand beside them. */
export const BOOKS = defineProblems({
  'billing.account-unknown': { status: 422, ar: 'لا يوجد حساب بهذا المعرف', en: 'There is no such account' },
  'billing.account-closed': { status: 409, ar: 'الحساب مغلق', en: 'The account is closed' },
  'billing.head-unknown': { status: 422, ar: 'بند الرسم غير معروف', en: 'There is no such charge head' },
  'billing.currency-mismatch': {
    status: 422,
    ar: 'عملة المبلغ ليست عملة الحساب',
    en: 'The amount is not in the currency of the account',
  },
  'billing.date-in-future': { status: 422, ar: 'لا قيد بتاريخ قادم', en: 'Nothing is posted on a day to come' },
  'billing.period-closed': { status: 409, ar: 'الفترة المالية مغلقة', en: 'The period is closed' },
  'billing.period-not-over': { status: 409, ar: 'لم تنته الفترة بعد', en: 'The period is not over yet' },
  'billing.charge-settled': {
    status: 409,
    ar: 'دُفع هذا المطلوب أو أُلغي قبل الآن',
    en: 'This charge has been paid or cancelled meanwhile',
  },
  'billing.exceeds-charge': {
    status: 409,
    ar: 'المبلغ أكبر من المطلوب المتبقي',
    en: 'The amount is more than what is left of the charge',
  },
  'billing.exceeds-credit': {
    status: 409,
    ar: 'المبلغ أكبر مما بقي من الدفعة',
    en: 'The amount is more than what is left of the credit',
  },
  'billing.already-reversed': { status: 409, ar: 'القيد معكوس سابقاً', en: 'This was reversed already' },
  'billing.charge-relieved': {
    status: 409,
    ar: 'على هذا المطلوب خصم أو إعفاء أو شطب: يُلغى ذلك أولاً، أو يُخفض ما لم يُعفَ منه بإشعار دائن',
    en: 'A discount, a waiver or a write-off stands on this charge: undo that first, or credit what was not relieved',
  },
  'billing.not-reversible': {
    status: 409,
    ar: 'لا يُعكس قيد ألغى غيره أو نقل رصيداً افتتاحياً',
    en: 'A posting that took others back, or brought opening balances, is not reversed',
  },
  'billing.above-limit': {
    status: 403,
    ar: 'المبلغ أعلى من الحد المسموح لك',
    en: 'The amount is above your limit',
  },
});
