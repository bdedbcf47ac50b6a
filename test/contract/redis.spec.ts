import { fixedClock, type FixedClock } from '@libs/calendar';
import { OutboxRelay } from '@libs/outbox';
import { temporaryDatabase, type TemporaryDatabase } from '@libs/testing';
import { Redis } from 'ioredis';
import { migrate } from '../../src/migrate';
import { code, mass, note, startOutbox, type TestOutbox } from '../support/outbox';
import { RedisServer } from '../support/redis';
import { gate, until } from '../support/until';

describe('Redis', () => {
  let redis: RedisServer;
  let database: TemporaryDatabase;
  let clock: FixedClock;
  let started: TestOutbox[];

  beforeEach(async () => {
    redis = new RedisServer();
    database = await temporaryDatabase();
    await migrate(database.url);
    clock = fixedClock('2026-11-24T08:00:00.000Z');
    started = [];
  });
  afterEach(async () => {
    for (const each of started) await each.close();
    await database.drop();
    await redis.drop();
  });

  async function start(more: Record<string, string> = {}): Promise<TestOutbox> {
    const settings = { REDIS_URL: redis.url, ...more };
    const outbox = await startOutbox({ databaseUrl: database.url, clock, settings });
    started.push(outbox);
    return outbox;
  }
  const many = (count: number, name = 'm') => Array.from({ length: count }, (_, at) => ({ name: `${name}${at}` }));
  /** Once, and at the first try. */
  async function expectOnce(outbox: TestOutbox, count: number): Promise<void> {
    const rows = await outbox.rows();
    expect(rows.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(Array(count).fill('DONE 1'));
    expect(await outbox.tries()).toHaveLength(count);
  }

  it.each([
    ['empty', true],
    ['with what it had', false],
  ])('is killed and comes back %s: nothing is lost and nothing done twice', async (_, empty) => {
    await redis.start();
    const [one, other] = [await start(), await start()];
    await one.connected();
    await other.connected();
    const { closed, open } = gate();
    for (const { notes } of [one, other]) notes.hold = closed;
    await one.add(mass, ...many(200));
    await one.add(note, ...many(40, 'n'));
    await until(() => one.notes.begun.length + other.notes.begun.length === 2 * 16 + 2 * 16);
    await redis.kill({ empty });
    await other.add(code, ...many(10, 'c'));
    // Codes do not wait for Redis.
    await until(() => [...one.notes.begun, ...other.notes.begun].filter((name) => name.startsWith('c')).length === 10);
    await redis.start();
    await one.connected();
    await other.connected();
    open();
    await one.allDone();
    await expectOnce(one, 250);
  });

  it('is away when they start: the database hands out the messages, and Redis as soon as it is there', async () => {
    await redis.start();
    await redis.kill();
    const outbox = await start();
    await outbox.add(code, ...many(10));
    await outbox.allDone();
    await redis.start();
    await outbox.connected();
    await outbox.add(mass, ...many(50));
    await outbox.allDone();
    await expectOnce(outbox, 60);
  });

  it('loses its jobs without a word: they are given to it again', async () => {
    await redis.start();
    const outbox = await start();
    await outbox.connected();
    const { closed, open } = gate();
    outbox.notes.hold = closed;
    await outbox.add(mass, ...many(50));
    await until(() => outbox.notes.begun.length === 16);
    const client = new Redis(redis.url);
    await until(async () => (await client.llen('baladiya:bulk:wait')) > 0);
    await client.flushall();
    client.disconnect();
    open();
    await until(async () => (await outbox.rows()).filter(({ state }) => state === 'DONE').length === 16);
    clock.advance({ seconds: 11 });
    await outbox.allDone();
    await expectOnce(outbox, 50);
  });

  it('is dead when the process is told to end, which it does', async () => {
    await redis.start();
    const outbox = await start();
    await outbox.connected();
    const { closed, open } = gate();
    outbox.notes.hold = closed;
    await outbox.add(note, { name: 'at work' });
    await until(() => outbox.notes.begun.length === 1);
    await redis.kill();
    const ended = outbox.close();
    open();
    await ended;
    await expectOnce(await start({ ROLE: 'api' }), 1);
  });

  it('tells workers at once what a process without workers has committed', async () => {
    await redis.start();
    const [api, worker] = [await start({ ROLE: 'api' }), await start({ ROLE: 'worker' })];
    await api.connected();
    await worker.connected();
    const called = new Promise<void>((resolve) => {
      jest.spyOn(worker.app.get(OutboxRelay), 'nudge').mockImplementationOnce(() => resolve());
    });
    await api.add(note, { name: 'x' });
    await called;
    await worker.allDone();
    expect(api.notes.begun).toEqual([]);
  });

  it('learns nothing of what messages say', async () => {
    await redis.start();
    const outbox = await start();
    await outbox.connected();
    await outbox.add(code, { name: 'code 123456' });
    await outbox.allDone();
    const written = redis.written();
    expect(written).toContain('test.code');
    expect(written).not.toContain('123456');
  });

  it('has another installation beside this one', async () => {
    await redis.start();
    const neighbour = await temporaryDatabase();
    await migrate(neighbour.url);
    const here = await start();
    const settings = { REDIS_URL: redis.url, REDIS_PREFIX: 'neighbour' };
    const there = await startOutbox({ databaseUrl: neighbour.url, clock, settings });
    started.push(there);
    await here.connected();
    await there.connected();
    await here.add(note, ...many(20, 'here'));
    await there.add(note, ...many(20, 'there'));
    await here.allDone();
    await there.allDone();
    expect([here.notes.begun.length, there.notes.begun.length]).toEqual([20, 20]);
    await there.close();
    await neighbour.drop();
  });
});
