import { Global, Inject, Injectable, Logger, Module } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CONFIG, type Config } from '@libs/config';
import { CronJob } from 'cron';

/** Work by the clock of Hebron, in the processes whose role it is. */
@Injectable()
export class Schedules {
  private readonly logger = new Logger(Schedules.name);

  constructor(
    private readonly registry: SchedulerRegistry,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One run at a time in this process; of several processes a lease lets one work. A failure is logged. */
  every(name: string, cronTime: string, work: () => Promise<unknown>): void {
    if (this.config.role === 'api') return;
    const onTick = async () => {
      await work().catch((error: unknown) => this.logger.error(error));
    };
    const job = CronJob.from({ cronTime, timeZone: 'Asia/Hebron', onTick, waitForCompletion: true });
    this.registry.addCronJob(name, job);
    job.start();
  }
}

/** Beside the ScheduleModule of Nest, whose registry it fills. */
@Global()
@Module({ providers: [Schedules], exports: [Schedules] })
export class SchedulesModule {}
