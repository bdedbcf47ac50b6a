import { Store } from '@libs/persistence';
import type { Kind, Value } from './kinds';

/** A row of a mirror table as far as the import is concerned; runs are absent while it is being added. */
export interface MirrorEntry {
  id: number;
  key: string;
  occurrence: number;
  firstRunId?: number;
  changedRunId?: number | null;
  vanishedRunId?: number | null;
  values: Value[];
  /** A line of the extract stands for it already. */
  taken: boolean;
}

type Raw = Record<string, string | number | null>;

const PAGE = 20_000;
const NUMERIC = ['bigint', 'integer', 'int'];

/** The table of one kind of lines. */
export class MirrorTable {
  readonly name: string;
  private readonly properties: string[];
  private readonly columns: string[];
  private readonly numeric: boolean[];
  private readonly keyColumn: string;

  constructor(
    private readonly store: Store,
    private readonly kind: Kind,
  ) {
    this.properties = [kind.key, ...(kind.unique ? [] : ['occurrence']), ...kind.properties];
    const { table, columns } = store.physical(kind.entity, [kind.key, ...kind.properties]);
    const [key, ...rest] = columns;
    this.name = table;
    this.keyColumn = key!.databaseName;
    this.columns = rest.map(({ databaseName }) => databaseName);
    this.numeric = rest.map(({ type }) => NUMERIC.includes(String(type)));
  }

  /** 0 when the table is empty. */
  async highestId(): Promise<number> {
    const rows = await this.store.sql<{ id: number | null }>(`SELECT MAX("id") AS "id" FROM "${this.name}"`);
    return Number(rows[0]?.id ?? 0);
  }

  /** The rows of each key, in the order of their occurrence. */
  async find(keys: string[], taken: (id: number) => boolean): Promise<Map<string, MirrorEntry[]>> {
    const entries = new Map<string, MirrorEntry[]>();
    if (keys.length === 0) return entries;
    const order = this.kind.unique ? '' : ', "occurrence"';
    const columns = this.columns.map((column) => `"${column}"`).join(', ');
    const rows = await this.store.selectIn<Raw>(
      (list) =>
        `SELECT "id", "first_run_id", "changed_run_id", "vanished_run_id", "${this.keyColumn}" AS "own_key"${order}, ${columns}
         FROM "${this.name}" WHERE "${this.keyColumn}" IN (${list})`,
      [...new Set(keys)],
    );
    for (const row of rows) {
      const entry = this.entry(row, taken);
      const same = entries.get(entry.key);
      if (same) same.push(entry);
      else entries.set(entry.key, [entry]);
    }
    if (!this.kind.unique) for (const same of entries.values()) same.sort((a, b) => a.occurrence - b.occurrence);
    return entries;
  }

  async insert(runId: number, added: MirrorEntry[]): Promise<void> {
    const properties = ['id', 'firstRunId', 'changedRunId', 'vanishedRunId', ...this.properties];
    await this.store.bulkInsert(this.kind.entity, properties as never, this.rowsOf(runId, added));
  }

  /** One at a time: thousands of short-lived arrays at once would grow old together. */
  private *rowsOf(runId: number, added: MirrorEntry[]): Generator<Value[]> {
    for (const { id, key, occurrence, values } of added) {
      const own = this.kind.unique ? [key] : [key, occurrence];
      yield [id, runId, null, null, ...own, ...values];
    }
  }

  /** New values of rows that are there; one that had vanished is back. */
  async change(runId: number, changed: { id: number; values: Value[] }[]): Promise<void> {
    if (changed.length === 0) return;
    const properties = ['changedRunId', 'vanishedRunId', ...this.kind.properties];
    const rows = changed.map(({ id, values }) => ({ id, values: [runId, null, ...values] }));
    await this.store.bulkUpdate(this.kind.entity, properties as never, rows);
  }

  /** The next rows after an id that had not vanished before this run. */
  async present(runId: number, after: number): Promise<{ id: number; vanished: boolean }[]> {
    const sql = `SELECT "id", "vanished_run_id" FROM "${this.name}"
      WHERE "id" > ? AND ("vanished_run_id" IS NULL OR "vanished_run_id" = ?)`;
    const rows = await this.store.sql<Raw>(this.store.page(sql, '"id"', 0, PAGE), [after, runId]);
    return rows.map((row) => ({ id: Number(row.id), vanished: row.vanished_run_id !== null }));
  }

  async vanish(runId: number, ids: number[]): Promise<void> {
    await this.store.bulkUpdate(
      this.kind.entity,
      ['vanishedRunId'] as never,
      ids.map((id) => ({ id, values: [runId] })),
    );
  }

  /** Id of each key that the newest extract has. */
  async idsByKey(): Promise<Map<string, number>> {
    const ids = new Map<string, number>();
    for (let after = 0; ;) {
      const sql = `SELECT "id", "${this.keyColumn}" AS "own_key" FROM "${this.name}"
        WHERE "id" > ? AND "vanished_run_id" IS NULL`;
      const rows = await this.store.sql<Raw>(this.store.page(sql, '"id"', 0, PAGE), [after]);
      if (rows.length === 0) return ids;
      for (const row of rows) ids.set(row.own_key as string, Number(row.id));
      after = Number(rows[rows.length - 1]!.id);
    }
  }

  private entry(row: Raw, taken: (id: number) => boolean): MirrorEntry {
    const id = Number(row.id);
    return {
      id,
      key: row.own_key as string,
      occurrence: Number(row.occurrence ?? 1),
      firstRunId: Number(row.first_run_id),
      changedRunId: row.changed_run_id === null ? null : Number(row.changed_run_id),
      vanishedRunId: row.vanished_run_id === null ? null : Number(row.vanished_run_id),
      values: this.columns.map((column, at) => {
        const value = row[column]!;
        return value !== null && this.numeric[at] ? Number(value) : value;
      }),
      taken: taken(id),
    };
  }
}
