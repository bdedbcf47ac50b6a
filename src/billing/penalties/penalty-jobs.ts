import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage, Schedules } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { PENALTY_LEASE, PenaltyRuns } from './penalty-runs';
import { PENALTIES } from './penalties.problems';

const ASKED = defineMessage<{ by: number }>('billing.penalty-run', 'BULK');

/** When penalties are computed: every night, and when somebody asks. */
@Injectable()
export class PenaltyJobs implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly schedules: Schedules,
    private readonly runs: PenaltyRuns,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('penalties', this.config.penaltyCron, () => this.runs.run(null));
  }

  /** Asks a worker. @returns the id of the message. @throws {Problem} billing.penalty-run-running */
  ask({ userId }: Principal): Promise<number> {
    return this.uow.run(async () => {
      const asked = await this.store.reads(OutboxMessage).existsBy({ type: ASKED.name, state: 'PENDING' });
      if (asked || (await this.leases.isHeld(PENALTY_LEASE))) {
        throw new Problem(PENALTIES['billing.penalty-run-running']);
      }
      return this.outbox.add(ASKED, { by: userId });
    });
  }

  @Handles(ASKED)
  async onAsked({ by }: { by: number }): Promise<void> {
    await this.runs.run(by);
  }
}
