import { defineProblems } from '@libs/http';

export const CLEARANCE = defineProblems({
  'billing.debts-overdue': {
    status: 409,
    ar: 'على المكلف مبالغ مستحقة، لا تصدر براءة ذمة',
    en: 'There are overdue debts: no clearance can be issued',
  },
  'billing.no-accounts': {
    status: 409,
    ar: 'لا حسابات للمكلف في هذه الخدمات',
    en: 'The record has no account for these services',
  },
  'billing.record-not-approved': {
    status: 409,
    ar: 'السجل الموحد غير معتمد',
    en: 'The OneRecord is not approved',
  },
  'billing.clearance-revoked': { status: 409, ar: 'براءة الذمة ملغاة سابقاً', en: 'The clearance was revoked already' },
  'billing.clearance-altered': {
    status: 409,
    ar: 'محتوى براءة الذمة المحفوظ تغيّر ولا يُعتمد عليه، راجع مدقق النظام',
    en: 'The stored clearance was altered and cannot be relied on; tell the auditor',
  },
});
