import { normalizeText, stripBidiControls } from '@libs/arabic';
import { CsvError, parse } from 'csv-parse/sync';

export interface TableRow<Column extends string> {
  /** Physical line on which it begins. */
  line: number;
  /** By column, without direction marks and surrounding blanks; null for a line with nothing on it. */
  cells: Partial<Record<Column, string>> | null;
}

/** A file that is no such table: names what is wrong and where. */
export class TableFileError extends Error {
  constructor(
    readonly code: 'encoding' | 'empty' | 'header' | 'csv',
    readonly line: number,
  ) {
    super(`${code} on line ${line}`);
  }
}

/**
 * Rows of a CSV file as people save them: UTF-8 with or without a BOM, UTF-16, or Windows-1256, in which Excel in Arabic and the
 * old systems write; any line end; commas, semicolons or tabs; columns in any order under titles of either language, or of both (`رقم العداد / Serial`). What stands under other titles is left
 * out, as are lines without anything after the last row.
 * @param titles how each column may be headed
 * @param complete whether the columns that are there are enough
 * @throws {TableFileError}
 */
export function readTable<Column extends string>(
  bytes: Uint8Array,
  titles: Readonly<Record<Column, readonly string[]>>,
  complete: (has: (column: Column) => boolean) => boolean,
): TableRow<Column>[] {
  const { text: raw, certain } = decode(bytes);
  const text = raw.replace(/\r\n?/g, '\n');
  const end = text.indexOf('\n');
  const head = end < 0 ? text : text.slice(0, end);
  const times = (sign: string) => head.split(sign).length;
  const delimiter = [',', ';', '\t'].reduce((most, sign) => (times(sign) > times(most) ? sign : most));
  const [header, ...records] = recordsOf(text, delimiter);
  if (!header) throw new TableFileError('empty', 1);
  const known = new Map(
    (Object.entries(titles) as [Column, readonly string[]][]).flatMap(([column, some]) =>
      some.map((title) => [normalizeText(title), column] as const),
    ),
  );
  const columns = header.fields.map((title) =>
    [title, ...title.split('/')].map((part) => known.get(normalizeText(part))).find((column) => column !== undefined),
  );
  if (!complete((column) => columns.includes(column))) {
    throw new TableFileError(certain ? 'header' : 'encoding', header.line);
  }
  const rows = records.map(({ line, fields }) => ({ line, cells: cellsOf(columns, fields) }));
  return rows.slice(0, rows.findLastIndex(({ cells }) => cells !== null) + 1);
}

function cellsOf<Column extends string>(
  columns: readonly (Column | undefined)[],
  fields: readonly string[],
): Partial<Record<Column, string>> | null {
  if (fields.every((field) => stripBidiControls(field).trim() === '')) return null;
  const cells: Partial<Record<Column, string>> = {};
  fields.forEach((field, at) => {
    const column = columns[at];
    if (column) cells[column] = stripBidiControls(field).trim();
  });
  return cells;
}

/** Any bytes are some text in Windows-1256: only titles that are known say that it is it. */
function decode(bytes: Uint8Array): { text: string; certain: boolean } {
  const named = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return { text: new TextDecoder(named, { fatal: true }).decode(bytes), certain: true };
  } catch {
    return { text: new TextDecoder('windows-1256').decode(bytes), certain: false };
  }
}

function recordsOf(text: string, delimiter: string): { line: number; fields: string[] }[] {
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
    throw new TableFileError('csv', Number(error['lines'] ?? 1));
  }
}
