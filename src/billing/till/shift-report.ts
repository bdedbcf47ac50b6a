import { Injectable } from '@nestjs/common';
import { pageOf, Problem, skipped, type Page } from '@libs/http';
import { Store } from '@libs/persistence';
import { Between, LessThanOrEqual, MoreThanOrEqual, type FindOptionsWhere } from 'typeorm';
import type { CountedCurrency } from './shifts';
import type { ListShifts } from './shifts.dto';
import { ShiftCash, CashierShift, ShiftCount, Till } from './till.entity';
import { TILL } from './till.problems';

/** What was taken in one way and currency. */
export interface TakenSum {
  kind: string;
  currency: string;
  state: string;
  /** Payments. */
  count: number;
  amount: number;
}

export interface TakenCheque {
  id: number;
  number: string;
  bank: string;
  drawer: string;
  currency: string;
  amount: number;
  dueOn: string;
  state: string;
}

export interface ShiftReport {
  shift: CashierShift;
  till: Till;
  cash: ShiftCash[];
  counts: CountedCurrency[];
  taken: TakenSum[];
  /** Taken in the shift, by number: what is to lie in the drawer are those RECEIVED. */
  cheques: TakenCheque[];
  /** First and last serial of the shift's receipts, and how many there are. */
  receipts: { first: string | null; last: string | null; count: number };
}

/** A receipt that was voided on the day, in one currency. */
export interface ShiftVoid {
  serial: string;
  at: string;
  reason: string;
  currency: string;
  amount: number;
}

/** What happened in a shift, for those who look at it afterwards. */
@Injectable()
export class ShiftReports {
  constructor(private readonly store: Store) {}

  /** Newest first. */
  async list(query: ListShifts): Promise<Page<{ shift: CashierShift; till: Till }>> {
    const { cashierId, tillId, state, from, to } = query;
    const openedOn =
      from && to ? Between(from, to) : from ? MoreThanOrEqual(from) : to ? LessThanOrEqual(to) : undefined;
    const where: FindOptionsWhere<CashierShift> = {
      ...(cashierId !== undefined && { cashierId }),
      ...(tillId !== undefined && { tillId }),
      ...(state !== undefined && { state }),
      ...(openedOn && { openedOn }),
    };
    const [shifts, total] = await this.store.reads(CashierShift).findAndCount({
      where,
      order: { openedOn: 'DESC', openedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, await this.atTills(shifts), total);
  }

  /** The shifts whose cash went with a deposit, the oldest first. */
  async depositedWith(depositId: number): Promise<{ shift: CashierShift; till: Till }[]> {
    return this.atTills(
      await this.store.reads(CashierShift).find({ where: { depositId }, order: { openedAt: 'ASC', id: 'ASC' } }),
    );
  }

  /** In the order of their serials. */
  async voids(shiftId: number): Promise<ShiftVoid[]> {
    const rows = await this.store.sql<Omit<ShiftVoid, 'at' | 'amount'> & { at: string | Date; amount: string }>(
      `SELECT r."serial", p."undone_at" AS "at", p."undone_reason" AS "reason", t."currency", SUM(t."amount") AS "amount"
       FROM "payments" p JOIN "receipts" r ON r."payment_id" = p."id" JOIN "payment_tenders" t ON t."payment_id" = p."id"
       WHERE p."shift_id" = ? AND p."state" = 'VOIDED'
       GROUP BY r."serial", p."undone_at", p."undone_reason", t."currency" ORDER BY r."serial", t."currency"`,
      [shiftId],
    );
    return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString(), amount: Number(row.amount) }));
  }

  private async atTills(shifts: readonly CashierShift[]): Promise<{ shift: CashierShift; till: Till }[]> {
    const tills = new Map((await this.store.reads(Till).find()).map((till) => [till.id, till]));
    return shifts.map((shift) => ({ shift, till: tills.get(shift.tillId)! }));
  }

  /**
   * Not before the count is given, or it would not be blind.
   * @throws {Problem} billing.shift-not-counted
   */
  async of(shift: CashierShift): Promise<ShiftReport> {
    if (shift.state === 'OPEN') throw new Problem(TILL['billing.shift-not-counted']);
    const order = { currency: 'ASC', id: 'ASC' } as const;
    const cash = await this.store.reads(ShiftCash).find({ where: { shiftId: shift.id }, order });
    const pieces = await this.store
      .reads(ShiftCount)
      .find({ where: { shiftId: shift.id }, order: { currency: 'ASC', denomination: 'DESC' } });
    const till = (await this.store.reads(Till).findOneBy({ id: shift.tillId }))!;
    return {
      shift,
      till,
      cash,
      counts: cash.map(({ currency }) => ({ currency, pieces: pieces.filter((each) => each.currency === currency) })),
      taken: await this.taken(shift.id),
      cheques: await this.cheques(shift.id),
      receipts: await this.receipts(shift.id),
    };
  }

  private async taken(shiftId: number): Promise<TakenSum[]> {
    const rows = await this.store.sql<TakenSum>(
      `SELECT t."kind", t."currency", p."state", COUNT(DISTINCT p."id") AS "count", SUM(t."amount") AS "amount"
       FROM "payments" p JOIN "payment_tenders" t ON t."payment_id" = p."id" WHERE p."shift_id" = ?
       GROUP BY t."kind", t."currency", p."state" ORDER BY t."kind", t."currency", p."state"`,
      [shiftId],
    );
    return rows.map((row) => ({ ...row, count: Number(row.count), amount: Number(row.amount) }));
  }

  private async cheques(shiftId: number): Promise<TakenCheque[]> {
    const rows = await this.store.sql<TakenCheque>(
      `SELECT c."id", c."number", c."bank_name" AS "bank", c."drawer", c."currency", c."amount", c."due_on" AS "dueOn", c."state"
       FROM "payments" p JOIN "cheques" c ON c."payment_id" = p."id" WHERE p."shift_id" = ?
       ORDER BY c."number", c."id"`,
      [shiftId],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id), amount: Number(row.amount) }));
  }

  private async receipts(shiftId: number): Promise<ShiftReport['receipts']> {
    const rows = await this.store.sql<{ first: string | null; last: string | null; count: number | string }>(
      `SELECT MIN(r."serial") AS "first", MAX(r."serial") AS "last", COUNT(*) AS "count"
       FROM "payments" p JOIN "receipts" r ON r."payment_id" = p."id" WHERE p."shift_id" = ?`,
      [shiftId],
    );
    return { ...rows[0]!, count: Number(rows[0]!.count) };
  }
}
