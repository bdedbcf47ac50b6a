import { defineProblems } from '@libs/http';

export const SHARES = defineProblems({
  'billing.partner-code-taken': { status: 409, ar: 'رمز الجهة مستخدم', en: 'Another partner has this code' },
  'billing.share-rule-taken': {
    status: 409,
    ar: 'للجهة حصة في هذا البند من اليوم نفسه',
    en: 'The partner has a rule for this head from the same day',
  },
  'billing.shares-exceed-whole': {
    status: 409,
    ar: 'مجموع حصص الجهات في البند يزيد على المبلغ كله',
    en: 'The partners of the head would have more than the whole',
  },
  'billing.share-month-settled': {
    status: 409,
    ar: 'سُوّيت الحصص عن هذا الشهر أو شهر بعده',
    en: 'Shares are settled for this month, or a later one',
  },
  'billing.nothing-to-settle': {
    status: 409,
    ar: 'لا توجد مبالغ محصلة للتسوية حتى نهاية هذا الشهر',
    en: 'Nothing was collected up to the end of this month that is not settled',
  },
  'billing.settlement-not-last': {
    status: 409,
    ar: 'تُعكس آخر تسوية قائمة للجهة فقط',
    en: 'Only the last settlement of the partner that stands is reversed',
  },
  'billing.settlement-reversed': { status: 409, ar: 'التسوية معكوسة سابقاً', en: 'The settlement was reversed already' },
  'billing.exceeds-due': {
    status: 409,
    ar: 'المبلغ أكبر من المستحق للجهة',
    en: 'The amount is more than what is due to the partner',
  },
  'billing.remittance-reversed': {
    status: 409,
    ar: 'التحويل معكوس سابقاً',
    en: 'The remittance was reversed already',
  },
});
