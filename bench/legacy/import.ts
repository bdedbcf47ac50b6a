/**
 * The product's import in a process of its own: `mirror` with what the import needs and nothing else, `product` with
 * every module that listens to it, above all the search index. Says `go` when it begins and its figures when it ends.
 *
 *     node -r ./test/support/register.cjs bench/legacy/import.ts DATABASE_URL DIR [mirror|product]
 */
import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { ConfigModule, loadConfig, type Config } from '@libs/config';
import { OutboxModule, SchedulesModule } from '@libs/outbox';
import { PersistenceModule } from '@libs/persistence';
import { LegacyImporter, LegacyModule } from '../../src/legacy';
import { migrate } from '../../src/migrate';
import { SCHEMA } from '../../src/schema';

@Module({})
class MirrorOnly {}

const mirrorOnly = (config: Config): DynamicModule => ({
  module: MirrorOnly,
  imports: [
    ConfigModule.forRoot(config),
    PersistenceModule.forRoot(config.databaseUrl, SCHEMA),
    ScheduleModule.forRoot(),
    OutboxModule,
    SchedulesModule,
    LegacyModule,
  ],
});

async function main(url: string, directory: string, whole: boolean): Promise<void> {
  await migrate(url);
  const config = loadConfig({ DATABASE_URL: url, ROLE: 'api', LOG_LEVEL: 'error' });
  // Loading it declares the messages of every module, for which a part of the application has no handlers.
  const module = whole ? (await import('../../src/app.module')).AppModule.forRoot(config) : mirrorOnly(config);
  const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
  process.stdout.write('go\n');
  const { files, seconds } = await app.get(LegacyImporter).import(directory, { trigger: 'CLI' });
  const rows = Object.values(files).reduce((sum, { accepted }) => sum + accepted, 0);
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${JSON.stringify({ rows, seconds, peakMb })}\n`);
  await app.close();
}

const [url, directory, mode] = process.argv.slice(2);
main(url!, directory!, mode === 'product').catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
