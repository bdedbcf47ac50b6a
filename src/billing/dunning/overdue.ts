import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { ServiceType } from '../accounts/account.entity';

export interface OverdueCharge {
  id: number;
  accountId: number;
  accountNumber: string;
  serviceType: ServiceType;
  currency: string;
  head: string;
  period: string;
  dueOn: string;
  /** Minor units outstanding. */
  amount: number;
  /** Named by an open warning. */
  warned: boolean;
}

interface Row extends Record<'head' | 'period' | 'due_on' | 'number' | 'currency' | 'service_type', string> {
  id: number | string;
  account_id: number | string;
  outstanding: number | string;
  live: number | string | null;
}

export type Exemption = 'inPlan' | 'objected';

/** Queries about charges that are overdue. */
@Injectable()
export class Overdue {
  constructor(private readonly store: Store) {}

  /** The next accounts that owe something overdue, ascending, after an id. */
  async accountsAfter(id: number, dueBy: string, limit: number): Promise<number[]> {
    const rows = await this.store.sql<{ account_id: number | string }>(
      this.store.page(
        `SELECT DISTINCT "account_id" FROM "charges" WHERE "account_id" > ? AND "outstanding" > 0 AND "due_on" <= ?`,
        '"account_id"',
        0,
        limit,
      ),
      [id, dueBy],
    );
    return rows.map(({ account_id }) => Number(account_id));
  }

  /** By account and due day. */
  async charges(accountIds: readonly number[], dueBy: string): Promise<OverdueCharge[]> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT c."id", c."account_id", c."head", c."period", c."due_on", c."outstanding",
           a."number", a."currency", a."service_type", w."id" AS "live"
         FROM "charges" c JOIN "billing_accounts" a ON a."id" = c."account_id"
         LEFT JOIN "warning_charges" w ON w."live_charge_id" = c."id"
         WHERE c."account_id" IN (${list}) AND c."outstanding" > 0 AND c."due_on" <= ?
         ORDER BY c."account_id", c."due_on", c."id"`,
      accountIds,
      [dueBy],
    );
    return rows.map((row) => ({
      id: Number(row.id),
      accountId: Number(row.account_id),
      accountNumber: row.number,
      serviceType: row.service_type as ServiceType,
      currency: row.currency,
      head: row.head,
      period: row.period,
      dueOn: row.due_on,
      amount: Number(row.outstanding),
      warned: row.live !== null,
    }));
  }

  /** Accounts with a charge in an active instalment plan, or in a warning that the court is to decide on. */
  async exempt(accountIds: readonly number[]): Promise<Map<number, Exemption>> {
    const exempt = new Map<number, Exemption>();
    const ask = async (why: Exemption, from: string) => {
      const sql = (list: string) => `SELECT DISTINCT c."account_id" ${from} AND c."account_id" IN (${list})`;
      for (const { account_id } of await this.store.selectIn<{ account_id: number | string }>(sql, accountIds)) {
        exempt.set(Number(account_id), why);
      }
    };
    await ask(
      'inPlan',
      `FROM "charges" c JOIN "plan_charges" pc ON pc."live_charge_id" = c."id"
       JOIN "instalment_plans" p ON p."id" = pc."plan_id" WHERE p."state" = 'ACTIVE'`,
    );
    await ask(
      'objected',
      `FROM "charges" c JOIN "warning_charges" wc ON wc."live_charge_id" = c."id"
       JOIN "warnings" w ON w."id" = wc."warning_id" WHERE w."state" = 'OBJECTED'`,
    );
    return exempt;
  }
}
