import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Message } from '../messages/message.entity';
import { allTopics, type Topic } from '../templates/topics';
import { PreferenceBook } from './preference-book';
import { ALL_TOPICS } from './preference.entities';
import { contactSubject, refuser, subjectsOf } from './preferences.rules';
import { readUnsubscribeToken } from './unsubscribe-tokens';

export interface Subscription {
  message: Pick<Message, 'channel' | 'recipient' | 'oneRecordId'>;
  topic: Topic;
  wanted: boolean;
}

/** The link in a message behind which its receiver stops messages of that kind, without logging in. */
@Injectable()
export class Unsubscribing {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly book: PreferenceBook,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws {Problem} http.not-found, alike for a token that is not ours and for a message that is gone */
  async find(token: string): Promise<Subscription> {
    const id = readUnsubscribeToken(this.config.jwtSecret, token);
    const message = id === null ? null : await this.store.reads(Message).findOneBy({ id });
    const topic = message && allTopics().get(message.topic);
    if (!message || !topic) throw new Problem('http.not-found');
    const subjects = subjectsOf(message.oneRecordId, message.recipient);
    const isRefused = refuser(await this.book.refusals(subjects));
    return { message, topic, wanted: topic.mandatory || !isRefused(subjects, message.channel, topic.code) };
  }

  /** A mandatory topic stays as it is. @throws {Problem} http.not-found */
  say(token: string, wanted: boolean): Promise<Subscription> {
    return this.uow.run(async () => {
      const { message, topic } = await this.find(token);
      if (!topic.mandatory) {
        const [subject] = subjectsOf(message.oneRecordId, message.recipient);
        await this.book.say(subject!, message.channel, topic.code, wanted, 'LINK');
        // Whoever asks for some again has the address, and takes back that it gets none at all.
        if (wanted) await this.book.say(contactSubject(message.recipient), message.channel, ALL_TOPICS, true, 'LINK');
      }
      return this.find(token);
    });
  }
}
