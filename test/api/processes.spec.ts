import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { OutboxMessage } from '@libs/outbox';
import { Store } from '@libs/persistence';
import { KillableServer, type Answer } from '../../bench/billing/hammer/server';
import { DEMO_PASSWORD } from '../../src/identity';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';
import { RedisServer } from '../support/redis';
import { until } from '../support/until';

const ROOT = resolve(__dirname, '../..');
const MAIN = ['-r', join(ROOT, 'test/support/register.cjs'), join(ROOT, 'src/main.ts')];
const RECORDS = 40;

describe('two api and two worker processes on one database and one Redis', () => {
  const redis = new RedisServer();
  let app: TestApp;
  let servers: KillableServer[] = [];
  let workers: ChildProcess[] = [];

  beforeAll(async () => {
    await redis.start();
    app = await startTestApp({}, '2026-01-01T08:00:00.000Z');
    const settings = { ROLE: 'api', DEMO: 'false', REDIS_URL: redis.url };
    servers = [1, 2].map(() => new KillableServer(app.database.url, settings));
    workers = [startWorker(), startWorker()];
    await Promise.all(servers.map((server) => server.start()));
  }, 60_000);
  afterAll(async () => {
    for (const server of servers) await server.stop();
    for (const worker of workers) await end(worker, 'SIGTERM');
    await app.close();
    await redis.drop();
  });

  function startWorker(): ChildProcess {
    const env = { ...process.env, NODE_ENV: 'test', ROLE: 'worker', LOG_LEVEL: 'error', REDIS_URL: redis.url };
    return spawn(process.execPath, MAIN, {
      cwd: ROOT,
      env: { ...env, DATABASE_URL: app.database.url },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }
  const sent = () => app.app.get(Store).reads(SandboxMessage).find();

  it('send every citizen one code, though a worker and Redis are killed meanwhile', async () => {
    const ids: number[] = [];
    for (let at = 0; at < RECORDS; at++) {
      const phoneE164 = `+9705990${String(10_000 + at)}`;
      ids.push((await seedRecord(app, [], { phoneE164 })).id);
    }
    const tokens = await Promise.all(
      servers.map(async (server) => {
        const login = await server.request('POST', '/auth/login', null, { username: 'clerk', password: DEMO_PASSWORD });
        return login.body.accessToken as string;
      }),
    );
    const ask = (at: number): Promise<Answer> => {
      const path = `/one-records/${ids[at]}/activation`;
      return servers[at % 2]!.request('POST', path, tokens[at % 2]!, {}, `activation-${at}`);
    };
    const half = RECORDS / 2;
    const first = await Promise.all(ids.slice(0, half).map((_, at) => ask(at)));
    expect(first.map(({ status }) => status)).toEqual(Array(half).fill(201));
    await until(async () => (await sent()).length > half / 2);
    await end(workers[0]!, 'SIGKILL');
    await redis.kill({ empty: true });
    const second = await Promise.all(ids.slice(half).map((_, at) => ask(half + at)));
    expect(second.map(({ status }) => status)).toEqual(Array(half).fill(201));
    await redis.start();
    workers.push(startWorker());
    await until(async () => !(await app.app.get(Store).reads(OutboxMessage).existsBy({ state: 'PENDING' })));
    const recipients = (await sent()).map(({ recipient }) => recipient).sort();
    expect(recipients).toEqual(Array.from({ length: RECORDS }, (_, at) => `+9705990${10_000 + at}`));
  }, 120_000);
});
