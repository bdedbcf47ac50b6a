import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CONFIG, type Config } from '@libs/config';
import { CronJob } from 'cron';
import { LegacyRuns } from './runs/runs.service';

/** The import of LEGACY_EXTRACT_DIR at the hour that LEGACY_IMPORT_CRON says. */
@Injectable()
export class NightlyImport implements OnApplicationBootstrap {
  private readonly logger = new Logger(NightlyImport.name);

  constructor(
    private readonly runs: LegacyRuns,
    private readonly schedule: SchedulerRegistry,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const { role, legacyExtractDir, legacyImportCron } = this.config;
    if (role === 'api' || legacyExtractDir === undefined) return;
    const onTick = () => this.runs.importNow('NIGHTLY').catch((error: unknown) => this.logger.error(error));
    const when = { cronTime: legacyImportCron, timeZone: 'Asia/Hebron' };
    const job = CronJob.from({ ...when, onTick, waitForCompletion: true });
    this.schedule.addCronJob('legacy-import', job);
    job.start();
  }
}
