import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { IMPORT_LEASE, LegacyMirror, type LegacyCitizenObserver } from '../../legacy';
import { TakeOver } from './take-over.entity';
import { TAKE_OVER } from './take-over.problems';
import { TAKE_OVER_LEASE, TakeOvers } from './take-over.service';

const ASKED = defineMessage<Record<string, never>>('billing.take-over', 'BULK');
/** The books say what the mirror says; other modules go on from there. */
export const TAKEN_OVER = defineMessage<Record<string, never>>('billing.taken-over', 'BULK');
const WAIT = { minutes: 1 };

/** When balances are taken over: on demand, and by itself after every import. */
@Injectable()
export class TakeOverJobs implements LegacyCitizenObserver, OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly mirror: LegacyMirror,
    private readonly takeOvers: TakeOvers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.mirror.observe(this);
  }

  citizensWritten(): Promise<void> {
    return Promise.resolve();
  }

  async importEnded(): Promise<void> {
    await this.uow.run(() => this.outbox.add(ASKED, {}));
  }

  /** Asks a worker. @returns the id of the message. @throws {Problem} billing.take-over-running */
  start(): Promise<number> {
    return this.uow.run(async () => {
      const asked = await this.store.reads(OutboxMessage).existsBy({ type: ASKED.name, state: 'PENDING' });
      if (asked || (await this.leases.isHeld(TAKE_OVER_LEASE))) {
        throw new Problem(TAKE_OVER['billing.take-over-running']);
      }
      return this.outbox.add(ASKED, {});
    });
  }

  /** Waits for the end of an import, which would change the mirror meanwhile. */
  @Handles(ASKED)
  async onAsked(): Promise<void> {
    const later = () => this.uow.run(() => this.outbox.add(ASKED, {}, addDuration(this.clock.now(), WAIT)));
    if (await this.leases.isHeld(IMPORT_LEASE)) return void (await later());
    try {
      const { state } = await this.takeOvers.run();
      if (state === 'DONE') await this.uow.run(() => this.outbox.add(TAKEN_OVER, {}));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await later();
    }
  }

  async list(query: PageQuery): Promise<Page<TakeOver>> {
    const [rows, total] = await this.store
      .reads(TakeOver)
      .findAndCount({ order: { startedAt: 'DESC', id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows, total);
  }
}
