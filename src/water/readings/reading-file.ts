import { foldDigits, normalizeText, stripBidiControls } from '@libs/arabic';
import { CsvError, parse } from 'csv-parse/sync';
import type { RawReading } from './capture.rules';

export interface FileLine {
  /** Physical line on which it begins. */
  line: number;
  /** Null for a line with nothing on it. */
  raw: RawReading | null;
}

/** Headers of each column, as they may be written. */
const HEADERS: Record<string, readonly string[]> = {
  clientKey: ['client key', 'key', 'مفتاح القراءة'],
  subscription: ['subscription', 'subscription number', 'srv_no', 'رقم الاشتراك', 'الاشتراك'],
  serial: ['serial', 'meter', 'meter serial', 'رقم العداد', 'العداد'],
  period: ['period', 'cycle', 'الدورة', 'الفترة', 'الشهر'],
  value: ['reading', 'value', 'current reading', 'القراءة', 'القراءة الحالية'],
  noAccess: ['no access', 'no access code', 'noaccess', 'سبب التعذر', 'تعذر القراءة'],
  readOn: ['read on', 'date', 'reading date', 'readon', 'التاريخ', 'تاريخ القراءة'],
  capturedAt: ['captured at', 'time', 'capturedat', 'وقت القراءة'],
  reader: ['reader', 'reader code', 'القارئ', 'رمز القارئ'],
  source: ['source', 'المصدر'],
  note: ['note', 'notes', 'ملاحظات', 'ملاحظة'],
};
const COLUMNS = new Map(
  Object.entries(HEADERS).flatMap(([name, titles]) =>
    // A route sheet that was filled in has both languages in a header.
    titles.map((title) => [normalizeText(title), name] as const),
  ),
);

/** A file that is no readings: names what is wrong and where. */
export class ReadingFileError extends Error {
  constructor(
    readonly code: 'encoding' | 'empty' | 'header' | 'csv',
    readonly line: number,
  ) {
    super(`${code} on line ${line}`);
  }
}

/**
 * Lines of a CSV file in UTF-8, with or without a BOM, separated by commas or semicolons, headers in Arabic or English (or
 * both, as on a route sheet), digits of either script. @throws {ReadingFileError}
 */
export function linesOf(bytes: Uint8Array): FileLine[] {
  const text = decode(bytes).replace(/\r\n?/g, '\n');
  const end = text.indexOf('\n');
  const head = end < 0 ? text : text.slice(0, end);
  const delimiter = head.split(';').length > head.split(',').length ? ';' : ',';
  const [header, ...rows] = rowsOf(text, delimiter);
  if (!header) throw new ReadingFileError('empty', 1);
  const names = header.fields.map(columnOf);
  const has = (name: string) => names.includes(name);
  if ((!has('serial') && !has('subscription')) || (!has('value') && !has('noAccess'))) {
    throw new ReadingFileError('header', header.line);
  }
  return rows.map(({ line, fields }) => {
    if (fields.every((field) => field.trim() === '')) return { line, raw: null };
    const raw: Record<string, string> = {};
    fields.forEach((field, at) => {
      const name = names[at];
      if (name) raw[name] = stripBidiControls(field).trim();
    });
    return { line, raw: { ...raw, ...(raw.period && { period: monthOf(raw.period) }) } };
  });
}

/** `11/2026` as `2026-11`. */
function monthOf(text: string): string {
  const found = /^(\d{1,2})\/(\d{4})$/.exec(foldDigits(text));
  return found ? `${found[2]}-${found[1]!.padStart(2, '0')}` : text;
}

function columnOf(title: string): string | undefined {
  const parts = [title, ...title.split('/')];
  return parts.map((part) => COLUMNS.get(normalizeText(part))).find((name) => name !== undefined);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ReadingFileError('encoding', 1);
  }
}

function rowsOf(text: string, delimiter: string): { line: number; fields: string[] }[] {
  try {
    const options = { delimiter, record_delimiter: '\n', relax_column_count: true, relax_quotes: true };
    const records = parse(text, { ...options, skip_empty_lines: false, info: true }) as unknown as {
      info: { lines: number };
      record: string[];
    }[];
    let end = 0;
    return records.map(({ info, record }) => {
      const line = end + 1;
      end = info.lines;
      return { line, fields: record };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ReadingFileError('csv', Number(error['lines'] ?? 1));
  }
}
