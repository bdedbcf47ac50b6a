import { foldDigits } from '@libs/arabic';

/** What a serial says; `number` counts from 1 in each kind, office and year, without gaps. */
export interface SerialParts {
  /** Two capitals: ST statement of balances, RC receipt … */
  kind: string;
  /** {@link officeCode} */
  office: string;
  year: number;
  number: number;
}

export type ReadSerial =
  | { ok: true; serial: string; kind: string }
  | { ok: false; reason: 'malformed' }
  /** Looks like a serial, but its check digits do not fit. */
  | { ok: false; reason: 'mistyped'; serial: string };

const OFFICE_LENGTH = 8;
const HEAD_OFFICE = 'HQ';
const SERIAL = /^[A-Z]{2}-[A-Z0-9]{1,8}-[0-9]{4}-[0-9]{6,9}-[0-9]{2}$/;
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;
const LONGEST_INPUT = 60;

/**
 * Serial of an official document, `ST-OSS-2026-000123-62`: kind, office, year, number, and two check digits by ISO 7064
 * MOD 97-10 over all that stands before them, as in an IBAN: every wrong digit, wrong letter and swap of two neighbours is seen.
 */
export function serialOf({ kind, office, year, number }: SerialParts): string {
  const body = `${kind}-${office}-${year}-${String(number).padStart(6, '0')}`;
  return `${body}-${String(98 - remainder(`${body}00`)).padStart(2, '0')}`;
}

/** Reads a serial as people type it: any case, Arabic digits, any dash, blanks around. */
export function readSerial(typed: string): ReadSerial {
  if (typed.length > LONGEST_INPUT) return { ok: false, reason: 'malformed' };
  const serial = foldDigits(typed).trim().replace(DASHES, '-').toUpperCase();
  if (!SERIAL.test(serial)) return { ok: false, reason: 'malformed' };
  return remainder(serial) === 1
    ? { ok: true, serial, kind: serial.slice(0, 2) }
    : { ok: false, reason: 'mistyped', serial };
}

/** The office part of a serial: the department's code in capitals and digits, `HQ` for staff of no department. */
export function officeCode(departmentCode: string | null | undefined): string {
  const code = (departmentCode ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');
  return code.slice(0, OFFICE_LENGTH) || HEAD_OFFICE;
}

/** Of the text as one number, a letter being 10 (A) to 35 (Z); dashes do not count. */
function remainder(text: string): number {
  let rest = 0;
  for (const character of text) {
    if (character === '-') continue;
    const value = Number.parseInt(character, 36);
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest;
}
