import { Inject, Injectable } from '@nestjs/common';
import { stripBidiControls } from '@libs/arabic';
import type { Clock, Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import type { Lane } from '@libs/outbox';
import { inPieces, Store, UnitOfWork } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { And, Between, In, IsNull, LessThan, Like, MoreThan, Not, type FindOptionsWhere } from 'typeorm';
import { NOTIFICATIONS } from '../notifications.problems';
import type { Kinds, Template, Values, ValuesOf } from '../templates/define-template';
import { isolatedLine, render } from '../templates/render.rules';
import { Templates, wordingOf, type UsedTemplate } from '../templates/templates';
import type { Channel, Language } from '../templates/template.entity';
import { ACCOUNT, allTopics, GENERAL, type Topic } from '../templates/topics';
import { Addresses, type Address, type Destination } from './addresses';
import { Message } from './message.entity';
import { GIVEN_UP, SENDABLE, type MessageState } from './message-state.rules';
import { MessageQueue, type ChannelEstimate, type Draft, type Queued } from './queue';

export interface Sms {
  /** As people write it; a mobile. */
  to: string;
  text: string;
  lane: Lane;
  /** Default: codes are of the account, other words general. */
  topic?: Topic;
  language: Language;
  /** `module.what:id`, at most 100 characters: the same key again is the same message. */
  dedupeKey: string;
  /** Not sent any more after this. */
  expiresAt?: Instant;
}

/** What all recipients of one call have in common. */
export interface Sending<K extends Kinds> {
  /** What a module has defined, or the code of a template that staff wrote. */
  template: Template<K> | string;
  /** Default: the template's; TRANSACTIONAL for a template of staff. */
  lane?: Lane;
  /** Default: the template's. */
  topic?: Topic;
  /** Default: all for which the template has words, but PRINT. */
  channels?: readonly Channel[];
  /** Not sent any more after this. */
  expiresAt?: Instant;
  noticeId?: number;
  /** On whose behalf. */
  departmentId?: number;
}

export interface Recipient<K extends Kinds> {
  to: Address;
  values: ValuesOf<K>;
  /** `module.what:id`, at most 100 characters: the same key again is the same message, one a channel. */
  dedupeKey: string;
  /** Default: as the person prefers, else Arabic. */
  language?: Language;
}

export interface ManyQueued extends Omit<Queued, 'ids'> {
  /** Recipients without any destination. */
  unreachable: number;
}

/** What sending would take; cost in agorot. */
export interface Estimate {
  channels: Partial<Record<Channel, ChannelEstimate>>;
  suppressed: number;
  /** Recipients without any destination. */
  unreachable: number;
}

/** Messages of a unit that takes them back. */
const RECALLED = 1000;

/** Messages to citizens. All of it joins the caller's unit of work: what is sent leaves if and only if that commits. */
@Injectable()
export class Notifications {
  private readonly around: Record<Language, { municipality: string; publicUrl: string }>;

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly templates: Templates,
    private readonly addresses: Addresses,
    private readonly queue: MessageQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    const publicUrl = config.publicUrl.replace(/\/+$/, '');
    this.around = {
      ar: { municipality: config.municipalityAr, publicUrl },
      en: { municipality: config.municipalityEn, publicUrl },
    };
  }

  /**
   * One message a channel by which the recipient can be reached.
   * @returns ids of the messages, also of those queued before under the same key; none for a record without contact
   * @throws {Problem} notifications.template-unknown, -placeholders, -bad-value; -not-a-mobile and -not-an-address for
   *   a phone or an address that is none
   */
  send<K extends Kinds>({ to, values, dedupeKey, language, ...sending }: Sending<K> & Recipient<K>): Promise<number[]> {
    return this.uow.run(async () => {
      const { drafts, common } = await this.compose(sending, [
        { to, values, dedupeKey, ...(language && { language }) },
      ]);
      if (drafts.length === 0 && 'phone' in to) throw new Problem(NOTIFICATIONS['notifications.not-a-mobile']);
      if (drafts.length === 0 && 'email' in to) throw new Problem(NOTIFICATIONS['notifications.not-an-address']);
      return (await this.queue.add(drafts, common)).ids;
    });
  }

  /**
   * As {@link send} for many, some thousands a call; who cannot be reached is counted, not refused.
   * @throws {Problem} notifications.template-unknown, -placeholders, -bad-value
   */
  sendMany<K extends Kinds>(recipients: readonly Recipient<K>[], sending: Sending<K>): Promise<ManyQueued> {
    return this.uow.run(async () => {
      const { drafts, common, unreachable } = await this.compose(sending, recipients);
      const { ids: _, ...counts } = await this.queue.add(drafts, common);
      return { ...counts, unreachable };
    });
  }

  /** What {@link sendMany} would send, and what that would cost; nothing is written. @throws as {@link sendMany} */
  async estimate<K extends Kinds>(recipients: readonly Recipient<K>[], sending: Sending<K>): Promise<Estimate> {
    const { drafts, common, unreachable } = await this.compose(sending, recipients);
    return { ...(await this.queue.estimate(drafts, common.topic)), unreachable };
  }

  /**
   * A text message in the caller's own words, without template. In Arabic, numbers and Latin are isolated.
   * @returns the id of the message, also of one queued before under the same key
   * @throws {Problem} notifications.not-a-mobile
   */
  sms({ to, text, lane, language, dedupeKey, ...given }: Sms): Promise<number> {
    return this.uow.run(async () => {
      const { kind, e164 } = parsePhone(to);
      if (kind !== 'mobile' || !e164) throw new Problem(NOTIFICATIONS['notifications.not-a-mobile']);
      const clean = stripBidiControls(text);
      const body = language === 'ar' ? isolatedLine(clean) : clean;
      const draft = { dedupeKey, channel: 'SMS', recipient: e164, oneRecordId: null, language, body } as const;
      const { topic = lane === 'OTP' ? ACCOUNT : GENERAL, expiresAt = null } = given;
      const common = { topic, lane, templateId: null, noticeId: null, departmentId: null, expiresAt };
      const { ids } = await this.queue.add([{ ...draft, subject: null, link: null }], common);
      return ids[0]!;
    });
  }

  /** What a template says to somebody, and what it takes to send that as a text message. */
  preview(used: UsedTemplate, channel: Channel, language: Language, values: Values) {
    const wording = wordingOf(used.texts, channel, language);
    if (!wording) return null;
    const words = render(wording, used.row.placeholders, values, this.around[wording.language]);
    return { ...words, language: wording.language, ...this.queue.sizeOf(channel, words.body) };
  }

  /**
   * Takes back what has not left: what waits, what failed and would or could be tried again, and what a provider is just being given,
   * which is SENT all the same if that takes it; in units of some hundreds, so that no code waits for the end of it.
   * @returns how many
   */
  recall(noticeId: number): Promise<number> {
    return this.takeBack({ noticeId });
  }

  /**
   * As {@link recall}, of the messages whose keys begin so, up to a colon: `bills:12` for `bills:12:1042`.
   * @param kept keys that begin so stay: of what took the place of the others
   */
  withdraw(keys: string, kept?: string): Promise<number> {
    const within = [MoreThan(`${keys}:`), LessThan(`${keys};`)];
    if (kept !== undefined) within.push(Not(Between(`${kept}:`, `${kept};`)));
    return this.takeBack({ dedupeKey: And(...within) });
  }

  private async takeBack(which: FindOptionsWhere<Message>): Promise<number> {
    const waiting = { state: In([...SENDABLE]), sentAt: IsNull() };
    const givenUp = { state: 'PERMANENT_FAILURE', failureCode: Like(`${GIVEN_UP}%`), sentAt: IsNull() } as const;
    let taken = 0;
    for (const kind of [waiting, givenUp]) {
      taken += await inPieces(
        this.uow,
        async () => {
          const where = { ...which, ...kind };
          return await this.store.reads(Message).find({ select: { id: true }, where, take: RECALLED });
        },
        (messages) => {
          const some = { ...which, ...kind, id: In(messages.map(({ id }) => id)) };
          return this.store.update(Message, some, { state: 'CANCELLED', settledAt: this.clock.now() });
        },
      );
    }
    return taken;
  }

  /** How many messages of a notice are in each state; states without any are absent. */
  async progress(noticeId: number): Promise<Partial<Record<MessageState, number>>> {
    const rows = await this.store.sql<{ state: MessageState; n: number | string }>(
      'SELECT "state", COUNT(*) AS "n" FROM "messages" WHERE "notice_id" = ? GROUP BY "state"',
      [noticeId],
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
  }

  private async compose<K extends Kinds>(sending: Sending<K>, recipients: readonly Recipient<K>[]) {
    const { template, expiresAt = null, noticeId = null, departmentId = null } = sending;
    const code = typeof template === 'string' ? template : template.code;
    const used = await this.templates.inUse(code);
    const lane = sending.lane ?? (typeof template === 'string' ? 'TRANSACTIONAL' : template.lane);
    const channels = sending.channels ?? usualChannels(used);
    const resolved = await this.addresses.resolve(
      recipients.map(({ to }) => to),
      channels,
    );
    const drafts = resolved.flatMap((destinations, at) =>
      destinations.flatMap((destination) => this.draft(used, recipients[at]!, destination)),
    );
    const topic: Topic = sending.topic ?? allTopics().get(used.row.topic) ?? { ...GENERAL, code: used.row.topic };
    const common = { topic, lane, templateId: used.row.id, noticeId, departmentId, expiresAt };
    return { drafts, common, unreachable: resolved.filter((each) => each.length === 0).length };
  }

  private draft<K extends Kinds>(used: UsedTemplate, recipient: Recipient<K>, destination: Destination): Draft[] {
    const { channel, recipient: contact, oneRecordId, addressee } = destination;
    const wanted = recipient.language ?? destination.language ?? 'ar';
    const wording = wordingOf(used.texts, channel, wanted);
    if (!wording) return [];
    const { placeholders } = used.row;
    const values: Values = recipient.values;
    const { subject, body } = render(wording, placeholders, values, this.around[wording.language]);
    const link = placeholders.find(({ kind }) => kind === 'link');
    const key = channel === 'PUSH' ? `${channel}:${contact}` : channel;
    return [
      {
        dedupeKey: `${recipient.dedupeKey}:${key}`,
        channel,
        recipient: contact,
        oneRecordId,
        language: wording.language,
        subject,
        body: addressee === null || body.includes(addressee) ? body : `${stripBidiControls(addressee)}: ${body}`,
        link: link ? String(values[link.name]) : null,
      },
    ];
  }
}

const usualChannels = ({ texts }: UsedTemplate): Channel[] => [
  ...new Set(texts.map(({ channel }) => channel).filter((channel) => channel !== 'PRINT')),
];
