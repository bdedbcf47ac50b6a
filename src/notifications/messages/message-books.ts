import { Inject, Injectable } from '@nestjs/common';
import { compare, type Clock, type Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Outbox, type Delivery, type Lane } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In, IsNull } from 'typeorm';
import {
  ChannelProviders,
  UNSURE_CODES,
  type ChannelProvider,
  type Outcome,
  type OutgoingMessage,
} from '../channels/channel-provider';
import { BadContacts } from '../contacts/bad-contacts';
import { SendingLimits, type Granted } from '../limits/sending-limits';
import { CHANNELS, type Channel, type Language } from '../templates/template.entity';
import { Message, MessageEvent } from './message.entity';
import { GIVEN_UP, isOfContact, SENDABLE } from './message-state.rules';
import { SEND, SEND_SECRET, type Carried, type Secret } from './queue';
import { SettledMessages } from './settled-messages';
import { Suppressions } from './suppression';

export interface Settlement {
  message: OutgoingMessage;
  outcome: Outcome;
  provider: string | null;
}

interface ClaimedRow {
  id: number | string;
  key: string;
  channel: Channel;
  recipient: string;
  record: number | string | null;
  topic: string;
  lane: Lane;
  language: Language;
  segments: number;
  provider: string | null;
  failed: string | null;
  unsure: number | string;
  subject: string | null;
  body: string | null;
  link: string | null;
}

interface WaitingRow {
  id: number | string;
  channel: Channel;
  recipient: string;
  record: number | string | null;
  topic: string;
  lane: Lane;
  cost: number | string;
  attempts: number;
  department: number | string | null;
  notice: number | string | null;
  expires: string | Date | null;
}
type Waiting = ReturnType<typeof waitingOf>;

/** What was tried before has been paid for. */
const waitingOf = ({ id, record, cost, department, notice, expires, ...row }: WaitingRow) => ({
  ...row,
  id: Number(id),
  oneRecordId: record === null ? null : Number(record),
  cost: row.attempts === 0 ? Number(cost) : 0,
  departmentId: department === null ? null : Number(department),
  noticeId: notice === null ? null : Number(notice),
  expiresAt: expires === null ? null : new Date(expires).toISOString(),
});

/** Marks an outbox message whose messages others carry on. */
const DIVIDED = 'notifications.divided';
const UNSURE_LIST = UNSURE_CODES.map((code) => `'${code}'`).join(', ');
const EVENT_COLUMNS = ['id', 'messageId', 'state', 'provider', 'code', 'at'] as const;
/**
 * A provider that has taken a message may report a failure of its own afterwards; it is not sent again for that. What was
 * given up is carried by a dead letter, and so by nobody until that is replayed; without words it stays so.
 */
const NOT_TAKEN = `"sent_at" IS NULL AND ("state" IN (${SENDABLE.map((state) => `'${state}'`).join(', ')})
  OR ("state" = 'PERMANENT_FAILURE' AND "failure_code" LIKE '${GIVEN_UP}%'
    AND EXISTS (SELECT 1 FROM "message_contents" w WHERE w."id" = "messages"."id")))`;

/** The books of sending, in units of their own: what is taken up, and what became of it. */
@Injectable()
export class MessageBooks {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly badContacts: BadContacts,
    private readonly limits: SendingLimits,
    private readonly suppressions: Suppressions,
    private readonly settled: SettledMessages,
    private readonly providers: ChannelProviders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes up those that still wait, are in time, have words and are within the limits; what an interrupted attempt has
   * taken up, again. Where some have to wait, all of them are queued anew, each part for when it may leave: what carried
   * them is done with, and no second try of it takes up what another carries.
   */
  claim({ ids, placed = false }: Carried, delivery: Delivery): Promise<OutgoingMessage[]> {
    return this.uow.run(async () => {
      if (await this.isDivided(delivery)) return [];
      // A place in a minute is good for that minute alone.
      const { now, later } = await this.granted(ids, placed && delivery.attempt === 1);
      if (later.length > 0) {
        await this.outbox.firstTime(DIVIDED, delivery.messageId);
        const parts = [...later, ...(now.length > 0 ? [{ messages: now, at: this.clock.now(), placed: true }] : [])];
        for (const { messages, ...when } of parts) {
          const carried = { ids: messages.map(({ id }) => id), placed: when.placed };
          await this.outbox.add(SEND[messages[0]!.lane], carried, when.at);
        }
        return [];
      }
      const rows = await this.takeUp(now);
      return rows.flatMap((row) => (row.body === null ? [] : [outgoing(row, { ...row, body: row.body })]));
    });
  }

