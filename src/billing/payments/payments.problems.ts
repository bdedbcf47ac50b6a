import { defineProblems } from '@libs/http';

export const PAYMENTS = defineProblems({
  'billing.exceeds-balance': {
    status: 409,
    ar: 'المبلغ أكبر من المستحق على الحساب',
    en: 'The amount is more than what is owed on the account',
  },
  'billing.relief-differs': {
    status: 409,
    ar: 'تغيّر الخصم أو الإعفاء عمّا عُرض، اطلب العرض من جديد',
    en: 'The relief is not what was quoted any more: ask for the quote again',
  },
  'billing.tenders-differ': {
    status: 422,
    ar: 'مجموع ما دُفع لا يساوي مجموع البنود',
    en: 'What was paid in is not the sum of the lines',
  },
  'billing.receipt-unknown': {
    status: 404,
    ar: 'لا يوجد وصل بهذا الرقم المتسلسل',
    en: 'No receipt has this serial',
  },
  'billing.receipt-mistyped': {
    status: 404,
    ar: 'لا يوجد وصل بهذا الرقم المتسلسل، تحقق من كتابة الرقم',
    en: 'No receipt has this serial: check the number',
  },
  'billing.receipt-altered': {
    status: 409,
    ar: 'محتوى الوصل المحفوظ تغيّر ولا يُعتمد عليه، راجع مدقق النظام',
    en: 'The stored receipt was altered and cannot be relied on; tell the auditor',
  },
  'billing.void-too-late': {
    status: 409,
    ar: 'انتهت الوردية أو يومها: يُعكس الوصل بقرار مشرف',
    en: 'The shift or its day is over: a supervisor has to reverse the payment',
  },
  'billing.paying-shift-required': {
    status: 422,
    ar: 'حدد الوردية المفتوحة التي يُعاد النقد من صندوقها',
    en: 'Name the open shift whose drawer gives the cash back',
  },
  'billing.exceeds-payment': {
    status: 409,
    ar: 'المبلغ أكبر مما بقي من الدفعة على هذا الحساب',
    en: 'The amount is more than what is left of the payment on this account',
  },
  'billing.not-divisible': {
    status: 409,
    ar: 'لا تُعكس هذه الدفعة على هذا النحو: فيها شيك لم يُحصّل أو مبلغ معلق وُزّع بقرار أو تبديل عملة أو خصم أو رصيد نُقل إلى مشترٍ',
    en: 'The payment cannot be taken back like this: an uncleared cheque, money out of suspense that others decided about, an exchange, a relief or an advance that was carried to a buyer',
  },
  'billing.refund-through-gateway': {
    status: 409,
    ar: 'دُفع إلكترونياً: يُرد المبلغ من خلال بوابة الدفع',
    en: 'It was paid online: refund it through the payment gateway',
  },
  'billing.payment-bound': {
    status: 409,
    ar: 'بيع بهذه الدفعة ما يجب إلغاؤه هو أولاً، وتُلغى الدفعة معه',
    en: 'Something was sold by this payment: cancel that, and the payment is taken back with it',
  },
  'billing.cash-insufficient': {
    status: 409,
    ar: 'النقد في الصندوق لا يكفي',
    en: 'There is not enough cash in the drawer',
  },
});

/** A receipt that is asked for by its serial. */
export const RECEIPT_PROBLEMS = [
  PAYMENTS['billing.receipt-unknown'],
  PAYMENTS['billing.receipt-mistyped'],
  PAYMENTS['billing.receipt-altered'],
] as const;
