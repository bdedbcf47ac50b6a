import { Inject, Injectable, Logger } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { defineMessage, Handles, Outbox } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { CloudEvent, HTTP } from 'cloudevents';
import { MOST_FAILURES, shouldSuspend, stateAfter } from './delivery.rules';
import { signatureHeaders } from './endpoint-secrets';
import { guardedPost, type PostOutcome } from './guarded-post';
import { WebhookDelivery, WebhookEndpoint, WebhookEvent } from './webhook.entities';

interface DeliveryMessage {
  deliveryId: number;
  /** As they stood when the message was made: it is for that attempt and no other. */
  attempts: number;
  replays: number;
}

/** Machines wait for machines: webhooks go behind everything that people wait for. */
export const DELIVERY = defineMessage<DeliveryMessage>('notifications.webhook', 'BULK');

/** Takes events to endpoints. */
@Injectable()
export class DeliveryWorker {
  private readonly logger = new Logger(DeliveryWorker.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** May run again for an attempt that was made: the endpoint knows the event by its id, which never changes. */
  @Handles(DELIVERY)
  async deliver({ deliveryId, attempts, replays }: DeliveryMessage): Promise<void> {
    const waiting = { id: deliveryId, state: 'PENDING' as const, attempts, replays };
    const delivery = await this.store.reads(WebhookDelivery).findOneBy(waiting);
    if (!delivery) return;
    const endpoint = await this.store.reads(WebhookEndpoint).findOneByOrFail({ id: delivery.endpointId });
    if (endpoint.state !== 'ACTIVE') {
      const now = this.clock.now();
      const left = { state: 'DEAD', failure: `ENDPOINT_${endpoint.state}`, settledAt: now } as const;
      await this.uow.run(() => this.store.update(WebhookDelivery, waiting, left));
      return;
    }
    const event = await this.store.reads(WebhookEvent).findOneByOrFail({ id: delivery.eventId });
    const triedAt = this.clock.now();
    const outcome = await guardedPost({
      url: endpoint.url,
      ...this.message(event, endpoint, triedAt),
      timeoutMs: this.config.webhookTimeoutSeconds * 1000,
      allowPrivate: this.config.webhookAllowPrivate,
    });
    await this.settle(delivery, outcome, triedAt);
  }

  /** A CloudEvent in structured mode, signed. */
  private message(event: WebhookEvent, endpoint: WebhookEndpoint, at: Instant) {
    const id = `evt_${event.id}`;
    const { type, subject, occurredAt: time, data } = event;
    const source = this.config.publicUrl;
    const told = HTTP.structured(
      new CloudEvent({ id, type, source, subject, time, datacontenttype: 'application/json', data }),
    );
    const body = String(told.body);
    const signature = signatureHeaders(this.config.jwtSecret, endpoint, { id, at, body });
    return { headers: { ...(told.headers as Record<string, string>), 'user-agent': 'Baladiya', ...signature }, body };
  }

  private async settle(delivery: WebhookDelivery, outcome: PostOutcome, triedAt: Instant): Promise<void> {
    const { id, endpointId, replays } = delivery;
    const attempts = delivery.attempts + 1;
    const state = stateAfter(attempts, outcome, this.config.webhookRetries);
    const now = this.clock.now();
    await this.uow.run(async () => {
      const changed = await this.store.update(
        WebhookDelivery,
        { id, state: 'PENDING', attempts: delivery.attempts, replays },
        { ...outcome, state, attempts, triedAt, settledAt: state === 'PENDING' ? null : now },
      );
      if (changed === 0) return;
      await this.count(endpointId, outcome);
      if (state !== 'PENDING') return;
      const again = addDuration(now, { minutes: this.config.webhookRetryMinutes });
      await this.outbox.add(DELIVERY, { deliveryId: id, attempts, replays }, again);
    });
  }

  /** An endpoint that never answers would hold up the others: it is left alone after a while. */
  private async count(endpointId: number, outcome: PostOutcome): Promise<void> {
    if (outcome.failure === null) {
      await this.store.sql('UPDATE "webhook_endpoints" SET "failures" = 0 WHERE "id" = ? AND "failures" > 0', [
        endpointId,
      ]);
      return;
    }
    await this.store.sql('UPDATE "webhook_endpoints" SET "failures" = "failures" + 1 WHERE "id" = ?', [endpointId]);
    const { failures, version } = await this.store.reads(WebhookEndpoint).findOneByOrFail({ id: endpointId });
    if (!shouldSuspend(failures, outcome)) return;
    const suspended = { state: 'SUSPENDED', version: version + 1 } as const;
    if ((await this.store.update(WebhookEndpoint, { id: endpointId, state: 'ACTIVE' }, suspended)) === 1) {
      this.logger.warn(`webhook endpoint ${endpointId} suspended: ${outcome.failure}, ${failures} of ${MOST_FAILURES}`);
    }
  }
}