  claimSecret(secret: Secret, delivery: Delivery): Promise<OutgoingMessage[]> {
    return this.uow.run(async () => {
      if (await this.isDivided(delivery)) return [];
      const { messageId, subject, text, placed = false } = secret;
      const { now, later } = await this.granted([messageId], placed && delivery.attempt === 1);
      if (later.length > 0) await this.outbox.firstTime(DIVIDED, delivery.messageId);
      for (const { messages, ...when } of later) {
        await this.outbox.add(SEND_SECRET[messages[0]!.lane], { ...secret, placed: when.placed }, when.at);
      }
      const rows = await this.takeUp(now);
      return rows.map((row) => outgoing(row, { subject: subject ?? null, body: text, link: null }));
    });
  }

  private async isDivided({ messageId, attempt }: Delivery): Promise<boolean> {
    return attempt > 1 && (await this.outbox.knows(DIVIDED, messageId));
  }

  /**
   * The provider is about to get what another could not send, all of one lane.
   * @returns how many of them it takes in this minute, from the first on
   */
  handOver(messages: readonly OutgoingMessage[], provider: ChannelProvider): Promise<number> {
    return this.uow.run(async () => {
      const room = await this.limits.standIn(provider, messages[0]!.lane, messages.length);
      const rows = messages.slice(0, room).map(({ messageId: id }) => ({ id, values: [provider.name] }));
      if (rows.length > 0) await this.store.bulkUpdate(Message, ['provider'], rows);
      return room;
    });
  }

  /** What the provider said of each; a report that was faster than its answer is not overtaken. */
  settle(settlements: readonly Settlement[]): Promise<void> {
    return this.uow.run(async () => {
      if (settlements.length === 0) return;
      const now = this.clock.now();
      await this.store.bulkUpdate(
        Message,
        ['provider', 'providerReference'],
        settlements.map(({ message, outcome, provider }) => ({
          id: message.messageId,
          values: [provider, ('reference' in outcome && outcome.reference) || message.reference],
        })),
      );
      const groups = new Map<string, Settlement[]>();
      for (const each of settlements) {
        const key = `${each.outcome.state} ${codeOf(each.outcome) ?? ''}`;
        groups.set(key, [...(groups.get(key) ?? []), each]);
      }
      for (const group of groups.values()) await this.settleAlike(group, now);
      const news = settlements.filter((each) => !isOutageStill(each));
      const ids = await this.ids.many(news.length);
      const events = news.map(({ message, outcome, provider }, at) => {
        return [ids[at], message.messageId, outcome.state, provider, codeOf(outcome), now];
      });
      await this.store.bulkInsert(MessageEvent, EVENT_COLUMNS, events);
      const dead = settlements.filter(({ outcome }) => outcome.state === 'PERMANENT_FAILURE');
      for (const { message, outcome } of dead) {
        const code = codeOf(outcome) ?? 'permanent';
        if (isOfContact(code)) await this.badContacts.mark(message.channel, message.to, code);
        const failed = await this.store.reads(Message).findOneBy({ id: message.messageId, state: 'PERMANENT_FAILURE' });
        if (failed) await this.settled.tell(failed, 'PERMANENT_FAILURE', code);
      }
    });
  }

  private async settleAlike(group: readonly Settlement[], now: string): Promise<void> {
    const { outcome } = group[0]!;
    const isFinal = outcome.state === 'DELIVERED' || outcome.state === 'PERMANENT_FAILURE';
    // What was taken back while it left has left, and what failed to stays taken back.
    const from = 'code' in outcome ? 'SENDING' : In(['SENDING', 'CANCELLED']);
    const ids = In(group.map(({ message }) => message.messageId));
    await this.store.update(
      Message,
      { id: ids, state: from },
      { state: outcome.state, failureCode: codeOf(outcome), settledAt: isFinal ? now : null },
    );
    // Also of one whose report came first.
    if (!('code' in outcome)) await this.store.update(Message, { id: ids, sentAt: IsNull() }, { sentAt: now });
  }

