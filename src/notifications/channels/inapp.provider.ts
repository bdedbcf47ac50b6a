import type { Clock } from '@libs/calendar';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { InboxItem } from './channel.entities';
import type { ChannelProvider, Outcome, OutgoingMessage } from './channel-provider';

const COLUMNS = ['id', 'messageId', 'oneRecordId', 'topic', 'title', 'body', 'link', 'createdAt', 'readAt'] as const;

/** Puts messages into the inbox of their record, each once; that is where they are delivered. */
export class InboxProvider implements ChannelProvider {
  readonly name = 'inbox';
  readonly channel = 'INAPP';

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly clock: Clock,
  ) {}

  async send(messages: readonly OutgoingMessage[]): Promise<Outcome[]> {
    await this.uow.run(async () => {
      const rows = await this.store.selectIn<{ id: number | string }>(
        (list) => `SELECT "message_id" AS "id" FROM "inbox_items" WHERE "message_id" IN (${list})`,
        messages.map(({ messageId }) => messageId),
      );
      const known = new Set(rows.map(({ id }) => Number(id)));
      const fresh = messages.filter(({ messageId, oneRecordId }) => oneRecordId !== null && !known.has(messageId));
      const ids = await this.ids.many(fresh.length);
      const now = this.clock.now();
      const items = fresh.map(({ messageId, oneRecordId, topic, subject, body, link }, at) => {
        return [ids[at], messageId, oneRecordId, topic, subject ?? '', body, link, now, null];
      });
      await this.store.bulkInsert(InboxItem, COLUMNS, items);
    });
    return messages.map(() => ({ state: 'DELIVERED' }));
  }
}
