import { foldDigits } from '@libs/arabic';
import { readTable, type TableRow } from '@libs/spreadsheet';
import { monthOf } from '../../readings/reading-file';
import { VOLUME_KINDS, type VolumeKind } from './volume.entity';
import type { VolumeField } from './volumes.dto';

/** Titles of each column, as they may be written. */
const TITLES = {
  zone: ['zone', 'zone code', 'المنطقة', 'رمز المنطقة'],
  period: ['period', 'month', 'الشهر', 'الفترة'],
  kind: ['kind', 'type', 'النوع'],
  source: ['source', 'bulk meter', 'meter', 'العداد الرئيسي', 'المصدر'],
  cubicMetres: ['m3', 'm³', 'cubic metres', 'volume', 'الكمية', 'الكمية م3', 'م3', 'م³'],
  note: ['note', 'notes', 'ملاحظات', 'ملاحظة'],
} as const;
type Column = keyof typeof TITLES;

const KINDS: Readonly<Record<string, VolumeKind>> = {
  ...Object.fromEntries(VOLUME_KINDS.map((kind) => [kind, kind])),
  دخل: 'INPUT',
  مدخل: 'INPUT',
  'غير مفوتر': 'UNBILLED_AUTHORISED',
};
const MOST = 2_147_483_647;

export interface Refusal {
  /** Physical line of the file; the header is the first. */
  line: number;
  column: Column | null;
  code: string;
}

export interface VolumeLine {
  line: number;
  row: VolumeField;
}

/**
 * What can be taken of a file of volumes, and every line that cannot with the first of its faults. Blank lines are
 * passed over. Without a `kind` a line is of a bulk meter. @throws {TableFileError}
 */
export function volumesOf(bytes: Uint8Array): { lines: VolumeLine[]; refusals: Refusal[] } {
  const needed: Column[] = ['zone', 'period', 'source', 'cubicMetres'];
  const lines: VolumeLine[] = [];
  const refusals: Refusal[] = [];
  for (const { line, cells } of readTable<Column>(bytes, TITLES, (has) => needed.every(has))) {
    if (cells === null) continue;
    const read = rowOf(cells);
    if ('code' in read) refusals.push({ line, ...read });
    else lines.push({ line, row: read });
  }
  return { lines, refusals };
}

function rowOf(cells: NonNullable<TableRow<Column>['cells']>): VolumeField | Omit<Refusal, 'line'> {
  const { zone = '', source = '', note = '', kind: named = '' } = cells;
  const period = monthOf(foldDigits(cells.period ?? ''));
  const volume = foldDigits(cells.cubicMetres ?? '').replace(/[,٬]/g, '');
  const kind = named === '' ? 'INPUT' : KINDS[named.toUpperCase()];
  const wrong = (column: Column, code: string) => ({ column, code });
  if (zone === '') return wrong('zone', 'required');
  if (!/^(19|2\d)\d\d-(0[1-9]|1[0-2])$/.test(period)) return wrong('period', 'month');
  if (kind === undefined) return wrong('kind', 'unknown');
  if (source === '' || source.length > 60) return wrong('source', source === '' ? 'required' : 'maxLength');
  if (!/^\d{1,10}$/.test(volume) || Number(volume) > MOST) return wrong('cubicMetres', 'wholeNumber');
  if (note.length > 300) return wrong('note', 'maxLength');
  return { zone, period, kind, source, cubicMetres: Number(volume), note };
}
