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
import { OutboxRepo } from './outbox.repo';
import { EmbeddedTransport, JobTransport } from './transport';
import { OutboxWorker } from './worker';

export { HandlerRegistry, Handles, type Delivery } from './handlers';
export { Leases } from './leases';
export { defineMessage, messageTypes, Outbox, type MessageType } from './outbox';
export { LANES, type Lane } from './lanes';
export { Lease, OutboxMessage, ProcessedMessage } from './outbox.entities';
export { OutboxRelay } from './relay';
export { Schedules, SchedulesModule } from './schedules';
export { JobTransport } from './transport';

@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [OutboxController],
  providers: [
    HandlerRegistry,
    LaneLimits,
    Leases,
    Outbox,
    OutboxRelay,
    OutboxRepo,
    OutboxWorker,
    { provide: OutboxNudge, useExisting: OutboxRelay },
    {
      provide: JobTransport,
      inject: [CONFIG, UnitOfWork, OutboxRepo, OutboxWorker],
      useFactory: (config: Config, uow: UnitOfWork, repo: OutboxRepo, worker: OutboxWorker) =>
        config.redisUrl ? new BullMqTransport(config, uow, repo, worker) : new EmbeddedTransport(worker),
    },
  ],
  exports: [Outbox, OutboxRelay, Leases, JobTransport],
})
export class OutboxModule {}
