import { Injectable, Module, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fixedClock, type FixedClock } from '@libs/calendar';
import { ConfigModule } from '@libs/config';
import {
  defineMessage,
  Handles,
  Leases,
  Outbox,
  OutboxMessage,
  OutboxModule,
  OutboxRelay,
  Postponed,
  type Delivery,
} from '@libs/outbox';
import { PersistenceModule, Store, UnitOfWork } from '@libs/persistence';
import { temporaryDatabase, type TemporaryDatabase } from '@libs/testing';
import { migrate } from '../../src/migrate';
import { SCHEMA } from '../../src/schema';
import { testConfig } from '../support/config';

const greet = defineMessage<{ name: string }>('test.greet');
const urgent = defineMessage<{ name: string }>('test.urgent', 'OTP');
const mass = defineMessage<{ name: string }>('test.mass', 'BULK');

@Injectable()
class Greeter {
  seen: string[] = [];
  failing = false;
  postponing = false;
  hold: Promise<void> = Promise.resolve();

  constructor(
    private readonly outbox: Outbox,
    private readonly uow: UnitOfWork,
  ) {}

  @Handles(greet)
  async greet({ name }: { name: string }, { attempt }: Delivery): Promise<void> {
    if (this.postponing) throw new Postponed('nobody at home', 100);
    if (this.failing) throw new Error(`cannot greet ${name}`);
    this.seen.push(`${name}#${attempt}`);
    await this.hold;
  }

  @Handles(urgent)
  urgent({ name }: { name: string }): Promise<void> {
    this.seen.push(name);
    return Promise.resolve();
  }

  @Handles(mass)
  async mass({ name }: { name: string }, { messageId }: Delivery): Promise<void> {
    await this.uow.run(async () => {
      if (await this.outbox.firstTime('greeter', messageId)) this.seen.push(name);
    });
  }
}

