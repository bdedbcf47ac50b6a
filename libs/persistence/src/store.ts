import { Injectable } from '@nestjs/common';
import {
  In,
  MssqlParameter,
  type EntityMetadata,
  type FindOptionsWhere,
  type ObjectLiteral,
  type ObjectType,
  type Repository,
  type SelectQueryBuilder,
} from 'typeorm';
import { StaleVersionError } from './errors';
import { Database } from './unit-of-work';

/** SQL Server takes 2,100 parameters and 1,000 rows a statement. */
const MAX_PARAMETERS = 2000;
const MAX_ROWS = 500;
/** Statements of the embedded database kept compiled; lists of keys make one of every length. */
const MAX_PREPARED = 300;
/** Rows handed over in one JSON text. At 5,000 locks of one statement on one index a server locks the table instead. */
const JSON_ROWS = 2000;
/** How mssql writes nvarchar(MAX): a length of its own for each text would be a plan of its own for each. */
const MAX_LENGTH = 65_535;

export type Reads<E extends ObjectLiteral> = Pick<
  Repository<E>,
  'find' | 'findBy' | 'findOne' | 'findOneBy' | 'findOneByOrFail' | 'findAndCount' | 'countBy' | 'existsBy' | 'exists'
>;

type ColumnMetadata = EntityMetadata['columns'][number];

export interface Versioned {
  id: number;
  version: number;
}

/** What the repos of the modules are made of: reads anywhere, writes inside a unit of work only. */
@Injectable()
export class Store {
  constructor(private readonly database: Database) {}

  reads<E extends ObjectLiteral>(entity: ObjectType<E>): Reads<E> {
    return this.database.manager.getRepository(entity);
  }

  query<E extends ObjectLiteral>(entity: ObjectType<E>, alias: string): SelectQueryBuilder<E> {
    return this.database.manager.createQueryBuilder(entity, alias);
  }

