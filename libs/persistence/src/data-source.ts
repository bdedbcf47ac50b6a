import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DataSource, MssqlParameter, type DataSourceOptions, type EntitySchema, type MixedList } from 'typeorm';
import type { SqlServerDriver } from 'typeorm/driver/sqlserver/SqlServerDriver';
import { bindColumnKinds } from './columns';
import { SchemaNaming } from './naming';
import { WriteGuard } from './write-guard';

type ClassList = MixedList<Function | string | EntitySchema>; // eslint-disable-line @typescript-eslint/no-unsafe-function-type

export interface Schema {
  entities: ClassList;
  migrations: MixedList<Function | string>; // eslint-disable-line @typescript-eslint/no-unsafe-function-type
}

/** A value of DATABASE_URL that names no database. */
export class DatabaseUrlError extends Error {}

/**
 * `sqlite:./var/baladiya.db` or `mssql://user:password@host:port/database?encrypt=true&trustServerCertificate=false`.
 * @throws {DatabaseUrlError}
 */
export function connectionOf(url: string): DataSourceOptions {
  if (url.startsWith('sqlite:')) {
    const file = resolve(url.slice('sqlite:'.length));
    if (url === 'sqlite:') throw new DatabaseUrlError('DATABASE_URL: sqlite: needs the path of a file');
    return { type: 'better-sqlite3', database: file };
  }
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new DatabaseUrlError('DATABASE_URL: expected sqlite:PATH or mssql://user:password@host:port/database');
  }
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (parsed.protocol !== 'mssql:' || !parsed.hostname || !database) {
    throw new DatabaseUrlError('DATABASE_URL: expected sqlite:PATH or mssql://user:password@host:port/database');
  }
  const flag = (name: string, fallback: boolean) => (parsed.searchParams.get(name) ?? String(fallback)) === 'true';
  return {
    type: 'mssql',
    host: parsed.hostname,
    port: Number(parsed.port || 1433),
    username: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database,
    requestTimeout: 60_000,
    pool: { max: Number(parsed.searchParams.get('pool') ?? 20), min: 0 },
    options: {
      encrypt: flag('encrypt', true),
      trustServerCertificate: flag('trustServerCertificate', false),
      useUTC: true,
      enableArithAbort: true,
    },
  };
}

/** The data source every write goes through. */
export function writerDataSource(url: string, schema: Schema): DataSource {
  const connection = connectionOf(url);
  bindColumnKinds(connection.type as 'mssql');
  if (connection.type === 'better-sqlite3') mkdirSync(dirname(connection.database), { recursive: true });
  const source = new DataSource({
    ...connection,
    ...schema,
    ...(connection.type === 'better-sqlite3' && { enableWAL: true, prepareDatabase: tuneSqlite }),
    namingStrategy: new SchemaNaming(),
    migrationsTransactionMode: 'each',
  } as DataSourceOptions);
  return withLongTexts(source);
}

/** Connections for reads outside a unit: they see committed rows only and cannot write. */
export function readerDataSource(url: string, schema: Schema): DataSource {
  const connection = connectionOf(url);
  bindColumnKinds(connection.type as 'mssql');
  const source = new DataSource({
    ...connection,
    entities: schema.entities,
    ...(connection.type === 'better-sqlite3'
      ? { prepareDatabase: (database: SqliteHandle) => (tuneSqlite(database), database.pragma('query_only = ON')) }
      : { subscribers: [WriteGuard] }),
    namingStrategy: new SchemaNaming(),
  } as DataSourceOptions);
  return withLongTexts(source);
}

/**
 * TypeORM declares a parameter as long as its column, and SQL Server refuses a longer text as a broken request (8016), be
 * it only compared. Declared as long as it is it equals nothing, and an INSERT of it names the column.
 */
function withLongTexts(source: DataSource): DataSource {
  if (source.options.type !== 'mssql') return source;
  const driver = source.driver as SqlServerDriver;
  const declare = driver.parametrizeValue.bind(driver);
  driver.parametrizeValue = (column, value: unknown) =>
    typeof value === 'string' && value.length > Number(column.length || Infinity)
      ? new MssqlParameter(value, 'nvarchar', value.length)
      : declare(column, value);
  return source;
}

interface SqliteHandle {
  pragma(text: string): unknown;
}

function tuneSqlite(database: SqliteHandle): void {
  database.pragma('synchronous = NORMAL');
  database.pragma('cache_size = -65536');
  database.pragma('temp_store = MEMORY');
  // Indexes touch the same pages again and again: written back after 32 MB instead of 4, most are written once.
  database.pragma('wal_autocheckpoint = 8000');
}
