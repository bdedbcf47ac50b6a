import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { AccountMoves, Corrections, type CorrectedLine } from '../../billing';
import { difference } from '../billing/water-lines.rules';
import { Subscription } from '../subscriptions/subscription.entity';
import { PrepaidTopUp } from './prepaid.entity';
import { PrepaidMeters } from './prepaid-meters';
import { PrepaidRates } from './prepaid-rates';
import { wholeMonth } from './top-up.rules';
import { DOCUMENT } from './top-ups';

interface Ended {
  subscriptionId: number;
  accountId: number;
  /** The last day. */
  on: LocalDate;
  reason: string;
  by: number;
}

/**
 * Prepaid days that end inside a month, with the meter or with the customer: each day's fees are charged once. The water
 * keeps the price at which it was sold.
 */
@Injectable()
export class PrepaidEnds implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly meters: PrepaidMeters,
    private readonly rates: PrepaidRates,
    private readonly corrections: Corrections,
    private readonly moves: AccountMoves,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A customer's days end the day before the buyer's first, but none of a month that is over: the buyer can buy nothing for it. */
  onModuleInit(): void {
    this.moves.register(async (moves) => {
      const first = `${localDateOf(this.clock.now()).slice(0, 7)}-01`;
      for (const { fromAccountId: accountId, toAccountId, on, by } of moves) {
        // Whether it has followed its account already or not.
        const there = await this.store.reads(Subscription).findBy({ accountId: In([accountId, toAccountId]) });
        const last = addDays(on > first ? on : first, -1);
        for (const { id: subscriptionId } of there)
          await this.end({ subscriptionId, accountId, on: last, reason: 'انتقال الاشتراك', by });
      }
    });
  }

  /**
   * In the unit that took a meter off, which holds the account: unless another prepaid one took its place, the days end.
   * @throws {Problem} billing.period-closed
   */
  async meterGone({ id, accountId }: { id: number; accountId: number }, on: LocalDate, by: number): Promise<void> {
    if (await this.meters.standsAt(id)) return;
    await this.end({ subscriptionId: id, accountId, on, reason: 'رفع العداد مسبق الدفع', by });
  }

  private async end({ subscriptionId, accountId, on, reason, by }: Ended): Promise<void> {
    const standing = { subscriptionId, accountId, state: Not('CANCELLED' as const), endedOn: IsNull() };
    const topUps = await this.store.reads(PrepaidTopUp).find({
      where: { ...standing, month: MoreThanOrEqual(on.slice(0, 7)) },
      order: { soldAt: 'ASC', id: 'ASC' },
    });
    for (const month of new Set(topUps.map((topUp) => topUp.month))) {
      const sold = topUps.filter((topUp) => topUp.month === month);
      const first = `${month}-01`;
      const last = on < first ? addDays(first, -1) : on;
      await this.store.update(PrepaidTopUp, { id: In(sold.map(({ id }) => id)) }, { endedOn: last });
      const lines = await this.feesAfter(last, sold as [PrepaidTopUp]);
      if (lines.length === 0) continue;
      const said = { description: `رد رسوم شحن ${month} عن الأيام بعد ${last}`, reason };
      const document = { type: DOCUMENT, id: sold[0]!.id };
      const today = localDateOf(this.clock.now());
      await this.corrections.postMany(DOCUMENT, [{ accountId, on: today, by, ...said, document, lines }]);
    }
  }

  /** What was charged for days after the last, as far as nobody has taken it back. */
  private async feesAfter(last: LocalDate, sold: readonly [PrepaidTopUp, ...PrepaidTopUp[]]): Promise<CorrectedLine[]> {
    const [{ subscriptionId, accountId, month, tariff, soldAt, days }] = sold;
    const whole = days ?? wholeMonth(month);
    const paidTo = whole.feesTo ?? whole.to;
    if (paidTo <= last) return [];
    const rating = await this.rates.of(subscriptionId, tariff, localDateOf(soldAt));
    const litres = sold.reduce((sum, topUp) => sum + topUp.litres, 0);
    const less = difference(rating(whole, litres).heads, rating({ ...whole, feesTo: last }, litres).heads);
    const left = new Map<string, number>();
    for (const { head, left: open } of await this.corrections.chargesOf(DOCUMENT, [accountId], month))
      left.set(head, (left.get(head) ?? 0) + open);
    return less
      .map(([head, amount]) => ({ head, period: month, amount: -Math.min(-amount, left.get(head) ?? 0) }))
      .filter(({ amount }) => amount < 0);
  }
}
