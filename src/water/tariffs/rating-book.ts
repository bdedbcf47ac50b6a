import type { LocalDate } from '@libs/calendar';
import { Problem } from '@libs/http';
import { parseTariff, rate, TariffBook, TariffError, type Tariff, type Usage } from '@libs/tariff';
import type { SubscriptionState } from '../subscriptions/subscription.entity';
import type { IdleState, WaterTariff } from './tariff.entity';
import { TARIFFS } from './tariffs.problems';
import { bookOf, withoutSewer } from './tariffs.rules';

/** Whether the subscription is on the sewer as well. */
export interface Sewered {
  sewer: boolean;
}

/** Versions that are rated by, for subscriptions with a sewer and for those without. */
export class RatingBook {
  private readonly sewered: TariffBook;
  private readonly dry: TariffBook;
  private readonly byCode: ReadonlyMap<string, { tariff: Tariff; row: WaterTariff }>;

  /** @throws {Problem} water.tariff-overlap */
  constructor(rows: readonly WaterTariff[]) {
    const parsed = rows.map((row) => ({ row, tariff: parseTariff(row.data) }));
    this.sewered = bookOf(parsed.map(({ tariff }) => tariff));
    this.dry = bookOf(rows.map(({ data }) => parseTariff(withoutSewer(data))));
    this.byCode = new Map(parsed.map((each) => [each.tariff.code, each]));
  }

  of({ sewer }: Sewered): TariffBook {
    return sewer ? this.sewered : this.dry;
  }

  /** @throws {Problem} water.no-tariff; as the library's `rate` otherwise */
  rate(usage: Usage, sewered: Sewered): ReturnType<typeof rate> {
    return told(() => rate(this.of(sewered), usage));
  }

  tariff(code: string): Tariff {
    return this.byCode.get(code)!.tariff;
  }

  id(code: string): number {
    return this.byCode.get(code)!.row.id;
  }

  /** Whether a subscription in this state is charged the fees without a reading, by the version of a day. */
  chargesIdle(state: SubscriptionState, classOf: string, size: number, day: LocalDate): boolean {
    const version = this.sewered.on(classOf, size, day);
    return version !== null && this.byCode.get(version.code)!.row.idleStates.includes(state as IdleState);
  }
}

/** @throws {Problem} water.no-tariff in place of the library's refusal */
export function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const missing = error instanceof TariffError && error.faults[0].code === 'no-tariff';
    throw missing ? new Problem(TARIFFS['water.no-tariff'], { extra: { faults: error.faults } }) : error;
  }
}
