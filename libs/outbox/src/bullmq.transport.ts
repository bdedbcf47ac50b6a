import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { UnitOfWork } from '@libs/persistence';
import type { Queue, QueueBase, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { LANES, type Lane } from './lanes';
import { OutboxRepo, type Waiting } from './outbox.repo';
import { commandConnection, laneQueues, laneWorkers, listeningConnection, type LaneQueues } from './redis';
import { JobTransport, type TransportState } from './transport';
import { OutboxWorker } from './worker';

/** Messages of a lane that wait in Redis; the others wait in the outbox. */
const MOST_WAITING = 1000;
/** Until a lane that was full is looked at again. */
const FULL_MS = 20;
/** Until Redis is tried again that did not answer, or workers are opened again that could not be. */
const RETRY_MS = 1000;
/** Until Redis is left alone by a process that ends. */
const CLOSE_MS = 3000;

/**
 * Redis carries the ids of due messages to the workers of all processes, a queue a lane, and nothing of what they say.
 * It only gives hints: a worker claims a message in the outbox before it works it, so that a job that Redis lost is
 * given again and one that it gives twice is worked once. While Redis is away each worker takes messages from the
 * outbox as with the embedded transport.
 */
@Injectable()
export class BullMqTransport extends JobTransport {
  private readonly logger = new Logger(BullMqTransport.name);
  private readonly id = randomUUID().slice(0, 8);
  private readonly channel: string;
  private readonly works: boolean;
  private redis: Redis;
  private subscriber: Redis | undefined;
  private lanes: LaneQueues | undefined;
  private workers: Worker[] = [];
  private moving: Promise<void> | undefined;
  private again = false;
  private moves = 0;
  private timer: NodeJS.Timeout | undefined;
  private calling = false;
  private answers = false;
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly uow: UnitOfWork,
    private readonly repo: OutboxRepo,
    private readonly worker: OutboxWorker,
  ) {
    super();
    this.channel = `${config.redisPrefix}:call`;
    this.works = config.role !== 'api';
  }

  /** Does not wait for Redis, which may come later. */
  start(called: () => void): Promise<void> {
    const url = this.config.redisUrl!;
    this.redis = commandConnection(url);
    this.redis.on('error', (error) => this.logger.debug(error));
    this.redis.on('ready', () => void this.cameBack());
    this.redis.on('close', () => void this.wentAway());
    void this.open();
    if (this.works) {
      this.subscriber = listeningConnection(url);
      this.subscriber.on('error', (error) => this.logger.debug(error));
      this.subscriber.on('message', called);
      this.subscriber.subscribe(this.channel).catch((error: unknown) => this.logger.debug(error));
    }
    return Promise.resolve();
  }

  look(): void {
    if (!this.works || this.stopping) return;
    if (this.state() === 'down') return void this.worker.look();
    this.again = true;
    this.moving ??= this.untilMoved();
  }

  call(): void {
    if (this.calling || this.state() === 'down') return;
    this.calling = true;
    // Once for all that was committed in one go.
    setImmediate(() => {
      this.calling = false;
      void this.publish();
    });
  }

  state(): TransportState {
    return this.answers && this.lanes !== undefined ? 'up' : 'down';
  }

  queues(): readonly Queue[] {
    return Object.values(this.lanes ?? {});
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    for (const worker of this.workers) await worker.pause(true);
    await this.moving;
    await this.worker.stop();
    const closed = Promise.all(this.workers.map((worker) => worker.close(!this.answers)));
    await Promise.race([closed, delay(CLOSE_MS, undefined, { ref: false })]);
    if (this.works) {
      // What was given to this process and not begun is for the others.
      await this.takeBack();
      if (this.answers) await this.publish();
    }
    this.subscriber?.disconnect();
    this.redis.disconnect();
  }

  private async open(): Promise<void> {
    while (!this.stopping) {
      const queues = laneQueues(this.config, this.redis);
      this.workers = this.works ? laneWorkers(this.config, (jobId) => this.worker.work(messageOf(jobId))) : [];
      const all: QueueBase[] = [...Object.values(queues), ...this.workers];
      for (const each of all) each.on('error', (error: Error) => this.logger.debug(error));
      try {
        for (const each of all) await each.waitUntilReady();
        for (const worker of this.workers) worker.run().catch((error: unknown) => this.logger.error(error));
        this.lanes = queues;
      } catch (error) {
        this.logger.debug(error);
        for (const worker of this.workers) await worker.close(true);
        await delay(RETRY_MS, undefined, { ref: false });
        continue;
      }
      return this.resume();
    }
  }

  private resume(): void {
    this.worker.rest();
    this.look();
  }

  /** Redis may have lost what waited there; what it still has it takes for the same when it is given again. */
  private async cameBack(): Promise<void> {
    this.answers = true;
    if (this.works) await this.takeBack();
    this.resume();
  }

  private async wentAway(): Promise<void> {
    if (!this.answers) return;
    this.answers = false;
    if (this.stopping) return;
    this.logger.warn('Redis does not answer: messages are taken from the database');
    if (this.works) await this.takeBack();
    this.look();
  }

  private async takeBack(): Promise<void> {
    await this.uow.run(() => this.repo.takeBack()).catch((error: unknown) => this.logger.error(error));
  }

  private async publish(): Promise<void> {
    await this.redis.publish(this.channel, '').catch((error: unknown) => this.logger.debug(error));
  }

  /** Redis that is there and does not take jobs is as good as gone until it answers to a new connection. */
  private failed(error: unknown): boolean {
    this.logger.warn(error);
    if (this.answers) this.redis.disconnect(true);
    return false;
  }

  private async untilMoved(): Promise<void> {
    await Promise.resolve();
    let full = false;
    while (this.again && !this.stopping && this.state() === 'up') {
      this.again = false;
      full = await this.move().catch((error: unknown) => this.failed(error));
    }
    this.moving = undefined;
    if (full && !this.stopping) this.timer = setTimeout(() => this.look(), FULL_MS);
  }

  /** @returns whether a lane took as much as it has room for */
  private async move(): Promise<boolean> {
    const queues = this.lanes!;
    const room: Partial<Record<Lane, number>> = {};
    for (const lane of LANES) room[lane] = MOST_WAITING - (await queues[lane].getWaitingCount());
    const due = await this.repo.due(room);
    if (due.length > 0) {
      const token = `${this.id}-${++this.moves}`;
      const ids = due.map(({ id }) => id);
      const waiting = await this.uow.run(() => this.repo.handOver(ids, token));
      for (const lane of LANES) {
        const jobs = waiting.filter((each) => each.lane === lane);
        if (jobs.length > 0) await queues[lane].addBulk(jobs.map(jobOf));
      }
    }
    return LANES.some((lane) => due.filter((each) => each.lane === lane).length >= room[lane]!);
  }
}

/**
 * One try of one message is one job: given again it is the same one, and a try after it another. BullMQ takes no bare
 * number for an id.
 */
const jobOf = ({ id, attempts, type }: Waiting) => ({
  name: type,
  data: {},
  opts: { jobId: `${id}-${attempts}`, removeOnComplete: true, removeOnFail: true },
});

const messageOf = (jobId: string): number => Number(jobId.split('-')[0]);
