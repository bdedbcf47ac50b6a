import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import type { Channel } from '../templates/template.entity';
import { MessagePreference, type PreferenceWay } from './preference.entities';
import type { Refusal } from './preferences.rules';

/** What was said, by subject: the one place where preferences are read and written. */
@Injectable()
export class PreferenceBook {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What these subjects do not want, of whatever topic. */
  refusals(subjects: readonly string[]): Promise<Refusal[]> {
    return this.store.selectIn<Refusal>(
      (list) =>
        `SELECT "subject", "channel", "topic" FROM "message_preferences" WHERE "subject" IN (${list}) AND "wanted" = 0`,
      [...new Set(subjects)],
    );
  }

  /** In the active unit. @returns whether that is news */
  async say(subject: string, channel: Channel, topic: string, wanted: boolean, way: PreferenceWay): Promise<boolean> {
    const changedAt = this.clock.now();
    const about = { subject, channel, topic };
    const known = await this.store.reads(MessagePreference).findOneBy(about);
    if ((known?.wanted ?? true) === wanted) return false;
    if (known) return (await this.store.update(MessagePreference, { id: known.id }, { wanted, way, changedAt })) === 1;
    await this.store.insert(MessagePreference, { id: await this.ids.one(), ...about, wanted, way, changedAt });
    return true;
  }
}
