import { digitValue } from '@libs/arabic';
import { LocalDate } from './instant';
import { dateExists } from './local-date';

const SLASH = 0x2f;
const HYPHEN = 0x2d;
const SPACE = 0x20;

const MONTHS = Array.from({ length: 13 }, (_, month) => `-${pad2(month)}`);
const MONTH_DAYS = MONTHS.flatMap((month) => Array.from({ length: 32 }, (_, day) => `${month}-${pad2(day)}`));

/**
 * Date of the old systems' exports: `dd/mm/yyyy`, `d/m/yyyy`, `yyyy-mm-dd`, also `yyyy/mm/dd` and `dd-mm-yyyy`;
 * Latin or Arabic-Indic digits, spaces around allowed. Null when the text is no date or the day does not exist
 * (2011/13/40, 31/02/2018, 00/00/0000). Called once a row on millions of rows: allocates only the result.
 */
export function parseLegacyDate(raw: string): LocalDate | null {
  let start = 0;
  let end = raw.length;
  while (start < end && raw.charCodeAt(start) === SPACE) start++;
  while (end > start && raw.charCodeAt(end - 1) === SPACE) end--;
  if (end - start < 8 || end - start > 10) return null;

  let first = 0;
  let second = 0;
  let group = 0;
  let groupLength = 0;
  let firstLength = 0;
  let separator = 0;
  let separators = 0;
  for (let i = start; i < end; i++) {
    const code = raw.charCodeAt(i);
    const digit = digitValue(code);
    if (digit >= 0) {
      group = group * 10 + digit;
      groupLength++;
    } else if ((code === SLASH || code === HYPHEN) && groupLength > 0) {
      if (separators === 0) {
        first = group;
        firstLength = groupLength;
        separator = code;
      } else if (separators === 1 && code === separator && groupLength <= 2) second = group;
      else return null;
      separators++;
      group = 0;
      groupLength = 0;
    } else return null;
  }
  if (separators !== 2) return null;
  if (firstLength === 4 && groupLength > 0 && groupLength <= 2) return localDate(first, second, group);
  if (firstLength <= 2 && groupLength === 4) return localDate(group, second, first);
  return null;
}

/** Billing period `MM/YYYY` or `M/YYYY`, Latin or Arabic-Indic digits → `YYYY-MM`; null for no such month. */
export function parseLegacyPeriod(raw: string): string | null {
  const text = raw.trim();
  const slash = text.indexOf('/');
  if ((slash !== 1 && slash !== 2) || text.length - slash !== 5) return null;
  let month = 0;
  let year = 0;
  for (let i = 0; i < text.length; i++) {
    if (i === slash) continue;
    const digit = digitValue(text.charCodeAt(i));
    if (digit < 0) return null;
    if (i < slash) month = month * 10 + digit;
    else year = year * 10 + digit;
  }
  return dateExists(year, month, 1) ? pad4(year) + MONTHS[month] : null;
}

function localDate(year: number, month: number, day: number): LocalDate | null {
  return dateExists(year, month, day) ? pad4(year) + MONTH_DAYS[month * 32 + day] : null;
}

function pad2(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function pad4(value: number): string {
  return value < 1000 ? String(value).padStart(4, '0') : `${value}`;
}
