import { digitValue } from '@libs/arabic';
import { assertMinorUnits, Currency, DECIMALS, MinorUnits, type Money } from './currency';

export type AmountError = 'empty' | 'not-a-number' | 'too-many-decimals' | 'out-of-range';

export type ParsedAmount = { ok: true; minor: MinorUnits } | { ok: false; error: AmountError };

const ARABIC_DECIMAL = 0x66b;
const COMMA = 0x2c;
const DOT = 0x2e;
const PLUS = 0x2b;
const MINUS = 0x2d;
const GROUP = 3;

/**
 * Reads an amount of the currency: `1,234.50`, `1234.5`, `-12`, `١٬٢٣٤٫٥٠`. Thousands separators (, ٬ ،) must stand
 * every three digits or not at all; the decimal sign is . or ٫. More decimals than the currency has is the error
 * `too-many-decimals`, even when they are zeros: nothing is ever rounded here.
 */
export function parseAmount(text: string, currency: Currency): ParsedAmount {
  const amount = text.trim();
  const length = amount.length;
  if (length === 0) return failed('empty');

  let minor = 0;
  let digits = 0;
  let decimals = -1;
  let groupLength = 0;
  let grouped = false;
  let sign = 0;
  for (let i = 0; i < length; i++) {
    const code = amount.charCodeAt(i);
    const digit = digitValue(code);
    if (digit >= 0) {
      minor = minor * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
      else groupLength++;
    } else if (isThousands(code) && decimals < 0) {
      if (grouped ? groupLength !== GROUP : groupLength < 1 || groupLength > GROUP) return failed('not-a-number');
      grouped = true;
      groupLength = 0;
    } else if ((code === DOT || code === ARABIC_DECIMAL) && decimals < 0) {
      decimals = 0;
    } else if (isSign(code) && sign === 0 && digits === 0 && decimals < 0) {
      sign = code === PLUS ? 1 : -1;
    } else if (!isDirectionMark(code)) return failed('not-a-number');
  }
  if (digits === 0 || decimals === 0 || (grouped && groupLength !== GROUP)) return failed('not-a-number');

  const missing = DECIMALS[currency] - Math.max(decimals, 0);
  if (missing < 0) return failed('too-many-decimals');
  minor *= 10 ** missing;
  if (!Number.isSafeInteger(minor)) return failed('out-of-range');
  return { ok: true, minor: sign < 0 && minor !== 0 ? -minor : minor };
}

/**
 * For people: thousands separated and all decimals, `1,234.50`, or `١٬٢٣٤٫٥٠` with `digits: 'arabic'`; without the
 * currency's name. In a line of Arabic text isolate it. @throws RangeError for no minor units.
 */
export function formatAmount(
  minor: MinorUnits,
  currency: Currency,
  options: { digits?: 'latin' | 'arabic' } = {},
): string {
  const decimal = toDecimalString(minor, currency);
  const sign = decimal.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = decimal.slice(sign.length).split('.');
  let grouped = whole.slice(0, whole.length % GROUP);
  for (let i = whole.length % GROUP; i < whole.length; i += GROUP) {
    grouped += (grouped === '' ? '' : ',') + whole.slice(i, i + GROUP);
  }
  const latin = `${sign}${grouped}.${fraction}`;
  return options.digits === 'arabic' ? toArabicNumber(latin) : latin;
}

/** `125.50 ILS، 7.250 JOD`: sums of several currencies are never added. @throws RangeError for no minor units */
export const formatSums = (sums: readonly Money[]): string =>
  sums.map(({ minor, currency }) => `${formatAmount(minor, currency)} ${currency}`).join('، ');

/** For machines (JSON, CSV, decimal columns): `-1234.500`, exact, no grouping. @throws RangeError for no minor units. */
export function toDecimalString(minor: MinorUnits, currency: Currency): string {
  assertMinorUnits(minor);
  const decimals = DECIMALS[currency];
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function toArabicNumber(latin: string): string {
  return latin.replace(/[0-9.,]/g, (sign) => {
    if (sign === '.') return '٫';
    return sign === ',' ? '٬' : String.fromCharCode(sign.charCodeAt(0) + 0x630);
  });
}

function failed(error: AmountError): ParsedAmount {
  return { ok: false, error };
}

function isThousands(code: number): boolean {
  return code === COMMA || code === 0x66c || code === 0x60c;
}

function isSign(code: number): boolean {
  return code === MINUS || code === 0x2212 || code === PLUS;
}

function isDirectionMark(code: number): boolean {
  return code === 0x61c || code === 0x200e || code === 0x200f || (code >= 0x202a && code <= 0x202e);
}
