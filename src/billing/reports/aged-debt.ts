import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { pageOf, skipped, type Page, type PageQuery, invalidField } from '@libs/http';
import { LegacyMirror } from '../../legacy';
import { Accounts } from '../accounts/accounts';
import { chargesAsOf, chargesOfAccountsAsOf, creditsAsOf, type Piece } from './as-of';
import { bucketColumns, bucketsOf, type BucketRow } from './buckets';

export interface AgedLine {
  head: string;
  serviceType: string;
  currency: string;
  /** In the order of the buckets; minor units. */
  buckets: number[];
}

export interface AgedAccount {
  accountId: number;
  number: string;
  serviceType: string;
  currency: string;
  /** The payer row's own words; null for an account that no old system knew. */
  holder: string | null;
  buckets: number[];
  total: number;
}

/** What receivables stood at on the day, in one currency. */
export interface AgedTotal {
  currency: string;
  owed: number;
  advances: number;
  /** Of the ledger. */
  balance: number;
  /** The balance less what is owed and paid in advance, which is zero since the last take-over: before, see {@link AgedDebt}. */
  beforeTakeOver: number;
}

export interface AgedFilter {
  serviceType?: string;
  currency?: string;
  /** Default today. */
  asOf?: LocalDate;
}

interface AccountRow extends BucketRow {
  id: number | string;
  number: string;
  service_type: string;
  currency: string;
  legacy_citizen_id: number | string | null;
  total: number | string;
}

/**
 * What was owed at the end of a day, by the days since it was due. Advances are shown beside it, never taken off a
 * bucket. A take-over brings the debts that the old systems had not settled by then, not those that they settled before:
 * of the days before it the ledger has the balance, and the items only a part of it.
 */
