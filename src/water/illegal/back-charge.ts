import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { difference, headsOf } from '../billing/water-lines.rules';
import type { Subscription } from '../subscriptions/subscription.entity';
import { Tariffs } from '../tariffs/tariffs';
import { byMonth } from './back-charge.rules';
import type { RatedMonth } from './illegal-connection.entity';

export interface Taken {
  place: Pick<Subscription, 'waterClass' | 'sizeMm' | 'units' | 'sewer'>;
  fromOn: LocalDate;
  toOn: LocalDate;
  cubicMetres: number;
  billedCubicMetres: number | null;
}

export interface RatedBack {
  months: RatedMonth[];
  lines: { head: string; amount: number }[];
  /** Minor units of ILS. */
  total: number;
}

/** What illegally taken water would have cost, by the tariff of its days. */
@Injectable()
export class BackCharge {
  constructor(private readonly tariffs: Tariffs) {}

  /**
   * Where the days were billed, what the whole consumption costs more than what was billed, so that the water comes on top
   * of the blocks that are used up and no fixed fee is charged twice.
   * @throws {Problem} water.no-tariff
   */
  async of({ place, fromOn, toOn, cubicMetres, billedCubicMetres }: Taken): Promise<RatedBack> {
    const book = await this.tariffs.book();
    const { waterClass, sizeMm: size, units } = place;
    const rated = (part: { from: LocalDate; to: LocalDate; litres: number }) =>
      book.rate({ class: waterClass, size, units, ...part }, place);
    const billed = billedCubicMetres === null ? null : byMonth(fromOn, toOn, billedCubicMetres * 1000);
    const sums = new Map<string, number>();
    const months = byMonth(fromOn, toOn, cubicMetres * 1000).map((part, at): RatedMonth => {
      const rating = rated(part);
      const tariffOf = (code: string) => book.tariff(code);
      const before = billed === null ? new Map<string, number>() : headsOf(rated(billed[at]!), tariffOf);
      const owed = difference(before, headsOf(rating, tariffOf));
      for (const [head, amount] of owed) sums.set(head, (sums.get(head) ?? 0) + amount);
      return {
        ...part,
        billedLitres: billed === null ? null : billed[at]!.litres,
        tariffs: rating.parts.map(({ tariff }) => tariff),
        amount: owed.reduce((sum, [, amount]) => sum + amount, 0),
      };
    });
    const lines = [...sums].map(([head, amount]) => ({ head, amount })).filter(({ amount }) => amount > 0);
    return { months, lines, total: lines.reduce((sum, { amount }) => sum + amount, 0) };
  }
}
