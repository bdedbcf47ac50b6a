/** Databases of their own for tests, on whichever server DATABASE_URL names. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectionOf } from '@libs/persistence';
import { DataSource } from 'typeorm';

export { textOf } from './pdf-text';

export interface TemporaryDatabase {
  url: string;
  drop(): Promise<void>;
}

/** On SQL Server an empty database; on SQLite a copy of `template` when there is one. */
export async function temporaryDatabase(template?: string): Promise<TemporaryDatabase> {
  const server = process.env.DATABASE_URL;
  return server?.startsWith('mssql:') ? onServer(server) : embedded(template);
}

function embedded(template: string | undefined): TemporaryDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-test-'));
  const file = join(folder, 'test.db');
  if (template && existsSync(template)) copyFileSync(template, file);
  return {
    url: `sqlite:${file}`,
    drop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}

async function onServer(server: string): Promise<TemporaryDatabase> {
  const name = `baladiya_test_${randomBytes(5).toString('hex')}`;
  const url = new URL(server);
  const home = url.pathname.slice(1) || 'master';
  const administer = async (sql: string[]) => {
    const source = await new DataSource({ ...connectionOf(withDatabase(server, home)) }).initialize();
    try {
      for (const statement of sql) await source.query(statement);
    } finally {
      await source.destroy();
    }
  };
  await administer([`CREATE DATABASE [${name}]`]);
  const drop = async (triesLeft = 20): Promise<void> => {
    try {
      await administer([`DROP DATABASE [${name}]`]);
    } catch (error) {
      // The server learns a moment later than the client that the last connection is gone.
      if (triesLeft === 0) throw error;
      await delay(100);
      await drop(triesLeft - 1);
    }
  };
  return { url: withDatabase(server, name), drop };
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}
