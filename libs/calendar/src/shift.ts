import { DateTime } from 'luxon';
import type { LocalDate } from './instant';
import { dateOfEpochDay, epochDay } from './local-date';

/** `days` later, or earlier when negative. @throws RangeError for a date that does not exist, or beyond the years 0-9999 */
export const addDays = (date: LocalDate, days: number): LocalDate => dateOfEpochDay(epochDay(date) + days);

/**
 * The same day `months` later; where that month is shorter its last day: 31 January → 28 or 29 February. Count from
 * one date, not from the last result, or the day stays short. @throws RangeError for a date that does not exist
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const result = DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).toISODate();
  if (result === null) throw new RangeError(`no such date: ${date}`);
  return result;
}

/** `YYYY-MM` so many months later, or earlier when negative. @throws RangeError for a month that does not exist */
export const monthAfter = (period: string, months = 1): string => addMonths(`${period}-01`, months).slice(0, 7);
