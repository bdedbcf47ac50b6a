import 'reflect-metadata';
import { ConfigError, processConfig } from '@libs/config';
import { DatabaseUrlError, isUnreachable } from '@libs/persistence';
import { createApp } from './bootstrap';
import { loadDemo } from './demo';
import { migrate, requireMigrated } from './migrate';

async function main(): Promise<void> {
  const config = processConfig();
  await (config.migrateOnStart ? migrate : requireMigrated)(config.databaseUrl);
  const app = await createApp(config);
  await app.init();
  if (config.demo) await loadDemo(app);
  if (config.role !== 'worker') await app.listen(config.port, config.host);
}

main().catch((error: unknown) => {
  const foreseen = error instanceof ConfigError || error instanceof DatabaseUrlError || isUnreachable(error);
  console.error(foreseen ? (error as Error).message : error);
  process.exit(1);
});
