import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit, Staff } from '../../identity';
import { Books } from '../books/books';
import { counted, type Pieces } from './denominations';
import { ShiftCashReader, shiftDimension } from './shift-cash';
import { CashierShift, ShiftCash, ShiftCount, type CurrencyAmount, Till } from './till.entity';
import { TILL } from './till.problems';

/** A shift that takes money now, with what its receipts say. */
export interface OpenShift {
  id: number;
  cashierName: string;
  openedOn: LocalDate;
  till: { code: string; name: string; office: string };
}

export interface CountedCurrency {
  currency: string;
  pieces: Pieces[];
}

export const seesAll = ({ permissions }: Principal): boolean => permissions.has('billing.shift.read-all');

/** Shifts from the float to the closing. */
@Injectable()
export class Shifts {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly cash: ShiftCashReader,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param floats one a currency, minor units
   * @throws {Problem} http.not-found; billing.till-out-of-use, shift-already-open, till-in-use
   */
  open(tillId: number, floats: readonly CurrencyAmount[], caller: Principal): Promise<CashierShift> {
    return this.uow.run(async () => {
      // Held against being taken out of use, and so that of two who open it one finds the other's shift.
      await this.store.hold(Till, [tillId]);
      const till = await this.store.reads(Till).findOneBy({ id: tillId });
      if (!till) throw new Problem('http.not-found');
      if (!till.active) throw new Problem(TILL['billing.till-out-of-use']);
      const shifts = this.store.reads(CashierShift);
      if (await shifts.existsBy({ openCashierId: caller.userId })) {
        throw new Problem(TILL['billing.shift-already-open']);
      }
      if (await shifts.existsBy({ openTillId: tillId })) throw new Problem(TILL['billing.till-in-use']);
      const now = this.clock.now();
      const shift: CashierShift = {
        id: await this.ids.one(),
        version: 1,
        tillId,
        cashierId: caller.userId,
        cashierName: (await this.staff.names([caller.userId])).get(caller.userId) ?? caller.username,
        state: 'OPEN',
        openTillId: tillId,
        openCashierId: caller.userId,
        openedOn: localDateOf(now),
        openedAt: now,
        countedAt: null,
        closedBy: null,
        closedAt: null,
        note: null,
        depositId: null,
      };
      await this.store.insert(CashierShift, shift);
      for (const { currency, amount } of floats) await this.addCurrency(shift.id, currency, amount);
      await this.audit.record({ action: 'billing.shift-opened', detail: { shiftId: shift.id, till: till.code } });
      return shift;
    });
  }

  /**
   * The shift on which somebody takes money, kept open until the unit ends.
   * @throws {Problem} billing.no-open-shift, shift-of-another-day
   */
  async taking(cashierId: number, today: LocalDate): Promise<OpenShift> {
    const [row] = await this.store.sql<{
      id: number | string;
      cashier_name: string;
      opened_on: string;
      code: string;
      name: string;
      office: string;
    }>(
      `SELECT s."id", s."cashier_name", s."opened_on", t."code", t."name", t."office"
       FROM "cashier_shifts" s JOIN "tills" t ON t."id" = s."till_id" WHERE s."open_cashier_id" = ?`,
      [cashierId],
    );
    if (!row) throw new Problem(TILL['billing.no-open-shift']);
    const { cashier_name: cashierName, opened_on: openedOn, code, name, office } = row;
    if (openedOn !== today) throw new Problem(TILL['billing.shift-of-another-day']);
    const shift = { id: Number(row.id), cashierName, openedOn, till: { code, name, office } };
    if (!(await this.keepOpen(shift.id))) throw new Problem(TILL['billing.no-open-shift']);
    return shift;
  }

  /** Whether the shift is open; if so nobody counts it before the unit ends. @throws {Problem} http.not-found */
  async keepOpen(shiftId: number): Promise<boolean> {
    await this.store.hold(CashierShift, [shiftId]);
    const [row] = await this.store.sql<{ state: string }>('SELECT "state" FROM "cashier_shifts" WHERE "id" = ?', [
      shiftId,
    ]);
    if (!row) throw new Problem('http.not-found');
    return row.state === 'OPEN';
  }

