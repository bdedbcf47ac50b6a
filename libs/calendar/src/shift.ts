import { DateTime } from 'luxon';
import type { LocalDate } from './instant';

/** `days` later, or earlier when negative. @throws RangeError for a date that does not exist */
export const addDays = (date: LocalDate, days: number): LocalDate => shifted(date, { days });

/**
 * The same day `months` later; where that month is shorter its last day: 31 January → 28 or 29 February. Count from
 * one date, not from the last result, or the day stays short. @throws RangeError as {@link addDays}
 */
export const addMonths = (date: LocalDate, months: number): LocalDate => shifted(date, { months });

function shifted(date: LocalDate, by: { days: number } | { months: number }): LocalDate {
  const result = DateTime.fromISO(date, { zone: 'utc' }).plus(by).toISODate();
  if (result === null) throw new RangeError(`no such date: ${date}`);
  return result;
}
