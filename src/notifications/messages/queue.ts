import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { defineMessage, LANES, Outbox, type Lane, type MessageType } from '@libs/outbox';
import { IdAllocator, Store } from '@libs/persistence';
import { smsSize } from '../channels/sms-segments';
import { Preferences } from '../contacts/preferences';
import { mayLeaveAt, OUTSIDE_WORKING_HOURS } from '../limits/quiet-hours.rules';
import type { Channel, Language } from '../templates/template.entity';
import type { Topic } from '../templates/topics';
import { Message, MessageContent } from './message.entity';
import { Suppressions } from './suppression';

/** Messages that one outbox message carries. */
const CARRIED = 100;
/** For so long a message without an end of its own waits for limits and providers; words of codes stand in the outbox alone. */
const LONGEST_DAYS: Record<Lane, number> = { OTP: 1, EMERGENCY: 1, TRANSACTIONAL: 7, BULK: 7 };

/** Their words stand in the table of contents. */
export interface Carried {
  ids: number[];
  /** They have their place in the minute of the provider already. */
  placed?: boolean;
}
/** Words that stand nowhere else, and are erased once they have left or died. */
export interface Secret {
  messageId: number;
  subject: string | null;
  text: string;
  placed?: boolean;
}

const ofEachLane = <T>(name: string, options?: { secret: boolean }) =>
  Object.fromEntries(
    LANES.map((lane) => [lane, defineMessage<T>(`${name}.${lane.toLowerCase()}`, lane, options)]),
  ) as Record<Lane, MessageType<T>>;

export const SEND = ofEachLane<Carried>('notifications.send');
export const SEND_SECRET = ofEachLane<Secret>('notifications.secret', { secret: true });

/** A message that is ready but for its number. */
export interface Draft {
  dedupeKey: string;
  channel: Channel;
  recipient: string;
  oneRecordId: number | null;
  language: Language;
  subject: string | null;
  body: string;
  /** A path of ours. */
  link: string | null;
}

/** What the drafts of one call have in common. */
export interface Common {
  topic: Topic;
  lane: Lane;
  templateId: number | null;
  noticeId: number | null;
  departmentId: number | null;
  expiresAt: Instant | null;
}

/** Cost in agorot. */
export interface ChannelEstimate {
  messages: number;
  segments: number;
  cost: number;
}

export interface Queued {
  /** In the order of the drafts: also of one queued before under the same key. */
  ids: number[];
  queued: number;
  suppressed: number;
  /** Known under their keys from before. */
  known: number;
}

const COLUMNS = [
  ...(['id', 'dedupeKey', 'channel', 'recipient', 'oneRecordId', 'topic', 'lane', 'language', 'templateId'] as const),
  ...(['noticeId', 'departmentId', 'state', 'provider', 'providerReference', 'encoding', 'segments', 'cost'] as const),
  ...(['attempts', 'failureCode', 'expiresAt', 'createdAt', 'sentAt', 'settledAt'] as const),
] as const;
const CONTENT_COLUMNS = ['id', 'subject', 'body', 'link', 'createdAt'] as const;

/** Writes messages down and has them sent, in the caller's unit of work. */
@Injectable()
export class MessageQueue {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly suppressions: Suppressions,
    private readonly preferences: Preferences,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One key, one message. What is kept back is written down, too, and goes nowhere. */
  async add(drafts: readonly Draft[], common: Common): Promise<Queued> {
    const known = await this.known(drafts);
    const fresh = new Map<string, Draft>();
    for (const draft of drafts) {
      if (!known.has(draft.dedupeKey) && !fresh.has(draft.dedupeKey)) fresh.set(draft.dedupeKey, draft);
    }
    const before = known.size;
    const list = [...fresh.values()];
    const kept = await this.suppressions.judge(common.topic, list);
    const ids = await this.ids.many(list.length);
    list.forEach(({ dedupeKey }, at) => known.set(dedupeKey, ids[at]!));
    await this.insert(list, ids, kept, common);
    const sent = list.map((draft, at) => ({ draft, id: ids[at]! })).filter((_, at) => kept[at] === null);
    await this.enqueue(sent, common.lane);
    return {
      ids: drafts.map(({ dedupeKey }) => known.get(dedupeKey)!),
      queued: sent.length,
      suppressed: list.length - sent.length,
      known: before,
    };
  }

