import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writerDataSource } from '@libs/persistence';
import { temporaryDatabase } from '@libs/testing';
import {
  In,
  Like,
  Table,
  type DataSource,
  type MigrationInterface,
  type MssqlParameter,
  type QueryRunner,
} from 'typeorm';
import { migrations } from '../../migrations';
import { migrate, requireMigrated } from '../../src/migrate';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { SCHEMA } from '../../src/schema';

const GOLDEN = join(__dirname, '../../migrations/schema.mssql.sql');

/** A SQL Server data source that never connects: enough to print DDL. */
async function offlineSqlServer(): Promise<DataSource> {
  const source = writerDataSource('mssql://nobody:nothing@localhost:1/none', SCHEMA);
  await (source as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  return source;
}

async function printed(source: DataSource, work: (runner: QueryRunner) => Promise<void>): Promise<string[]> {
  const runner = source.createQueryRunner();
  runner.enableSqlMemory();
  // Rows of codes, which go past the memory.
  runner.query = (query: string) => Promise.resolve(runner.getMemorySql().upQueries.push({ query } as never) as never);
  await work(runner);
  return runner.getMemorySql().upQueries.map(({ query }) => query.trim());
}

const migrated = (source: DataSource) =>
  printed(source, async (runner) => {
    for (const Step of migrations) await (new Step() as MigrationInterface).up(runner);
  });

describe('schema', () => {
  it('is asked for before a process starts on it', async () => {
    const database = await temporaryDatabase();
    try {
      await expect(requireMigrated(database.url)).rejects.toThrow('not up to date; run bin/baladiya migrate');
      await migrate(database.url);
      await requireMigrated(database.url);
    } finally {
      await database.drop();
    }
  });

  it('on the database at hand, equals the entities after all migrations', async () => {
    const database = await temporaryDatabase();
    const source = await writerDataSource(database.url, SCHEMA).initialize();
    try {
      await source.runMigrations();
      const drift = await source.driver.createSchemaBuilder().log();
      const statements = drift.upQueries.map(({ query }) => query);
      // Some TDS servers report index names cut and hashed, so there an index is known by its columns.
      const embedded = source.options.type === 'better-sqlite3';
      expect(statements.filter((each) => embedded || !/^(DROP|CREATE( UNIQUE)?) INDEX/.test(each))).toEqual([]);
      expect(await indexesInDatabase(source)).toEqual(indexesOfEntities(source));
    } finally {
      await source.destroy();
      await database.drop();
    }
  });

  it('can be undone to the last table', async () => {
    const database = await temporaryDatabase();
    const source = await writerDataSource(database.url, SCHEMA).initialize();
    try {
      await source.runMigrations();
      for (const _ of migrations) await source.undoLastMigration();
      const runner = source.createQueryRunner();
      const left = await Promise.all(source.entityMetadatas.map((entity) => runner.hasTable(entity.tableName)));
      await runner.release();
      expect(left).not.toContain(true);
    } finally {
      await source.destroy();
      await database.drop();
    }
  });

  it('on SQL Server, the migrations make the tables of the entities', async () => {
    const source = await offlineSqlServer();
    const fromEntities = await printed(source, async (runner) => {
      for (const metadata of source.entityMetadatas) {
        const table = Table.create(metadata, source.driver);
        await runner.createTable(table, false, false, true);
        await runner.createForeignKeys(
          table,
          metadata.foreignKeys.map((key) => ({ ...tableKey(key, source) })) as never,
        );
      }
    });
    const normal = (statements: string[]) => standing(statements).flatMap(statementParts).sort();
    expect(normal(await migrated(source))).toEqual(normal(fromEntities));
  });

  it('on SQL Server, declares no text shorter than it is', async () => {
    const source = await offlineSqlServer();
    const texts = ['2026-000001', '2026-0000010', `2026-${'0'.repeat(5000)}`];
    const compared = source.getRepository(OneRecord).createQueryBuilder('r');
    const where = [...texts.map((number) => ({ number })), { number: In(texts) }, { number: Like('2026-000001%') }];
    compared.setFindOptions({ where });
    const written = source.createQueryBuilder().update(OneRecord).set({ number: texts[1]! });
    const parameters = [...compared.getQueryAndParameters()[1], ...written.getQueryAndParameters()[1]];
    expect(parameters).toHaveLength(8);
    for (const { value, params } of parameters as MssqlParameter[]) {
      expect(Number(params[0])).toBeGreaterThanOrEqual(String(value).length);
    }
  });

  it('on SQL Server, prints the DDL that is checked in', async () => {
    const ddl = `${(await migrated(await offlineSqlServer())).join(';\n')};\n`;
    if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN, ddl);
    expect(ddl).toBe(readFileSync(GOLDEN, 'utf8'));
  });

  it('keeps to what every TDS server speaks', async () => {
    const ddl = (await migrated(await offlineSqlServer())).join('\n');
    expect(ddl).not.toMatch(/\bvarchar\b|\btext\b|\bntext\b|\bdecimal\b|_100_|UTF8|IDENTITY|CASCADE|\bDEFAULT\b/i);
  });

  it('on SQL Server, no index key is wider than it takes: 900 bytes clustered, 1,700 otherwise', async () => {
    const source = await offlineSqlServer();
    const bytes = (columns: { length: string }[]) =>
      columns.reduce((sum, { length }) => sum + (length === 'MAX' ? Infinity : length ? Number(length) * 2 : 8), 0);
    for (const entity of source.entityMetadatas) {
      const wide = [...entity.indices, ...entity.uniques].filter(({ columns }) => bytes(columns) > 1700);
      expect(wide.map(({ name }) => name)).toEqual([]);
      expect(bytes(entity.primaryColumns)).toBeLessThanOrEqual(900);
    }
  });
});

