import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage, Schedules } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { BOOKS } from '../billing.problems';
import { GATEWAY } from './gateway.problems';
import { Gateways } from './gateways';
import { Polls } from './polls';
import { Reconciliations } from './reconciliations';

const ASKED = defineMessage<{ day: LocalDate; by: number }>('billing.gateway-reconciliation', 'BULK');
const LEASE = 'billing-gateway-reconciliation';
const LEASE_SECONDS = 300;

/** When the gateway is asked by itself: every quarter of an hour for open transactions, every night for whole days. */
@Injectable()
export class GatewayJobs implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly schedules: Schedules,
    private readonly gateways: Gateways,
    private readonly polls: Polls,
    private readonly reconciliations: Reconciliations,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.gateways.current) return;
    this.schedules.every('gateway-poll', this.config.gatewayPollCron, () => this.polls.open());
    this.schedules.every('gateway-reconciliation', this.config.gatewayReconciliationCron, () => this.nightly());
  }

  /** Asks a worker. @throws {Problem} billing.gateway-none, date-in-future, reconciliation-running */
  ask(day: LocalDate, { userId }: Principal): Promise<number> {
    this.gateways.require();
    if (day > localDateOf(this.clock.now())) throw new Problem(BOOKS['billing.date-in-future']);
    return this.uow.run(async () => {
      const asked = await this.store.reads(OutboxMessage).existsBy({ type: ASKED.name, state: 'PENDING' });
      if (asked || (await this.leases.isHeld(LEASE))) throw new Problem(GATEWAY['billing.reconciliation-running']);
      return this.outbox.add(ASKED, { day, by: userId });
    });
  }

  @Handles(ASKED)
  async onAsked({ day, by }: { day: LocalDate; by: number }): Promise<void> {
    await this.leases.once(LEASE, LEASE_SECONDS, () => this.reconciliations.run(day, by));
  }

  private async nightly(): Promise<void> {
    await this.leases.once(LEASE, LEASE_SECONDS, () => this.reconciliations.nightly());
  }
}
