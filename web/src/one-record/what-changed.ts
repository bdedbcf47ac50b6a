import { differences, type Described } from '../shared/stale';
import type { RECORD } from './one-record.texts';

type Text = (key: keyof (typeof RECORD)['ar']) => string;

const SHOWN = {
  state: 'state',
  approvedName: 'name',
  approvedLatinName: 'latinName',
  documentType: 'documentType',
  documentNumber: 'documentNumber',
  phoneE164: 'phone',
  email: 'email',
  bornOn: 'bornOn',
  diedOn: 'diedOn',
} as const;

/** Two states of a record in a transaction, as far as people read them. */
export function whatChanged(before: unknown, after: unknown, t: Text) {
  return differences(described(before, t), described(after, t));
}

function described(state: unknown, t: Text): Described {
  if (typeof state !== 'object' || state === null) return {};
  const values = state as Record<string, unknown>;
  const shown = Object.entries(SHOWN).flatMap(([column, label]) => {
    const value = values[column];
    return typeof value === 'string' ? [[t(label), valueText(column, value, t)]] : [];
  });
  if (Array.isArray(values.links)) shown.push([t('rows'), String(values.links.length)]);
  return Object.fromEntries(shown) as Described;
}

const valueText = (column: string, value: string, t: Text): string =>
  column === 'state'
    ? t(`state_${value}` as 'state_DRAFT')
    : column === 'documentType'
      ? t(`document_${value}` as 'document_PASSPORT')
      : value;