describe('outbox on the embedded transport', () => {
  let database: TemporaryDatabase;
  let clock: FixedClock;
  let app: INestApplication;
  let more: INestApplication[] = [];

  async function start(providers: Type[] = [Greeter]): Promise<INestApplication> {
    @Module({
      imports: [
        ConfigModule.forRoot(testConfig(database.url), clock),
        PersistenceModule.forRoot(database.url, SCHEMA),
        OutboxModule,
      ],
      providers,
    })
    class TestModule {}
    const context = await NestFactory.create(TestModule, new FastifyAdapter(), { logger: false, abortOnError: false });
    more.push(context);
    return context.init();
  }

  beforeEach(async () => {
    database = await temporaryDatabase();
    await migrate(database.url);
    clock = fixedClock('2026-11-24T08:00:00.000Z');
    app = await start();
  });

  afterEach(async () => {
    for (const each of more) await each.close();
    more = [];
    await database.drop();
  });

  const add = (type: typeof greet, name: string, availableAt?: string) =>
    app.get(UnitOfWork).run(() => app.get(Outbox).add(type, { name }, availableAt));
  const drain = () => app.get(OutboxRelay).drain();
  const seen = () => app.get(Greeter).seen;
  const row = (id: number) => app.get(Store).reads(OutboxMessage).findOneByOrFail({ id });

  it('delivers what was committed, once', async () => {
    const id = await add(greet, 'هالة');
    expect(await drain()).toBe(1);
    expect(await drain()).toBe(0);
    expect(seen()).toEqual(['هالة#1']);
    expect(await row(id)).toMatchObject({ state: 'DONE', doneAt: clock.now(), lockedBy: null });
  });

  it('delivers nothing that was rolled back', async () => {
    const doomed = app.get(UnitOfWork).run(async () => {
      await app.get(Outbox).add(greet, { name: 'nobody' });
      throw new Error('changed my mind');
    });
    await expect(doomed).rejects.toThrow();
    expect(await drain()).toBe(0);
  });

  it('waits until a message is due', async () => {
    await add(greet, 'later', '2026-11-24T09:00:00.000Z');
    expect(await drain()).toBe(0);
    clock.set('2026-11-24T09:00:00.000Z');
    expect(await drain()).toBe(1);
  });

  it('tries again with growing pauses, then keeps a dead letter with its last error', async () => {
    app.get(Greeter).failing = true;
    const id = await add(greet, 'سامر');
    await drain();
    const first = await row(id);
    expect(first).toMatchObject({ state: 'PENDING', attempts: 1, lastError: 'Error: cannot greet سامر' });
    expect(first.availableAt > clock.now()).toBe(true);
    expect(await drain()).toBe(0);
    for (let tries = 0; tries < 20 && (await row(id)).state === 'PENDING'; tries++) {
      clock.set((await row(id)).availableAt);
      await drain();
    }
    expect(await row(id)).toMatchObject({ state: 'DEAD', attempts: 8 });
  });

  it('keeps what a handler postpones, with pauses that grow up to a limit, and counts no try of the eight for it', async () => {
    app.get(Greeter).postponing = true;
    const id = await add(greet, 'منى');
    const pauses = [];
    for (let tries = 0; tries < 12; tries++) {
      await drain();
      const { availableAt } = await row(id);
      pauses.push((Date.parse(availableAt) - Date.parse(clock.now())) / 1000);
      clock.set(availableAt);
    }
    expect(pauses).toEqual([10, 20, 40, 80, ...Array<number>(8).fill(100)]);
    expect(await row(id)).toMatchObject({ state: 'PENDING', postponed: 12, lastError: 'Postponed: nobody at home' });
    app.get(Greeter).postponing = false;
    app.get(Greeter).failing = true;
    await drain();
    expect(await row(id)).toMatchObject({ state: 'PENDING', attempts: 13, postponed: 12 });
    clock.set((await row(id)).availableAt);
    app.get(Greeter).failing = false;
    await drain();
    expect(seen()).toEqual(['منى#14']);
  });

  it('gives a message again when its worker has died, and a careful handler acts once all the same', async () => {
    const id = await add(mass, 'رنا');
    await drain();
    await app
      .get(UnitOfWork)
      .run(() =>
        app
          .get(Store)
          .update(OutboxMessage, { id }, { state: 'PENDING', lockedBy: 'a dead one', lockedUntil: clock.now() }),
      );
    expect(await drain()).toBe(1);
    expect(seen()).toEqual(['رنا']);
  });

  it('leaves a message alone while another worker holds it', async () => {
    const id = await add(greet, 'held');
    await app
      .get(UnitOfWork)
      .run(() =>
        app.get(Store).update(OutboxMessage, { id }, { lockedBy: 'another', lockedUntil: '2026-11-24T08:00:01.000Z' }),
      );
    expect(await drain()).toBe(0);
    clock.set('2026-11-24T08:00:01.000Z');
    expect(await drain()).toBe(1);
  });

  it('ends the work at hand before the database closes', async () => {
    let release!: () => void;
    app.get(Greeter).hold = new Promise((resolve) => (release = resolve));
    const id = await add(greet, 'هالة');
    const drained = drain();
    while (seen().length === 0) await new Promise((go) => setImmediate(go));
    const closed = app.close();
    release();
    await Promise.all([drained.catch(() => undefined), closed]);
    more = [];
    app = await start();
    expect(await row(id)).toMatchObject({ state: 'DONE' });
  });

  it('sends the urgent first', async () => {
    for (const name of ['b1', 'b2', 'b3']) await add(mass, name);
    await add(urgent, 'otp');
    await drain();
    expect(seen()[0]).toBe('otp');
  });

  it('refuses to start without a handler, or with two', async () => {
    await expect(start([])).rejects.toThrow(/without a handler: test.greet/);
    @Injectable()
    class Rival {
      @Handles(greet)
      greet(): Promise<void> {
        return Promise.resolve();
      }
    }
    await expect(start([Greeter, Rival])).rejects.toThrow(/two handlers/);
  });

  describe('leases', () => {
    it('let one of two run', async () => {
      let release!: () => void;
      const held = new Promise<void>((resolve) => (release = resolve));
      let entered!: () => void;
      const started = new Promise<void>((resolve) => (entered = resolve));
      const first = app.get(Leases).once('nightly', 60, () => (entered(), held.then(() => 'done')));
      await started;
      expect(await app.get(Leases).once('nightly', 60, () => Promise.resolve('again'))).toBeUndefined();
      release();
      expect(await first).toEqual({ result: 'done' });
      expect(await app.get(Leases).once('nightly', 60, () => Promise.resolve('next'))).toEqual({ result: 'next' });
    });

    it('are free again after a failure', async () => {
      await expect(app.get(Leases).once('x', 60, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
      expect(await app.get(Leases).once('x', 60, () => Promise.resolve(1))).toEqual({ result: 1 });
    });
  });
});
