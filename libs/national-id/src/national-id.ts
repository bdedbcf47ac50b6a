import { digitValue } from '@libs/arabic';

/** What a text written where a national ID belongs turned out to be. */
export type NationalIdKind =
  'valid' | 'completed' | 'invalid-check' | 'wrong-length' | 'zeros' | 'empty' | 'not-a-number';

export interface ParsedNationalId {
  /** The digits as written, folded to 0-9; empty for `empty` and `not-a-number`. */
  digits: string;
  kind: NationalIdKind;
  /** Nine digits that pass the check; present for `valid` and `completed` only. */
  id?: string;
}

const BODY_LENGTH = 8;
const ID_LENGTH = 9;
const VISIBLE_AT_END = 4;

/**
 * Ninth digit of a national ID: Luhn with weights 1, 2, 1, 2 ... over the body left-padded to 8 digits.
 * @throws RangeError when `eight` is not 1 to 8 digits 0-9.
 */
export function checkDigit(eight: string): number {
  if (!/^[0-9]{1,8}$/.test(eight)) throw new RangeError('a national ID without its check digit has 8 digits');
  return (10 - (luhnSum(eight.padStart(BODY_LENGTH, '0')) % 10)) % 10;
}

/** Whether `id` is exactly nine digits 0-9, not all zeros, and passes the check; see {@link parseNationalId} for raw text. */
export function isValidNationalId(id: string): boolean {
  return /^[0-9]{9}$/.test(id) && id !== '000000000' && luhnSum(id) % 10 === 0;
}

/**
 * Judges a national ID as the old systems wrote it: Arabic-Indic digits folded; spaces, separators (`4-3949004-6`)
 * and invisible characters dropped. Eight digits are a number without its check digit and are completed.
 */
export function parseNationalId(raw: string | null | undefined): ParsedNationalId {
  const digits = compactDocumentNumber(raw);
  if (digits === '') return { digits, kind: 'empty' };
  if (!/^[0-9]+$/.test(digits)) return { digits: '', kind: 'not-a-number' };
  if (/^0+$/.test(digits)) return { digits, kind: 'zeros' };
  if (digits.length === BODY_LENGTH) return { digits, kind: 'completed', id: `${digits}${checkDigit(digits)}` };
  if (digits.length !== ID_LENGTH) return { digits, kind: 'wrong-length' };
  return luhnSum(digits) % 10 === 0 ? { digits, kind: 'valid', id: digits } : { digits, kind: 'invalid-check' };
}

/** All but the last four characters starred: `*****6782`; four or fewer are starred whole. For lists and logs. */
export function maskId(id: string): string {
  if (id.length <= VISIBLE_AT_END) return '*'.repeat(id.length);
  return '*'.repeat(id.length - VISIBLE_AT_END) + id.slice(-VISIBLE_AT_END);
}

/** Folds digits and drops separators and characters that cannot be seen; letters and other signs stay. */
export function compactDocumentNumber(raw: string | null | undefined): string {
  if (!raw) return '';
  let compact = '';
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    const digit = digitValue(code);
    if (digit >= 0) compact += digit;
    else if (!isSeparator(code)) compact += raw[i];
  }
  return compact;
}

function isSeparator(code: number): boolean {
  if (code <= 0x20) return true;
  switch (code) {
    case 0x27: // apostrophe, put before a number to keep a spreadsheet from rounding it
    case 0x2d:
    case 0x2e:
    case 0x2f:
    case 0x5f:
    case 0xa0:
    case 0xad:
    case 0x61c:
    case 0x640:
    case 0xfeff:
      return true;
    default:
      return code >= 0x2000 && code <= 0x206f;
  }
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const weighted = (digits.charCodeAt(i) - 0x30) * (i % 2 === 0 ? 1 : 2);
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum;
}
