import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, skipped, type Page } from '@libs/http';
import { defineMessage, Handles, Outbox } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { defineEvent, Webhooks } from '../../../notifications';
import { Zone, type SubscriptionState } from '../../subscriptions/subscription.entity';
import { given } from '../given';
import { NetworkZones, SUPPLIED_STATES } from '../zones';
import { InterruptionMessages } from './interruption-messages';
import { InterruptionNotice, type Interruption, type NoticeKind } from './interruption.entity';
import type { NoticesQuery } from './interruptions.dto';
import { noticeText } from './notice-text';

/** What the message tells whoever brings it to people: once for a zone, not once a subscriber. */
interface InterruptionMessage {
  noticeId: number;
  interruptionId: number;
  kind: NoticeKind;
  zoneId: number;
  fromAt: Instant;
  untilAt: Instant;
  text: { ar: string; en: string };
  /** Who is meant: subscriptions of the zone in one of these states. */
  audience: { zoneId: number; states: readonly SubscriptionState[] };
}

const INTERRUPTION = defineMessage<InterruptionMessage>('water.interruption', 'EMERGENCY');

const TOLD = defineEvent<{
  interruptionId: number;
  kind: NoticeKind;
  zoneId: number;
  fromAt: Instant;
  untilAt: Instant;
  text: { ar: string; en: string };
}>('water.interruption-announced', {
  ar: 'أُعلن قطع للمياه أو تغيّر أو انتهى',
  en: 'A water interruption was announced, changed, cancelled or ended',
});

/** Notices of interruptions: one row and one message each, whatever the number of subscribers. */
@Injectable()
export class InterruptionNotices {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly zones: NetworkZones,
    private readonly webhooks: Webhooks,
    private readonly messages: InterruptionMessages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the active unit, which has changed the interruption. */
  async tell(interruption: Interruption, kind: NoticeKind, createdBy: number): Promise<void> {
    const { id: interruptionId, zoneId, fromAt, untilAt } = interruption;
    const text = noticeText(kind, interruption, await this.store.reads(Zone).findOneByOrFail({ id: zoneId }));
    const id = await this.ids.one();
    await this.store.insert(InterruptionNotice, {
      id,
      interruptionId,
      sequence: (await this.store.reads(InterruptionNotice).countBy({ interruptionId })) + 1,
      zoneId,
      kind,
      fromAt,
      untilAt,
      textAr: text.ar,
      textEn: text.en,
      state: 'QUEUED',
      audience: null,
      createdBy,
      createdAt: this.clock.now(),
      recordedAt: null,
    });
    const audience = { zoneId, states: SUPPLIED_STATES };
    await this.outbox.add(INTERRUPTION, {
      noticeId: id,
      interruptionId,
      kind,
      zoneId,
      fromAt,
      untilAt,
      text,
      audience,
    });
    const told = { interruptionId, kind, zoneId, fromAt, untilAt, text };
    await this.webhooks.publish(TOLD, `water-interruption/${interruptionId}`, told);
  }

  /** Counts whom it concerns and has them told; it stands in the list of notices from then on. May run again. */
  @Handles(INTERRUPTION)
  async record({ noticeId, audience }: InterruptionMessage): Promise<void> {
    await this.uow.run(async () => {
      const counted = await this.zones.audience(audience.zoneId, audience.states);
      const recorded = { state: 'RECORDED', audience: counted, recordedAt: this.clock.now() } as const;
      const first = await this.store.update(InterruptionNotice, { id: noticeId, state: 'QUEUED' }, recorded);
      if (first === 1) await this.messages.begin(noticeId);
    });
  }

  /** Newest first. */
  async list({ zoneId, interruptionId, ...query }: NoticesQuery): Promise<Page<InterruptionNotice>> {
    const [rows, total] = await this.store.reads(InterruptionNotice).findAndCount({
      where: given({ zoneId, interruptionId }),
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }
}
