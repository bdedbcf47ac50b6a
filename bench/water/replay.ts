/**
 * Replays the readings of an extract of the old systems, month by month to issued bills, on a database of its own. Ends
 * with 1 when something is left that no rule explains.
 *
 *     node -r ./test/support/register.cjs bench/water/replay.ts [DIR]
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@libs/config';
import { Store } from '@libs/persistence';
import { AppModule } from '../../src/app.module';
import { permissionsOf, seedDemoUsers } from '../../src/identity';
import { LegacyImporter } from '../../src/legacy';
import { migrate } from '../../src/migrate';
import { replay } from './replaying';

async function main(directory: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-replay-'));
  const url = `sqlite:${join(folder, 'replay.db')}`;
  try {
    await migrate(url);
    const config = loadConfig({ DATABASE_URL: url, ROLE: 'api', LOG_LEVEL: 'error' });
    const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
      logger: ['error'],
      abortOnError: false,
    });
    await seedDemoUsers(app);
    await app.get(LegacyImporter).import(resolve(directory), { trigger: 'CLI' });
    const [user] = await app
      .get(Store)
      .sql<{ id: number | string }>(`SELECT "id" FROM "users" WHERE "username" = 'supervisor'`);
    const by = { userId: Number(user!.id), username: 'supervisor', role: 'supervisor', departmentId: null };
    const start = performance.now();
    const { months, anomalies, explained, unexplained } = await replay(app, {
      ...by,
      permissions: permissionsOf('supervisor'),
    });
    console.table(months);
    console.table(anomalies);
    console.table(explained);
    console.log(`${((performance.now() - start) / 1000).toFixed(1)} s, ${unexplained.length} unexplained`);
    for (const each of unexplained) console.log(each);
    if (unexplained.length > 0) process.exitCode = 1;
    await app.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main(process.argv[2] ?? 'demo/extract').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
