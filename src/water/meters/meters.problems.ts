import { defineProblems } from '@libs/http';

export const METERS = defineProblems({
  'water.serial-taken': {
    status: 409,
    ar: 'رقم العداد مسجل من قبل',
    en: 'A meter with this serial is registered already',
  },
  'water.meter-unknown': { status: 422, ar: 'لا يوجد عداد بهذا الرقم', en: 'There is no meter with this serial' },
  'water.meter-state': {
    status: 409,
    ar: 'حالة العداد لا تسمح بذلك',
    en: 'The state of the meter does not allow this',
  },
  'water.other-meter': {
    status: 409,
    ar: 'ليس هذا العداد هو المركب على الاشتراك',
    en: 'This is not the meter that stands at the subscription',
  },
  'water.meter-present': {
    status: 409,
    ar: 'على الاشتراك عداد مركب',
    en: 'A meter stands at the subscription already',
  },
  'water.day-not-possible': {
    status: 422,
    ar: 'التاريخ قبل بدء الاشتراك أو قبل آخر تركيب أو قراءة، أو لم يأت بعد',
    en: 'The day is before the subscription, the last installation or reading, or still to come',
  },
  'water.not-on-the-register': {
    status: 422,
    ar: 'القراءة لا يعرضها عداد بهذا العدد من الخانات',
    en: 'The register of this meter cannot show the reading',
  },
});
