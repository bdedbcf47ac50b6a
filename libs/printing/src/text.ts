import { DateTime } from 'luxon';
import type { Instant, LocalDate } from '@libs/calendar';
import type { Digits } from './sheets';

const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
// Whoever controls these reorders the line they stand in, an amount beside a name included.
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const LONE_SURROGATE = /\p{Cs}/gu;
const ENDLESS_WORD = /(?:[^\s\p{M}/-]\p{M}*){14,}/gu;
const SOME_LETTERS = /(?:\P{M}\p{M}*){13}(?=\P{M})/gu;
const ANY_CHARACTER = /\P{M}\p{M}*(?=\P{M})/gu;
// After an Arabic letter `09-239` would be set as `239-09`, and a leading plus behind its number.
const NUMBER_IN_LINE = /[0-9٠-٩]+(?:[-–/.:,٫٬][0-9٠-٩]+)+[%٪]?|\+[0-9٠-٩]+(?:[ -][0-9٠-٩]+)*/g;
const ARABIC_LETTER = /(?=\p{L})\p{Script=Arabic}/u;
const LRI = '\u2066';
const RLI = '\u2067';
const PDI = '\u2069';
const LRO = '\u202D';
const PDF = '\u202C';

/** Text without controls and bidi controls, in valid Unicode; its letters, marks and digits are kept. */
export function plain(text: string): string {
  return text.replace(UNPRINTABLE, ' ').replace(BIDI_CONTROLS, '').replace(LONE_SURROGATE, '\uFFFD').trim();
}

/**
 * Free text for a line of any direction, isolated from its neighbours. Any Arabic letter makes it read right to left,
 * so a company that starts with a Latin word is still Arabic; its numbers keep their own direction.
 */
export function prose(text: string): string {
  const clean = breakable(plain(text));
  if (clean === '') return '';
  if (!ARABIC_LETTER.test(clean)) return `${LRI}${clean}${PDI}`;
  return `${RLI}${clean.replace(NUMBER_IN_LINE, forced)}${PDI}`;
}

/**
 * An identifier, amount, date or phone, which reads left to right whatever its digits and separators are: without the
 * override `٩•••٢` and `٢٠٢٥-٠١` would come out backwards. One that holds a letter keeps its Latin digits.
 */
export function figure(text: string, digits: Digits): string {
  const clean = breakable(plain(text));
  if (clean === '' || /\p{L}/u.test(clean)) return prose(text);
  return forced(digits === 'latin' ? clean : arabicIndic(clean));
}

/** A web address, which is copied: nothing but isolates is added. */
export function address(url: string): string {
  return `${LRI}${plain(url)}${PDI}`;
}

/** Integer part and fraction, apart so that a column can line up at the separator; the fraction keeps its separator. */
export function splitAmount(text: string, digits: Digits): { whole: string; fraction: string } {
  const magnitude = unsigned(text);
  const point = magnitude.lastIndexOf('.');
  const [whole, fraction] = point < 0 ? [magnitude, ''] : [magnitude.slice(0, point), magnitude.slice(point)];
  return { whole: figure(money(whole, digits), digits), fraction: figure(money(fraction, digits), digits) };
}

/** The same amount in one piece. */
export const amountInLine = (text: string, digits: Digits): string => figure(money(unsigned(text), digits), digits);

/** `16/03/2025 14:05` on the wall clock of `zone`. @throws RangeError for an unreadable instant or unknown zone. */
export function localTime(instant: Instant, zone: string): string {
  const time = DateTime.fromISO(instant, { zone });
  if (!time.isValid) throw new RangeError(`no local time of ${instant} in ${zone}`);
  return time.toFormat('dd/MM/yyyy HH:mm', { locale: 'en' });
}

/** `16/03/2025`. @throws RangeError for a date that does not exist. */
export function shortDate(date: LocalDate): string {
  const day = DateTime.fromISO(date, { zone: 'utc' });
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !day.isValid) throw new RangeError(`no such date: ${date}`);
  return day.toFormat('dd/MM/yyyy', { locale: 'en' });
}

const forced = (text: string): string => `${LRI}${LRO}${text}${PDF}${PDI}`;

/**
 * Words of 14 characters and more may break: anywhere, an Arabic one after each 13 letters, because a break parts joined
 * letters; by a hair space, because the compiler sets the last letter before a zero-width one over its neighbour.
 */
const breakable = (text: string): string =>
  text.replace(ENDLESS_WORD, (word) =>
    ARABIC_LETTER.test(word) ? word.replace(SOME_LETTERS, '$&\u200A') : word.replace(ANY_CHARACTER, '$&\u200B'),
  );

const arabicIndic = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0x630));

const unsigned = (text: string): string => plain(text).replace(/^[-−+]\s*/, '');

const money = (text: string, digits: Digits): string =>
  digits === 'latin' ? text : text.replace(/,/g, '٬').replace(/\./g, '٫');
