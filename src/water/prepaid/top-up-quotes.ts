import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { difference, type ByHead } from '../billing/water-lines.rules';
import { Subscription } from '../subscriptions/subscription.entity';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { Tariffs } from '../tariffs/tariffs';
import { TARIFFS } from '../tariffs/tariffs.problems';
import { PrepaidMeters } from './prepaid-meters';
import { PREPAID } from './prepaid.problems';
import { PrepaidRates } from './prepaid-rates';
import { TokenVendors } from './token-vendor';
import {
  boughtBlocks,
  chargedLines,
  litresFor,
  type BoughtBlock,
  type HeadAmount,
  type PrepaidDays,
} from './top-up.rules';

/** What an amount buys at a subscription today; amounts in agorot. */
export interface TopUpQuote {
  subscription: Subscription;
  meterId: number;
  month: string;
  tariff: string;
  /** Bought before for these days. */
  boughtLitres: number;
  days: PrepaidDays;
  amount: number;
  litres: number;
  price: number;
  lines: HeadAmount[];
  blocks: BoughtBlock[];
}

/** Prices of water that is bought in advance. */
@Injectable()
export class TopUpQuotes {
  constructor(
    private readonly store: Store,
    private readonly meters: PrepaidMeters,
    private readonly tariffs: Tariffs,
    private readonly rates: PrepaidRates,
    private readonly vendors: TokenVendors,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found; as {@link at} */
  async of(subscriptionId: number, amount: number): Promise<TopUpQuote> {
    const subscription = await this.store.reads(Subscription).findOneBy({ id: subscriptionId });
    if (!subscription) throw new Problem('http.not-found');
    return this.at(subscription, amount);
  }

  /**
   * By the tariff in force and the terms of today. The month is rated as one bill whose water comes in parts: blocks count
   * over all that the customer bought in it, fees are of its first top-up.
   * @throws {Problem} water.subscription-state, meter-not-prepaid, vendor-none, no-tariff; top-up-too-small
   * with what the least water costs
   */
  async at(subscription: Subscription, amount: number): Promise<TopUpQuote> {
    const { id: subscriptionId, state } = subscription;
    if (state !== 'ACTIVE') throw new Problem(SUBSCRIPTIONS['water.subscription-state'], { extra: { state } });
    const { meterId, since } = await this.meters.standing(subscriptionId);
    const { step } = this.vendors;
    const today = localDateOf(this.clock.now());
    const month = today.slice(0, 7);
    const { topUps, litres: boughtLitres } = await this.bought(subscription, month);
    const tariff = (await this.tariffs.book()).of(subscription).on(subscription.waterClass, subscription.sizeMm, today);
    if (!tariff) throw new Problem(TARIFFS['water.no-tariff']);
    const days = await this.rates.days(subscription, since, today);
    const rated = this.rates.ofToday(subscription, tariff);
    const headsFor = (litres: number) => rated(days, litres).heads;
    const linesFor = (litres: number) => rated(days, litres).lines;
    const before: ByHead = topUps === 0 ? new Map<string, number>() : headsFor(boughtLitres);
    const changes = (litres: number) => difference(before, headsFor(boughtLitres + litres));
    const priceOf = (litres: number) => changes(litres).reduce((sum, [, more]) => sum + more, 0);
    const litres = litresFor(amount, priceOf, step);
    if (litres === 0) throw new Problem(PREPAID['water.top-up-too-small'], { extra: { least: String(priceOf(step)) } });
    const lines = chargedLines(changes(litres));
    const bought = { subscription, meterId, month, tariff: tariff.code, boughtLitres, days };
    const blocks = boughtBlocks(linesFor(boughtLitres), linesFor(boughtLitres + litres));
    return { ...bought, amount, litres, price: priceOf(litres), lines, blocks };
  }

  /** For days that go on. */
  private async bought({ id, accountId }: Subscription, month: string): Promise<{ topUps: number; litres: number }> {
    const [row] = await this.store.sql<{ n: number | string; litres: number | string | null }>(
      `SELECT COUNT(*) AS "n", SUM("litres") AS "litres" FROM "water_top_ups"
       WHERE "subscription_id" = ? AND "account_id" = ? AND "month" = ? AND "ended_on" IS NULL AND "state" <> 'CANCELLED'`,
      [id, accountId, month],
    );
    return { topUps: Number(row!.n), litres: Number(row!.litres ?? 0) };
  }
}
