import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { defineMessage, Handles } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { IsNull } from 'typeorm';
import { Notifications, type Recipient, type Sending } from '../messages/notifications';
import { allTopics } from '../templates/topics';
import { AudienceSources, type AudienceMember } from './audience-sources';
import { PublicNotice, type NoticeCount } from './notice.entity';
import { NEWS, NOTICE, noticeValues } from './notice.template';

export const NOTICE_DUE = defineMessage<{ noticeId: number }>('notifications.notice', 'BULK');
export const NOTICE_RECALLED = defineMessage<{ noticeId: number }>('notifications.notice-recalled');
export const COUNT_ASKED = defineMessage<{ noticeId: number; version: number }>('notifications.notice-count', 'BULK');

type NoticeRecipient = Recipient<typeof NOTICE.placeholders>;

/** Goes through the audience of notices, page by page: a page is all that is ever in memory. */
@Injectable()
export class NoticeSending {
  /** People a unit of work. */
  chunk = 1000;

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly notifications: Notifications,
    private readonly sources: AudienceSources,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who would get it, what it would cost; for the version that was asked for and no other. May run again. */
  @Handles(COUNT_ASKED)
  async count({ noticeId, version }: { noticeId: number; version: number }): Promise<void> {
    const notice = await this.store.reads(PublicNotice).findOneBy({ id: noticeId, version });
    if (!notice) return;
    const count: NoticeCount = { at: this.clock.now(), recipients: 0, channels: {}, suppressed: 0, unreachable: 0 };
    let after: string | null = null;
    do {
      const { members, next } = await this.page(notice, after);
      add(count, members.length, await this.notifications.estimate(recipients(notice, members), sendingOf(notice)));
      after = next;
    } while (after !== null);
    await this.uow.run(() => this.store.update(PublicNotice, { id: noticeId, version }, { counted: count }));
  }

  /** From where it was: the cursor moves in the unit that queues, so that nobody is written to twice or left out. */
  @Handles(NOTICE_DUE)
  async send({ noticeId }: { noticeId: number }): Promise<void> {
    const begun = { state: 'SENDING', startedAt: this.clock.now() } as const;
    await this.uow.run(() => this.store.update(PublicNotice, { id: noticeId, state: 'APPROVED' }, begun));
    for (;;) {
      const notice = await this.store.reads(PublicNotice).findOneBy({ id: noticeId, state: 'SENDING' });
      if (!notice) return;
      await this.step(notice);
    }
  }

  @Handles(NOTICE_RECALLED)
  async recall({ noticeId }: { noticeId: number }): Promise<void> {
    await this.notifications.recall(noticeId);
  }

  private async step(notice: PublicNotice): Promise<void> {
    const { id, cursor } = notice;
    const { members, next } = await this.page(notice, cursor);
    await this.uow.run(async () => {
      const ended = next === null ? ({ state: 'SENT', endedAt: this.clock.now() } as const) : {};
      const here = { id, state: 'SENDING' as const, cursor: cursor ?? IsNull() };
      // First, so that a recall or a second worker waits here and finds what this one has done.
      if ((await this.store.update(PublicNotice, here, { cursor: next, ...ended })) === 0) return;
      const queued = await this.notifications.sendMany(recipients(notice, members), sendingOf(notice));
      await this.store.update(
        PublicNotice,
        { id },
        {
          taken: notice.taken + members.length,
          queued: notice.queued + queued.queued,
          suppressed: notice.suppressed + queued.suppressed,
          unreachable: notice.unreachable + queued.unreachable,
        },
      );
    });
  }

  private page({ source, parameters }: PublicNotice, after: string | null) {
    return this.sources.require(source).page(parameters, after, this.chunk);
  }
}

const recipients = (notice: PublicNotice, members: readonly AudienceMember[]): NoticeRecipient[] => {
  const values = noticeValues(notice);
  return members.map((to) => ({ to, values, dedupeKey: `notice:${notice.id}:${keyOf(to)}` }));
};

const sendingOf = ({ id, channels, topic, departmentId }: PublicNotice): Sending<typeof NOTICE.placeholders> => ({
  template: NOTICE,
  topic: allTopics().get(topic) ?? NEWS,
  channels,
  noticeId: id,
  ...(departmentId !== null && { departmentId }),
});

const keyOf = (to: AudienceMember): string =>
  'oneRecordId' in to ? `r${to.oneRecordId}` : 'phone' in to ? `p${to.phone}` : `e${to.email}`;

function add(
  count: NoticeCount,
  members: number,
  { channels, suppressed, unreachable }: Awaited<ReturnType<Notifications['estimate']>>,
): void {
  count.recipients += members;
  count.suppressed += suppressed;
  count.unreachable += unreachable;
  for (const [channel, more] of Object.entries(channels)) {
    const sum = (count.channels[channel as keyof typeof channels] ??= { messages: 0, segments: 0, cost: 0 });
    sum.messages += more.messages;
    sum.segments += more.segments;
    sum.cost += more.cost;
  }
}
