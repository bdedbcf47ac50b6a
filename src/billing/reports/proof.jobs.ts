import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { CronJob } from 'cron';
import { Proofs } from './proof';
import { REPORTS } from './reports.problems';

const ASKED = defineMessage<Record<string, never>>('billing.proof', 'BULK');
const LEASE = 'billing-proof';
const LEASE_SECONDS = 60;

/** When the books are proved: every night at the hour that BILLING_PROOF_CRON says, and on demand. */
@Injectable()
export class ProofJobs implements OnApplicationBootstrap {
  private readonly logger = new Logger(ProofJobs.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly proofs: Proofs,
    private readonly schedule: SchedulerRegistry,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    const onTick = () => this.nightly().catch((error: unknown) => this.logger.error(error));
    const when = { cronTime: this.config.billingProofCron, timeZone: 'Asia/Hebron' };
    const job = CronJob.from({ ...when, onTick, waitForCompletion: true });
    this.schedule.addCronJob('billing-proof', job);
    job.start();
  }

  private async nightly(): Promise<void> {
    await this.leases.once(LEASE, LEASE_SECONDS, () => this.proofs.run('NIGHTLY'));
  }

  /** Asks a worker. @returns the id of the message. @throws {Problem} billing.proof-running */
  start(): Promise<number> {
    return this.uow.run(async () => {
      const asked = await this.store.reads(OutboxMessage).existsBy({ type: ASKED.name, state: 'PENDING' });
      if (asked || (await this.leases.isHeld(LEASE))) throw new Problem(REPORTS['billing.proof-running']);
      return this.outbox.add(ASKED, {});
    });
  }

  /** One that runs already answers this one too. */
  @Handles(ASKED)
  async onAsked(): Promise<void> {
    await this.leases.once(LEASE, LEASE_SECONDS, () => this.proofs.run('REQUEST'));
  }
}
