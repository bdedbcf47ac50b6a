import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { fixedClock } from '@libs/calendar';
import { startOutbox } from './outbox';

const ROOT = resolve(__dirname, '../..');

/** A worker in a process of its own, at `instant`, that can be killed. */
export async function workerProcess(databaseUrl: string, instant: string, settings: Record<string, string>) {
  const script = ['-r', join(ROOT, 'test/support/register.cjs'), __filename, databaseUrl, instant];
  const child = spawn(process.execPath, [...script, JSON.stringify(settings)], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (!first) throw new Error('the worker did not start');
  return {
    async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') {
      child.kill(signal);
      await ended;
    },
  };
}

async function main([databaseUrl, instant, settings]: string[]): Promise<void> {
  const worker = await startOutbox({
    databaseUrl: databaseUrl!,
    clock: fixedClock(instant!),
    settings: JSON.parse(settings!) as Record<string, string>,
  });
  worker.app.enableShutdownHooks();
  await worker.connected();
  process.send!('ready');
}

if (require.main === module) void main(process.argv.slice(2));
