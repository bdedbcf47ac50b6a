import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Store } from '@libs/persistence';
import { decode, encode } from 'iconv-lite';
import { generateExtract } from '../../bench/legacy/generate';
import { LEGACY_ENTITIES } from '../../src/legacy/legacy.entities';
import { FORMATS, type FileName } from '../../src/legacy/extract/format';

/** A full extract of invented people in a folder of its own, with its control.json. */
export function makeExtract(citizens: number, seed = 1): string {
  const directory = mkdtempSync(join(tmpdir(), 'baladiya-extract-'));
  generateExtract(directory, { citizens, seed });
  return directory;
}

/** Changes the lines of a file; the first is the header. */
export function editLines(directory: string, name: FileName, edit: (lines: string[]) => string[]): void {
  const path = join(directory, `${name}.csv`);
  const { encoding } = FORMATS[name];
  const lines = decode(readFileSync(path), encoding, { stripBOM: false }).split('\r\n').slice(0, -1);
  writeFileSync(
    path,
    encode(
      edit(lines)
        .map((line) => `${line}\r\n`)
        .join(''),
      encoding,
    ),
  );
}

export function editControl(directory: string, edit: (control: any) => void): void {
  const path = join(directory, 'control.json');
  const control = JSON.parse(readFileSync(path, 'utf8'));
  edit(control);
  writeFileSync(path, JSON.stringify(control));
}

type Row = Record<string, unknown>;
type Tables = Record<string, Row[]>;

/** Every row of the mirror and its runs by table, without the times of the clock on the wall. */
export async function mirrorRows(store: Store): Promise<Tables> {
  const tables: Record<string, Row[]> = {};
  for (const entity of LEGACY_ENTITIES) {
    const rows = await store.reads(entity as new () => { id: number }).find({ order: { id: 'ASC' } });
    tables[entity.name] = rows.map((row) => ({ ...row, startedAt: null, finishedAt: null }));
  }
  return tables;
}

/** The tables without the columns that name the run, and without the runs: the data alone. */
export const dataOf = (tables: Record<string, Row[]>): Record<string, Row[]> =>
  Object.fromEntries(
    Object.entries(tables)
      .filter(([name]) => !name.startsWith('LegacyRun') && name !== 'LegacyReject')
      .map(([name, rows]) => [name, rows]),
  );
