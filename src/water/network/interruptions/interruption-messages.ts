import { Injectable } from '@nestjs/common';
import { defineMessage, Handles, Outbox, type Lane } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { Holders } from '../../../billing';
import { LegacyMirror } from '../../../legacy';
import { Contacts, defineTemplate, defineTopic, Notifications, type Address } from '../../../notifications';
import { NetworkZones, SUPPLIED_STATES } from '../zones';
import { Interruption, InterruptionNotice } from './interruption.entity';

const TOPIC = defineTopic({
  code: 'water-interruptions',
  ar: 'انقطاع المياه وعودتها',
  en: 'Water interruptions',
  mandatory: false,
});

const TEXTS = {
  ar: { subject: 'انقطاع المياه', body: '{{notice}}' },
  en: { subject: 'Water interruption', body: '{{notice}}' },
};

const INTERRUPTION_NOTICE = defineTemplate({
  code: 'water.interruption',
  topic: TOPIC,
  lane: 'TRANSACTIONAL',
  placeholders: { notice: 'text' },
  texts: {
    SMS: { ar: '{{municipality}}: {{notice}}', en: '{{municipality}}: {{notice}}' },
    INAPP: TEXTS,
    PUSH: TEXTS,
  },
});

/** Subscriptions that are written to in one unit. */
const AT_ONCE = 500;

/** The subscribers of the zone from the one after `afterId` on are to be told of a notice. */
const TELL = defineMessage<{ noticeId: number; afterId: number }>('water.interruption-tell', 'EMERGENCY');

/** Brings notices of interruptions to the subscribers of the zone, some hundreds at a time. */
@Injectable()
export class InterruptionMessages {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly zones: NetworkZones,
    private readonly holders: Holders,
    private readonly mirror: LegacyMirror,
    private readonly contacts: Contacts,
    private readonly notifications: Notifications,
  ) {}

  /** In the active unit. */
  async begin(noticeId: number): Promise<void> {
    await this.outbox.add(TELL, { noticeId, afterId: 0 });
  }

  /** May run again: of one phone or record one message a notice, however many subscriptions it has. */
  @Handles(TELL)
  async tell({ noticeId, afterId }: { noticeId: number; afterId: number }): Promise<void> {
    await this.uow.run(async () => {
      const notice = await this.store.reads(InterruptionNotice).findOneByOrFail({ id: noticeId });
      const page = await this.zones.subscriptionsAfter(notice.zoneId, SUPPLIED_STATES, afterId, AT_ONCE);
      if (page.length === 0) return;
      const { records, phones } = await this.reached(page.map(({ accountId }) => accountId));
      const values = { notice: { ar: notice.textAr, en: notice.textEn } };
      const key = `water.interruption:${noticeId}`;
      const to = (address: Address, of: string) => ({ to: address, values, dedupeKey: `${key}:${of}` });
      const common = { template: INTERRUPTION_NOTICE, ...(await this.urgency(notice)) };
      const byPhone = [...phones].map(([phone, address]) => to(address, phone));
      await this.notifications.sendMany(byPhone, { ...common, channels: ['SMS'] });
      const byRecord = records.map((oneRecordId) => to({ oneRecordId }, String(oneRecordId)));
      await this.notifications.sendMany(byRecord, { ...common, channels: ['INAPP', 'PUSH'] });
      await this.outbox.add(TELL, { noticeId, afterId: page.at(-1)!.id });
    });
  }

  /** A zone that has lost its water is told at any hour; what comes too late is not told at all. */
  private async urgency(notice: InterruptionNotice): Promise<{ lane: Lane; expiresAt?: string }> {
    const { kind } = await this.store.reads(Interruption).findOneByOrFail({ id: notice.interruptionId });
    const isAhead = notice.kind === 'ANNOUNCEMENT' || notice.kind === 'UPDATE';
    const lane = kind === 'EMERGENCY' && isAhead ? 'EMERGENCY' : 'TRANSACTIONAL';
    return { lane, ...(isAhead && { expiresAt: notice.untilAt }) };
  }

  /** Records that hold these accounts, and for each phone whom to write to: the record, else the payer's number alone. */
  private async reached(accountIds: readonly number[]) {
    const held = [...(await this.holders.of(accountIds)).values()];
    const records = [...new Set(held.flatMap(({ oneRecordId }) => oneRecordId ?? []))];
    const contacts = await this.contacts.of(records);
    const payers = held.flatMap(({ legacyCitizenId }) => legacyCitizenId ?? []);
    const labels = new Map((await this.mirror.labels(payers)).map((label) => [label.id, label.phoneE164]));
    const phones = new Map<string, Address>();
    for (const { oneRecordId, legacyCitizenId } of held) {
      const own = oneRecordId === null ? null : (contacts.get(oneRecordId)?.phone ?? null);
      if (own !== null && oneRecordId !== null) phones.set(own, { oneRecordId });
      const payer = legacyCitizenId === null ? null : (labels.get(legacyCitizenId) ?? null);
      if (own === null && payer !== null && !phones.has(payer)) phones.set(payer, { phone: payer });
    }
    return { records, phones };
  }
}
