import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { IMPORT_LEASE } from '../../legacy';
import { NameSettling } from './name-settling';

const LEASE_SECONDS = 60;

/** Settles at night the names that were approved since the last import: too many unsettled ones would crowd a search. */
@Injectable()
export class SettlingJobs implements OnApplicationBootstrap {
  constructor(
    private readonly schedules: Schedules,
    private readonly leases: Leases,
    private readonly settling: NameSettling,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('settle-names', this.config.nameSettlingCron, () => this.nightly());
  }

  /** An import that runs settles them itself. */
  private async nightly(): Promise<void> {
    if (await this.settling.isDone()) return;
    await this.leases.once(IMPORT_LEASE, LEASE_SECONDS, () => this.settling.run());
  }
}
