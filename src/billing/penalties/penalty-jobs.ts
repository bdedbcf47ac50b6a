import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CONFIG, type Config } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { CronJob } from 'cron';
import { PENALTY_LEASE, PenaltyRuns } from './penalty-runs';
import { PENALTIES } from './penalties.problems';

const ASKED = defineMessage<{ by: number }>('billing.penalty-run', 'BULK');

/** When penalties are computed: every night, and when somebody asks. */
@Injectable()
export class PenaltyJobs implements OnApplicationBootstrap {
  private readonly logger = new Logger(PenaltyJobs.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly schedule: SchedulerRegistry,
    private readonly runs: PenaltyRuns,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    const onTick = async () => {
      await this.runs.run(null).catch((error: unknown) => this.logger.error(error));
    };
    const when = { cronTime: this.config.penaltyCron, timeZone: 'Asia/Hebron' };
    const job = CronJob.from({ ...when, onTick, waitForCompletion: true });
    this.schedule.addCronJob('penalties', job);
    job.start();
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