  /**
   * Raw portable SQL with `?` for each parameter. Numbers and booleans come back as the driver has them: pass bigint
   * columns through `Number`.
   */
  async sql<T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    if (this.database.embedded && this.database.unit) {
      const statement = this.prepared.get(sql) ?? (await this.prepare(sql));
      const values = parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value));
      if (statement.reader) return statement.all(values) as T[];
      statement.run(values);
      return [];
    }
    const text = this.database.embedded ? sql : numbered(sql);
    return (await this.database.manager.query<T[]>(text, [...parameters])) ?? [];
  }

  /** New rows only; ids and instants are given by the caller. */
  async insert<E extends ObjectLiteral>(entity: ObjectType<E>, rows: E | E[]): Promise<void> {
    const list = Array.isArray(rows) ? rows : [rows];
    const size = Math.min(MAX_ROWS, Math.floor(MAX_PARAMETERS / this.metadata(entity).columns.length));
    for (let start = 0; start < list.length; start += size) {
      await this.writing()
        .createQueryBuilder()
        .insert()
        .into(entity)
        .values(list.slice(start, start + size) as never)
        .updateEntity(false)
        .execute();
    }
  }

  /**
   * Changes one row if it still has the version the caller read, and counts the version up.
   * @returns the new version
   * @throws {StaleVersionError} when someone else was faster
   */
  async updateVersioned<E extends Versioned>(
    entity: ObjectType<E>,
    { id, version }: Versioned,
    changes: Partial<E>,
  ): Promise<number> {
    const next = { ...changes, version: version + 1 };
    const affected = await this.update(entity, { id, version } as unknown as FindOptionsWhere<E>, next);
    if (affected !== 1) throw new StaleVersionError(this.metadata(entity).name, id);
    return version + 1;
  }

  /**
   * Keeps other units from these rows until this one ends; what is read of them from now on is their last state. The
   * embedded database has one unit at a time anyway; a server is made to wait by an UPDATE that changes nothing, so that
   * whoever has read the row may still name its version.
   */
  async hold<E extends Versioned>(entity: ObjectType<E>, ids: readonly number[]): Promise<void> {
    if (this.database.embedded) return;
    const { tableName } = this.metadata(entity);
    const sorted = [...ids].sort((a, b) => a - b);
    await this.selectIn((list) => `UPDATE "${tableName}" SET "version" = "version" WHERE "id" IN (${list})`, sorted);
  }

  /** Conditional UPDATE: claims and state changes whose condition is in `where`. @returns the rows changed */
  async update<E extends ObjectLiteral>(
    entity: ObjectType<E>,
    where: FindOptionsWhere<E>,
    changes: Partial<E>,
  ): Promise<number> {
    const result = await this.writing().update(entity, where, changes as never);
    return result.affected ?? 0;
  }

  /** Work tables only (leases, index rows); business rows are never deleted. @returns the rows removed */
  async remove<E extends ObjectLiteral>(entity: ObjectType<E>, where: FindOptionsWhere<E>): Promise<number> {
    const result = await this.writing().delete(entity, where);
    return result.affected ?? 0;
  }

  /**
   * Many rows of plain values, in the order of `properties`, past the entity machinery: for imports and indexes.
   * Values are as in the entity; JSON and other transformed columns are not taken here.
   */
  async bulkInsert<E extends ObjectLiteral>(
    entity: ObjectType<E>,
    properties: readonly (keyof E & string)[],
    rows: Iterable<readonly unknown[]>,
  ): Promise<void> {
    if (this.database.embedded) {
      this.writing();
      const insert = this.insertOf(entity, properties);
      const statement = this.prepared.get(insert) ?? (await this.prepare(insert));
      for (const row of rows) statement.run(row);
      return;
    }
    const { table, columns } = this.physical(entity, properties);
    const names = columns.map((column) => `"${column.databaseName}"`).join(', ');
    await this.inJson(`INSERT INTO "${table}" (${names}) SELECT ${names} FROM ${openJson(columns)}`, [...rows]);
  }

  /** The statement of the embedded database for rows of these properties, made once for each list. */
  private insertOf<E extends ObjectLiteral>(entity: ObjectType<E>, properties: readonly string[]): string {
    const known = this.inserts.get(properties);
    if (known?.entity === entity) return known.sql;
    const { table, columns } = this.physical(entity, properties);
    const names = columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
    const sql = `INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
    this.inserts.set(properties, { entity, sql });
    return sql;
  }
  private readonly inserts = new WeakMap<readonly string[], { entity: unknown; sql: string }>();

  /** New values of many rows, each known by its id and there once; values as for {@link bulkInsert}. */
  async bulkUpdate<E extends ObjectLiteral>(
    entity: ObjectType<E>,
    properties: readonly (keyof E & string)[],
    rows: readonly { id: number; values: readonly unknown[] }[],
  ): Promise<void> {
    const { table, columns } = this.physical(entity, [...properties, 'id']);
    const names = columns.slice(0, -1).map(({ databaseName }) => `"${databaseName}"`);
    const all = rows.map(({ id, values }) => [...values, id]);
    if (this.database.embedded) {
      const set = names.map((name) => `${name} = ?`).join(', ');
      const statement = await this.prepare(`UPDATE "${table}" SET ${set} WHERE "id" = ?`);
      for (const row of all) statement.run(row);
      return;
    }
    const set = names.map((name) => `${name} = j.${name}`).join(', ');
    await this.inJson(`UPDATE t SET ${set} FROM "${table}" t JOIN ${openJson(columns)} j ON j."id" = t."id"`, all);
  }

  /** One parameter and one text for any number of rows: a server spends its time on parsing long lists of values. */
  private async inJson(sql: string, rows: readonly (readonly unknown[])[]): Promise<void> {
    for (let start = 0; start < rows.length; start += JSON_ROWS) {
      const json = JSON.stringify(rows.slice(start, start + JSON_ROWS));
      await this.writing().query(sql, [new MssqlParameter(json, 'nvarchar', MAX_LENGTH)]);
    }
  }

  /** Physical names, for raw SQL about an entity that the caller does not know. */
  physical<E extends ObjectLiteral>(
    entity: ObjectType<E>,
    properties: readonly string[],
  ): { table: string; columns: ColumnMetadata[] } {
    const metadata = this.metadata(entity);
    const columns = properties.map((property) => metadata.findColumnWithPropertyName(property)!);
    return { table: metadata.tableName, columns };
  }

  /** A statement of the embedded database, compiled once. */
  private async prepare(sql: string): Promise<SqliteStatement> {
    const runner = this.writing().queryRunner as unknown as { connect(): Promise<SqliteConnection> };
    let statement = this.prepared.get(sql);
    if (!statement) {
      statement = (await runner.connect()).prepare(sql);
      this.prepared.set(sql, statement);
      if (this.prepared.size > MAX_PREPARED) this.prepared.delete(this.prepared.keys().next().value!);
    }
    return statement;
  }
  private readonly prepared = new Map<string, SqliteStatement>();

  /** Rows whose `column` is one of `keys`, however many those are. */
  async selectIn<T>(
    sql: (placeholders: string) => string,
    keys: readonly unknown[],
    more: unknown[] = [],
  ): Promise<T[]> {
    const rows: T[] = [];
    for (let start = 0; start < keys.length; start += MAX_PARAMETERS) {
      const part = keys.slice(start, start + MAX_PARAMETERS);
      rows.push(...(await this.sql<T>(sql(Array(part.length).fill('?').join(', ')), [...part, ...more])));
    }
    return rows;
  }

  /** Entities whose `property` is one of `keys`, however many those are; in no order. */
  async findIn<E extends ObjectLiteral>(
    entity: ObjectType<E>,
    property: keyof E & string,
    keys: readonly (number | string)[],
  ): Promise<E[]> {
    const rows: E[] = [];
    for (let start = 0; start < keys.length; start += MAX_PARAMETERS) {
      const part = { [property]: In(keys.slice(start, start + MAX_PARAMETERS)) } as FindOptionsWhere<E>;
      rows.push(...(await this.reads(entity).findBy(part)));
    }
    return rows;
  }

  /**
   * `ORDER BY … ` page of a raw query, in the words of the database at hand.
   * @param order a total order, without the words ORDER BY
   */
  page(sql: string, order: string, offset: number, limit: number): string {
    const tail = this.database.embedded
      ? `LIMIT ${limit} OFFSET ${offset}`
      : `OFFSET ${offset} ROWS FETCH NEXT ${limit} ROWS ONLY`;
    return `${sql} ORDER BY ${order} ${tail}`;
  }

  private metadata(entity: ObjectType<ObjectLiteral>): EntityMetadata {
    return this.database.writer.getMetadata(entity);
  }

  private writing() {
    if (!this.database.unit) throw new Error('write outside a unit of work');
    return this.database.manager;
  }
}

interface SqliteStatement {
  readonly reader: boolean;
  all(values: readonly unknown[]): unknown[];
  run(values: readonly unknown[]): unknown;
}
interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
}

/** The first parameter, a list of rows that are lists of values, as a table of these columns. */
const openJson = (columns: readonly ColumnMetadata[]): string =>
  `OPENJSON(@0) WITH (${columns.map((column, at) => `"${column.databaseName}" ${jsonType(column)} '$[${at}]'`).join(', ')})`;

/** Texts come at full length, so that one too long for its column is refused instead of cut. */
function jsonType({ type, precision }: ColumnMetadata): string {
  if (type === 'datetime2') return `datetime2(${precision})`;
  return type === 'nvarchar' || type === 'char' ? 'nvarchar(MAX)' : String(type);
}

/** `?` to `@0`, `@1` …; the portable queries hold no question mark in a literal. */
function numbered(sql: string): string {
  let index = 0;
  return sql.replace(/\?/g, () => `@${index++}`);
}
