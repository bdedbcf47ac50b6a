import { defineProblems } from '@libs/http';

const refused = (ar: string, en: string) => ({ status: 409, ar, en });

/** Why one reading is not taken; the others of its batch or file are. */
export const REFUSED = defineProblems({
  'water.reading-malformed': refused('بيانات القراءة غير مفهومة', 'The reading cannot be understood'),
  'water.reading-blank': refused('لا قراءة ولا سبب تعذّر', 'Neither a value nor a reason for none'),
  'water.reading-not-whole': refused('القراءة ليست عدداً صحيحاً', 'The reading is no whole number'),
  'water.reading-negative': refused('القراءة سالبة', 'The reading is negative'),
  'water.reading-beyond-register': refused('القراءة أكبر من خانات العداد', 'The register has fewer digits'),
  'water.no-access-unknown': refused('رمز تعذّر القراءة غير معروف', 'The reason for no access is not known'),
  'water.subscription-unknown': refused('رقم الاشتراك غير معروف', 'There is no such subscription'),
  'water.serial-unknown': refused('رقم العداد غير معروف', 'There is no such meter'),
  'water.meter-elsewhere': refused('العداد ليس لهذا الاشتراك', 'The meter does not stand at this subscription'),
  'water.meter-removed': refused('العداد مرفوع من الخدمة', 'The meter was taken down'),
  'water.no-meter': refused('لا عداد لهذا الاشتراك', 'No meter stands at this subscription'),
  'water.before-installation': refused('القراءة قبل تركيب العداد', 'The reading is from before the installation'),
  'water.reading-in-future': refused('القراءة بتاريخ لاحق', 'The reading is from a day to come'),
  'water.reading-twice': refused('للعداد قراءة في هذه الدورة', 'The meter was read for this period already'),
  'water.day-of-another-period': refused('تاريخ القراءة بعيد عن الدورة', 'The day does not belong to the period'),
  'water.days-cross': refused('تاريخ القراءة يخالف ترتيب الدورات', 'The day lies before that of an earlier period'),
  'water.period-billed': refused('صدرت فاتورة هذه الدورة', 'The period has been billed'),
  'water.reading-period-closed': refused('أُغلقت القراءة لهذه الدورة', 'Reading of the period is closed'),
  'water.correction-forbidden': { status: 403, ar: 'تصحيح القراءة للمكتب', en: 'Corrections are made by the office' },
  'water.correction-unreasoned': refused('التصحيح يحتاج سبباً', 'A correction needs its reason'),
  'water.correction-stale': refused('القراءة المراد تصحيحها ليست القائمة', 'It corrects a reading that does not stand'),
});
export type RefusalCode = keyof typeof REFUSED;

export const READINGS = defineProblems({
  'water.file-unreadable': { status: 422, ar: 'لا يمكن قراءة الملف', en: 'The file cannot be read' },
  'water.reading-decided': refused('لا يمكن تغيير حالة هذه القراءة', 'The state of the reading does not allow it'),
  'water.consumption-needed': refused('الاستهلاك غير معروف، حدد إن دار العداد', 'Say whether the register rolled over'),
  'water.later-billed': refused('صدرت فاتورة بعد هذه القراءة', 'A later reading has been billed'),
  'water.reading-still-open': refused('لا تزال في الخط قراءات مفتوحة', 'The route still has open readings'),
  'water.route-closed': refused('أُغلقت القراءة لهذا الخط', 'Reading of the route is closed for the period'),
});
