import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { loggable, Store, UnitOfWork } from '@libs/persistence';
import { HandlerRegistry } from './handlers';
import { ERASED, messageTypes, OutboxNudge } from './outbox';
import { LANES, OutboxMessage } from './outbox.entities';
import { JOB_TRANSPORT, type Job, type JobTransport } from './transport';

/** Jobs of one process at a time; bulk work leaves room for the urgent. */
const CONCURRENCY = 16;
const BULK_CONCURRENCY = 4;
const LEASE_SECONDS = 60;
const MAX_ATTEMPTS = 8;
const IDLE_MIN_MS = 250;
const IDLE_MAX_MS = 5000;

/** Moves committed messages to the transport and keeps their books. */
@Injectable()
export class OutboxRelay extends OutboxNudge implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly owner = `relay-${process.pid}-${randomUUID().slice(0, 8)}`;
  private readonly polls: boolean;
  private timer: NodeJS.Timeout | undefined;
  private readonly inFlight = new Map<Promise<void>, string>();
  private idleMs = IDLE_MIN_MS;
  private active: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly handlers: HandlerRegistry,
    @Inject(JOB_TRANSPORT) private readonly transport: JobTransport,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    super();
    this.polls = config.role !== 'api';
  }

  async onApplicationBootstrap(): Promise<void> {
    this.handlers.check();
    await this.transport.start((job) => this.work(job));
    if (this.polls) this.nudge();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.active;
    await this.transport.stop();
  }

  /** Looks for messages now instead of at the next poll. */
  nudge(): void {
    if (!this.polls || this.stopped) return;
    this.again = true;
    this.idleMs = IDLE_MIN_MS;
    this.active ??= this.loop().finally(() => (this.active = undefined));
  }

  /** Works every message that is due, and waits for it; for tests and the command line. @returns how many */
  async drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const dispatched = await this.dispatchDue();
      total += dispatched;
      if (dispatched === 0 && this.inFlight.size === 0) return total;
      if (dispatched === 0) await Promise.race([...this.inFlight.keys()]);
    }
  }

  private async loop(): Promise<void> {
    clearTimeout(this.timer);
    try {
      while (this.again && !this.stopped) {
        this.again = false;
        while ((await this.dispatchDue()) > 0) this.idleMs = IDLE_MIN_MS;
      }
    } catch (error) {
      this.logger.error(error);
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      const idle = Math.min(this.idleMs * 2, IDLE_MAX_MS);
      this.nudge();
      this.idleMs = idle;
    }, this.idleMs);
  }

  private async dispatchDue(): Promise<number> {
    const now = this.clock.now();
    const due = await this.due(now);
    if (due.length === 0) return 0;
    const lockedUntil = addDuration(now, { seconds: LEASE_SECONDS });
    const jobs = await this.uow.run(async () => {
      const claimed: Job[] = [];
      for (const { id, type, lane, attempts } of due) {
        const lease = { lockedBy: this.owner, lockedUntil, attempts: attempts + 1 };
        const taken = await this.store.update(OutboxMessage, { id, state: 'PENDING', attempts }, lease);
        if (taken === 1) claimed.push({ messageId: id, type, lane });
      }
      return claimed;
    });
    await this.transport.dispatch(jobs);
    return jobs.length;
  }

  private async due(now: string): Promise<OutboxMessage[]> {
    const found: OutboxMessage[] = [];
    const bulk = [...this.inFlight.values()].filter((lane) => lane === 'BULK').length;
    for (const lane of LANES) {
      const room = CONCURRENCY - this.inFlight.size - found.length;
      const limit = lane === 'BULK' ? Math.min(room, BULK_CONCURRENCY - bulk) : room;
      if (limit <= 0) continue;
      const rows = await this.store
        .query(OutboxMessage, 'm')
        .where('m.state = :state AND m.lane = :lane AND m.availableAt <= :now', { state: 'PENDING', lane, now })
        .andWhere('(m.lockedUntil IS NULL OR m.lockedUntil <= :now)')
        .orderBy('m.availableAt')
        .addOrderBy('m.id')
        .take(limit)
        .getMany();
      found.push(...rows);
    }
    return found;
  }

  private work(job: Job): Promise<void> {
    const beat = () => this.extend(job.messageId).catch((error: unknown) => this.logger.warn(error));
    const heartbeat = setInterval(() => void beat(), (LEASE_SECONDS * 1000) / 3);
    const run = this.attempt(job)
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => {
        clearInterval(heartbeat);
        this.inFlight.delete(run);
        this.nudge();
      });
    this.inFlight.set(run, job.lane);
    return run;
  }

  private async extend(id: number): Promise<void> {
    const lockedUntil = addDuration(this.clock.now(), { seconds: LEASE_SECONDS });
    const held = { id, state: 'PENDING' as const, lockedBy: this.owner };
    await this.uow.run(() => this.store.update(OutboxMessage, held, { lockedUntil }));
  }

  private async attempt({ messageId }: Job): Promise<void> {
    const message = await this.store.reads(OutboxMessage).findOneBy({ id: messageId, state: 'PENDING' });
    if (!message) return;
    try {
      const handler = this.handlers.of(message.type);
      if (!handler) throw new Error(`no handler for ${message.type}`);
      await handler(message.payload, { messageId, attempt: message.attempts });
      const done = { state: 'DONE' as const, doneAt: this.clock.now(), lockedBy: null, lockedUntil: null };
      await this.settle(message, { ...done, ...withoutSecret(message) });
    } catch (error) {
      const { type, message: said } = loggable(error);
      const failure = `${type}: ${said}`;
      this.logger.warn(`message ${messageId} ${message.type} attempt ${message.attempts}: ${failure}`);
      const pause = Math.min(2 ** message.attempts * 5, 3600);
      const dead = message.attempts >= MAX_ATTEMPTS;
      await this.settle(message, {
        ...(dead && withoutSecret(message)),
        state: dead ? 'DEAD' : 'PENDING',
        availableAt: addDuration(this.clock.now(), { seconds: pause }),
        lockedBy: null,
        lockedUntil: null,
        lastError: failure.slice(0, 1000),
      });
    }
  }

  private async settle({ id, attempts }: OutboxMessage, changes: Partial<OutboxMessage>): Promise<void> {
    await this.uow.run(() => this.store.update(OutboxMessage, { id, state: 'PENDING', attempts }, changes));
  }
}

const withoutSecret = ({ type }: OutboxMessage): Partial<OutboxMessage> =>
  messageTypes().get(type)?.secret ? { payload: ERASED } : {};
