import { Injectable } from '@nestjs/common';
import { addDays, addDuration, startOfLocalDay } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { Between, In, IsNull, Not } from 'typeorm';
import { CollectionRates } from '../../../billing';
import { SUBSCRIPTION_STATES, WATER_CLASSES, type SubscriptionState } from '../../subscriptions/subscription.entity';
import { Balances, type RangeBalance } from '../balance/balances';
import { Fault, FAULT_KINDS, WorkOrder, type FaultKind } from '../faults/fault.entity';
import { repairTimes } from '../faults/fault.rules';
import { daysOf } from '../local-times';
import { rate, type Indicator, type IndicatorCode } from './definitions';
import { ReadingFactsReader } from './reading-facts';

const DAYS_OF_YEAR = 365;
const METRES_OF_100_KM = 100_000;

/** The indicators of the water service for a range of months, as {@link INDICATORS} defines them. */
@Injectable()
export class Indicators {
  constructor(
    private readonly store: Store,
    private readonly collection: CollectionRates,
    private readonly balances: Balances,
    private readonly readings: ReadingFactsReader,
  ) {}

  /** @param from `YYYY-MM`, inclusive as `to` */
  async of(from: string, to: string): Promise<Indicator[]> {
    const balance = await this.balances.of(from, to);
    return [
      await this.collected(from, to),
      nonRevenue(balance),
      ...(await this.read(from, to)),
      ...(await this.faults(from, to, balance)),
      ...(await this.repairs(from, to)),
      ...(await this.subscriptions()),
    ];
  }

  private async collected(from: string, to: string): Promise<Indicator> {
    const lines = (await this.collection.of(from, to, 'WATER')).filter(({ currency }) => currency === 'ILS');
    const sum = (of: 'charged' | 'collected') => lines.reduce((all, line) => all + line[of], 0);
    return rate('COLLECTION_RATIO', sum('collected'), sum('charged'));
  }

  private async read(from: string, to: string): Promise<Indicator[]> {
    const { estimated, actual, dueHalves, byClass } = await this.readings.of(from, to);
    return [
      rate('ESTIMATED_READINGS', estimated, estimated + actual),
      rate('METERS_READ', actual, dueHalves / 2),
      ...WATER_CLASSES.flatMap((group) => {
        const known = byClass.get(group);
        return known ? [rate('AVERAGE_CONSUMPTION', known.consumption, known.months, { group })] : [];
      }),
    ];
  }

  private async faults(from: string, to: string, { total }: RangeBalance): Promise<Indicator[]> {
    const reads = this.store.reads(Fault);
    const counts = new Map<FaultKind, number>();
    for (const kind of FAULT_KINDS) {
      const where = { kind, reportedAt: instantsOf(from, to), state: Not(In(['DUPLICATE', 'DISMISSED'])) };
      counts.set(kind, await reads.countBy(where));
    }
    const times = METRES_OF_100_KM * (DAYS_OF_YEAR / total.days);
    const missing = total.metres === null ? ['LENGTH'] : [];
    const counted = (code: IndicatorCode, kinds: readonly FaultKind[]) => {
      const count = kinds.reduce((all, kind) => all + counts.get(kind)!, 0);
      return rate(code, count, total.metres, { times, missing });
    };
    return [counted('NETWORK_FAILURES', ['LEAK', 'BURST']), counted('COMPLAINTS', FAULT_KINDS)];
  }

  private async repairs(from: string, to: string): Promise<Indicator[]> {
    const orders = await this.store
      .reads(WorkOrder)
      .findBy({ repairedAt: instantsOf(from, to), firstReportedAt: Not(IsNull()) });
    const { count, medianMinutes, p90Minutes } = repairTimes(
      orders.map(({ firstReportedAt, repairedAt }) => ({ reportedAt: firstReportedAt!, repairedAt: repairedAt! })),
    );
    const hours = (code: IndicatorCode, minutes: number | null): Indicator => ({
      ...rate(code, minutes, 60),
      denominator: count,
    });
    return [hours('REPAIR_TIME_MEDIAN', medianMinutes), hours('REPAIR_TIME_P90', p90Minutes)];
  }

  private async subscriptions(): Promise<Indicator[]> {
    const rows = await this.store.sql<{ state: SubscriptionState; n: number | string }>(
      'SELECT "state", COUNT(*) AS "n" FROM "water_subscriptions" GROUP BY "state"',
    );
    const counts = new Map(rows.map(({ state, n }) => [state, Number(n)]));
    return SUBSCRIPTION_STATES.map((group) => rate('SUBSCRIPTIONS', counts.get(group) ?? 0, 1, { group }));
  }
}

const nonRevenue = ({ total }: RangeBalance): Indicator =>
  rate('NON_REVENUE_WATER', total.nonRevenue, total.input, {
    missing: total.missing.filter((each) => each === 'INPUT' || each === 'BILLED'),
  });

/** Within the months, in Hebron. */
const instantsOf = (from: string, to: string) => {
  const after = startOfLocalDay(addDays(daysOf(to).last, 1));
  return Between(startOfLocalDay(daysOf(from).first), addDuration(after, { seconds: -0.001 }));
};
