import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { GatewayEvent } from './gateway.entity';

/** What gateways said: it only grows. */
@Injectable()
export class GatewayEvents {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the active unit. */
  async add(event: Omit<GatewayEvent, 'id' | 'at'>): Promise<void> {
    await this.store.insert(GatewayEvent, { id: await this.ids.one(), ...event, at: this.clock.now() });
  }

  of(transactionId: number): Promise<GatewayEvent[]> {
    return this.store.reads(GatewayEvent).find({ where: { transactionId }, order: { at: 'ASC', id: 'ASC' } });
  }
}
