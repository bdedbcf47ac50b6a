import { defineProblems } from '@libs/http';

export const FAULTS = defineProblems({
  'water.fault-state': {
    status: 409,
    ar: 'حالة البلاغ لا تسمح بذلك',
    en: 'The state of the report does not allow it',
  },
  'water.fault-other-zone': {
    status: 409,
    ar: 'البلاغات ليست من منطقة واحدة',
    en: 'The reports are not of one zone',
  },
  'water.fault-duplicate-of-itself': {
    status: 409,
    ar: 'لا يكون البلاغ مكرراً لنفسه ولا لبلاغ مكرر',
    en: 'A report is no duplicate of itself or of another duplicate',
  },
  'water.work-order-state': {
    status: 409,
    ar: 'حالة أمر العمل لا تسمح بذلك',
    en: 'The state of the work order does not allow it',
  },
});
