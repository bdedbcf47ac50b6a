import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Leases } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { WATER } from '../water.problems';
import { ReadingHistory } from './history';
import { WaterMirror } from './mirror-reader';
import { SubscriptionOpening } from './opening';
import { WaterTakeOver, type WaterException } from './take-over.entity';

export const WATER_TAKE_OVER_LEASE = 'water-take-over';
const LEASE_SECONDS = 60;
/** Services a unit of work. */
const BATCH = 500;
const MOST_EXCEPTIONS = 1000;

export interface TakeOverOptions {
  /** Last period whose readings are history, `YYYY-MM`; later ones are captured here. */
  until?: string;
  onProgress?: (done: number) => void;
}

/**
 * Takes subscriptions, meters and readings of the old systems over, once each: what is run here from then on is not
 * changed by later extracts, new services and readings come in. Runs again from where it was cut off.
 */
@Injectable()
export class WaterTakeOvers {
  private readonly logger = new Logger(WaterTakeOvers.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly leases: Leases,
    private readonly mirror: WaterMirror,
    private readonly opening: SubscriptionOpening,
    private readonly history: ReadingHistory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the run, DONE or FAILED. @throws {Problem} water.take-over-running */
  async run(options: TakeOverOptions = {}): Promise<WaterTakeOver> {
    const held = await this.leases.once(WATER_TAKE_OVER_LEASE, LEASE_SECONDS, () => this.all(options));
    if (!held) throw new Problem(WATER['water.take-over-running']);
    return held.result;
  }

  private async all({ until, onProgress }: TakeOverOptions): Promise<WaterTakeOver> {
    const startedAt = this.clock.now();
    const run: WaterTakeOver = {
      id: 0,
      state: 'RUNNING',
      startedAt,
      finishedAt: null,
      subscriptions: 0,
      meters: 0,
      readings: 0,
      exceptions: null,
      failure: null,
    };
    await this.uow.run(async () => {
      const unfinished = { state: 'FAILED' as const, failure: 'cut off', finishedAt: startedAt };
      await this.store.update(WaterTakeOver, { state: 'RUNNING' }, unfinished);
      run.id = await this.ids.one();
      await this.store.insert(WaterTakeOver, run);
    });
    const exceptions: WaterException[] = [];
    try {
      for (let after = 0, done = 0; ;) {
        const services = await this.mirror.servicesAfter(after, BATCH);
        if (services.length === 0) break;
        const ids = services.map(({ id }) => id);
        const readings = await this.mirror.readings(ids, until);
        const found: WaterException[] = [];
        const taken = await this.uow.run(async () => {
          found.length = 0;
          const opened = await this.opening.open(services, found);
          return { ...opened, readings: await this.history.take(readings, found) };
        });
        exceptions.push(...found);
        run.subscriptions += taken.subscriptions;
        run.meters += taken.meters;
        run.readings += taken.readings;
        after = ids.at(-1)!;
        onProgress?.((done += ids.length));
      }
      run.state = 'DONE';
    } catch (error) {
      this.logger.error(error);
      run.state = 'FAILED';
      run.failure = String((error as Error).message ?? error).slice(0, 1000);
    }
    const { id, ...outcome } = {
      ...run,
      exceptions: exceptions.slice(0, MOST_EXCEPTIONS),
      finishedAt: this.clock.now(),
    };
    await this.uow.run(() => this.store.update(WaterTakeOver, { id }, outcome));
    return { id, ...outcome };
  }
}
