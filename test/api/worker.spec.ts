import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { Notifications } from '../../src/notifications';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { Store } from '@libs/persistence';
import { startTestApp, type TestApp } from '../support/app';

const ROOT = resolve(__dirname, '../..');
const WORKER = ['-r', join(ROOT, 'test/support/register.cjs'), join(ROOT, 'src/main.ts')];

describe('a process of the role worker', () => {
  let app: TestApp;
  beforeAll(async () => {
    // The worker has the clock of the machine: what is queued here is due there.
    app = await startTestApp({}, '2026-01-01T08:00:00.000Z');
  });
  afterAll(() => app.close());

  it('stays, sends what another process has queued, and ends in order when it is told to', async () => {
    const env = {
      ...process.env,
      NODE_ENV: 'test',
      ROLE: 'worker',
      LOG_LEVEL: 'error',
      DATABASE_URL: app.database.url,
    };
    const worker = spawn(process.execPath, WORKER, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
    let left: unknown;
    const ended = once(worker, 'exit').then((how) => (left = how));
    await app.app.get(Notifications).sms({
      to: '0599000001',
      text: 'مرحباً',
      // That leaves at any hour.
      lane: 'EMERGENCY',
      language: 'ar',
      dedupeKey: 'test.worker:1',
      expiresAt: '2099-01-01T00:00:00.000Z',
    });
    const isSent = () => app.app.get(Store).reads(SandboxMessage).existsBy({ reference: 'test.worker:1' });
    while (left === undefined && !(await isSent())) await new Promise((go) => setImmediate(go));
    expect(left).toBeUndefined();
    worker.kill('SIGTERM');
    await ended;
    expect(left).toEqual([null, 'SIGTERM']);
  });
});
