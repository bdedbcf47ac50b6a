import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { In, LessThan, type FindOptionsWhere, type ObjectType } from 'typeorm';
import { MessageCounter } from '../limits/counter.entity';
import { ShortLink } from '../links/short-link.entity';
import { MessageContent } from './message.entity';

const AT_ONCE = 1000;
const LEASE_SECONDS = 600;

/** Takes away at night what is kept for a while only: words of messages, links that are over, counters of past days. */
@Injectable()
export class MessagePurge implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly schedules: Schedules,
    private readonly leases: Leases,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('message-purge', this.config.messagePurgeCron, () =>
      this.leases.once('notifications.purge', LEASE_SECONDS, () => this.run()),
    );
  }

  /** @returns the rows that were removed */
  async run(): Promise<{ contents: number; links: number; counters: number }> {
    const now = this.clock.now();
    const before = (at: Instant) => LessThan(at) as never;
    const old = addDuration(now, { days: -this.config.contentDays });
    return {
      contents: await this.remove(MessageContent, { createdAt: before(old) }),
      links: await this.remove(ShortLink, { expiresAt: before(addDuration(now, { days: -1 })) }),
      counters: await this.remove(MessageCounter, { endsAt: before(now) }),
    };
  }

  /** In units of some hundreds, so that nobody waits for long. */
  private async remove<E extends { id: number | string }>(entity: ObjectType<E>, where: FindOptionsWhere<E>) {
    for (let removed = 0; ;) {
      const rows = await this.store.reads(entity).find({ where, take: AT_ONCE, order: { id: 'ASC' } as never });
      if (rows.length === 0) return removed;
      const ids = rows.map(({ id }) => id);
      removed += await this.uow.run(() => this.store.remove(entity, { id: In(ids) } as never));
    }
  }
}
