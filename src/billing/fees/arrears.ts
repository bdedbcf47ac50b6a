import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { Account } from '../accounts/account.entity';
import { Overdue, type Exemption } from '../dunning/overdue';

export interface Arrear {
  /** Months that something is unpaid of. */
  bills: number;
  /** Minor units of the account's currency. */
  owed: number;
  oldestDueOn: string;
}

interface Row {
  account_id: number | string;
  bills: number | string;
  owed: number | string;
  oldest: string;
}

/** What accounts owe, for modules that act on debts. */
@Injectable()
export class Arrears {
  constructor(
    private readonly store: Store,
    private readonly overdue: Overdue,
  ) {}

  /** By account, of what fell due by a day; those that owe nothing of it are absent. */
  async of(accountIds: readonly number[], dueBy: string): Promise<Map<number, Arrear>> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT "account_id", COUNT(DISTINCT "period") AS "bills", SUM("outstanding") AS "owed", MIN("due_on") AS "oldest"
         FROM "charges" WHERE "account_id" IN (${list}) AND "outstanding" > 0 AND "due_on" <= ? GROUP BY "account_id"`,
      accountIds,
      [dueBy],
    );
    return new Map(
      rows.map(({ account_id, bills, owed, oldest }) => [
        Number(account_id),
        { bills: Number(bills), owed: Number(owed), oldestDueOn: oldest },
      ]),
    );
  }

  /** Accounts with an active instalment plan, or an objection that the court is to decide on. */
  exempt(accountIds: readonly number[]): Promise<Map<number, Exemption>> {
    return this.overdue.exempt(accountIds);
  }

  /** Minor units still owed of charges. */
  async outstanding(chargeIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.store.selectIn<{ id: number | string; outstanding: number | string }>(
      (list) => `SELECT "id", "outstanding" FROM "charges" WHERE "id" IN (${list})`,
      chargeIds,
    );
    return new Map(rows.map(({ id, outstanding }) => [Number(id), Number(outstanding)]));
  }

  /** In the active unit: no payment and no charge until it ends. */
  hold(accountIds: readonly number[]): Promise<void> {
    return this.store.hold(Account, accountIds);
  }
}
