import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { ShiftCashReader } from '../till/shift-cash';
import { Shifts } from '../till/shifts';
import { TILL } from '../till/till.problems';
import type { Payment } from './payment.entity';
import { PAYMENTS } from './payments.problems';

/** Drawers that give cash back. */
@Injectable()
export class Drawers {
  constructor(
    private readonly shifts: Shifts,
    private readonly cash: ShiftCashReader,
  ) {}

  /**
   * The open shift that gives cash back, kept open: the payment's own, or else the one that is named.
   * @throws {Problem} http.not-found; billing.paying-shift-required, shift-not-open, cash-insufficient
   */
  async paying({ shiftId }: Payment, named: number | null, cash: ReadonlyMap<string, number>): Promise<number> {
    const own = shiftId !== null && (await this.shifts.keepOpen(shiftId));
    const from = own ? shiftId : named;
    if (from === null) throw new Problem(PAYMENTS['billing.paying-shift-required']);
    if (!own && !(await this.shifts.keepOpen(from))) throw new Problem(TILL['billing.shift-not-open']);
    const drawer = new Map((await this.cash.drawer(await this.shifts.get(from))).map((line) => [line.currency, line]));
    for (const [currency, amount] of cash) {
      if ((drawer.get(currency)?.expected ?? 0) < amount) {
        throw new Problem(PAYMENTS['billing.cash-insufficient'], { extra: { currency } });
      }
    }
    return from;
  }
}
