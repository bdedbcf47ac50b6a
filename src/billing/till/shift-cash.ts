import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { type CashierShift, type CurrencyAmount, ShiftCash } from './till.entity';

/** What the ledger keeps the cash of a shift apart by. */
export const shiftDimension = (shiftId: number): string => `shift:${shiftId}`;

export interface DrawerCash {
  currency: string;
  /** Minor units, as are the others. */
  float: number;
  /** Float and what the ledger has for the shift now. */
  expected: number;
}

/** The cash of shifts: in the drawer and in the books. */
@Injectable()
export class ShiftCashReader {
  constructor(private readonly store: Store) {}

  /** By shift: what the ledger has as its cash, without floats; no currency that has none. */
  async inBooks(shifts: readonly Pick<CashierShift, 'id' | 'openedOn'>[]): Promise<Map<number, CurrencyAmount[]>> {
    const result = new Map(shifts.map(({ id }) => [id, [] as CurrencyAmount[]]));
    if (shifts.length === 0) return result;
    const since = shifts.map(({ openedOn }) => openedOn).sort()[0];
    const rows = await this.store.selectIn<{ dimension: string; currency: string; amount: number | string }>(
      (list) =>
        `SELECT "dimension", "currency", SUM("amount") AS "amount" FROM "ledger_entries"
         WHERE "dimension" IN (${list}) AND "ledger" = 'CASH' AND "posted_on" >= ?
         GROUP BY "dimension", "currency" ORDER BY "dimension", "currency"`,
      shifts.map(({ id }) => shiftDimension(id)),
      [since],
    );
    for (const { dimension, currency, amount } of rows) {
      if (Number(amount) === 0) continue;
      result.get(Number(dimension.slice(shiftDimension(0).length - 1)))!.push({ currency, amount: Number(amount) });
    }
    return result;
  }

  /** What should be in the drawer now, one line a currency that has a float or takings. */
  async drawer(shift: Pick<CashierShift, 'id' | 'openedOn'>): Promise<DrawerCash[]> {
    const floats = await this.store.reads(ShiftCash).find({ where: { shiftId: shift.id }, order: { currency: 'ASC' } });
    const books = (await this.inBooks([shift])).get(shift.id)!;
    const lines = new Map(
      floats.map(({ currency, openingFloat }) => [currency, { currency, float: openingFloat, expected: openingFloat }]),
    );
    for (const { currency, amount } of books) {
      const line = lines.get(currency) ?? { currency, float: 0, expected: 0 };
      lines.set(currency, { ...line, expected: line.expected + amount });
    }
    return [...lines.values()];
  }
}
