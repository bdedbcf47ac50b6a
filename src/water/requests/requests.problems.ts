import { defineProblems } from '@libs/http';

export const REQUESTS = defineProblems({
  'water.applicant-not-approved': {
    status: 409,
    ar: 'السجل الموحد لمقدم الطلب غير معتمد',
    en: 'The OneRecord of the applicant is not approved',
  },
  'water.not-the-subscriber': {
    status: 409,
    ar: 'الاشتراك ليس لمقدم الطلب',
    en: "The subscription is not the applicant's",
  },
  'water.request-open': {
    status: 409,
    ar: 'على الاشتراك طلب من هذا النوع لم ينته',
    en: 'A request of this kind is open for the subscription',
  },
  'water.request-step': {
    status: 409,
    ar: 'ليست هذه الخطوة التالية للطلب',
    en: 'This is not the next step of the request',
  },
  'water.documents-missing': { status: 409, ar: 'وثائق مطلوبة ناقصة', en: 'Required documents are missing' },
  'water.fees-unpaid': { status: 409, ar: 'رسوم الطلب لم تدفع', en: 'The fees of the request are not paid' },
  'water.not-done-yet': {
    status: 409,
    ar: 'لم ينفذ بعد ما يطلبه المواطن',
    en: 'What the citizen asks for is not done yet',
  },
});
