import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Outbox } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { DELIVERY } from './delivery-worker';
import type { EventType } from './event-types';
import { WebhookDelivery, WebhookEvent } from './webhook.entities';

/** Tells other systems what happened here. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * In the caller's unit of work: endpoints are told if and only if that commits, each at least once, in no certain
   * order. Nothing is written while nobody listens. A plain statement: each payment asks it.
   * @param subject what it is about, `resource/id`, at most 120 characters
   */
  publish<T>(type: EventType<T>, subject: string, data: T & Record<string, unknown>): Promise<void> {
    return this.uow.run(async () => {
      const active = await this.store.sql<{ id: number | string; types: string }>(
        `SELECT "id", "event_types" AS "types" FROM "webhook_endpoints" WHERE "state" = 'ACTIVE' ORDER BY "id"`,
      );
      const listening = active
        .filter(({ types }) => (JSON.parse(types) as string[]).includes(type.name))
        .map(({ id }) => Number(id));
      if (listening.length > 0) await this.tell(listening, { type: type.name, subject, data });
    });
  }

  /** In the active unit, to these endpoints whatever they listen to. @returns the ids of the deliveries, in their order */
  async tell(
    endpointIds: readonly number[],
    { type, subject, data }: Pick<WebhookEvent, 'type' | 'subject' | 'data'>,
  ): Promise<number[]> {
    const now = this.clock.now();
    const eventId = await this.ids.one();
    await this.store.insert(WebhookEvent, { id: eventId, type, subject, occurredAt: now, data });
    const deliveryIds = await this.ids.many(endpointIds.length);
    await this.store.insert(
      WebhookDelivery,
      endpointIds.map((endpointId, at) => ({
        id: deliveryIds[at]!,
        eventId,
        endpointId,
        state: 'PENDING' as const,
        attempts: 0,
        replays: 0,
        status: null,
        latencyMs: null,
        failure: null,
        createdAt: now,
        triedAt: null,
        settledAt: null,
      })),
    );
    for (const deliveryId of deliveryIds) await this.outbox.add(DELIVERY, { deliveryId, attempts: 0, replays: 0 });
    return deliveryIds;
  }
}
