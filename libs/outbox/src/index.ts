import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CONFIG, type Config } from '@libs/config';
import { UnitOfWork } from '@libs/persistence';
import { BullMqTransport } from './bullmq.transport';
import { HandlerRegistry } from './handlers';
import { Leases } from './leases';
import { Outbox, OutboxNudge } from './outbox';
import { OutboxController } from './outbox.controller';
import { OutboxRelay } from './relay';
import { LaneLimits } from './lanes';
import { JobBoard } from './job-board';
import { OperationsController } from './operations.controller';
import { OutboxRepo } from './outbox.repo';
import { OutboxStatus } from './outbox.status';
import { EmbeddedTransport, JobTransport } from './transport';
import { OutboxWorker } from './worker';

export { HandlerRegistry, Handles, type Delivery } from './handlers';
export { Leases } from './leases';
export { defineMessage, messageTypes, Outbox, type MessageType } from './outbox';
export { LANES, type Lane } from './lanes';
export { Lease, OutboxMessage, ProcessedMessage } from './outbox.entities';
export { OutboxRelay } from './relay';
export { Schedules, SchedulesModule } from './schedules';
export { JobBoard } from './job-board';
export { OutboxStatus, type LaneStatus } from './outbox.status';
export { JobTransport } from './transport';
export { OutboxWorker } from './worker';

@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [OutboxController, OperationsController],
  providers: [
    HandlerRegistry,
    LaneLimits,
    Leases,
    Outbox,
    OutboxRelay,
    OutboxRepo,
    OutboxStatus,
    OutboxWorker,
    JobBoard,
    { provide: OutboxNudge, useExisting: OutboxRelay },
    {
      provide: JobTransport,
      inject: [CONFIG, UnitOfWork, OutboxRepo, OutboxWorker],
      useFactory: (config: Config, uow: UnitOfWork, repo: OutboxRepo, worker: OutboxWorker) =>
        config.redisUrl ? new BullMqTransport(config, uow, repo, worker) : new EmbeddedTransport(worker),
    },
  ],
  exports: [Outbox, OutboxRelay, OutboxStatus, OutboxWorker, Leases, JobTransport, JobBoard],
})
export class OutboxModule {}
