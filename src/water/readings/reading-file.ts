import { foldDigits } from '@libs/arabic';
import { Problem } from '@libs/http';
import { readTable, TableFileError } from '@libs/spreadsheet';
import type { RawReading } from './capture.rules';
import { READINGS } from './readings.problems';

export interface FileLine {
  /** Physical line on which it begins. */
  line: number;
  raw: RawReading;
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

/** Lines of a CSV file of readings, but for blank ones; digits of either script. @throws {TableFileError} */
export function linesOf(bytes: Uint8Array): FileLine[] {
  const rows = readTable(bytes, HEADERS, (has) => (has('serial') || has('subscription')) && (has('value') || has('noAccess'))); // prettier-ignore
  return rows.flatMap(({ line, cells }) =>
    cells === null ? [] : [{ line, raw: { ...cells, ...(cells.period && { period: monthOf(cells.period) }) } }],
  );
}

/** @throws {Problem} water.file-unreadable for a {@link TableFileError} */
export function readable<T>(lines: () => T): T {
  try {
    return lines();
  } catch (error) {
    if (!(error instanceof TableFileError)) throw error;
    const errors = [{ pointer: `/${error.line}`, code: error.code }];
    throw new Problem(READINGS['water.file-unreadable'], { errors });
  }
}

/** `11/2026` as `2026-11`. */
export function monthOf(text: string): string {
  const found = /^(\d{1,2})\/(\d{4})$/.exec(foldDigits(text));
  return found ? `${found[2]}-${found[1]!.padStart(2, '0')}` : text;
}
