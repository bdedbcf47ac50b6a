import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A Redis server of its own that can be killed and started again, with what it had or empty. */
export class RedisServer {
  private child: ChildProcess | undefined;
  private port = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'baladiya-redis-'));

  constructor(private readonly options: { keep: boolean } = { keep: true }) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.port ||= await freePort();
    // Written to the file with every command: what was answered is there after a kill.
    const keep = this.options.keep ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
    const listen = ['--port', String(this.port), '--bind', '127.0.0.1'];
    const child = spawn('redis-server', [...listen, ...keep, '--save', '', '--dir', this.folder], { stdio: 'ignore' });
    child.once('error', () => {
      throw new Error('redis-server cannot be started: install the package redis-server (bin/test does)');
    });
    this.child = child;
    await this.untilReady();
  }

  /** With SIGKILL. Unless `empty`, it has what it had when it is started again. */
  async kill({ empty = false } = {}): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
    if (empty) rmSync(join(this.folder, 'appendonlydir'), { recursive: true, force: true });
  }

  /** All that it was ever told to keep. */
  written(): string {
    const folder = join(this.folder, 'appendonlydir');
    return readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'latin1'))
      .join();
  }

  async drop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async untilReady(): Promise<void> {
    for (;;) {
      const probe = new Redis(this.url, { lazyConnect: true, retryStrategy: null });
      probe.on('error', () => undefined);
      const answered = await probe.connect().then(
        () => true,
        () => false,
      );
      probe.disconnect();
      if (answered) return;
      if (this.child!.exitCode !== null) throw new Error(`redis-server ended with ${this.child!.exitCode}`);
      await pause(20);
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
