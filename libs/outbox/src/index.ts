import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HandlerRegistry } from './handlers';
import { Leases } from './leases';
import { Outbox, OutboxNudge } from './outbox';
import { OutboxController } from './outbox.controller';
import { OutboxRelay } from './relay';
import { EmbeddedTransport, JOB_TRANSPORT } from './transport';

export { HandlerRegistry, Handles, type Delivery } from './handlers';
export { Leases } from './leases';
export { defineMessage, messageTypes, Outbox, type MessageType } from './outbox';
export { LANES, Lease, OutboxMessage, ProcessedMessage, type Lane } from './outbox.entities';
export { OutboxRelay } from './relay';
export { Schedules, SchedulesModule } from './schedules';
export { EmbeddedTransport, type Job, type JobTransport } from './transport';

@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [OutboxController],
  providers: [
    HandlerRegistry,
    Leases,
    Outbox,
    OutboxRelay,
    { provide: OutboxNudge, useExisting: OutboxRelay },
    { provide: JOB_TRANSPORT, useClass: EmbeddedTransport },
  ],
  exports: [Outbox, OutboxRelay, Leases],
})
export class OutboxModule {}
