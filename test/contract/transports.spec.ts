import { fixedClock, type FixedClock } from '@libs/calendar';
import { OutboxRelay } from '@libs/outbox';
import { temporaryDatabase, type TemporaryDatabase } from '@libs/testing';
import { migrate } from '../../src/migrate';
import { code, mass, note, startOutbox, type TestOutbox } from '../support/outbox';
import { workerProcess } from '../support/outbox-process';
import { RedisServer } from '../support/redis';
import { gate, until } from '../support/until';

const START = '2026-11-24T08:00:00.000Z';

describe.each(['embedded', 'redis'] as const)('messages on the %s transport', (kind) => {
  const redis = new RedisServer();
  let database: TemporaryDatabase;
  let clock: FixedClock;
  let settings: Record<string, string>;
  let started: TestOutbox[];
  let prefixes = 0;

  beforeAll(() => (kind === 'redis' ? redis.start() : undefined));
  afterAll(() => redis.drop());

  beforeEach(async () => {
    database = await temporaryDatabase();
    await migrate(database.url);
    clock = fixedClock(START);
    settings = kind === 'redis' ? { REDIS_URL: redis.url, REDIS_PREFIX: `test${++prefixes}` } : {};
    started = [];
  });
  afterEach(async () => {
    for (const each of started) await each.close();
    await database.drop();
  });

  async function start(more: Record<string, string> = {}): Promise<TestOutbox> {
    const outbox = await startOutbox({ databaseUrl: database.url, clock, settings: { ...settings, ...more } });
    started.push(outbox);
    await outbox.connected();
    return outbox;
  }
  const many = (count: number, name = 'm') => Array.from({ length: count }, (_, at) => ({ name: `${name}${at}` }));

  it('are each done once, whichever of two workers takes them', async () => {
    const [one, other] = [await start(), await start()];
    await one.add(mass, ...many(300));
    for (let each = 0; each < 20; each++) await other.add(note, { name: `n${each}` });
    await other.add(code, ...many(20, 'c'));
    await one.allDone();
    const rows = await one.rows();
    expect(rows).toHaveLength(340);
    expect(rows.filter(({ state, attempts, lockedBy }) => state !== 'DONE' || attempts !== 1 || lockedBy)).toEqual([]);
    expect(await one.tries()).toHaveLength(340);
    expect(new Set([...one.notes.begun, ...other.notes.begun]).size).toBe(340);
  });

  it('are tried again when they are due, and are dead in the end', async () => {
    const outbox = await start();
    outbox.notes.failing = true;
    await outbox.add(code, { name: 'سامر' });
    for (let attempt = 1; attempt <= 8; attempt++) {
      await until(async () => (await outbox.tries()).length === attempt);
      await until(async () => (await outbox.rows())[0]!.lockedBy === null);
      const [row] = await outbox.rows();
      expect(row).toMatchObject({ attempts: attempt, lastError: 'Error: cannot take سامر' });
      expect(row!.state).toBe(attempt < 8 ? 'PENDING' : 'DEAD');
      expect(row!.payload).toEqual(attempt < 8 ? { name: 'سامر' } : { erased: true });
      clock.set(row!.availableAt);
      outbox.app.get(OutboxRelay).nudge();
    }
    expect(await outbox.tries()).toHaveLength(8);
  });

  it('go out in a lane of their own while bulk takes all its places', async () => {
    const outbox = await start();
    const { closed, open } = gate();
    outbox.notes.hold = closed;
    await outbox.add(mass, ...many(100));
    await until(() => outbox.notes.begun.length === 16);
    await outbox.add(code, { name: 'code' });
    await until(() => outbox.notes.begun.includes('code'));
    expect(outbox.notes.begun).toHaveLength(17);
    open();
    await outbox.allDone();
    expect(outbox.notes.begun).toHaveLength(101);
  });

  it('are held back by the limit of their lane, and by that of no other', async () => {
    const outbox = await start({ LANE_LIMITS: 'BULK:3' });
    await outbox.add(mass, ...many(10));
    await until(() => outbox.notes.begun.length === 3);
    await outbox.add(code, ...many(20, 'c'));
    await until(() => outbox.notes.begun.length === 23);
    expect(outbox.notes.begun.filter((name) => name.startsWith('m'))).toHaveLength(3);
  });

  it('end in order when their process is told to end, and the rest is done by the next', async () => {
    const outbox = await start();
    const { closed, open } = gate();
    outbox.notes.hold = closed;
    await outbox.add(mass, ...many(40));
    await until(() => outbox.notes.begun.length === 16);
    const ended = outbox.close();
    open();
    await ended;
    expect(outbox.notes.begun).toHaveLength(16);
    const next = await start();
    await next.allDone();
    expect(next.notes.begun).toHaveLength(24);
    expect((await next.rows()).every(({ attempts }) => attempts === 1)).toBe(true);
  });

  it('are done by another when their worker is killed', async () => {
    const process = await workerProcess(database.url, START, settings);
    const outbox = await start({ ROLE: 'api' });
    await outbox.add(note, { name: 'hangs', first: 'hang' }, { name: 'goes' });
    await until(async () => (await outbox.tries()).length === 2);
    await until(async () => (await outbox.rows()).some(({ state }) => state === 'DONE'));
    await process.kill();
    clock.advance({ seconds: 31 });
    const survivor = await start();
    await survivor.allDone();
    expect(survivor.notes.begun).toEqual(['hangs']);
    expect((await survivor.rows()).map(({ attempts }) => attempts)).toEqual([2, 1]);
  });

  it('are not settled by a worker that was taken for dead', async () => {
    const slow = await start();
    const { closed, open } = gate();
    slow.notes.hold = closed;
    await slow.add(code, { name: 'slow' });
    await until(() => slow.notes.begun.length === 1);
    const other = await start();
    other.notes.failing = true;
    // Redis may offer it to the slow one again, which does not take what it has.
    await until(() => {
      clock.advance({ seconds: 31 });
      return other.notes.begun.length === 1;
    });
    await until(async () => (await other.rows())[0]!.lastError !== null);
    open();
    await slow.close();
    expect((await other.rows())[0]).toMatchObject({ state: 'PENDING', attempts: 2, payload: { name: 'slow' } });
  });
});
