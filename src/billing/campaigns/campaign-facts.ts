import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { AccountFacts } from './campaign.rules';

type Numeric = number | string;

/** What campaigns ask about accounts. */
@Injectable()
export class CampaignFacts {
  constructor(private readonly store: Store) {}

  async of(accountIds: readonly number[]): Promise<Map<number, AccountFacts>> {
    const ids = [...accountIds];
    const opened = await this.select<{ opened_on: string }>(
      (list) => `SELECT "id" AS "account_id", "opened_on" FROM "billing_accounts" WHERE "id" IN (${list})`,
      ids,
    );
    const planned = await this.select(
      (list) =>
        `SELECT DISTINCT c."account_id" FROM "plan_charges" p JOIN "charges" c ON c."id" = p."live_charge_id"
         WHERE c."account_id" IN (${list})`,
      ids,
    );
    const listed = await this.select<{ campaign_id: Numeric }>(
      (list) =>
        `SELECT "account_id", "campaign_id" FROM "campaign_debtors"
         WHERE "account_id" IN (${list}) AND "approved_at" IS NOT NULL`,
      ids,
    );
    const late = await this.select<{ last_late: string }>(
      (list) =>
        `SELECT "account_id", MAX("credited_on") AS "last_late" FROM (
           SELECT c."account_id", l."charge_id", l."credit_id", k."credited_on"
           FROM "charges" c JOIN "allocations" l ON l."charge_id" = c."id" JOIN "credits" k ON k."id" = l."credit_id"
           WHERE c."account_id" IN (${list}) AND k."credited_on" > c."due_on"
           GROUP BY c."account_id", l."charge_id", l."credit_id", k."credited_on" HAVING SUM(l."amount") > 0
         ) late GROUP BY "account_id"`,
      ids,
    );
    const penalties = await this.select<{ charge_id: Numeric; due_on: string }>(
      (list) =>
        `SELECT p."account_id", p."id" AS "charge_id", late."due_on"
         FROM "charges" p JOIN "penalty_assessments" a ON a."penalty_charge_id" = p."id"
         JOIN "charges" late ON late."id" = a."charge_id"
         WHERE p."account_id" IN (${list}) AND p."outstanding" > 0`,
      ids,
    );
    const openedOn = new Map(opened.map((row) => [row.accountId, row.opened_on]));
    const lastLate = new Map(late.map((row) => [row.accountId, row.last_late]));
    const own = <T extends { accountId: number }>(rows: readonly T[], id: number) =>
      rows.filter(({ accountId }) => accountId === id);
    return new Map(
      ids.map((id) => [
        id,
        {
          openedOn: openedOn.get(id)!,
          planned: own(planned, id).length > 0,
          listedIn: new Set(own(listed, id).map((row) => Number(row.campaign_id))),
          lastLate: lastLate.get(id) ?? null,
          penaltyDue: new Map(own(penalties, id).map((row) => [Number(row.charge_id), row.due_on])),
        },
      ]),
    );
  }

  private async select<T extends object = object>(
    sql: (list: string) => string,
    ids: readonly number[],
  ): Promise<(T & { accountId: number })[]> {
    const rows = await this.store.selectIn<T & { account_id: Numeric }>(sql, ids);
    return rows.map((row) => ({ ...row, accountId: Number(row.account_id) }));
  }
}
