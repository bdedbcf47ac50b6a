import { Injectable } from '@nestjs/common';
import { monthAfter } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { Between } from 'typeorm';
import { LedgerPeriod } from '../books/posting.entity';
import { CollectedMoney } from './collected-money';
import { SharePartners } from './partners';
import { ShareSettlement, type SharePartner } from './share.entity';
import { sharesOf, unsettled, type Rule, type ShareLine } from './share.rules';

/** What partners have a share in and that is in no settlement of theirs that stands. */
@Injectable()
export class Unsettled {
  constructor(
    private readonly store: Store,
    private readonly partners: SharePartners,
    private readonly money: CollectedMoney,
  ) {}

  /** The last settlement of a partner that stands. */
  last(partnerId: number): Promise<ShareSettlement | null> {
    const where = { standingPartnerId: partnerId };
    return this.store.reads(ShareSettlement).findOne({ where, order: { period: 'DESC' } });
  }

  /**
   * Of all months up to the end of one. A month that was closed before it was settled, and not opened since, is not read
   * again; what was posted late into the others comes as a line of its month.
   */
  async upTo({ id }: SharePartner, period: string): Promise<ShareLine[]> {
    const own = (await this.partners.rules()).filter(({ partnerId }) => partnerId === id);
    if (own.length === 0) return [];
    const heads = [...new Set(own.map(({ head }) => head))];
    const rules: Rule[] = await this.partners.rules(heads);
    const since = await this.since(
      id,
      own
        .map(({ fromDay }) => fromDay)
        .sort()[0]!
        .slice(0, 7),
    );
    const now = sharesOf(id, rules, await this.money.of(heads, since, period));
    return unsettled(now, await this.settled(id, since, period));
  }

  /** The first month that may hold what is not settled. */
  private async since(partnerId: number, first: string): Promise<string> {
    const last = await this.last(partnerId);
    if (!last) return first;
    const closed = await this.store
      .reads(LedgerPeriod)
      .findBy({ period: Between(first, last.period), state: 'CLOSED' });
    const untouched = new Set(closed.filter(({ changedAt }) => changedAt < last.settledAt).map((each) => each.period));
    let month = first;
    while (month <= last.period && untouched.has(month)) month = monthAfter(month);
    return month;
  }

  /** What stands as settled of the months, one line a head, currency, month and set of shares. */
  private async settled(partnerId: number, from: string, to: string): Promise<ShareLine[]> {
    const rows = await this.store.sql<
      Record<'head' | 'currency' | 'period' | 'rate_from', string> &
        Record<'points' | 'collected' | 'share', number | string>
    >(
      `SELECT l."head", l."currency", l."period", l."rate_from", MAX(l."basis_points") AS "points",
         SUM(l."collected") AS "collected", SUM(l."share") AS "share"
       FROM "share_lines" l JOIN "share_settlements" s ON s."id" = l."settlement_id"
       WHERE s."standing_partner_id" = ? AND l."period" >= ? AND l."period" <= ?
       GROUP BY l."head", l."currency", l."period", l."rate_from"`,
      [partnerId, from, to],
    );
    return rows.map(({ head, currency, period, rate_from: rateFrom, points, collected, share }) => ({
      head,
      currency,
      period,
      rateFrom,
      basisPoints: Number(points),
      collected: Number(collected),
      share: Number(share),
    }));
  }
}
