import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { TAKEN_OVER } from '../../billing';
import { WATER } from '../water.problems';
import { WaterTakeOver } from './take-over.entity';
import { WATER_TAKE_OVER_LEASE, WaterTakeOvers } from './take-overs';

const ASKED = defineMessage<Record<string, never>>('water.take-over', 'BULK');
const WAIT = { minutes: 1 };

/** When water is taken over: on demand, and after every take-over of balances. */
@Injectable()
export class WaterTakeOverJobs {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly takeOvers: WaterTakeOvers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asks a worker. @returns the id of the message. @throws {Problem} water.take-over-running */
  start(): Promise<number> {
    return this.uow.run(async () => {
      const asked = await this.store.reads(OutboxMessage).existsBy({ type: ASKED.name, state: 'PENDING' });
      if (asked || (await this.leases.isHeld(WATER_TAKE_OVER_LEASE))) {
        throw new Problem(WATER['water.take-over-running']);
      }
      return this.outbox.add(ASKED, {});
    });
  }

  @Handles(TAKEN_OVER)
  async afterBalances(): Promise<void> {
    await this.uow.run(() => this.outbox.add(ASKED, {}));
  }

  @Handles(ASKED)
  async onAsked(): Promise<void> {
    try {
      await this.takeOvers.run();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.uow.run(() => this.outbox.add(ASKED, {}, addDuration(this.clock.now(), WAIT)));
    }
  }

  async list(query: PageQuery): Promise<Page<WaterTakeOver>> {
    const [rows, total] = await this.store
      .reads(WaterTakeOver)
      .findAndCount({ order: { startedAt: 'DESC', id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows, total);
  }
}
