import { defineProblems } from '@libs/http';

export const PREPAID = defineProblems({
  'water.meter-not-prepaid': {
    status: 409,
    ar: 'ليس على الاشتراك عداد مسبق الدفع',
    en: 'No prepaid meter stands at the subscription',
  },
  'water.prepaid-meter-gone': {
    status: 409,
    ar: 'العداد الذي بيع له الشحن لم يعد على الاشتراك: ألغِ العملية وبِع من جديد',
    en: 'The meter it was sold for no longer stands at the subscription: cancel it and sell anew',
  },
  'water.decoder-known': {
    status: 409,
    ar: 'العداد أو رقم وحدة الشحن مسجل من قبل كعداد مسبق الدفع',
    en: 'The meter or the number of its decoder is registered as prepaid already',
  },
  'water.top-up-too-small': {
    status: 422,
    ar: 'المبلغ لا يكفي لشراء أي كمية من المياه',
    en: 'The amount buys no water',
  },
  'water.top-up-state': {
    status: 409,
    ar: 'عملية الشحن ملغاة',
    en: 'The top-up is cancelled',
  },
  'water.no-token-yet': {
    status: 409,
    ar: 'لم يصدر رمز الشحن بعد: اطلبه ثم اطبع القسيمة',
    en: 'No token was given out yet: ask for it, then print the slip',
  },
  'water.top-up-not-last': {
    status: 409,
    ar: 'تُلغى آخر عملية شحن للاشتراك في الشهر فقط، لأن ما بعدها احتُسب عليها',
    en: 'Only the last top-up of a month is cancelled: later ones were priced on top of it',
  },
  'water.token-given-out': {
    status: 409,
    ar: 'صدر رمز الشحن: يُلغى فقط بإقرار أن الرمز لم يُدخل في العداد',
    en: 'The token was given out: state that it was not entered into the meter',
  },
  'water.vendor-none': { status: 409, ar: 'نظام رموز الشحن غير مفعّل', en: 'No vending system is set up' },
  'water.vendor-failed': {
    status: 502,
    ar: 'نظام رموز الشحن لا يستجيب، اطلب الرمز من جديد بعد قليل',
    en: 'The vending system does not answer; ask for the token again shortly',
  },
});
