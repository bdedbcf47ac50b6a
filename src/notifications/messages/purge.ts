import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { inPieces, removeInPieces, Store, UnitOfWork } from '@libs/persistence';
import { In, LessThan, Not, type FindOptionsWhere, type ObjectType } from 'typeorm';
import { SandboxMessage } from '../channels/channel.entities';
import { InboundMessage } from '../inbound/inbound.entity';
import { MessageCounter } from '../limits/counter.entity';
import { ShortLink } from '../links/short-link.entity';
import { WebhookDelivery, WebhookEvent } from '../webhooks/webhook.entities';
import { Message, MessageContent, MessageEvent } from './message.entity';

const AT_ONCE = 1000;
const LEASE_SECONDS = 600;

/**
 * Takes away at night what is kept for a while only: words of messages, what a sandbox was given and webhooks that have
 * come to an end, messages themselves, also those of citizens, much later, links that are over, counters of past days.
 * What stands in an inbox stays there.
 */
@Injectable()
export class MessagePurge implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly schedules: Schedules,
    private readonly leases: Leases,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('message-purge', this.config.messagePurgeCron, () =>
      this.leases.once('notifications.purge', LEASE_SECONDS, () => this.run()),
    );
  }

  /** @returns the rows that were removed */
  async run() {
    const now = this.clock.now();
    const before = (at: Instant) => LessThan(at) as never;
    const old = addDuration(now, { days: -this.config.contentDays });
    const older = addDuration(now, { days: -this.config.messageDays });
    return {
      contents: await this.remove(MessageContent, { createdAt: before(old) }),
      sandbox: await this.remove(SandboxMessage, { receivedAt: before(old) }),
      messages: await this.removeMessages(older),
      inbound: await this.remove(InboundMessage, { receivedAt: before(older) }),
      deliveries: await this.remove(WebhookDelivery, { state: Not('PENDING'), settledAt: before(old) }),
      events: await this.removeEvents(old),
      links: await this.remove(ShortLink, { expiresAt: before(addDuration(now, { days: -1 })) }),
      counters: await this.remove(MessageCounter, { endsAt: before(now) }),
    };
  }

  /** Day by day from the oldest on, so that those which stay are not read again and again. */
  private async removeMessages(before: Instant): Promise<number> {
    const [first] = await this.store.reads(Message).find({ order: { createdAt: 'ASC', id: 'ASC' }, take: 1 });
    const sql = `SELECT m."id" FROM "messages" m WHERE m."created_at" >= ? AND m."created_at" < ?
      AND NOT EXISTS (SELECT 1 FROM "inbox_items" i WHERE i."message_id" = m."id")`;
    const page = this.store.page(sql, 'm."created_at", m."id"', 0, AT_ONCE);
    let removed = 0;
    for (let from = first?.createdAt ?? before; from < before; from = addDuration(from, { days: 1 })) {
      const until = [addDuration(from, { days: 1 }), before].sort()[0]!;
      removed += await inPieces(
        this.uow,
        () => this.idsOf(page, [from, until]),
        async (ids) => {
          await this.store.remove(MessageEvent, { messageId: In(ids) });
          await this.store.remove(MessageContent, { id: In(ids) });
          return this.store.remove(Message, { id: In(ids) });
        },
      );
    }
    return removed;
  }

  /** Those that no endpoint is or was told of any more. */
  private removeEvents(before: Instant): Promise<number> {
    const sql = `SELECT e."id" FROM "webhook_events" e WHERE e."occurred_at" < ?
      AND NOT EXISTS (SELECT 1 FROM "webhook_deliveries" d WHERE d."event_id" = e."id")`;
    const page = this.store.page(sql, 'e."occurred_at", e."id"', 0, AT_ONCE);
    return inPieces(
      this.uow,
      () => this.idsOf(page, [before]),
      (ids) => this.store.remove(WebhookEvent, { id: In(ids) }),
    );
  }

  private remove<E extends { id: number | string }>(entity: ObjectType<E>, where: FindOptionsWhere<E>) {
    return removeInPieces(this.store, this.uow, entity, where);
  }

  private async idsOf(sql: string, parameters: readonly Instant[]): Promise<number[]> {
    return (await this.store.sql<{ id: number | string }>(sql, parameters)).map(({ id }) => Number(id));
  }
}
