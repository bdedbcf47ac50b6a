import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase } from './support/prepare';

/** Migrates and seeds one embedded database; every test file works on a copy. */
export default async function globalSetup(): Promise<void> {
  if (process.env.DATABASE_URL?.startsWith('mssql:')) return;
  process.env.TEST_TEMPLATE = join(mkdtempSync(join(tmpdir(), 'baladiya-template-')), 'template.db');
  await prepareDatabase(`sqlite:${process.env.TEST_TEMPLATE}`);
}
