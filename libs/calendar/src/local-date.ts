import { DateTime, IANAZone } from 'luxon';
import { Instant, LocalDate } from './instant';

const HEBRON = 'Asia/Hebron';
/** In years when the clocks of every zone differ by whole minutes. */
const WHOLE_MINUTES = /^(19[89]|2\d\d)\d-\d\d-\d\dT\d\d:\d\d:[0-5]\d\.\d{3}Z$/;
const MOST_NOONS = 5000;
const noons = new Map<string, number>();
let latest = { minute: '', date: '' };
const LEAP_DAYS_IN_MONTH = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FRIDAY = 5;
const SATURDAY = 6;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LEVANTINE_MONTHS = [
  'كانون الثاني',
  'شباط',
  'آذار',
  'نيسان',
  'أيار',
  'حزيران',
  'تموز',
  'آب',
  'أيلول',
  'تشرين الأول',
  'تشرين الثاني',
  'كانون الأول',
];
const ENGLISH_MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const ENGLISH_WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const WEEKDAYS = ['الأحد', 'الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت'];

/** Whether the Gregorian calendar has this day; years 1-9999. */
export function dateExists(year: number, month: number, day: number): boolean {
  const longest = LEAP_DAYS_IN_MONTH[month];
  if (longest === undefined || year < 1 || year > 9999 || day < 1 || day > longest) return false;
  return day < 29 || month !== 2 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/**
 * The date on the wall calendar of `zone` at that instant.
 * @throws RangeError for an unreadable instant or an unknown zone.
 */
export function localDateOf(instant: Instant, zone: string = HEBRON): LocalDate {
  // Asked several times in a row about the present, and a zone takes long to look up: no day begins within a minute.
  const minute = WHOLE_MINUTES.test(instant) ? `${instant.slice(0, 16)} ${zone}` : undefined;
  if (minute !== undefined && minute === latest.minute) return latest.date;
  const date = DateTime.fromISO(instant, { zone }).toISODate();
  if (date === null) throw new RangeError(`no local date of ${instant} in ${zone}`);
  if (minute !== undefined) latest = { minute, date };
  return date;
}

/**
 * First instant of the day in `zone`: 01:00 where summer time skips midnight, as in Hebron on 2013-03-29.
 * @throws RangeError for a date that does not exist or an unknown zone.
 */
export function startOfLocalDay(date: LocalDate, zone: string = HEBRON): Instant {
  const [year, month, day] = parts(date);
  const start = DateTime.fromObject({ year, month, day }, { zone }).startOf('day');
  if (!start.isValid) throw new RangeError(`unknown zone: ${zone}`);
  return new Date(start.toMillis()).toISOString();
}

/**
 * When the clocks of `zone` show `time` (`HH:MM`) on that day: the first time where they show it twice, and as much
 * later where summer time skips it (02:30 → 03:30).
 * @throws RangeError for a date or time that does not exist or an unknown zone.
 */
export function instantAt(date: LocalDate, time: string, zone: string = HEBRON): Instant {
  const [year, month, day] = parts(date);
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new RangeError(`no such time: ${time}`);
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3))];
  const rules = IANAZone.create(zone);
  if (!rules.isValid) throw new RangeError(`unknown zone: ${zone}`);
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  const wall = midnight + (hour * 60 + minute) * MINUTE_MS;
  const [before, after] = [offsetAt(rules, midnight - DAY_MS / 2), offsetAt(rules, midnight + 1.5 * DAY_MS)];
  const early = wall - before * MINUTE_MS;
  const late = wall - after * MINUTE_MS;
  const shows = (at: number) => at + rules.offset(at) * MINUTE_MS === wall;
  const isLate = before !== after && !shows(early) && shows(late);
  return new Date(isLate ? late : early).toISOString();
}

/** Minutes east of UTC at a noon; remembered, as a zone takes long to look up. */
function offsetAt(rules: IANAZone, noon: number): number {
  const key = `${noon} ${rules.name}`;
  let offset = noons.get(key);
  if (offset === undefined) {
    if (noons.size >= MOST_NOONS) noons.clear();
    noons.set(key, (offset = rules.offset(noon)));
  }
  return offset;
}

/** What the clocks of `zone` show then, `HH:MM`. @throws RangeError for an unreadable instant or an unknown zone. */
export function localTimeOf(instant: Instant, zone: string = HEBRON): string {
  const local = DateTime.fromISO(instant, { zone });
  if (!local.isValid) throw new RangeError(`no local time of ${instant} in ${zone}`);
  return local.toFormat('HH:mm');
}

/** 0 Sunday to 6 Saturday. @throws RangeError for a date that does not exist. */
export function weekdayOf(date: LocalDate): number {
  const THURSDAY = 4;
  return (((epochDay(date) + THURSDAY) % 7) + 7) % 7;
}

/** Friday and Saturday, the municipality's weekend. @throws RangeError for a date that does not exist. */
export function isWeekend(date: LocalDate): boolean {
  const weekday = weekdayOf(date);
  return weekday === FRIDAY || weekday === SATURDAY;
}

/**
 * `5 كانون الثاني 2024`, with the month names used in Palestine; `weekday` puts the day's name before it.
 * @throws RangeError for a date that does not exist.
 */
export function formatArabicDate(
  date: LocalDate,
  options: { digits?: 'latin' | 'arabic'; weekday?: boolean } = {},
): string {
  const [year, month, day] = parts(date);
  const latin = `${day} ${LEVANTINE_MONTHS[month - 1]} ${year}`;
  const text = options.digits === 'arabic' ? latin.replace(/[0-9]/g, toArabicDigit) : latin;
  return options.weekday ? `${WEEKDAYS[weekdayOf(date)]} ${text}` : text;
}

/** `5 January 2024`; `weekday` puts the day's name before it. @throws RangeError for a date that does not exist. */
export function formatEnglishDate(date: LocalDate, options: { weekday?: boolean } = {}): string {
  const [year, month, day] = parts(date);
  const text = `${day} ${ENGLISH_MONTHS[month - 1]} ${year}`;
  return options.weekday ? `${ENGLISH_WEEKDAYS[weekdayOf(date)]} ${text}` : text;
}

/** Nights from one date to another: 0 for the same day, negative backwards. @throws RangeError for a date that does not exist. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => epochDay(to) - epochDay(from);

/** 28 to 31, of the month in which `date` lies. @throws RangeError for a date that does not exist. */
export function daysInMonth(date: LocalDate): number {
  const [year, month] = parts(date);
  return month === 2 && !dateExists(year, 2, 29) ? 28 : LEAP_DAYS_IN_MONTH[month]!;
}

/** The date so many days after 1970-01-01. @throws RangeError outside the years 0-9999 */
export function dateOfEpochDay(day: number): LocalDate {
  const instant = new Date(day * DAY_MS).toISOString();
  if (instant.length !== 24) throw new RangeError(`date outside the years 0-9999: ${instant}`);
  return instant.slice(0, 10);
}

/** Days since 1970-01-01. @throws RangeError for a date that does not exist */
export function epochDay(date: LocalDate): number {
  const [year, month, day] = parts(date);
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  return Math.floor(midnight.getTime() / DAY_MS);
}

function parts(date: LocalDate): [year: number, month: number, day: number] {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(date);
  const [year, month, day] = match ? [Number(match[1]), Number(match[2]), Number(match[3])] : [0, 0, 0];
  if (!dateExists(year, month, day)) throw new RangeError(`no such date: ${date}`);
  return [year, month, day];
}

function toArabicDigit(digit: string): string {
  return String.fromCharCode(digit.charCodeAt(0) + 0x630);
}
