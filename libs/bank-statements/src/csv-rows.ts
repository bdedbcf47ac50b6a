import { stripBidiControls } from '@libs/arabic';
import { CsvError, parse } from 'csv-parse/sync';
import type { ColumnRef, CsvColumns, CsvProfile } from './csv-profile';
import type { Faults } from './faults';

export interface CsvRow {
  /** Physical line on which it begins. */
  line: number;
  fields: string[];
}

/** Positions from 0 of the columns that the profile names. */
export type Positions = Partial<Record<keyof CsvColumns, number>>;

const LONGEST_RECORD = 1024 * 1024;
const LINE_END = /\r\n|\n|\r/g;

/** The rows that are entries by the profile, all of one width, and where their columns stand. */
export function csvRows(text: string, profile: CsvProfile, faults: Faults): { rows: CsvRow[]; positions: Positions } {
  const { headerRow, ignoreRows = [] } = profile;
  const above = Math.max(headerRow - 1, 0);
  const all = parseRows(afterLines(text, above), profile, faults).map((row) => ({ ...row, line: row.line + above }));
  const header = headerRow > 0 ? all.shift() : undefined;
  if (headerRow > 0 && header?.line !== headerRow) {
    faults.fail('missing', { line: headerRow, path: '' }, { what: 'header' });
  }
  const positions = locate(profile, header, faults);
  const ignored = ignoreRows.map(plain);
  const rows = all.filter(({ fields }) => {
    const first = plain(fields.find((field) => field.trim() !== '') ?? '');
    return first !== '' && !ignored.some((beginning) => first.startsWith(beginning));
  });
  checkWidth(rows, header?.fields.length ?? rows[0]?.fields.length ?? 0, positions, faults);
  return { rows, positions };
}

function parseRows(text: string, { separator }: CsvProfile, faults: Faults): CsvRow[] {
  try {
    const options = { delimiter: separator, record_delimiter: ['\r\n', '\n', '\r'], max_record_size: LONGEST_RECORD };
    const records = parse(text, { ...options, info: true, relax_column_count: true, relax_quotes: true });
    let end = 0;
    return (records as unknown as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => {
      const line = end + 1;
      end = info.lines;
      return { line, fields: record };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return faults.fail('csv-malformed', { line: Number(error['lines'] ?? 0), path: '' }, { why: error.message });
  }
}

/** What stands above the header is not read: banks put there what is no CSV. */
function afterLines(text: string, lines: number): string {
  LINE_END.lastIndex = 0;
  for (let i = 0; i < lines; i++) if (!LINE_END.exec(text)) return '';
  return text.slice(LINE_END.lastIndex);
}

function locate({ columns }: CsvProfile, header: CsvRow | undefined, faults: Faults): Positions {
  const titles = header?.fields.map(plain);
  const find = (ref: ColumnRef): number => {
    if (typeof ref === 'number') return ref - 1;
    const place = { line: header?.line ?? 0, path: ref };
    const at = titles?.indexOf(plain(ref)) ?? -1;
    if (at < 0) faults.add('column-missing', place, { column: ref });
    else if (titles!.lastIndexOf(plain(ref)) !== at) faults.add('column-repeated', place, { column: ref });
    return at;
  };
  const positions = Object.fromEntries(
    Object.entries(columns).map(([name, ref]: [string, ColumnRef]) => [name, find(ref)]),
  );
  faults.throwIfAny();
  return positions;
}

/** A row of another width may have an amount cut in two at its thousands: none of its columns is to be trusted. */
function checkWidth(rows: CsvRow[], width: number, positions: Positions, faults: Faults): void {
  const needed = Math.max(...Object.values(positions)) + 1;
  for (const { line, fields } of rows) {
    const surplus = fields.slice(width).some((field) => field.trim() !== '');
    if (fields.length >= Math.max(width, needed) && !surplus) continue;
    const why = `${fields.length} fields instead of ${Math.max(width, needed)}`;
    faults.add('csv-malformed', { line, path: '' }, { why });
  }
  faults.throwIfAny();
}

function plain(text: string): string {
  return stripBidiControls(text).replace(/\s+/g, ' ').trim().toLowerCase();
}
