import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { parseTariff, rate, TariffBook, type RatedLine, type Tariff } from '@libs/tariff';
import { BilledSubscriptions } from '../billing/billed-subscriptions';
import { usageOf } from '../billing/cycle-rating.rules';
import { headsOf, type ByHead } from '../billing/water-lines.rules';
import type { Subscription } from '../subscriptions/subscription.entity';
import { Tariffs } from '../tariffs/tariffs';
import { withoutSewer } from '../tariffs/tariffs.rules';
import { prepaidDays, type PrepaidDays } from './top-up.rules';

/** What so many litres of prepaid days come to. */
export type PrepaidRating = (days: PrepaidDays, litres: number) => { heads: ByHead; lines: RatedLine[] };

/** For which days water is bought in advance, and what it comes to. */
@Injectable()
export class PrepaidRates {
  constructor(
    private readonly store: Store,
    private readonly tariffs: Tariffs,
    private readonly billed: BilledSubscriptions,
  ) {}

  /**
   * Of the month of a day: not those before the meter was put up, of another customer, of top-ups whose days have ended,
   * or on a bill.
   * @param since when the meter was put up
   */
  async days({ id, accountId }: Subscription, since: LocalDate, day: LocalDate): Promise<PrepaidDays> {
    const [row] = await this.store.sql<Record<'ended' | 'tookOver' | 'paidTo', LocalDate | null>>(
      `SELECT
         (SELECT MAX("ended_on") FROM "water_top_ups" WHERE "subscription_id" = ? AND "month" = ?
            AND "state" <> 'CANCELLED') AS "ended",
         (SELECT MAX("happened_on") FROM "water_subscription_events" WHERE "subscription_id" = ? AND "kind" = 'ACCOUNT'
            AND "to_state" = ?) AS "tookOver",
         (SELECT MAX("to_on") FROM "water_ratings" WHERE "standing_subscription_id" = ? AND "account_id" = ?) AS "paidTo"`,
      [id, day.slice(0, 7), id, String(accountId), id, accountId],
    );
    const { ended, tookOver, paidTo } = row!;
    const begun = [addDays(since, 1), ...(ended ? [addDays(ended, 1)] : []), ...(tookOver ? [tookOver] : [])];
    return prepaidDays(day, begun.sort().at(-1)!, paidTo);
  }

  /** By the version in force and the terms of today. */
  ofToday({ waterClass, sizeMm: size, units }: Subscription, tariff: Tariff): PrepaidRating {
    return ratingBy(tariff, { class: waterClass, size, units });
  }

  /** By a version, as a top-up of a day was rated. */
  async of(subscriptionId: number, code: string, day: LocalDate): Promise<PrepaidRating> {
    const [subscription] = await this.billed.byId([subscriptionId]);
    const [row] = await this.tariffs.byCode([code]);
    const tariff = parseTariff(subscription!.sewer ? row!.data : withoutSewer(row!.data));
    return ratingBy(tariff, { ...usageOf(subscription!, day, day), class: tariff.class });
  }
}

function ratingBy(tariff: Tariff, terms: { class: string; size: number; units: number }): PrepaidRating {
  return (days, litres) => {
    const inForce = new TariffBook([{ ...tariff, sizes: null, from: days.from, until: null }]);
    const rated = rate(inForce, { ...terms, ...days, litres });
    return { heads: headsOf(rated, () => tariff), lines: rated.parts.flatMap(({ lines }) => lines) };
  };
}
