export { addDuration, compare, fixedClock, systemClock } from './instant';
export type { Clock, Duration, FixedClock, Instant, LocalDate } from './instant';
export {
  daysBetween,
  daysInMonth,
  formatArabicDate,
  formatEnglishDate,
  instantAt,
  isWeekend,
  localDateOf,
  localTimeOf,
  startOfLocalDay,
  weekdayOf,
} from './local-date';
export { parseLegacyDate, parseLegacyPeriod } from './legacy-date';
export { addDays, addMonths, monthAfter } from './shift';
