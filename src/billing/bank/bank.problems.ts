import { defineProblems } from '@libs/http';

export const BANK = defineProblems({
  'billing.bank-account-taken': {
    status: 409,
    ar: 'الحساب البنكي مسجل سابقاً بهذه العملة',
    en: 'This bank account is registered already in this currency',
  },
  'billing.bank-account-out-of-use': {
    status: 409,
    ar: 'الحساب البنكي خارج الاستخدام',
    en: 'The bank account is out of use',
  },
  'billing.csv-profile-invalid': {
    status: 422,
    ar: 'تعريف صيغة ملف CSV غير صحيح',
    en: 'The profile of CSV files is wrong',
  },
  'billing.csv-profile-missing': {
    status: 409,
    ar: 'لا تعريف لصيغة ملفات CSV لهذا الحساب',
    en: 'The account has no profile of CSV files',
  },
  'billing.statement-unreadable': {
    status: 422,
    ar: 'كشف البنك غير مقروء، لم يُستورد منه شيء',
    en: 'The bank statement cannot be read; nothing of it was imported',
  },
  'billing.statement-of-another-account': {
    status: 409,
    ar: 'لا يحتوي الملف كشفاً لهذا الحساب',
    en: 'The file holds no statement of this account',
  },
  'billing.line-settled': {
    status: 409,
    ar: 'عولج سطر كشف البنك هذا من قبل',
    en: 'This line of the bank statement has been resolved meanwhile',
  },
  'billing.exceeds-line': {
    status: 409,
    ar: 'المبلغ أكبر مما بقي معلقاً من السطر',
    en: 'The amount is more than what is unresolved of the line',
  },
  'billing.not-expected': {
    status: 409,
    ar: 'لم يعد هذا المبلغ منتظراً من البنك',
    en: 'This money is not expected from the bank any more, or not in this amount',
  },
  'billing.proposal-closed': {
    status: 409,
    ar: 'لم يعد هذا الاقتراح قائماً',
    en: 'This proposal is not open any more',
  },
  'billing.return-paid': {
    status: 409,
    ar: 'خرج المبلغ من البنك إلى دافعه، فلا تُلغى إعادته',
    en: 'The money has left the bank for its payer: the return cannot be undone',
  },
  'billing.settlement-unknown': {
    status: 404,
    ar: 'لا توجد معالجة بهذا الرقم لهذا السطر',
    en: 'The line has no such resolution',
  },
});
