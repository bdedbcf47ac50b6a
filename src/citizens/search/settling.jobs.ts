import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { IMPORT_LEASE } from '../../legacy';
import { NameIndex } from './name-index';

const LEASE_SECONDS = 60;

/** Mends the index at night: too many names that were approved since the last import would crowd a search. */
@Injectable()
export class SettlingJobs implements OnApplicationBootstrap {
  constructor(
    private readonly schedules: Schedules,
    private readonly leases: Leases,
    private readonly index: NameIndex,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('settle-names', this.config.nameSettlingCron, () => this.nightly());
  }

  /** An import that runs settles names itself. */
  private async nightly(): Promise<void> {
    if (!(await this.index.needsMending())) return;
    await this.leases.once(IMPORT_LEASE, LEASE_SECONDS, () => this.index.mend());
  }
}
