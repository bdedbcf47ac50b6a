import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { loadConfig } from '@libs/config';
import { Store } from '@libs/persistence';
import { temporaryDatabase } from '@libs/testing';
import { AppModule } from '../../src/app.module';
import { migrate } from '../../src/migrate';

/** The whole system in one process, on a database of its own and without limits that a bench would run into. */
export async function startSystem(redisUrl: string, role: 'all' | 'api') {
  const database = await temporaryDatabase();
  await migrate(database.url);
  const config = loadConfig({
    DATABASE_URL: database.url,
    REDIS_URL: redisUrl,
    ROLE: role,
    LOG_LEVEL: 'error',
    QUIET_HOURS: 'none',
    MESSAGES_PER_MINUTE: '100000000',
    MESSAGE_DAILY_BUDGET: 'ILS:1000000',
  });
  const app: INestApplicationContext = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: ['error'],
    abortOnError: false,
  });
  return {
    app,
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

/** None of the numbers for which the sandbox has another answer. */
export const phone = (at: number): string => `+97059${String(at).padStart(6, '0')}5`;

export async function keptBySandbox(app: INestApplicationContext) {
  const [row] = await app
    .get(Store)
    .sql<{ n: number; d: number }>(
      `SELECT COUNT(*) AS "n", COUNT(DISTINCT "recipient") AS "d" FROM "sandbox_messages" WHERE "lane" = 'BULK'`,
    );
  return { messages: Number(row!.n), recipients: Number(row!.d) };
}
