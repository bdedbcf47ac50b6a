import { defineProblems } from '@libs/http';

export const TRANSFERS = defineProblems({
  'billing.transfer-not-open': { status: 409, ar: 'بُتّ في طلب النقل من قبل', en: 'This transfer was decided before' },
  'billing.transfer-not-posted': { status: 409, ar: 'لا يُعكس إلا نقل منفذ', en: 'Only a posted transfer is reversed' },
  'billing.transfer-own-proposal': {
    status: 403,
    ar: 'لا يعتمد النقل من اقترحه',
    en: 'Who proposed a transfer does not approve it',
  },
  'billing.same-holder': { status: 409, ar: 'المشتري هو صاحب الحساب', en: 'The buyer holds the account already' },
  'billing.seller-owes': {
    status: 409,
    ar: 'على البائع مبالغ يجب دفعها قبل النقل',
    en: 'The seller owes what must be paid before the transfer',
  },
  'billing.debt-override-required': {
    status: 403,
    ar: 'النقل مع بقاء دين على البائع يعتمده المشرف',
    en: 'A transfer in spite of debts is approved by a supervisor',
  },
  'billing.transfer-touched': {
    status: 409,
    ar: 'جرت على حساب المشتري حركات بعد النقل، لا يُعكس النقل',
    en: 'The account of the buyer was touched since: the transfer is not reversed',
  },
});
