import { resolve } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import { Leases } from '@libs/outbox';
import { seedDemoTills } from './billing';
import { seedDemoUsers } from './identity';
import { LegacyImporter } from './legacy';
import { seedDemoNetwork, seedDemoTariffs } from './water';

/** The process runs in the project's folder, compiled or not. */
const EXTRACT = resolve('demo/extract');

/** Demo users, tills, tariffs and zones of water, and the demo extract, each once. */
export async function loadDemo(app: INestApplicationContext): Promise<void> {
  await app.get(Leases).once('demo', 60, async () => {
    await seedDemoUsers(app);
    await seedDemoTills(app);
    await seedDemoTariffs(app);
    await seedDemoNetwork(app);
    const importer = app.get(LegacyImporter);
    if (await importer.hasSucceeded()) return;
    new Logger('demo').log('loading the demo extract');
    await importer.import(EXTRACT, { trigger: 'CLI' });
  });
}
