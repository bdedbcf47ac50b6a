import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { OutboxMessage } from '@libs/outbox';
import { Not } from 'typeorm';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { Message } from '../../src/notifications/messages/message.entity';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk, TEST_TEMPLATE } from '../support/notify';

const ROOT = resolve(__dirname, '../..');
const WORKER = ['-r', join(ROOT, 'test/support/register.cjs'), join(ROOT, 'src/main.ts')];
const MESSAGES = 2000;

describe('a worker that is killed in the middle of a notice', () => {
  let app: TestApp;
  const workers: ChildProcess[] = [];
  beforeAll(async () => {
    // Workers have the clock of the machine: what is queued here is due there.
    app = await startTestApp({ QUIET_HOURS: 'none' }, '2026-01-01T08:00:00.000Z');
  });
  afterAll(async () => {
    for (const worker of workers) {
      if (worker.exitCode !== null || worker.signalCode !== null) continue;
      worker.kill('SIGTERM');
      await once(worker, 'exit');
    }
    await app.close();
  });

  function startWorker(): ChildProcess {
    const settings = { QUIET_HOURS: 'none', MESSAGES_PER_MINUTE: '1000000', DATABASE_URL: app.database.url };
    const env = { ...process.env, NODE_ENV: 'test', ROLE: 'worker', LOG_LEVEL: 'error', ...settings };
    const worker = spawn(process.execPath, WORKER, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
    workers.push(worker);
    return worker;
  }

  it('leaves none out and sends none twice', async () => {
    const desk = notifyDesk(app);
    const kept = () => desk.store.reads(SandboxMessage).countBy({});
    const until = async (done: () => Promise<boolean>) => {
      while (!(await done())) {
        if (workers.some(({ exitCode }) => exitCode)) throw new Error('a worker has failed');
        await new Promise((go) => setImmediate(go));
      }
    };
    const recipients = Array.from({ length: MESSAGES }, (_, at) => ({
      to: { phone: `059${String(at).padStart(6, '0')}5` },
      values: { number: at },
      dedupeKey: `test.kill:${at}`,
    }));
    const expiresAt = '2099-01-01T00:00:00.000Z';
    await desk.notifications.sendMany(recipients, { template: TEST_TEMPLATE, lane: 'EMERGENCY', expiresAt });
    const first = startWorker();
    await until(async () => (await kept()) > 0);
    first.kill('SIGKILL');
    await once(first, 'exit');
    // As if the leases of the dead had run out.
    await desk.uow.run(() =>
      desk.store.update(OutboxMessage, { state: 'PENDING' }, { lockedBy: null, lockedUntil: null }),
    );
    startWorker();
    await until(async () => !(await desk.store.reads(Message).existsBy({ state: Not('SENT') })));
    const [{ n, d }] = (await desk.store.sql(
      'SELECT COUNT(*) AS "n", COUNT(DISTINCT "recipient") AS "d" FROM "sandbox_messages"',
    )) as [{ n: number; d: number }];
    expect([Number(n), Number(d)]).toEqual([MESSAGES, MESSAGES]);
  }, 60_000);
});
