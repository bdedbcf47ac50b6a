import { ConfigError } from '@libs/config';
import { writerDataSource } from '@libs/persistence';
import type { DataSource } from 'typeorm';
import { SCHEMA } from './schema';

/** Brings the database up to date. @returns the names of the steps that ran now */
export async function migrate(url: string): Promise<string[]> {
  const source = await writerDataSource(url, SCHEMA).initialize();
  try {
    if (source.options.type === 'mssql') await readCommittedSnapshot(source);
    const ran = await source.runMigrations();
    await startIds(source);
    return ran.map(({ name }) => name);
  } finally {
    await source.destroy();
  }
}

/** @throws {ConfigError} when migrations of this release have not run */
export async function requireMigrated(url: string): Promise<void> {
  const source = await writerDataSource(url, SCHEMA).initialize();
  try {
    if (await source.showMigrations()) {
      throw new ConfigError('DATABASE_URL: the database is not up to date; run bin/baladiya migrate');
    }
  } finally {
    await source.destroy();
  }
}

/**
 * Readers must not wait for writers: the reader's connections would wait for units of their own process.
 * A server that has no such option reads committed snapshots anyway; one that refuses needs its administrator.
 */
async function readCommittedSnapshot(source: DataSource): Promise<void> {
  const [database] = await source.query<{ isOn: boolean | number | null }[]>(
    'SELECT is_read_committed_snapshot_on AS "isOn" FROM sys.databases WHERE name = DB_NAME()',
  );
  if (!database || database.isOn) return;
  const name = String(source.options.database).replace(/]/g, ']]');
  await source.query(`ALTER DATABASE [${name}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE`);
}

/** The sequence all tables share begins at 1; a block can then be taken by one UPDATE. */
async function startIds(source: DataSource): Promise<void> {
  await source.query(
    `INSERT INTO "id_blocks" ("name", "next_id")
     SELECT 'main', 1 WHERE NOT EXISTS (SELECT 1 FROM "id_blocks" WHERE "name" = 'main')`,
  );
}
