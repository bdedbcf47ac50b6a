import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage, Schedules } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { Proofs } from './proof';
import { REPORTS } from './reports.problems';

const ASKED = defineMessage<Record<string, never>>('billing.proof', 'BULK');
const LEASE = 'billing-proof';
const LEASE_SECONDS = 60;

/** When the books are proved: every night at the hour that BILLING_PROOF_CRON says, and on demand. */
@Injectable()
export class ProofJobs implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly proofs: Proofs,
    private readonly schedules: Schedules,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('billing-proof', this.config.billingProofCron, () => this.nightly());
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
