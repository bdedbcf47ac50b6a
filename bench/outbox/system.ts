import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule, loadConfig } from '@libs/config';
import { defineMessage, Handles, JobTransport, Outbox, OutboxModule } from '@libs/outbox';
import { PersistenceModule, UnitOfWork } from '@libs/persistence';
import { temporaryDatabase } from '@libs/testing';
import { migrate } from '../../src/migrate';
import { SCHEMA } from '../../src/schema';
import type { Carrier } from './run';

const ping = defineMessage<{ to: string }>('bench.ping', 'BULK');

@Injectable()
class Pings {
  count = 0;
  onPing: () => void = () => undefined;

  @Handles(ping)
  ping(): Promise<void> {
    this.count++;
    this.onPing();
    return Promise.resolve();
  }
}

/** The outbox with a handler that does nothing, in one process of the role all; without a URL of Redis embedded. */
export async function system(redisUrl: string): Promise<Carrier> {
  const database = await temporaryDatabase();
  await migrate(database.url);
  const config = loadConfig({ NODE_ENV: 'test', ROLE: 'all', DATABASE_URL: database.url, REDIS_URL: redisUrl });
  @Module({
    imports: [ConfigModule.forRoot(config), PersistenceModule.forRoot(database.url, SCHEMA), OutboxModule],
    providers: [Pings],
  })
  class Bench {}
  const app = await NestFactory.createApplicationContext(Bench, { logger: ['error', 'warn'], abortOnError: false });
  app.enableShutdownHooks();
  const [pings, uow, outbox, transport] = [app.get(Pings), app.get(UnitOfWork), app.get(Outbox), app.get(JobTransport)];
  while (transport.state() === 'down') await new Promise((go) => setTimeout(go, 20));
  return {
    add: async (payloads) => void (await uow.run(() => outbox.addMany(ping, payloads))),
    done: (total) => new Promise((resolve) => (pings.onPing = () => void (pings.count === total && resolve()))),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
