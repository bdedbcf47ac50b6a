import { daysInMonth, instantAt, monthAfter, type Instant, type LocalDate } from '@libs/calendar';
import { Txt, invalidField } from '@libs/http';

/** `YYYY-MM-DDTHH:MM`, as the clocks of Hebron show it. */
export const LocalMinute = (options: { optional?: boolean; about?: string } = {}): PropertyDecorator =>
  Txt({
    ...options,
    max: 16,
    pattern: /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d$/,
    example: '2026-11-30T08:00',
    about: ['local time of Hebron', options.about].filter(Boolean).join('; '),
  });

/** `HH:MM`. */
export const TimeOfDay = (options: { optional?: boolean; about?: string; example?: string } = {}): PropertyDecorator =>
  Txt({ example: '18:00', ...options, max: 5, pattern: /^([01]\d|2[0-3]):[0-5]\d$/ });

/** `YYYY-MM`. */
export const Month = (options: { optional?: boolean; about?: string } = {}): PropertyDecorator =>
  Txt({ ...options, max: 7, pattern: /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/, example: '2026-10' });

/** @throws {Problem} http.invalid at `pointer` for a day or time that does not exist */
export function instantOf(local: string, pointer: string): Instant {
  try {
    return instantAt(local.slice(0, 10), local.slice(11));
  } catch {
    throw invalidField(pointer, 'localTime');
  }
}

/** First and last day of a month. */
export function daysOf(period: string): { first: LocalDate; last: LocalDate; days: number } {
  const days = daysInMonth(`${period}-01`);
  return { first: `${period}-01`, last: `${period}-${String(days).padStart(2, '0')}`, days };
}

/** The months from one to another, both included. */
export function monthsOf(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month);
  return months;
}

const MOST_MONTHS = 24;

/** @throws {Problem} http.invalid for months in the wrong order or too many */
export function checkMonths(from: string, to: string): void {
  if (from > to) throw invalidField('/to', 'notBeforeFrom');
  if (monthAfter(from, MOST_MONTHS) <= to) throw invalidField('/to', 'tooLong');
}
