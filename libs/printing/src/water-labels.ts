import { billingLabels } from './billing-labels';
import type { Language } from './sheet-parts';
import type { WaterSheets } from './water-sheets';

const ar = {
  ...billingLabels.warning.ar,
  subscription: 'رقم الاشتراك',
  meter: 'رقم العداد',
  unpaidBills: 'فواتير غير مدفوعة',
  oldestDue: 'أقدمها مستحق منذ',
  owed: 'المبلغ المستحق',
  cutLead: 'لم تدفع فواتير المياه المبينة أدناه في موعدها رغم استحقاقها:',
  cutWithin: 'إن لم يدفع المبلغ أو يتفق على تقسيطه خلال',
  cutFollows:
    'من تاريخ تبليغكم هذا الإخطار، تقطع المياه عن الاشتراك دون إخطار آخر، ولا تعاد إلا بعد التسوية ودفع رسوم إعادة الوصل.',
  cutObject: 'لكم خلال هذه المدة تقديم اعتراض خطي في مركز خدمة الجمهور، ولا تقطع المياه قبل البت فيه.',
  cutProtected: 'إن كان في المكان مستشفى أو مريض تتوقف حياته على المياه فأبلغوا البلدية فوراً.',
  postedAtPremises: 'تعليقاً على باب المكان',
  DISCONNECT: 'أوامر فصل',
  RECONNECT: 'أوامر إعادة وصل',
  listNumber: 'رقم الكشف',
  workOn: 'يوم العمل',
  crew: 'الفرقة',
  orders: 'عدد الأوامر',
  order: 'الأمر',
  walk: 'الخط والتسلسل',
  subscriber: 'المشترك',
  cause: 'السبب',
  found: 'القراءة',
  sealed: 'الختم',
  result: 'النتيجة وملاحظات',
  crewSigned: 'توقيع رئيس الفرقة',
  noOrders: 'لا أوامر في هذا الكشف.',
};

const en: typeof ar = {
  ...billingLabels.warning.en,
  subscription: 'Subscription',
  meter: 'Meter',
  unpaidBills: 'Unpaid bills',
  oldestDue: 'The oldest due since',
  owed: 'Amount due',
  cutLead: 'The water bills below fell due and were not paid in time:',
  cutWithin: 'Unless the amount is paid or put into an instalment plan within',
  cutFollows:
    'of the service of this notice, the water is cut without another notice, and restored only after settlement and payment of the reconnection fee.',
  cutObject:
    'Within this time you may object in writing at the public service centre; the water is not cut before that is decided.',
  cutProtected:
    'If the place is a hospital, or the life of a patient there depends on water, tell the municipality at once.',
  postedAtPremises: 'Posted at the door',
  DISCONNECT: 'Disconnection orders',
  RECONNECT: 'Reconnection orders',
  listNumber: 'List',
  workOn: 'Day of work',
  crew: 'Crew',
  orders: 'Orders',
  order: 'Order',
  walk: 'Route and place',
  subscriber: 'Subscriber',
  cause: 'Cause',
  found: 'Reading',
  sealed: 'Seal',
  result: 'Result and notes',
  crewSigned: 'Signature of the crew leader',
  noOrders: 'No orders on this list.',
};

const titled = (titleAr: string, titleEn: string) => ({
  ar: { ...ar, title: titleAr },
  en: { ...en, title: titleEn },
});

export const waterLabels = {
  'disconnection-notice': titled('إخطار بالفصل', 'Notice of disconnection'),
  'disconnection-notices': titled('إخطار بالفصل', 'Notice of disconnection'),
  'field-list': titled('كشف ميداني', 'Field list'),
} satisfies Record<keyof WaterSheets, Record<Language, object>>;
