import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { LANES } from './lanes';
import { Leases } from './leases';
import { OutboxMessage, ProcessedMessage } from './outbox.entities';
import { Schedules } from './schedules';

const AT_ONCE = 500;
const LEASE_SECONDS = 600;

/** Takes away at night what was done long ago. What waits or is dead stays, however old. */
@Injectable()
export class OutboxPurge implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly schedules: Schedules,
    private readonly leases: Leases,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('outbox-purge', this.config.outboxPurgeCron, () =>
      this.leases.once('outbox.purge', LEASE_SECONDS, () => this.run()),
    );
  }

  /** In units of some hundreds, so that nobody waits for long. @returns the messages that were removed */
  async run(): Promise<number> {
    const before = addDuration(this.clock.now(), { days: -this.config.outboxDays });
    // No message is done before it is due: so the index finds them.
    const done = `SELECT "id" FROM "outbox_messages"
      WHERE "state" = 'DONE' AND "lane" = ? AND "available_at" < ? AND "done_at" < ?`;
    const page = this.store.page(done, '"available_at", "id"', 0, AT_ONCE);
    let removed = 0;
    for (const lane of LANES) {
      for (;;) {
        const rows = await this.store.sql<{ id: number | string }>(page, [lane, before, before]);
        if (rows.length === 0) break;
        const ids = rows.map(({ id }) => Number(id));
        removed += await this.uow.run(async () => {
          await this.store.remove(ProcessedMessage, { messageId: In(ids) });
          return this.store.remove(OutboxMessage, { id: In(ids), state: 'DONE' });
        });
      }
    }
    return removed;
  }
}
