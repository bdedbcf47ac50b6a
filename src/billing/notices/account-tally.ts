import { Injectable } from '@nestjs/common';
import { CURRENCIES, type Currency, type Money } from '@libs/money';
import { Store } from '@libs/persistence';
import { LINKED, WRITTEN_TO } from './account-audience';

/** What is counted and summed: rows `x` of a table with an `account_id`. */
export interface Tallied {
  table: string;
  /** SQL about `x`, and its parameters. */
  where: string;
  parameters: readonly unknown[];
  /** SQL of the amount in minor units of the account's currency. */
  amount: string;
}

export interface Tally {
  oneRecordId: number;
  rows: number;
  /** One a currency, in the order of reports. */
  sums: Money[];
}

interface TallyRow {
  record: number | string;
  currency: Currency;
  n: number | string;
  amount: number | string;
}

/** What concerns many accounts, added up by the people who hold them. */
@Injectable()
export class AccountTally {
  constructor(private readonly store: Store) {}

  /**
   * Goes through the records in their order, so that nobody is met twice however many accounts they have.
   * @returns of the next `limit` records those that it concerns; `next` is null after the last record
   */
  async page(tallied: Tallied, after: number, limit: number): Promise<{ tallies: Tally[]; next: number | null }> {
    const records = await this.store.sql<{ id: number | string }>(
      this.store.page(`SELECT r."id" FROM "one_records" r WHERE r."id" > ? AND ${WRITTEN_TO}`, 'r."id"', 0, limit),
      [after],
    );
    const ids = records.map(({ id }) => Number(id));
    return { tallies: await this.of(ids, tallied), next: ids.length < limit ? null : ids.at(-1)! };
  }

  /** Those of the records that it concerns. */
  async of(recordIds: readonly number[], { table, where, parameters, amount }: Tallied): Promise<Tally[]> {
    const counted = `a."currency", COUNT(*) AS "n", SUM(${amount}) AS "amount"`;
    const rows = `JOIN "${table}" x ON x."account_id" = a."id"`;
    const own = await this.store.selectIn<TallyRow>(
      (list) =>
        `SELECT a."one_record_id" AS "record", ${counted} FROM "billing_accounts" a ${rows}
         WHERE a."one_record_id" IN (${list}) AND ${where} GROUP BY a."one_record_id", a."currency"`,
      recordIds,
      [...parameters],
    );
    const linked = await this.store.selectIn<TallyRow>(
      (list) =>
        `SELECT l."one_record_id" AS "record", ${counted} FROM ${LINKED}
         ${rows} WHERE l."one_record_id" IN (${list}) AND ${where} GROUP BY l."one_record_id", a."currency"`,
      recordIds,
      [...parameters],
    );
    return tallies([...own, ...linked]);
  }
}

function tallies(rows: readonly TallyRow[]): Tally[] {
  const found = new Map<number, TallyRow[]>();
  for (const row of rows) found.set(Number(row.record), [...(found.get(Number(row.record)) ?? []), row]);
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([oneRecordId, own]) => ({
      oneRecordId,
      rows: own.reduce((sum, { n }) => sum + Number(n), 0),
      sums: CURRENCIES.flatMap((currency) => {
        const same = own.filter((row) => row.currency === currency);
        const minor = same.reduce((sum, { amount }) => sum + Number(amount), 0);
        return same.length === 0 ? [] : [{ currency, minor }];
      }),
    }));
}