/** One line an index: table, columns in order, unique or not. */
async function indexesInDatabase(source: DataSource): Promise<string[]> {
  const runner = source.createQueryRunner();
  const tables = await runner.getTables(source.entityMetadatas.map(({ tableName }) => tableName));
  await runner.release();
  return tables
    .flatMap(({ name, indices }) =>
      indices.map((index) => `${name.split('.').pop()}(${index.columnNames.join()})${index.isUnique ? ' unique' : ''}`),
    )
    .sort();
}

const indexesOfEntities = (source: DataSource): string[] =>
  source.entityMetadatas
    .flatMap(({ tableName, indices }) =>
      indices.map((index) => {
        const columns = index.columns.map(({ databaseName }) => databaseName).join();
        return `${tableName}(${columns})${index.isUnique ? ' unique' : ''}`;
      }),
    )
    .sort();

function tableKey(key: DataSource['entityMetadatas'][number]['foreignKeys'][number], source: DataSource) {
  return {
    '@instanceof': Symbol.for('TableForeignKey'),
    name: key.name,
    columnNames: key.columnNames,
    referencedColumnNames: key.referencedColumnNames,
    referencedTableName: key.referencedEntityMetadata.tableName,
    referencedDatabase: undefined,
    referencedSchema: undefined,
    clone: () => tableKey(key, source),
  };
}

/** The statements without rows, and without those about tables and indexes that were dropped later. */
function standing(statements: readonly string[]): string[] {
  let left: string[] = [];
  for (const each of statements) {
    if (/^(INSERT|UPDATE)/.test(each)) continue;
    const dropped = /^DROP TABLE ("\w+")$/.exec(each)?.[1];
    const [, index, table] = /^DROP INDEX ("\w+") ON ("\w+")$/.exec(each) ?? [];
    if (index) left = left.filter((known) => !known.startsWith(`CREATE INDEX ${index} ON ${table} `));
    else if (dropped) left = left.filter((known) => !aboutTable(known, dropped));
    else left.push(each);
  }
  return left;
}

const aboutTable = (statement: string, table: string): boolean =>
  [`CREATE TABLE ${table} `, `ALTER TABLE ${table} `].some((start) => statement.startsWith(start)) ||
  new RegExp(`^CREATE (UNIQUE )?INDEX \\S+ ON ${table}`).test(statement);

/** CREATE TABLE as a set of its columns and constraints, so that only their content counts, not their order. */
function statementParts(statement: string): string[] {
  const create = /^CREATE TABLE (\S+) \((.*)\)$/s.exec(statement);
  if (!create) {
    const key = /^ALTER TABLE (\S+) ADD (CONSTRAINT .*)$/s.exec(statement);
    return [key ? `${key[1]}: ${withoutActions(key[2]!)}` : statement];
  }
  return splitTopLevel(create[2]!).map((part) => `${create[1]}: ${withoutActions(part)}`);
}

const withoutActions = (part: string): string =>
  part
    .replace(/ ON (DELETE|UPDATE) NO ACTION/g, '')
    .replace(/" \(/g, '"(')
    .trim();

function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
