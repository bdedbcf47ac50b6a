/** The outbox alone, with a handler that leaves a trace of every try; see `outbox-process.ts` for it in a process of its own. */
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Clock } from '@libs/calendar';
import { ConfigModule } from '@libs/config';
import {
  defineMessage,
  Handles,
  JobTransport,
  Outbox,
  OutboxMessage,
  OutboxModule,
  ProcessedMessage,
  type Delivery,
  type MessageType,
} from '@libs/outbox';
import { IdAllocator, PersistenceModule, Store, UnitOfWork } from '@libs/persistence';
import { SCHEMA } from '../../src/schema';
import { testConfig } from './config';
import { until } from './until';

export interface Note {
  name: string;
  /** What its handler does at the first try; later ones end well. */
  first?: 'fail' | 'hang';
}

export const note = defineMessage<Note>('test.note');
export const code = defineMessage<Note>('test.code', 'OTP', { secret: true });
export const mass = defineMessage<Note>('test.mass', 'BULK');

@Injectable()
export class Notes {
  /** Those whose handler has begun in this process, in order. */
  readonly begun: string[] = [];
  failing = false;
  /** Handlers end when this does. */
  hold: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
  ) {}

  @Handles(note, code, mass)
  async take({ name, first }: Note, { messageId, attempt }: Delivery): Promise<void> {
    // The same try twice is refused by the database.
    await this.uow.run(async () => {
      const handler = `try ${attempt}`;
      const row = { id: await this.ids.one(), messageId, handler, processedAt: '2026-11-24T08:00:00.000Z' };
      await this.store.insert(ProcessedMessage, row);
    });
    this.begun.push(name);
    if (this.failing || (first === 'fail' && attempt === 1)) throw new Error(`cannot take ${name}`);
    if (first === 'hang' && attempt === 1) await new Promise(() => undefined);
    await this.hold;
  }
}

export interface OutboxSettings {
  databaseUrl: string;
  clock?: Clock;
  settings?: Record<string, string>;
}

export type TestOutbox = Awaited<ReturnType<typeof startOutbox>>;

export async function startOutbox({ databaseUrl, clock, settings = {} }: OutboxSettings) {
  @Module({
    imports: [
      ConfigModule.forRoot(testConfig(databaseUrl, { ROLE: 'all', ...settings }), clock),
      PersistenceModule.forRoot(databaseUrl, SCHEMA),
      OutboxModule,
    ],
    providers: [Notes],
  })
  class TestModule {}
  const app = await NestFactory.create(TestModule, new FastifyAdapter(), { logger: false, abortOnError: false });
  await app.init();
  const [store, uow, outbox] = [app.get(Store), app.get(UnitOfWork), app.get(Outbox)];
  let closed = false;
  return {
    app,
    store,
    notes: app.get(Notes),
    add: (type: MessageType<Note>, ...notes: Note[]) => uow.run(() => outbox.addMany(type, notes)),
    rows: () => store.reads(OutboxMessage).find({ order: { id: 'ASC' } }),
    tries: () => store.reads(ProcessedMessage).find({ order: { id: 'ASC' } }),
    /** Until all that was added is done. */
    allDone: () => until(async () => !(await store.reads(OutboxMessage).existsBy({ state: 'PENDING' }))),
    connected: () => until(() => app.get(JobTransport).state() !== 'down'),
    async close() {
      if (!closed) await app.close();
      closed = true;
    },
  };
}
