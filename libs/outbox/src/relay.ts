import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { HandlerRegistry } from './handlers';
import { OutboxNudge } from './outbox';
import { JobTransport } from './transport';
import { OutboxWorker } from './worker';

/** So a worker that nobody calls finds a one-time code within its two seconds all the same. */
const IDLE_MIN_MS = 250;
const IDLE_MAX_MS = 1000;

/** Decides when to look for messages: after a commit, when another process calls, and every now and then. */
@Injectable()
export class OutboxRelay extends OutboxNudge implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly works: boolean;
  private timer: NodeJS.Timeout | undefined;
  private idleMs = IDLE_MIN_MS;
  private started = false;

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly worker: OutboxWorker,
    private readonly transport: JobTransport,
    @Inject(CONFIG) config: Config,
  ) {
    super();
    this.works = config.role !== 'api';
  }

  async onApplicationBootstrap(): Promise<void> {
    this.handlers.check();
    await this.transport.start(() => this.nudge());
    this.started = true;
    this.nudge();
  }

  async onApplicationShutdown(): Promise<void> {
    this.started = false;
    clearTimeout(this.timer);
    await this.transport.stop();
  }

  /** Looks for messages now instead of at the next poll. */
  nudge(): void {
    if (!this.started) return;
    if (!this.works) return this.transport.call();
    this.idleMs = IDLE_MIN_MS;
    this.look();
  }

  /** Works every message that is due, in this process, and waits for it; for tests and the command line. @returns how many */
  drain(): Promise<number> {
    return this.worker.drain();
  }

  private look(): void {
    clearTimeout(this.timer);
    this.transport.look();
    this.timer = setTimeout(() => {
      this.idleMs = Math.min(this.idleMs * 2, IDLE_MAX_MS);
      this.look();
    }, this.idleMs);
  }
}
