import { defineProblems } from '@libs/http';

export const ORDERS = defineProblems({
  'water.holiday-known': { status: 409, ar: 'اليوم مسجل عطلة', en: 'The day is a holiday already' },
  'water.moratorium-ended': { status: 409, ar: 'انتهى وقف الفصل سابقاً', en: 'The moratorium was ended already' },
  'water.cut-run-state': {
    status: 409,
    ar: 'حالة قائمة الفصل لا تسمح بذلك',
    en: 'The state of the run does not allow this',
  },
  'water.cut-own-list': {
    status: 403,
    ar: 'لا يصدر الإخطارات من أعد القائمة',
    en: 'Notices are issued by somebody else than the maker of the list',
  },
  'water.cut-notice-state': {
    status: 409,
    ar: 'حالة الإخطار لا تسمح بذلك',
    en: 'The state of the notice does not allow this',
  },
  'water.cut-notice-altered': {
    status: 409,
    ar: 'محتوى الإخطار المحفوظ تغيّر ولا يُعتمد عليه، راجع مدقق النظام',
    en: 'The stored notice was altered and cannot be relied on; tell the auditor',
  },
  'water.no-cut-notices': {
    status: 409,
    ar: 'لا إخطارات قائمة في هذا الجزء من القائمة',
    en: 'No notice of this part of the run stands',
  },
  'water.no-service-by-message': {
    status: 422,
    ar: 'الرسالة النصية ليست تبليغاً',
    en: 'A text message is no service',
  },
  'water.cut-order-state': {
    status: 409,
    ar: 'حالة الأمر لا تسمح بذلك',
    en: 'The state of the order does not allow this',
  },
  'water.order-open': {
    status: 409,
    ar: 'للاشتراك أمر لم ينفذ بعد',
    en: 'The subscription has an order that is not carried out yet',
  },
  'water.before-holiday': {
    status: 409,
    ar: 'لا تقطع المياه في عطلة ولا في اليوم الذي يسبقها',
    en: 'No water is cut on a day off or on the day before one',
  },
  'water.cut-exempt': {
    status: 409,
    ar: 'الاشتراك مستثنى من الفصل',
    en: 'The subscription is exempt from disconnection',
  },
  'water.debt-unsettled': {
    status: 409,
    ar: 'لا تعاد المياه قبل دفع المتأخرات أو تقسيطها',
    en: 'What is overdue is neither paid nor in an instalment plan',
  },
});
