import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CONFIG, type Config } from '@libs/config';
import { UnitOfWork } from '@libs/persistence';
import { HandlerRegistry } from './handlers';
import { JobBoard } from './job-board';
import { LaneLimits } from './lanes';
import { Leases } from './leases';
import { OperationsController } from './operations.controller';
import { Outbox, OutboxNudge } from './outbox';
import { OutboxController } from './outbox.controller';
import { OutboxRepo } from './outbox.repo';
import { OutboxStatus } from './outbox.status';
import { OutboxPurge } from './purge';
import { OutboxRelay } from './relay';
import { EmbeddedTransport, JobTransport } from './transport';
import { OutboxWorker } from './worker';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    HandlerRegistry,
    LaneLimits,
    Leases,
    Outbox,
    OutboxRelay,
    OutboxRepo,
    OutboxStatus,
    OutboxWorker,
    { provide: OutboxNudge, useExisting: OutboxRelay },
    {
      provide: JobTransport,
      inject: [CONFIG, UnitOfWork, OutboxRepo, OutboxWorker],
      useFactory: async (config: Config, uow: UnitOfWork, repo: OutboxRepo, worker: OutboxWorker) => {
        if (!config.redisUrl) return new EmbeddedTransport(worker);
        // Loaded by who has Redis only.
        const { BullMqTransport } = await import('./bullmq.transport');
        return new BullMqTransport(config, uow, repo, worker);
      },
    },
  ],
  exports: [Leases, JobTransport, Outbox, OutboxNudge, OutboxRelay, OutboxStatus, OutboxWorker],
})
export class OutboxModule {}

/** What administrators see of the outbox, and its housekeeping; needs somebody who authenticates them, and schedules. */
@Module({
  controllers: [OutboxController, OperationsController],
  providers: [JobBoard, OutboxPurge],
})
export class OperationsModule {}
