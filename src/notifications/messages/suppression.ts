import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Preferences } from '../contacts/preferences';
import type { Channel } from '../templates/template.entity';
import { allTopics, GENERAL, type Topic } from '../templates/topics';
import { Message } from './message.entity';

export interface Candidate {
  channel: Channel;
  recipient: string;
  oneRecordId: number | null;
}

/** Why a message is kept back. */
export type Suppression = 'bad-contact' | 'not-wanted' | 'limit-of-kind' | 'limit-of-recipient';

/** Messages that are written down but never sent: bad contacts, what is not wanted, too many for one recipient. */
@Injectable()
export class Suppressions {
  constructor(
    private readonly store: Store,
    private readonly preferences: Preferences,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * For each candidate why it is kept back, or null. Those before it in the list count for its limits; mandatory ones count,
   * too, and go whatever the limits say: those who send them bound them (codes, their pauses and days; notices, their keys).
   */
  async judge(topic: Topic, candidates: readonly Candidate[]): Promise<(Suppression | null)[]> {
    const refusals = await this.refusals(topic, candidates);
    const counts = await this.countsOfTheHour(candidates);
    const { messagesSameKindHourly, messagesRecipientHourly } = this.config;
    return candidates.map(({ recipient }, at) => {
      if (refusals[at]) return refusals[at];
      const count = counts.get(recipient) ?? { all: 0, ofTopic: new Map<string, number>() };
      const same = count.ofTopic.get(topic.code) ?? 0;
      if (count.all >= messagesRecipientHourly && !topic.mandatory) return 'limit-of-recipient';
      if (same >= messagesSameKindHourly && !topic.mandatory) return 'limit-of-kind';
      count.all++;
      count.ofTopic.set(topic.code, same + 1);
      counts.set(recipient, count);
      return null;
    });
  }

  /**
   * In the active unit: what was said, or found out of a contact, while messages waited keeps them back all the same.
   * @returns those that are still to be sent
   */
  async sift<T extends Candidate & { id: number; topic: string }>(waiting: readonly T[]): Promise<T[]> {
    const kept = new Map<number, Suppression>();
    for (const code of new Set(waiting.map(({ topic }) => topic))) {
      const same = waiting.filter(({ topic }) => topic === code);
      const refusals = await this.refusals(allTopics().get(code) ?? { ...GENERAL, code }, same);
      same.forEach(({ id }, at) => refusals[at] && kept.set(id, refusals[at]));
    }
    for (const failureCode of new Set(kept.values())) {
      const ids = [...kept].filter(([, why]) => why === failureCode).map(([id]) => id);
      const suppressed = { state: 'SUPPRESSED', failureCode, cost: 0, settledAt: this.clock.now() } as const;
      await this.store.update(Message, { id: In(ids), state: 'QUEUED' }, suppressed);
    }
    return waiting.filter(({ id }) => !kept.has(id));
  }

  private async refusals(topic: Topic, candidates: readonly Candidate[]) {
    const bad = await this.badContacts(candidates);
    const receivers = candidates.map(({ channel, oneRecordId, recipient: contact }) => ({
      channel,
      oneRecordId,
      contact,
    }));
    const refused = await this.preferences.refused(topic, receivers);
    return candidates.map(({ channel, recipient }, at) => {
      if (bad.has(`${channel} ${recipient}`)) return 'bad-contact' as const;
      return refused[at] ? ('not-wanted' as const) : null;
    });
  }

  private async badContacts(candidates: readonly Candidate[]): Promise<Set<string>> {
    const rows = await this.store.selectIn<{ channel: string; contact: string }>(
      (list) =>
        `SELECT "channel", "contact" FROM "bad_contacts"
         WHERE "contact" IN (${list}) AND "standing_contact" IS NOT NULL`,
      [...new Set(candidates.map(({ recipient }) => recipient))],
    );
    return new Set(rows.map(({ channel, contact }) => `${channel} ${contact}`));
  }

  private async countsOfTheHour(candidates: readonly Candidate[]) {
    const rows = await this.store.selectIn<{ recipient: string; topic: string; n: number | string }>(
      (list) =>
        `SELECT "recipient", "topic", COUNT(*) AS "n" FROM "messages"
         WHERE "recipient" IN (${list}) AND "created_at" > ? AND "state" <> 'SUPPRESSED' GROUP BY "recipient", "topic"`,
      [...new Set(candidates.map(({ recipient }) => recipient))],
      [addDuration(this.clock.now(), { hours: -1 })],
    );
    const counts = new Map<string, { all: number; ofTopic: Map<string, number> }>();
    for (const { recipient, topic, n } of rows) {
      const count = counts.get(recipient) ?? { all: 0, ofTopic: new Map<string, number>() };
      count.all += Number(n);
      count.ofTopic.set(topic, Number(n));
      counts.set(recipient, count);
    }
    return counts;
  }
}
