import { defineProblems } from '@libs/http';

export const PLANS = defineProblems({
  'billing.plan-nothing-open': {
    status: 409,
    ar: 'لا مطلوب مفتوح بهذه العملة يدخل في التقسيط',
    en: 'Nothing is open in this currency that a plan could take',
  },
  'billing.charge-in-plan': {
    status: 409,
    ar: 'المطلوب داخل في خطة تقسيط قائمة',
    en: 'The charge is in a plan that is live',
  },
  'billing.down-payment-unpaid': {
    status: 409,
    ar: 'لم تُدفع الدفعة الأولى',
    en: 'The down payment has not been paid',
  },
  'billing.plan-wrong-state': {
    status: 409,
    ar: 'حالة خطة التقسيط لا تسمح بهذا الإجراء',
    en: 'The state of the plan does not allow this',
  },
});
