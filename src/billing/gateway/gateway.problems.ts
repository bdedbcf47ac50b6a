import { defineProblems } from '@libs/http';

export const GATEWAY = defineProblems({
  'billing.gateway-none': { status: 409, ar: 'الدفع الإلكتروني غير مفعّل', en: 'No payment gateway is set up' },
  'billing.gateway-failed': {
    status: 502,
    ar: 'بوابة الدفع لا تستجيب، حاول بعد قليل',
    en: 'The payment gateway does not answer; try again shortly',
  },
  'billing.callback-forged': {
    status: 403,
    ar: 'توقيع الإشعار غير صحيح',
    en: 'The signature of the callback is wrong',
  },
  'billing.callback-stale': {
    status: 403,
    ar: 'وقت الإشعار خارج المدة المسموحة',
    en: 'The time of the callback is too far from ours',
  },
  'billing.callback-unreadable': { status: 422, ar: 'الإشعار غير مفهوم', en: 'The callback cannot be read' },
  'billing.callback-unknown': {
    status: 404,
    ar: 'لا توجد عملية دفع بهذا المرجع',
    en: 'No transaction has this reference',
  },
  'billing.callback-mismatch': {
    status: 422,
    ar: 'مبلغ الإشعار أو عملته يخالف عملية الدفع',
    en: 'The amount or currency is not that of the transaction',
  },
  'billing.transaction-over': {
    status: 409,
    ar: 'انتهت عملية الدفع هذه، اطلب رابطاً جديداً',
    en: 'This transaction is over; ask for a new link',
  },
  'billing.not-refundable': {
    status: 409,
    ar: 'لا تُرد إلا عملية دفع ناجحة لم يُطلب ردها',
    en: 'Only a successful transaction is refunded, and once',
  },
  'billing.not-in-suspense': {
    status: 409,
    ar: 'مبلغ هذه العملية ليس معلقاً',
    en: 'The money of this transaction is not in suspense',
  },
  'billing.reconciliation-running': {
    status: 409,
    ar: 'المطابقة جارية الآن',
    en: 'A reconciliation is running or waiting',
  },
});
