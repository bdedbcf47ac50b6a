import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { formatAmount } from '@libs/money';
import type { SheetData } from '@libs/printing';
import { stringify } from 'csv-stringify/sync';
import { letterheadOf } from '../../documents';
import type { FieldRow, MadeList } from './field-lists';

const HEADER = [
  'رقم الأمر order',
  'الخط route',
  'التسلسل sequence',
  'رقم الاشتراك subscription',
  'الاسم name',
  'العنوان address',
  'العداد meter',
  'السبب cause',
  'المستحق owed',
  'القراءة reading',
  'الختم seal',
  'الصورة photo',
  'ملاحظات notes',
];

/** With a byte order mark, for spreadsheets; a cell is never a formula. The last columns are for the crew. */
export function fieldListCsv(rows: readonly FieldRow[]): Buffer {
  const lines = rows.map(({ order, subject, name, owed }) => [
    ...[order.id, subject.routeCode, subject.sequence, subject.number, name, subject.address, subject.meter],
    ...[order.cause, formatAmount(owed, 'ILS').replaceAll(',', ''), '', '', '', ''],
  ]);
  return Buffer.from(stringify([HEADER, ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' }));
}

const CAUSES = {
  DEBT: { ar: 'دين', en: 'Debt' },
  REQUEST: { ar: 'طلب المشترك', en: 'Request' },
  TAMPER: { ar: 'عبث', en: 'Tampering' },
};

export function fieldListSheet(
  { list, rows }: Pick<MadeList, 'list' | 'rows'>,
  config: Config,
  { lang, printedAt }: { lang: Language; printedAt: string },
): SheetData['field-list'] {
  const { id, kind, workOn, crew } = list;
  return {
    ...{ letterhead: letterheadOf(config), lang, printedAt, number: String(id), kind, workOn, crew },
    rows: rows.map(({ order, subject, name, owed }) => ({
      ...{ order: String(order.id), route: subject.routeCode, sequence: subject.sequence, meter: subject.meter },
      ...{ subscription: subject.number, name, address: subject.address, cause: CAUSES[order.cause][lang] },
      owed: { text: formatAmount(owed, 'ILS'), sign: owed > 0 ? 1 : 0 },
    })),
  };
}
