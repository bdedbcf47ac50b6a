import { Injectable } from '@nestjs/common';
import { monthAfter } from '@libs/calendar';
import { parseTariff } from '@libs/tariff';
import type { RatingBook } from '../tariffs/rating-book';
import { Tariffs } from '../tariffs/tariffs';
import { type BillableReading, BillableReadings, type NotBillable } from '../readings/billable-readings';
import { BilledSubscriptions, type BilledSubscription } from './billed-subscriptions';
import { PREPAID, rateOne, withWater, type Facts, type FinalReading } from './cycle-rating.rules';
import type { Outcome, RatedAccount } from './cycle-rating.rules';

/** In which what a cycle follows on is found: estimates, the last bill. */
const LOOK_BACK_MONTHS = 14;

export interface RatedBatch {
  accounts: Map<number, Outcome<RatedAccount>>;
  book: RatingBook;
}

/** Rates the subscriptions of many accounts at once; only reads. */
@Injectable()
export class WaterCharges {
  constructor(
    private readonly tariffs: Tariffs,
    private readonly billed: BilledSubscriptions,
    private readonly readings: BillableReadings,
  ) {}

  /** By account, and the tariffs it was rated by; an account that has nothing to be billed for is absent. */
  async rate(
    subscriptions: readonly BilledSubscription[],
    period: string,
    finals: ReadonlyMap<number, FinalReading> = new Map(),
  ): Promise<RatedBatch> {
    const facts = await this.facts(subscriptions, period, finals);
    const accounts = new Map<number, Outcome<RatedAccount>>();
    const prepaid = new Set<number>();
    for (const subscription of subscriptions) {
      const { accountId } = subscription;
      const before = accounts.get(accountId) ?? { lines: [], water: [], credits: [] };
      if ('reason' in before) continue;
      const water = rateOne(subscription, facts, finals.get(subscription.id));
      if (water === null) continue;
      if ('reason' in water && water.reason === PREPAID) prepaid.add(accountId);
      else if ('reason' in water) accounts.set(accountId, water);
      else accounts.set(accountId, withWater(before, water, facts));
    }
    // Beside others on an account it hinders none of them.
    for (const accountId of prepaid) if (!accounts.has(accountId)) accounts.set(accountId, { reason: PREPAID });
    return { accounts, book: facts.book };
  }

  private async facts(
    subscriptions: readonly BilledSubscription[],
    period: string,
    finals: ReadonlyMap<number, FinalReading>,
  ): Promise<Facts> {
    const ids = subscriptions.map(({ id }) => id);
    const readings = await this.readings.forBilling(ids, period);
    await this.openBefore(finals, readings, period);
    const earlier = await this.billed.ratings(ids, monthAfter(period, -LOOK_BACK_MONTHS));
    const found = [...readings.values()].flatMap((reading) => ('reason' in reading ? [] : [reading]));
    const behind = await this.billed.behind(ids, [...new Set(found.flatMap(({ periods }) => periods))].sort());
    const estimated = [...earlier.values()].flat().filter((rating) => {
      return rating.estimated && readings.get(rating.subscriptionId)!.estimatedPeriods.includes(rating.period);
    });
    const ratings = await this.billed.ratingsById(estimated.map(({ id }) => id));
    const codes = new Set([...ratings.values()].flatMap(({ parts }) => parts.map(({ tariff }) => tariff)));
    const old = codes.size === 0 ? [] : await this.tariffs.byCode(codes);
    const parsed = new Map(old.map((row) => [row.code, parseTariff(row.data)]));
    const book = await this.tariffs.book();
    return {
      period,
      book,
      readings,
      earlier,
      behind,
      ratings,
      tariffOf: (code) => parsed.get(code) ?? book.tariff(code),
    };
  }

  /** A party that leaves before its cycle is read takes the open readings of the months before along. */
  private async openBefore(
    finals: ReadonlyMap<number, FinalReading>,
    readings: Map<number, BillableReading | NotBillable>,
    period: string,
  ): Promise<void> {
    for (let back = 1; back <= 3; back++) {
      const none = [...finals.keys()].filter((id) => {
        const reading = readings.get(id);
        return reading && 'reason' in reading && reading.reason === 'water.no-reading';
      });
      if (none.length === 0) return;
      const month = monthAfter(period, -back);
      for (const [id, reading] of await this.readings.forBilling(none, month)) {
        if (isOpenAfter(readings.get(id) as NotBillable, reading)) readings.set(id, reading);
      }
    }
  }
}

/** Whether what a month before has open lies behind the last billed reading. */
function isOpenAfter({ since }: NotBillable, reading: BillableReading | NotBillable): boolean {
  if ('reason' in reading) return reading.reason !== 'water.no-reading' && reading.since === since;
  return since === null || reading.to > since;
}
