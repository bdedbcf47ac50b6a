import { foldDigits } from '@libs/arabic';

const DAY = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})$/;
const RUN_TOGETHER = /^(\d{2})(\d{2})(\d{2}|\d{4})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Day, month and year as people type them, as `YYYY-MM-DD`; empty while it is no day of the calendar. */
export function typedDay(text: string): string {
  const typed = foldDigits(text).trim();
  const iso = ISO.exec(typed);
  const [, day, month, year] = iso ? [0, iso[3], iso[2], iso[1]] : (DAY.exec(typed) ?? RUN_TOGETHER.exec(typed) ?? []);
  if (!day || !month || !year) return '';
  const full = `${year.length === 2 ? '20' : ''}${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${full}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(full) ? full : '';
}

/** `2026-11-24` → `24/11/2026`. */
export const writtenDay = (day: string): string => day.split('-').reverse().join('/');
