import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { invalidField, Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { Contacts } from '../contacts/contact-book';
import { Preferences, type PreferenceSource, type Receiver } from '../contacts/preferences';
import { CHANNELS, type Channel, type Language } from '../templates/template.entity';
import { allTopics, type Topic } from '../templates/topics';
import { PreferenceBook } from './preference-book';
import { ALL_TOPICS, MessageProfile, type PreferenceWay, type QuietChoice } from './preference.entities';
import { contactSubject, recordSubject, refuser, subjectsOf } from './preferences.rules';

/** Letters on paper come from the law alone. */
export const CHOSEN_CHANNELS: readonly Channel[] = CHANNELS.filter((channel) => channel !== 'PRINT');

export interface PreferencesOf {
  language: Language;
  quiet: QuietChoice;
  topics: { topic: Topic; wanted: Partial<Record<Channel, boolean>> }[];
}

export interface PreferenceChange {
  language?: Language;
  quiet?: QuietChoice;
  topics?: readonly { topic: string; channel: Channel; wanted: boolean }[];
}

/** What a citizen wants to be told, by which way, in which language. */
@Injectable()
export class CitizenPreferences implements PreferenceSource, OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly book: PreferenceBook,
    private readonly contacts: Contacts,
    private readonly preferences: Preferences,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.preferences.register(this);
    this.contacts.prefer(
      async (ids) => new Map([...(await this.profiles(ids))].map(([id, { language }]) => [id, language])),
    );
  }

  async refused({ code }: Topic, receivers: readonly Receiver[]): Promise<boolean[]> {
    const subjects = receivers.map(({ oneRecordId, contact }) => subjectsOf(oneRecordId, contact));
    const isRefused = refuser(await this.book.refusals(subjects.flat()));
    return receivers.map(({ channel }, at) => isRefused(subjects[at]!, channel, code));
  }

  async inDaytime(oneRecordIds: readonly number[]): Promise<ReadonlySet<number>> {
    const profiles = [...(await this.profiles(oneRecordIds))];
    return new Set(profiles.filter(([, { quiet }]) => quiet === 'DAYTIME').map(([id]) => id));
  }

  /** Languages and quiet hours of those who have chosen; others are absent. */
  private async profiles(
    oneRecordIds: readonly number[],
  ): Promise<Map<number, Pick<MessageProfile, 'language' | 'quiet'>>> {
    const rows = await this.store.selectIn<{ id: number | string; language: Language; quiet: QuietChoice }>(
      (list) =>
        `SELECT "one_record_id" AS "id", "language", "quiet" FROM "message_profiles" WHERE "one_record_id" IN (${list})`,
      [...new Set(oneRecordIds)],
    );
    return new Map(rows.map(({ id, language, quiet }) => [Number(id), { language, quiet }]));
  }

  /** @throws {Problem} http.not-found for a record that cannot be written to */
  async of(oneRecordId: number): Promise<PreferencesOf> {
    const contact = (await this.contacts.of([oneRecordId])).get(oneRecordId);
    if (!contact) throw new Problem('http.not-found');
    const profile = (await this.profiles([oneRecordId])).get(oneRecordId);
    const addresses: Partial<Record<Channel, string | null>> = { SMS: contact.phone, EMAIL: contact.email };
    const own = recordSubject(oneRecordId);
    const subjects = (channel: Channel) => [own, ...(addresses[channel] ? [contactSubject(addresses[channel])] : [])];
    const isRefused = refuser(await this.book.refusals(CHOSEN_CHANNELS.flatMap(subjects)));
    return {
      language: profile?.language ?? contact.language,
      quiet: profile?.quiet ?? 'STANDARD',
      topics: [...allTopics().values()].map((topic) => ({
        topic,
        wanted: Object.fromEntries(
          CHOSEN_CHANNELS.map((channel) => [
            channel,
            topic.mandatory || !isRefused(subjects(channel), channel, topic.code),
          ]),
        ),
      })),
    };
  }

  /**
   * What is left out stays. Who wants something by text message again takes back the STOP of that phone, too.
   * @throws {Problem} http.not-found; http.invalid for an unknown topic, or one that the law does not let be refused
   */
  change(oneRecordId: number, input: PreferenceChange, way: PreferenceWay): Promise<PreferencesOf> {
    const { topics = [], ...profile } = input;
    topics.forEach(({ topic: code, wanted }, at) => {
      const topic = allTopics().get(code);
      if (!topic) throw invalidField(`/topics/${at}/topic`, 'unknown');
      if (topic.mandatory && !wanted) throw invalidField(`/topics/${at}/wanted`, 'mandatory');
    });
    return this.uow.run(async () => {
      const before = await this.of(oneRecordId);
      for (const { topic, channel, wanted } of topics) {
        await this.book.say(recordSubject(oneRecordId), channel, topic, wanted, way);
      }
      const again = new Set(topics.filter(({ wanted }) => wanted).map(({ channel }) => channel));
      await this.liftStop(oneRecordId, again, way);
      if (profile.language ?? profile.quiet) await this.writeProfile(oneRecordId, before, profile);
      await this.audit.record({ action: 'notifications.preferences-changed', detail: { oneRecordId, way, ...input } });
      return this.of(oneRecordId);
    });
  }

  private async liftStop(oneRecordId: number, again: ReadonlySet<Channel>, way: PreferenceWay): Promise<void> {
    const contact = (await this.contacts.of([oneRecordId])).get(oneRecordId);
    const addresses = { SMS: contact?.phone, EMAIL: contact?.email };
    for (const channel of ['SMS', 'EMAIL'] as const) {
      const address = addresses[channel];
      if (again.has(channel) && address) await this.book.say(contactSubject(address), channel, ALL_TOPICS, true, way);
    }
  }

  private async writeProfile(
    oneRecordId: number,
    { language, quiet }: Pick<PreferencesOf, 'language' | 'quiet'>,
    changes: Pick<PreferenceChange, 'language' | 'quiet'>,
  ): Promise<void> {
    const wanted = { language: changes.language ?? language, quiet: changes.quiet ?? quiet };
    const changedAt = this.clock.now();
    if ((await this.store.update(MessageProfile, { oneRecordId }, { ...wanted, changedAt })) === 1) return;
    const row = { id: await this.ids.one(), oneRecordId, ...wanted, changedAt };
    await this.store.insert(MessageProfile, row);
  }
}
