import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(__dirname, '../../..');

export interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** The product in a process of its own that can be killed and started again at the same address. */
export class KillableServer {
  private child: ChildProcess;
  private port = 0;
  private ready: Promise<void>;
  kills = 0;

  constructor(
    private readonly databaseUrl: string,
    private readonly settings: Record<string, string> = {},
  ) {}

  async start(): Promise<void> {
    this.port ||= await freePort();
    const env = {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: this.databaseUrl,
      PORT: String(this.port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      REQUESTS_PER_MINUTE: '999999999',
      ...this.settings,
    };
    const script = ['-r', resolve(ROOT, 'test/support/register.cjs'), resolve(ROOT, 'src/main.ts')];
    this.child = spawn(process.execPath, script, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
    this.ready = this.untilReady();
    await this.ready;
  }

  /** With SIGKILL, in the middle of whatever it does; then again from the start. */
  async kill(): Promise<void> {
    this.kills++;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
    await this.start();
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  /** As a client that was not answered does: the same request again until there is an answer. */
  async request(method: string, path: string, token: string | null, body?: unknown, key?: string): Promise<Answer> {
    for (;;) {
      await this.ready;
      try {
        const answer = await fetch(`http://127.0.0.1:${this.port}/api/v1${path}`, {
          method,
          headers: {
            'content-type': 'application/json',
            ...(token !== null && { authorization: `Bearer ${token}` }),
            ...(key !== undefined && { 'idempotency-key': key }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        if (answer.status < 500) return { status: answer.status, body: await answer.json() };
      } catch {
        // Cut off: nobody knows whether it was done.
      }
      await pause(20);
    }
  }

  private async untilReady(): Promise<void> {
    for (;;) {
      const there = await fetch(`http://127.0.0.1:${this.port}/health/ready`).catch(() => null);
      if (there?.ok) return;
      if (this.child.exitCode !== null) throw new Error('the server did not start');
      await pause(50);
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
