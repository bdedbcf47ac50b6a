import { Injectable } from '@nestjs/common';
import { pageOf, Problem, skipped, type Page } from '@libs/http';
import { Outbox } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import { DELIVERY } from './delivery-worker';
import { WebhookDelivery, WebhookEvent } from './webhook.entities';
import { WEBHOOKS } from './webhook.problems';
import type { DeliveriesQuery } from './webhooks.dto';

export interface DeliveredEvent {
  delivery: WebhookDelivery;
  event: WebhookEvent;
}

/** What became of events on their way to endpoints. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** Newest first. */
  async list({ endpointId, state, ...query }: DeliveriesQuery): Promise<Page<DeliveredEvent>> {
    const [rows, total] = await this.store.reads(WebhookDelivery).findAndCount({
      where: { ...(endpointId && { endpointId }), ...(state && { state }) },
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    const events = await this.store.reads(WebhookEvent).findBy({ id: In(rows.map(({ eventId }) => eventId)) });
    const byId = new Map(events.map((event) => [event.id, event]));
    const items = rows.map((delivery) => ({ delivery, event: byId.get(delivery.eventId)! }));
    return pageOf(query, items, total);
  }

  /**
   * A dead one starts again, under the id it had, for the endpoint as it is today.
   * @throws {Problem} http.not-found, notifications.delivery-not-dead
   */
  replay(id: number): Promise<DeliveredEvent> {
    return this.uow.run(async () => {
      const was = await this.store.reads(WebhookDelivery).findOneBy({ id });
      if (!was) throw new Problem('http.not-found');
      const revived = { state: 'PENDING', attempts: 0, replays: was.replays + 1, settledAt: null } as const;
      const dead = { id, state: 'DEAD' as const, replays: was.replays };
      if ((await this.store.update(WebhookDelivery, dead, revived)) === 0) {
        throw new Problem(WEBHOOKS['notifications.delivery-not-dead'], { extra: { state: was.state } });
      }
      await this.outbox.add(DELIVERY, { deliveryId: id, attempts: 0, replays: revived.replays });
      await this.audit.record({ action: 'notifications.webhook-replayed', detail: { deliveryId: id } });
      const event = await this.store.reads(WebhookEvent).findOneByOrFail({ id: was.eventId });
      return { delivery: { ...was, ...revived }, event };
    });
  }
}
