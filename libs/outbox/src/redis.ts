import type { Config } from '@libs/config';
import { Queue, Worker, type ConnectionOptions, type QueueBaseOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { CONCURRENCY, LANES, redisLimit, type Lane } from './lanes';

const RECONNECT_MS = 500;
/** Redis that is there and does not answer. */
const COMMAND_MS = 3000;
/** A process that is killed has its jobs for so long in Redis. Two processes at one message are kept apart by the outbox. */
const LOCK_MS = 10_000;

const retryStrategy = (): number => RECONNECT_MS;

/** Fails at once while Redis is away, instead of keeping what it is told for later. */
export const commandConnection = (url: string): Redis =>
  new Redis(url, { retryStrategy, commandTimeout: COMMAND_MS, enableOfflineQueue: false });

/** Waits for Redis, as who listens does. */
export const listeningConnection = (url: string): Redis =>
  new Redis(url, { retryStrategy, maxRetriesPerRequest: null });

const queueName = (lane: Lane): string => lane.toLowerCase();

const options = (config: Config, connection: ConnectionOptions): QueueBaseOptions & { prefix: string } => ({
  connection,
  prefix: config.redisPrefix,
});

export type LaneQueues = Readonly<Record<Lane, Queue>>;

const byLane = <T>(make: (lane: Lane) => T): Record<Lane, T> =>
  Object.fromEntries(LANES.map((lane) => [lane, make(lane)])) as Record<Lane, T>;

/** A queue a lane: workers of one lane do not wait for those of another. */
export const laneQueues = (config: Config, redis: Redis): LaneQueues =>
  byLane((lane) => new Queue(queueName(lane), { ...options(config, redis), streams: { events: { maxLen: 100 } } }));

/** They do not run yet. Tries are counted by the outbox, so that Redis neither repeats a job nor keeps one. */
export const laneWorkers = (config: Config, work: (jobId: string) => Promise<void>): Worker[] =>
  LANES.map((lane) => {
    const limiter = redisLimit(config, lane);
    return new Worker(queueName(lane), (job) => work(job.id!), {
      ...options(config, { url: config.redisUrl!, retryStrategy, maxRetriesPerRequest: null }),
      autorun: false,
      concurrency: CONCURRENCY[lane],
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      maxStalledCount: 100,
      runRetryDelay: RECONNECT_MS,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      ...(limiter && { limiter }),
    });
  });