@Injectable()
export class AgedDebt {
  constructor(
    private readonly store: Store,
    private readonly mirror: LegacyMirror,
    private readonly accounts: Accounts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param on default today @throws {Problem} http.invalid for a day to come */
  async summary(on?: LocalDate): Promise<{ asOf: LocalDate; lines: AgedLine[]; totals: AgedTotal[] }> {
    const asOf = this.dayOf(on);
    const { sql, parameters } = bucketColumns(asOf, 'c."due_on"', 'c."outstanding"');
    const { charges, credits } = this.itemsOf(asOf);
    const rows = await this.store.sql<BucketRow & { head: string; service_type: string; currency: string }>(
      `SELECT c."head", a."service_type", a."currency", ${sql}
       FROM ${charges.sql} c JOIN "billing_accounts" a ON a."id" = c."account_id" WHERE c."outstanding" > 0
       GROUP BY c."head", a."service_type", a."currency" ORDER BY c."head", a."service_type", a."currency"`,
      [...parameters, ...charges.parameters],
    );
    const lines = rows.map((row) => {
      const { head, service_type: serviceType, currency } = row;
      return { head, serviceType, currency, buckets: bucketsOf(row) };
    });
    return { asOf, lines, totals: await this.totals(asOf, charges, credits) };
  }

  /** Accounts that owe, the largest sum first; narrowed to a currency the sums are of one kind. @throws as above */
  async byAccount({ serviceType, currency, asOf }: AgedFilter, query: PageQuery): Promise<Page<AgedAccount>> {
    const day = this.dayOf(asOf);
    const conditions = ['c."outstanding" > 0'];
    const filters: string[] = [];
    for (const [column, value] of [
      ['service_type', serviceType],
      ['currency', currency],
    ] as const) {
      if (value === undefined) continue;
      conditions.push(`a."${column}" = ?`);
      filters.push(value);
    }
    const { charges } = this.itemsOf(day);
    const from = {
      sql: `FROM ${charges.sql} c JOIN "billing_accounts" a ON a."id" = c."account_id" WHERE ${conditions.join(' AND ')}`,
      parameters: [...charges.parameters, ...filters],
    };
    const [count] = await this.store.sql<{ n: number | string }>(
      `SELECT COUNT(DISTINCT c."account_id") AS "n" ${from.sql}`,
      from.parameters,
    );
    const rows = await this.rows(day, from, this.page(query));
    return pageOf(query, rows, Number(count!.n));
  }

  /** Of every account of a record that owes. @throws {Problem} http.not-found, and as above */
  async ofRecord(oneRecordId: number, asOf?: LocalDate): Promise<AgedAccount[]> {
    const day = this.dayOf(asOf);
    const held = await this.accounts.holdings(oneRecordId);
    const ids = held.map(({ account }) => account.id);
    const found = new Map<number, AgedAccount>();
    for (let start = 0; start < ids.length; start += 1000) {
      const { sql, parameters } = chargesOfAccountsAsOf(day, ids.slice(start, start + 1000));
      const from = `FROM ${sql} c JOIN "billing_accounts" a ON a."id" = c."account_id" WHERE c."outstanding" > 0`;
      for (const row of await this.rows(day, { sql: from, parameters }, (text) => text)) found.set(row.accountId, row);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  private page(query: PageQuery): (sql: string) => string {
    return (sql) => this.store.page(sql, '"total" DESC, "id"', skipped(query), query.pageSize);
  }

  private async rows(asOf: LocalDate, from: Piece, order: (sql: string) => string): Promise<AgedAccount[]> {
    const { sql, parameters } = bucketColumns(asOf, 'c."due_on"', 'c."outstanding"');
    const columns = '"id", "number", "service_type", "currency", "legacy_citizen_id"';
    const own = columns
      .split(', ')
      .map((column) => `a.${column}`)
      .join(', ');
    const select = `SELECT ${own}, SUM(c."outstanding") AS "total", ${sql} ${from.sql} GROUP BY ${own}`;
    const rows = await this.store.sql<AccountRow>(order(`SELECT * FROM (${select}) aged`), [
      ...parameters,
      ...from.parameters,
    ]);
    const holders = rows.flatMap(({ legacy_citizen_id: id }) => (id === null ? [] : [Number(id)]));
    const names = new Map((await this.mirror.labels(holders)).map(({ id, rawName }) => [id, rawName]));
    return rows.map((row) => ({
      accountId: Number(row.id),
      number: row.number,
      serviceType: row.service_type,
      currency: row.currency,
      holder: row.legacy_citizen_id === null ? null : (names.get(Number(row.legacy_citizen_id)) ?? null),
      buckets: bucketsOf(row),
      total: Number(row.total),
    }));
  }

  /** By currency; the balance is the ledger's, the others are the items'. */
  private async totals(asOf: LocalDate, charges: Piece, credits: Piece): Promise<AgedTotal[]> {
    const rows = await this.store.sql<Record<'currency' | 'owed' | 'net' | 'balance', string>>(
      `SELECT "currency", SUM("owed") AS "owed", SUM("net") AS "net", SUM("balance") AS "balance" FROM (
         SELECT a."currency", SUM(CASE WHEN c."outstanding" > 0 THEN c."outstanding" ELSE 0 END) AS "owed",
           SUM(c."outstanding") AS "net", 0 AS "balance"
         FROM ${charges.sql} c JOIN "billing_accounts" a ON a."id" = c."account_id" GROUP BY a."currency"
         UNION ALL
         SELECT a."currency", 0, -SUM(k."remaining"), 0
         FROM ${credits.sql} k JOIN "billing_accounts" a ON a."id" = k."account_id" GROUP BY a."currency"
         UNION ALL
         SELECT "currency", 0, 0, "amount" FROM (
           SELECT "posted_on", "currency", SUM("amount") AS "amount" FROM "ledger_entries"
           WHERE "ledger" = 'RECEIVABLE' AND "posted_on" <= ? GROUP BY "posted_on", "currency"
         ) days
       ) parts GROUP BY "currency" ORDER BY "currency"`,
      [...charges.parameters, ...credits.parameters, asOf],
    );
    return rows.map((row) => {
      const [owed, net, balance] = [Number(row.owed), Number(row.net), Number(row.balance)];
      return { currency: row.currency, owed, advances: owed - net, balance, beforeTakeOver: balance - net };
    });
  }

  /** What is open now stands in the items themselves. */
  private itemsOf(day: LocalDate): { charges: Piece; credits: Piece } {
    if (day < this.today()) return { charges: chargesAsOf(day), credits: creditsAsOf(day) };
    const open = (table: string, column: string): Piece => ({
      sql: `(SELECT * FROM "${table}" WHERE "${column}" > 0)`,
      parameters: [],
    });
    return { charges: open('charges', 'outstanding'), credits: open('credits', 'remaining') };
  }

  private dayOf(asked?: LocalDate): LocalDate {
    const today = this.today();
    if (asked !== undefined && asked > today) {
      throw invalidField('/asOf', 'notAfterToday');
    }
    return asked ?? today;
  }

  private today(): LocalDate {
    return localDateOf(this.clock.now());
  }
}
