import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { Installation, Meter, MeterTest } from './meter.entity';
import { MeterEvents } from './meter-events';
import { METER_MOVES, givesFeeBack, outcomeOf } from './meter.rules';
import type { RecordTest } from './meters.dto';
import { METERS } from './meters.problems';

/** Called in the unit of a test whose outcome gives the fee back. @returns whether there was one to give back */
type FeeReturn = (test: MeterTest, by: number) => Promise<boolean>;

/** The bench. */
@Injectable()
export class MeterTests {
  private readonly feeReturns: FeeReturn[] = [];

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly events: MeterEvents,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whoever charged for tests gives back what a wrong meter cost. */
  onWrongMeter(feeReturn: FeeReturn): void {
    this.feeReturns.push(feeReturn);
  }

  /** Of a meter on the bench. @throws {Problem} http.not-found; water.meter-state, day-not-possible @throws {StaleVersionError} */
  record(target: Versioned, { testedOn, errors, reportNumber, then }: RecordTest, by: Principal): Promise<MeterTest> {
    return this.uow.run(async () => {
      const meter = await this.store.reads(Meter).findOneBy({ id: target.id });
      if (!meter) throw new Problem('http.not-found');
      if (meter.version !== target.version) throw new StaleVersionError(Meter.name, target.id);
      const { id: meterId, state } = meter;
      if (state !== 'TESTING' || !METER_MOVES[state].includes(then)) {
        throw new Problem(METERS['water.meter-state'], { extra: { state } });
      }
      const order = { removedOn: 'DESC' as const, installedOn: 'DESC' as const, id: 'DESC' as const };
      const [stood] = await this.store.reads(Installation).find({ where: { meterId }, order, take: 1 });
      const now = this.clock.now();
      if (testedOn > localDateOf(now) || testedOn < (stood?.removedOn ?? testedOn)) {
        throw new Problem(METERS['water.day-not-possible']);
      }
      const { low = null, nominal = null, high = null } = errors ?? {};
      const tolerance = this.config.waterMeterTolerance;
      const test: MeterTest = {
        ...{ id: await this.ids.one(), meterId, subscriptionId: stood?.subscriptionId ?? null, testedOn, tolerance },
        ...{ errorLow: low, errorNominal: nominal, errorHigh: high, feeGivenBack: false, reportNumber },
        outcome: outcomeOf({ low, nominal, high }, tolerance),
        ...{ recordedBy: by.userId, recordedAt: now },
      };
      if (givesFeeBack(test.outcome)) {
        for (const give of this.feeReturns) test.feeGivenBack = (await give(test, by.userId)) || test.feeGivenBack;
      }
      await this.store.insert(MeterTest, test);
      await this.store.updateVersioned(Meter, target, { state: then });
      await this.events.record([
        { meterId, act: 'TESTED', state: then, on: testedOn, reason: test.outcome, by: by.userId },
      ]);
      await this.audit.record({ action: 'water.meter-tested', detail: { meterId, outcome: test.outcome } });
      return test;
    });
  }
}
