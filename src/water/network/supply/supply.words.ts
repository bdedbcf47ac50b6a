import {
  formatArabicDate,
  formatEnglishDate,
  localDateOf,
  localTimeOf,
  type Instant,
  type LocalDate,
} from '@libs/calendar';
import type { SupplyStatus } from './published-supply';

export type Language = 'ar' | 'en';

interface Words {
  title: string;
  asOf: string;
  zone: string;
  allZones: string;
  show: string;
  /** Of the other language. */
  switchTo: string;
  status: Record<SupplyStatus, string>;
  until: string;
  next: string;
  noNext: string;
  week: string;
  day: string;
  from: string;
  to: string;
  noTurns: string;
  extra: string;
  cut: string;
  interruption: Record<'PLANNED' | 'EMERGENCY', string>;
  expected: string;
  overdue: string;
  reason: string;
  noSupply: string;
  schedule: string;
  /** Before the first day of a schedule. */
  since: string;
  unknownZone: string;
  noZones: string;
  more: string;
}

export const WORDS: Record<Language, Words> = {
  ar: {
    title: 'مواعيد تزويد المياه',
    asOf: 'الوضع عند الساعة',
    zone: 'المنطقة',
    allZones: 'كل المناطق',
    show: 'عرض',
    switchTo: 'English',
    status: {
      ON: 'المياه مزوّدة الآن',
      OFF: 'لا تزويد الآن',
      INTERRUPTED: 'المياه مقطوعة الآن',
      UNKNOWN: 'لم يُنشر جدول لهذه المنطقة',
    },
    until: 'حتى',
    next: 'الدور القادم',
    noNext: 'لا دور قادم في الجدول المنشور',
    week: 'الأدوار خلال سبعة أيام',
    day: 'اليوم',
    from: 'من',
    to: 'إلى',
    noTurns: 'لا أدوار خلال سبعة أيام',
    extra: 'دور إضافي',
    cut: 'يتأثر بقطع المياه',
    interruption: { PLANNED: 'قطع مبرمج', EMERGENCY: 'قطع طارئ' },
    expected: 'العودة المتوقعة',
    overdue: 'تأخرت عودة المياه عن الموعد المتوقع، والعمل مستمر',
    reason: 'السبب',
    noSupply: 'لا يبدأ دور في هذا اليوم',
    schedule: 'الجدول المنشور رقم',
    since: 'سارٍ منذ',
    unknownZone: 'لا توجد منطقة بهذا الرمز، اختر من القائمة',
    noZones: 'لم تُعرّف مناطق تزويد بعد',
    more: 'أدوار الأسبوع',
  },
  en: {
    title: 'Water supply times',
    asOf: 'As of',
    zone: 'Zone',
    allZones: 'All zones',
    show: 'Show',
    switchTo: 'العربية',
    status: {
      ON: 'Water is supplied now',
      OFF: 'No supply now',
      INTERRUPTED: 'Water is cut off now',
      UNKNOWN: 'No schedule is published for this zone',
    },
    until: 'until',
    next: 'Next turn',
    noNext: 'The published schedule has no further turn',
    week: 'Turns of seven days',
    day: 'day',
    from: 'from',
    to: 'to',
    noTurns: 'No turns within seven days',
    extra: 'extra turn',
    cut: 'affected by an interruption',
    interruption: { PLANNED: 'Planned interruption', EMERGENCY: 'Emergency interruption' },
    expected: 'Expected back',
    overdue: 'Water should have been back; work goes on',
    reason: 'Reason',
    noSupply: 'No turn begins on this day',
    schedule: 'Published schedule no.',
    since: 'in force since',
    unknownZone: 'There is no zone of this code; choose from the list',
    noZones: 'No supply zones are defined yet',
    more: 'Turns of the week',
  },
};

/** A day with its weekday, as people of that language write it. */
export const dayWords = (lang: Language, date: LocalDate): string =>
  lang === 'ar' ? formatArabicDate(date, { weekday: true }) : formatEnglishDate(date, { weekday: true });

/** `18:00`, with its day where that is not `beside`. */
export function momentWords(lang: Language, at: Instant, beside?: LocalDate): string {
  const [date, time] = [localDateOf(at), localTimeOf(at)];
  return date === beside ? time : `${time} ${lang === 'ar' ? '' : 'on '}${dayWords(lang, date)}`;
}