  /** The sendable of them that are in time, by what the limits say. */
  private async granted(ids: readonly number[], placed: boolean): Promise<Granted<Waiting>> {
    const now = this.clock.now();
    const rows = await this.store.selectIn<WaitingRow>(
      (each) =>
        `SELECT "id", "channel", "recipient", "one_record_id" AS "record", "topic", "lane", "cost", "attempts",
           "department_id" AS "department", "notice_id" AS "notice", "expires_at" AS "expires"
         FROM "messages" WHERE "id" IN (${each}) AND ${NOT_TAKEN} ORDER BY "id"`,
      ids,
    );
    const all: Waiting[] = [];
    for (const message of rows.map(waitingOf)) {
      const { expiresAt } = message;
      if (expiresAt !== null && compare(expiresAt, now) <= 0) await this.expire(message, expiresAt);
      else all.push(message);
    }
    const wanted = await this.suppressions.sift(all.filter(({ attempts }) => attempts === 0));
    const waiting = [...wanted, ...all.filter(({ attempts }) => attempts > 0)];
    const granted: Granted<Waiting> = { now: [], later: [] };
    for (const channel of CHANNELS) {
      const messages = waiting.filter((message) => message.channel === channel);
      const { now: ready, later } = await this.limits.grant(messages, this.providers.of(channel)[0], placed);
      granted.now.push(...ready);
      granted.later.push(...later);
    }
    return granted;
  }

  private async expire(message: Waiting, at: Instant): Promise<void> {
    const waiting = { id: message.id, state: In(SENDABLE), sentAt: IsNull() };
    if ((await this.store.update(Message, waiting, { state: 'EXPIRED', settledAt: at })) === 0) return;
    const event = [await this.ids.one(), message.id, 'EXPIRED', null, null, at];
    await this.store.bulkInsert(MessageEvent, EVENT_COLUMNS, [event]);
    await this.settled.tell(message, 'EXPIRED', null);
  }

  private async takeUp(waiting: readonly Waiting[]): Promise<ClaimedRow[]> {
    const ids = waiting.map(({ id }) => id);
    await this.store.selectIn(
      (each) =>
        `UPDATE "messages" SET "state" = 'SENDING', "settled_at" = NULL, "attempts" = "attempts" + 1
         WHERE "id" IN (${each}) AND ${NOT_TAKEN}`,
      ids,
    );
    return this.store.selectIn<ClaimedRow>(
      (each) =>
        `SELECT m."id", m."dedupe_key" AS "key", m."channel", m."recipient", m."one_record_id" AS "record", m."topic",
           m."lane", m."language", m."segments", m."provider", m."failure_code" AS "failed", c."subject", c."body", c."link",
           (SELECT COUNT(*) FROM "message_events" e WHERE e."message_id" = m."id" AND e."provider" = m."provider"
              AND e."state" = 'TEMPORARY_FAILURE' AND e."code" IN (${UNSURE_LIST})) AS "unsure"
         FROM "messages" m LEFT JOIN "message_contents" c ON c."id" = m."id"
         WHERE m."id" IN (${each}) AND m."state" = 'SENDING' ORDER BY m."id"`,
      ids,
    );
  }
}

/**
 * One entry tells of an outage, however often the same is found again: there may be a hundred tries a day. Which provider
 * may have taken the message is told of each.
 */
const isOutageStill = ({ message, outcome, provider }: Settlement): boolean =>
  'outage' in outcome &&
  codeOf(outcome) === message.failed &&
  (outcome.state === 'TECHNICAL_FAILURE' || provider === message.provider);

const codeOf = (outcome: Outcome): string | null => ('code' in outcome ? slug(outcome.code) : null);

/** A code of ours: what a provider makes up does not get into statements or tables as it is. */
const slug = (code: string): string =>
  code
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .slice(0, 60);

const outgoing = (
  { id, key, channel, recipient, record, topic, lane, language, segments, provider, failed, unsure }: ClaimedRow,
  words: Pick<OutgoingMessage, 'subject' | 'body' | 'link'>,
): OutgoingMessage => ({
  messageId: Number(id),
  reference: key,
  channel,
  to: recipient,
  oneRecordId: record === null ? null : Number(record),
  topic,
  subject: words.subject,
  body: words.body,
  link: words.link,
  lane,
  language,
  segments,
  provider,
  failed,
  unsure: Number(unsure) > 0,
});
