import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { OutboxWorker } from './worker';

export const TRANSPORT_STATES = ['embedded', 'up', 'down'] as const;
export type TransportState = (typeof TRANSPORT_STATES)[number];

/** The way from the outbox to a worker. Whatever it loses is still in the outbox, and due again when its lease ends. */
export abstract class JobTransport {
  /** @param called when another process says that messages wait */
  abstract start(called: () => void): Promise<void>;
  /** Moves what is due towards a worker, as far as there is room. Never throws. */
  abstract look(): void;
  /** Says to the other processes that messages wait. */
  abstract call(): void;
  abstract state(): TransportState;
  /** To look at. */
  abstract queues(): readonly Queue[];
  /** Takes no more jobs, and resolves when the running ones have ended. */
  abstract stop(): Promise<void>;
}

/** The worker of this process takes messages straight from the outbox; so does that of every other. */
@Injectable()
export class EmbeddedTransport extends JobTransport {
  constructor(private readonly worker: OutboxWorker) {
    super();
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  look(): void {
    void this.worker.look();
  }

  call(): void {
    // The others look every now and then.
  }

  state(): TransportState {
    return 'embedded';
  }

  queues(): readonly Queue[] {
    return [];
  }

  stop(): Promise<void> {
    return this.worker.stop();
  }
}
