import { type Currency } from '@libs/money';
import { DateTime } from 'luxon';
import { isCurrency } from './amounts';
import { Faults } from './faults';
import { isValidIban, normalizeIban } from './iban';

/** A column by its title, or by its number from 1 where there is no header. */
export type ColumnRef = string | number;

/** Either `amount`, negative for what goes out, or both of `debit` (out) and `credit` (in). */
export interface CsvColumns {
  bookedOn: ColumnRef;
  reference: ColumnRef;
  amount?: ColumnRef;
  debit?: ColumnRef;
  credit?: ColumnRef;
  valueOn?: ColumnRef;
  counterparty?: ColumnRef;
  description?: ColumnRef;
  bankReference?: ColumnRef;
  /** Running balance after the entry; every one is proved. */
  balance?: ColumnRef;
}

/** How one bank writes its CSV statements; kept in configuration. */
export interface CsvProfile {
  /** Of the account the file is about. One of the two. */
  iban?: string;
  account?: string;
  currency: Currency;
  separator: ',' | ';' | '\t' | '|';
  encoding: 'utf-8' | 'windows-1256';
  /** Physical line of the column titles; what stands above is not read. 0: no titles, entries from the first line. */
  headerRow: number;
  columns: CsvColumns;
  /** Luxon's tokens: `dd/MM/yyyy`, `d/M/yyyy`, `yyyy-MM-dd`, `dd/MM/yyyy HH:mm`. */
  dateFormat: string;
  decimalSign: '.' | ',';
  /** Of the rows of the file; oldest first unless told. */
  order?: 'oldest-first' | 'newest-first';
  /** Rows whose first text begins with one of these are no entries: totals, page ends. Every other row must be one. */
  ignoreRows?: string[];
}

const COLUMNS: Readonly<Record<keyof CsvColumns, boolean>> = {
  bookedOn: true,
  reference: true,
  amount: false,
  debit: false,
  credit: false,
  valueOn: false,
  counterparty: false,
  description: false,
  bankReference: false,
  balance: false,
};
const SETTINGS = [
  ...['iban', 'account', 'currency', 'separator', 'encoding', 'headerRow', 'columns'],
  ...['dateFormat', 'decimalSign', 'order', 'ignoreRows'],
];
const SAMPLE_DAYS = ['2031-11-23', '2004-02-09'];

/**
 * Checks a profile of configuration, already parsed from JSON.
 * @throws {BankStatementError} of `profile-invalid` faults, `path` naming the setting: `columns.debit`
 */
export function parseCsvProfile(json: unknown): CsvProfile {
  const faults = new Faults();
  const wrong = (path: string, why: string) => faults.add('profile-invalid', { line: 0, path }, { why });
  if (!isObject(json)) return faults.fail('profile-invalid', undefined, { why: 'no object' });
  const profile = json as unknown as CsvProfile;
  const oneOf = (name: keyof CsvProfile, values: readonly unknown[]) => {
    if (!values.includes(json[name])) wrong(name, `none of ${values.map((value) => JSON.stringify(value)).join(' ')}`);
  };

  for (const name of Object.keys(json)) if (!SETTINGS.includes(name)) wrong(name, 'no such setting');
  if (!isCurrency(String(json['currency']))) wrong('currency', 'no currency of ours');
  oneOf('separator', [',', ';', '\t', '|']);
  oneOf('encoding', ['utf-8', 'windows-1256']);
  oneOf('decimalSign', ['.', ',']);
  oneOf('order', [undefined, 'oldest-first', 'newest-first']);
  if (!isCount(json['headerRow'], 0)) wrong('headerRow', 'no line number');
  if (!isDateFormat(json['dateFormat'])) wrong('dateFormat', 'does not tell a day');
  if (!isTexts(json['ignoreRows'] ?? [])) wrong('ignoreRows', 'no list of texts');
  checkAccount(json, wrong);
  checkColumns(json, wrong);
  faults.throwIfAny();
  return profile.iban === undefined ? profile : { ...profile, iban: normalizeIban(profile.iban) };
}

type Wrong = (path: string, why: string) => void;

function checkAccount({ iban, account }: Record<string, unknown>, wrong: Wrong): void {
  if ((iban === undefined) === (account === undefined)) wrong('iban', 'one of iban and account is needed');
  if (iban !== undefined && !(typeof iban === 'string' && isValidIban(normalizeIban(iban)))) wrong('iban', 'no IBAN');
  if (account !== undefined && !isText(account)) wrong('account', 'no text');
}

function checkColumns({ columns, headerRow }: Record<string, unknown>, wrong: Wrong): void {
  if (!isObject(columns)) return wrong('columns', 'no object');
  const seen = new Set<unknown>();
  for (const name of new Set([...Object.keys(columns), ...Object.keys(COLUMNS)])) {
    const ref = columns[name];
    const path = `columns.${name}`;
    if (!Object.hasOwn(COLUMNS, name)) wrong(path, 'no such column');
    else if (ref === undefined) {
      if (COLUMNS[name as keyof CsvColumns]) wrong(path, 'needed');
    } else if (!isText(ref) && !isCount(ref, 1)) wrong(path, 'neither a title nor a number from 1');
    else if (headerRow === 0 && typeof ref === 'string') wrong(path, 'a title, but there is no header');
  }
  for (const name of ['amount', 'debit', 'credit', 'balance']) {
    const ref = columns[name];
    if (ref !== undefined && seen.has(ref)) wrong(`columns.${name}`, 'a column named before');
    seen.add(ref);
  }
  const [amount, debit, credit] = ['amount', 'debit', 'credit'].map((name) => columns[name] !== undefined);
  if (debit !== credit || amount === debit) wrong('columns', 'needs either amount, or both debit and credit');
}

function isDateFormat(format: unknown): boolean {
  if (!isText(format)) return false;
  return SAMPLE_DAYS.every((day) => {
    const written = DateTime.fromISO(day, { locale: 'en' }).toFormat(format as string);
    return DateTime.fromFormat(written, format as string, { locale: 'en' }).toISODate() === day;
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
