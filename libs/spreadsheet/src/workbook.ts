import type { CellObject, Sheet } from 'write-excel-file/node';
import type { LocalDate } from '@libs/calendar';
import { DECIMALS, type MinorUnits, type Money } from '@libs/money';

/** The media type of what {@link writeWorkbook} gives. */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * What the cells of a column are. An amount is minor units, or {@link Money} that brings its own decimals where a column
 * holds several currencies; `decimals: 0` is a count.
 */
export type SheetColumn = {
  header: string;
  /** In characters. Default 16. */
  width?: number;
} & ({ type: 'text' } | { type: 'date' } | { type: 'amount'; decimals: number });

/** Text, a date as `2025-03-16`, or an amount, by the type of the column; nothing leaves the cell empty. */
export type CellValue = string | LocalDate | MinorUnits | Money | null | undefined;

export interface WorkbookSheet {
  /** Of the tab: 1-31 characters without `[ ] : * ? / \`, not the name of another. */
  name: string;
  /** Right to left, the first column on the right. */
  rtl: boolean;
  columns: SheetColumn[];
  rows: CellValue[][];
}

const MOST_TEXT = 32_767;
const MOST_ROWS = 1_048_576;
/** A spreadsheet keeps fifteen digits of a number. */
const MOST_MINOR = 999_999_999_999_999;
const NAME = /^(?!')[^[\]:*?/\\]{1,31}(?<!')$/u;
// What XML 1.0 cannot hold, and the controls that reorder a line.
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]|[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A workbook (.xlsx) with a bold header row that stays in sight. Amounts are numbers in the format of their decimals,
 * dates are dates, and a text is never a formula, whatever it begins with.
 * @throws RangeError for a bad or repeated sheet name, an unreadable date, an amount that is no integer or has over
 *   fifteen digits, a cell of another type than its column, or more rows than a sheet can hold.
 */
export async function writeWorkbook(workbook: { sheets: WorkbookSheet[] }): Promise<Buffer> {
  const names = workbook.sheets.map(({ name }) => name.toLowerCase());
  if (names.length === 0) throw new RangeError('a workbook without sheets');
  if (new Set(names).size < names.length) throw new RangeError('two sheets of one name');
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(workbook.sheets.map(written), { fontFamily: 'Arial', fontSize: 11 }).toBuffer();
}

function written({ name, rtl, columns, rows }: WorkbookSheet): Sheet<never> {
  if (!NAME.test(name)) throw new RangeError(`not a sheet name: ${name}`);
  if (rows.length >= MOST_ROWS) throw new RangeError(`${rows.length} rows are more than a sheet holds`);
  return {
    sheet: name,
    rightToLeft: rtl,
    stickyRowsCount: 1,
    columns: columns.map(({ width }) => ({ width: width ?? 16 })),
    data: [columns.map(header), ...rows.map((row) => columns.map((column, index) => cell(column, row[index])))],
  };
}

const header = ({ header }: SheetColumn): CellObject => ({
  value: clean(header),
  type: String,
  format: '@',
  fontWeight: 'bold',
  backgroundColor: '#eef4f2',
  wrap: true,
});

function cell(column: SheetColumn, value: CellValue): CellObject | null {
  if (value === null || value === undefined || value === '') return null;
  if (column.type === 'amount') {
    if (typeof value === 'number') return amount(value, column.decimals);
    if (typeof value === 'object') return amount(value.minor, DECIMALS[value.currency]);
  } else if (typeof value === 'string') return column.type === 'date' ? day(value) : text(value);
  throw new RangeError(`${JSON.stringify(value)} in the ${column.type} column ${column.header}`);
}

// The format @ keeps a text a text when somebody edits the cell: leading zeros stay, `=` begins no formula.
const text = (value: string): CellObject => ({ value: clean(value), type: String, format: '@' });

function day(date: LocalDate): CellObject {
  const value = new Date(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(value.getTime()) || value.toISOString().slice(0, 10) !== date)
    throw new RangeError(`no such date: ${date}`);
  return { value, type: Date, format: 'dd/mm/yyyy' };
}

function amount(minor: MinorUnits, decimals: number): CellObject {
  if (!Number.isSafeInteger(minor) || Math.abs(minor) > MOST_MINOR)
    throw new RangeError(`not an amount a spreadsheet keeps: ${minor}`);
  return {
    value: minor / 10 ** decimals,
    type: Number,
    format: decimals > 0 ? `#,##0.${'0'.repeat(decimals)}` : '#,##0',
  };
}

const clean = (text: string): string => text.replace(UNWRITABLE, '').slice(0, MOST_TEXT);
