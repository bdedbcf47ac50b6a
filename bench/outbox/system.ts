import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule, loadConfig } from '@libs/config';
import { defineMessage, Handles, Outbox, OutboxModule } from '@libs/outbox';
import { PersistenceModule, UnitOfWork } from '@libs/persistence';
import { migrate } from '../../src/migrate';
import { SCHEMA } from '../../src/schema';

export const ping = defineMessage<{ to: string }>('bench.ping', 'BULK');

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

/** The outbox alone, with a handler that does nothing, as a process that does everything. */
export async function startOutbox(databaseUrl: string, redisUrl = '') {
  await migrate(databaseUrl);
  const config = loadConfig({ NODE_ENV: 'test', ROLE: 'all', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl });
  @Module({
    imports: [ConfigModule.forRoot(config), PersistenceModule.forRoot(databaseUrl, SCHEMA), OutboxModule],
    providers: [Pings],
  })
  class Bench {}
  const app = await NestFactory.createApplicationContext(Bench, { logger: ['error', 'warn'], abortOnError: false });
  const pings = app.get(Pings);
  const uow = app.get(UnitOfWork);
  const outbox = app.get(Outbox);
  return {
    app,
    add: (payloads: { to: string }[]) => uow.run(() => outbox.addMany(ping, payloads)),
    done: (count: number) =>
      new Promise<void>((resolve) => {
        pings.onPing = () => pings.count === count && resolve();
      }),
  };
}