  /**
   * The cashier's count, given before the expected amount is shown; a currency that is not named was counted as nothing.
   * It ends the taking of money.
   * @throws {Problem} http.not-found; billing.not-your-shift, shift-not-open
   */
  count(id: number, counts: readonly CountedCurrency[], caller: Principal): Promise<CashierShift> {
    return this.uow.run(async () => {
      const shift = await this.get(id);
      if (shift.cashierId !== caller.userId) throw new Problem(TILL['billing.not-your-shift']);
      const now = this.clock.now();
      const changes = { state: 'COUNTED', countedAt: now, openTillId: null, openCashierId: null } as const;
      if ((await this.store.update(CashierShift, { id, state: 'OPEN' }, changes)) !== 1) {
        throw new Problem(TILL['billing.shift-not-open']);
      }
      const expected = new Map((await this.cash.drawer(shift)).map((line) => [line.currency, line]));
      const found = new Map(counts.map(({ currency, pieces }) => [currency, counted(pieces)]));
      for (const currency of new Set([...expected.keys(), ...found.keys()])) {
        const line = { expected: expected.get(currency)?.expected ?? 0, counted: found.get(currency) ?? 0 };
        const known = await this.store.update(ShiftCash, { shiftId: id, currency }, line);
        if (known === 0) await this.addCurrency(id, currency, 0, line);
      }
      for (const { currency, pieces } of counts) {
        for (const each of pieces) {
          await this.store.insert(ShiftCount, { id: await this.ids.one(), shiftId: id, currency, ...each });
        }
      }
      await this.audit.record({ action: 'billing.shift-counted', detail: { shiftId: id } });
      return { ...shift, ...changes };
    });
  }

  /**
   * A supervisor takes the count over: what is over or short is posted today, and the drawer is settled.
   * @throws {Problem} http.not-found; billing.own-shift, shift-not-counted, shift-closed
   */
  close(id: number, note: string | null, caller: Principal): Promise<CashierShift> {
    return this.uow.run(async () => {
      const shift = await this.get(id);
      if (shift.cashierId === caller.userId) throw new Problem(TILL['billing.own-shift']);
      const now = this.clock.now();
      const changes = { state: 'CLOSED', closedBy: caller.userId, closedAt: now, note } as const;
      if ((await this.store.update(CashierShift, { id, state: 'COUNTED' }, changes)) !== 1) {
        throw new Problem(TILL[shift.state === 'OPEN' ? 'billing.shift-not-counted' : 'billing.shift-closed']);
      }
      const lines = await this.store.reads(ShiftCash).find({ where: { shiftId: id }, order: { currency: 'ASC' } });
      const differences = lines
        .map(({ currency, expected, counted }) => ({ currency, amount: counted! - expected! }))
        .filter(({ amount }) => amount !== 0);
      if (differences.length > 0) {
        await this.books.post({
          kind: 'SHIFT',
          on: localDateOf(now),
          description: 'فرق جرد الصندوق',
          document: { type: 'shift', id },
          by: caller.userId,
          entries: differences.flatMap(({ currency, amount }) => [
            { ledger: 'CASH' as const, currency, amount, dimension: shiftDimension(id) },
            { ledger: 'OVER_SHORT' as const, currency, amount: -amount, dimension: shiftDimension(id) },
          ]),
        });
      }
      await this.audit.record({ action: 'billing.shift-closed', detail: { shiftId: id, differences } });
      return { ...shift, ...changes };
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<CashierShift> {
    const shift = await this.store.reads(CashierShift).findOneBy({ id });
    if (!shift) throw new Problem('http.not-found');
    return shift;
  }

  /** Another's shift is none for a cashier. @throws {Problem} http.not-found */
  async seenBy(id: number, caller: Principal): Promise<CashierShift> {
    const shift = await this.get(id);
    if (shift.cashierId !== caller.userId && !seesAll(caller)) throw new Problem('http.not-found');
    return shift;
  }

  private async addCurrency(
    shiftId: number,
    currency: string,
    openingFloat: number,
    line: Pick<ShiftCash, 'expected' | 'counted'> = { expected: null, counted: null },
  ): Promise<void> {
    await this.store.insert(ShiftCash, { id: await this.ids.one(), shiftId, currency, openingFloat, ...line });
  }
}
