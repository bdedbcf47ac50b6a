import type { JobTransport, LaneStatus, OutboxStatus, OutboxWorker } from '@libs/outbox';
import { Counter, Gauge, type Registry } from 'prom-client';

/** Depth and age by lane, read from the database when they are asked for, and what this process has worked. */
export function observeOutbox(
  registry: Registry,
  status: OutboxStatus,
  worker: OutboxWorker,
  transport: JobTransport,
): void {
  const registers = [registry];
  let reading: Promise<LaneStatus[]> | undefined;
  const lanes = () => (reading ??= status.lanes().finally(() => (reading = undefined)));
  new Gauge({
    name: 'outbox_oldest_seconds',
    help: 'Since when the oldest message that waits has been due, by lane',
    labelNames: ['lane'],
    registers,
    async collect() {
      for (const { lane, oldestAgeSeconds } of await lanes()) this.set({ lane }, oldestAgeSeconds);
    },
  });
  new Gauge({
    name: 'outbox_messages',
    help: 'Messages that are not done, by lane and state',
    labelNames: ['lane', 'state'],
    registers,
    async collect() {
      for (const { lane, waiting, running, later, dead } of await lanes()) {
        for (const [state, count] of Object.entries({ waiting, running, later, dead }))
          this.set({ lane, state }, count);
      }
    },
  });
  new Counter({
    name: 'outbox_tries_total',
    help: 'Tries of messages that ended in this process, by lane and outcome',
    labelNames: ['lane', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const [lane, outcomes] of Object.entries(worker.finished)) {
        for (const [outcome, count] of Object.entries(outcomes)) this.inc({ lane, outcome }, count);
      }
    },
  });
  new Gauge({
    name: 'outbox_redis_up',
    help: '1 while Redis carries the messages, 0 while it is away or there is none',
    registers,
    collect() {
      this.set(transport.state() === 'up' ? 1 : 0);
    },
  });
}