  /** What {@link add} would queue, by channel. */
  async estimate(drafts: readonly Draft[], topic: Topic) {
    const kept = await this.suppressions.judge(topic, drafts);
    const channels: Partial<Record<Channel, ChannelEstimate>> = {};
    const sent = drafts.filter((_, at) => kept[at] === null);
    for (const { channel, body } of sent) {
      const size = this.sizeOf(channel, body);
      const sum = (channels[channel] ??= { messages: 0, segments: 0, cost: 0 });
      sum.messages++;
      sum.segments += size.segments;
      sum.cost += size.cost;
    }
    return { channels, suppressed: drafts.length - sent.length };
  }

  private async known(drafts: readonly Draft[]): Promise<Map<string, number>> {
    const rows = await this.store.selectIn<{ id: number | string; key: string }>(
      (list) => `SELECT "id", "dedupe_key" AS "key" FROM "messages" WHERE "dedupe_key" IN (${list})`,
      [...new Set(drafts.map(({ dedupeKey }) => dedupeKey))],
    );
    return new Map(rows.map(({ id, key }) => [key, Number(id)]));
  }

  private async insert(
    drafts: readonly Draft[],
    ids: readonly number[],
    kept: readonly (string | null)[],
    common: Common,
  ): Promise<void> {
    const now = this.clock.now();
    const { topic, lane, templateId, noticeId, departmentId } = common;
    const expiresAt = common.expiresAt ?? addDuration(now, { days: LONGEST_DAYS[lane] });
    const rows = drafts.map(({ dedupeKey, channel, recipient, oneRecordId, language, body }, at) => {
      const { encoding, segments, cost } = this.sizeOf(channel, body);
      const failure = kept[at] ?? null;
      return [
        ...[ids[at], dedupeKey, channel, recipient, oneRecordId, topic.code, lane, language, templateId],
        ...[noticeId, departmentId, failure === null ? 'QUEUED' : 'SUPPRESSED', null, null, encoding, segments],
        ...[failure === null ? cost : 0, 0, failure, expiresAt, now, null, failure === null ? null : now],
      ];
    });
    await this.store.bulkInsert(Message, COLUMNS, rows);
    if (isSecret(lane)) return;
    const contents = drafts.map(({ subject, body, link }, at) => [ids[at], subject, body, link, now]);
    await this.store.bulkInsert(MessageContent, CONTENT_COLUMNS, contents);
  }

  /** What a message takes of the operator, and what that costs in agorot. */
  sizeOf(channel: Channel, body: string) {
    if (channel !== 'SMS') return { encoding: null, segments: 1, cost: 0 };
    const { encoding, segments } = smsSize(body);
    return { encoding, segments, cost: segments * (this.config.smsSegmentPrice.ILS ?? 0) };
  }

  private async enqueue(messages: readonly { draft: Draft; id: number }[], lane: Lane): Promise<void> {
    const now = this.clock.now();
    if (isSecret(lane)) {
      for (const { draft, id } of messages) {
        await this.outbox.add(SEND_SECRET[lane], { messageId: id, subject: draft.subject, text: draft.body }, now);
      }
      return;
    }
    const records = messages.flatMap(({ draft: { oneRecordId } }) => (oneRecordId === null ? [] : [oneRecordId]));
    const inDaytime = await this.preferences.inDaytime(records);
    const isPatient = ({ draft: { oneRecordId } }: (typeof messages)[number]) =>
      oneRecordId !== null && inDaytime.has(oneRecordId);
    await this.carry(
      lane,
      messages.filter((each) => !isPatient(each)),
      mayLeaveAt(now, lane, this.config.quietHours),
    );
    await this.carry(lane, messages.filter(isPatient), mayLeaveAt(now, lane, OUTSIDE_WORKING_HOURS));
  }

  private async carry(lane: Lane, messages: readonly { id: number }[], at: Instant): Promise<void> {
    const ids = messages.map(({ id }) => id);
    const carried = Array.from({ length: Math.ceil(ids.length / CARRIED) }, (_, chunk) => ({
      ids: ids.slice(chunk * CARRIED, (chunk + 1) * CARRIED),
    }));
    await this.outbox.addMany(SEND[lane], carried, at);
  }
}

/** Codes are kept nowhere but in their outbox message. */
const isSecret = (lane: Lane): boolean => lane === 'OTP';
