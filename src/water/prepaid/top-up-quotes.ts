import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { rate, TariffBook } from '@libs/tariff';
import { difference, headsOf, type ByHead } from '../billing/water-lines.rules';
import { Subscription } from '../subscriptions/subscription.entity';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { Tariffs } from '../tariffs/tariffs';
import { TARIFFS } from '../tariffs/tariffs.problems';
import { PrepaidMeters } from './prepaid-meters';
import { PREPAID } from './prepaid.problems';
import { TokenVendors } from './token-vendor';
import { boughtBlocks, chargedLines, litresFor, prepaidDays, type BoughtBlock, type HeadAmount } from './top-up.rules';

/** What an amount buys at a subscription today; amounts in agorot. */
export interface TopUpQuote {
  subscription: Subscription;
  meterId: number;
  month: string;
  tariff: string;
  /** Bought in the month before. */
  boughtLitres: number;
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
   * over all that was bought in it, fees are of its first top-up.
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
    const { topUps, litres: boughtLitres } = await this.bought(subscriptionId, month);
    const { tariff, ratedFor, headsFor } = await this.rated(subscription, today, since);
    const before: ByHead = topUps === 0 ? new Map<string, number>() : headsFor(boughtLitres);
    const changes = (litres: number) => difference(before, headsFor(boughtLitres + litres));
    const priceOf = (litres: number) => changes(litres).reduce((sum, [, more]) => sum + more, 0);
    const litres = litresFor(amount, priceOf, step);
    if (litres === 0) throw new Problem(PREPAID['water.top-up-too-small'], { extra: { least: String(priceOf(step)) } });
    const lines = chargedLines(changes(litres));
    const blockLines = (bought: number) => ratedFor(bought).parts.flatMap((part) => part.lines);
    const blocks = boughtBlocks(blockLines(boughtLitres), blockLines(boughtLitres + litres));
    const bought = { meterId, month, tariff, boughtLitres, amount, litres };
    return { subscription, ...bought, price: priceOf(litres), lines, blocks };
  }

  /** By head, what so many litres of the month come to. */
  private async rated(subscription: Subscription, today: LocalDate, since: LocalDate) {
    const { waterClass, sizeMm: size, units } = subscription;
    const book = (await this.tariffs.book()).of(subscription);
    const tariff = book.on(waterClass, size, today);
    if (!tariff) throw new Problem(TARIFFS['water.no-tariff']);
    const days = prepaidDays(today, since);
    const inForce = new TariffBook([{ ...tariff, from: days.from, until: null }]);
    const ratedFor = (litres: number) => rate(inForce, { class: waterClass, size, units, ...days, litres });
    return { tariff: tariff.code, ratedFor, headsFor: (litres: number) => headsOf(ratedFor(litres), () => tariff) };
  }

  private async bought(subscriptionId: number, month: string): Promise<{ topUps: number; litres: number }> {
    const [row] = await this.store.sql<{ n: number | string; litres: number | string | null }>(
      `SELECT COUNT(*) AS "n", SUM("litres") AS "litres" FROM "water_top_ups"
       WHERE "subscription_id" = ? AND "month" = ? AND "state" <> 'CANCELLED'`,
      [subscriptionId, month],
    );
    return { topUps: Number(row!.n), litres: Number(row!.litres ?? 0) };
  }
}
