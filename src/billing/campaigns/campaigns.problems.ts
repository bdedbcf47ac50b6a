import { defineProblems } from '@libs/http';

export const CAMPAIGNS = defineProblems({
  'billing.campaign-code-taken': { status: 409, ar: 'رمز الحملة مستعمل', en: 'Another campaign has this code' },
  'billing.campaign-not-draft': {
    status: 409,
    ar: 'لا تُعدّل ولا تُعتمد إلا مسودة حملة',
    en: 'Only a draft is changed or approved',
  },
  'billing.campaign-state': {
    status: 409,
    ar: 'حالة الحملة لا تسمح بذلك',
    en: 'The state of the campaign does not allow it',
  },
  'billing.campaign-four-eyes': {
    status: 403,
    ar: 'لا يعتمد الحملة أو قائمتها من أعدّها',
    en: 'Who drafted a campaign or its list does not approve it',
  },
  'billing.campaign-not-donor': {
    status: 409,
    ar: 'القائمة والتسوية لحملات المانحين وحدها',
    en: 'Only a donor campaign has a list and settlements',
  },
  'billing.debtor-listed': {
    status: 409,
    ar: 'الحساب في القائمة من قبل',
    en: 'The account is on the list already',
  },
  'billing.campaign-inactive': { status: 409, ar: 'الحملة غير سارية اليوم', en: 'The campaign is not active today' },
  'billing.debtor-not-approved': {
    status: 409,
    ar: 'الحساب ليس في القائمة المعتمدة أو لا تشمله الحملة',
    en: 'The account is not on the approved list, or the campaign does not cover it',
  },
  'billing.debtor-pays-part': {
    status: 409,
    ar: 'على المدين حصة يدفعها: يُمنح الإعفاء مع دفعته',
    en: 'The debtor has a part to pay: the relief comes with the payment',
  },
  'billing.no-arrears': { status: 409, ar: 'لا متأخرات على الحساب', en: 'The account has no arrears' },
  'billing.campaign-budget-spent': {
    status: 409,
    ar: 'ما بقي من مخصص الحملة لا يكفي',
    en: 'What is left of the budget is not enough',
  },
  'billing.grant-of-payment': {
    status: 409,
    ar: 'مُنح مع دفعة: يُعكس بعكسها',
    en: 'It was granted with a payment, and is undone by reversing that',
  },
});
