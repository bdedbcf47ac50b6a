import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Schedules } from '@libs/outbox';
import { LegacyRuns } from './runs/runs.service';

/** The import of LEGACY_EXTRACT_DIR at the hour that LEGACY_IMPORT_CRON says. */
@Injectable()
export class NightlyImport implements OnApplicationBootstrap {
  constructor(
    private readonly runs: LegacyRuns,
    private readonly schedules: Schedules,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const { legacyExtractDir, legacyImportCron } = this.config;
    if (legacyExtractDir === undefined) return;
    this.schedules.every('legacy-import', legacyImportCron, () => this.runs.importNow('NIGHTLY'));
  }
}
