import { readSerial } from '@libs/serial';
import type { AccessKind } from './record-access.entity';

/**
 * SQL of the records whose data a route shows, as "id"; each `?` is the first parameter of its path. Several records may
 * hold what is shown: all of them read that it was looked at.
 */
export type RecordsShown = string;

export interface WatchedRoute {
  kind: AccessKind;
  records: RecordsShown;
}

const watched = new Map<string, WatchedRoute>();

export const RECORD_BY_ID: RecordsShown = 'SELECT "id" FROM "one_records" WHERE "id" = ?';

/** The records of a column of some table, by a key of its own. */
export const recordOf = (table: string, key = 'id', column = 'one_record_id'): RecordsShown =>
  `SELECT "${column}" AS "id" FROM "${table}" WHERE "${key}" = ? AND "${column}" IS NOT NULL`;

/** GETs that show what belongs to a citizen, such as `one-records/:id/bills`: the one place where that is declared. */
export function watch(kind: AccessKind, records: RecordsShown, ...routes: string[]): void {
  for (const route of routes) {
    if (watched.has(route)) throw new Error(`${route} is watched twice`);
    watched.set(route, { kind, records });
  }
}

export const watchedRoutes = (): ReadonlyMap<string, WatchedRoute> => watched;

/** An id, or a serial as people type it. @returns null for what is neither */
export function keyOf(parameters: Record<string, string>): number | string | null {
  const [name, value] = Object.entries(parameters)[0] ?? [];
  if (value === undefined) return null;
  if (name === 'id') return Number.isSafeInteger(Number(value)) ? Number(value) : null;
  const read = readSerial(value);
  return read.ok ? read.serial : value;
}
