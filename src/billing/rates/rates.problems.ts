import { defineProblems } from '@libs/http';

export const RATES = defineProblems({
  'billing.rate-missing': {
    status: 409,
    ar: 'لا يوجد سعر صرف حديث بين العملتين',
    en: 'There is no recent rate between the two currencies',
  },
  'billing.rate-differs': {
    status: 409,
    ar: 'المبلغ لا يساوي قيمة الدين بسعر الصرف الحالي',
    en: 'The amount is not what the debt costs at the rate in force',
  },
  'billing.rate-implausible': {
    status: 409,
    ar: 'السعر بعيد عن السعر السابق، أكد أنه مقصود',
    en: 'The rate is far from the one before; confirm that it is meant',
  },
});
