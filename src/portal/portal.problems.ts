import { defineProblems } from '@libs/http';

export const PORTAL = defineProblems({
  'portal.daily-limit': {
    status: 429,
    ar: 'بلغت الحد اليومي لهذا الطلب، حاول غداً أو راجع مركز خدمات الجمهور',
    en: 'You have reached the daily limit for this; try tomorrow, or come to the service centre',
  },
  'portal.bill-token': {
    status: 409,
    ar: 'انتهت مدة الاستعلام عن الفاتورة، استعلم عنها مجدداً',
    en: 'The look-up of the bill is over; look it up again',
  },
});
