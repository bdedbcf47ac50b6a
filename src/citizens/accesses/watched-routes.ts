import { foldDigits } from '@libs/arabic';
import { readSerial } from '@libs/serial';
import type { AccessKind } from './record-access.entity';

/**
 * SQL of the records whose data a route shows, as "id"; each `?` is the first parameter of its path, or the one of its
 * query that it is watched for. Several records may hold what is shown: all of them read that it was looked at.
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

/** Whoever holds a row of the old systems, in whatever relation. */
export const HOLDERS_OF_ROW: RecordsShown = `SELECT "one_record_id" AS "id" FROM "one_record_links"
  WHERE "legacy_citizen_id" = ? AND "active_citizen_id" IS NOT NULL`;

/**
 * GETs that show what belongs to a citizen: `one-records/:id/bills`, or a list that is asked about one of them, such as
 * `water/requests?oneRecordId`. The one place where that is declared.
 */
export function watch(kind: AccessKind, records: RecordsShown, ...routes: string[]): void {
  for (const route of routes) {
    if (watched.has(route)) throw new Error(`${route} is watched twice`);
    watched.set(route, { kind, records });
  }
}

export const watchedRoutes = (): ReadonlyMap<string, WatchedRoute> => watched;

/** An id, or a serial or number as people type it. @returns null for what is neither */
export function keyOf(parameters: Readonly<Record<string, unknown>>): number | string | null {
  const [name, value] = Object.entries(parameters)[0] ?? [];
  if (name === undefined || typeof value !== 'string') return null;
  if (/^id$|Id$/.test(name)) return Number.isSafeInteger(Number(value)) ? Number(value) : null;
  const read = readSerial(value);
  return read.ok ? read.serial : foldDigits(value).trim();
}

export interface Look extends WatchedRoute {
  key: number | string;
}

/** What a request looks at: the thing that its path names, and those that its query asks a list about. */
export function looksOf(
  route: string,
  parameters: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>>,
): Look[] {
  const asked = Object.entries(query).map(([name, value]) => [`${route}?${name}`, keyOf({ [name]: value })] as const);
  return [[route, keyOf(parameters)] as const, ...asked].flatMap(([name, key]) => {
    const look = watched.get(name);
    return look && key !== null ? [{ ...look, key }] : [];
  });
}
