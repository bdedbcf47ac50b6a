import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { LegacyMirror } from '../../legacy';
import { Accounts } from '../accounts/accounts';
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

export interface AgedFilter {
  serviceType?: string;
  currency?: string;
}

interface AccountRow extends BucketRow {
  id: number | string;
  number: string;
  service_type: string;
  currency: string;
  legacy_citizen_id: number | string | null;
  total: number | string;
}

/** What is owed now, by the days since it was due. Advances are shown beside it, never taken off a bucket. */
@Injectable()
export class AgedDebt {
  constructor(
    private readonly store: Store,
    private readonly mirror: LegacyMirror,
    private readonly accounts: Accounts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async summary(): Promise<{ asOf: string; lines: AgedLine[]; advances: { currency: string; amount: number }[] }> {
    const asOf = this.today();
    const { sql, parameters } = bucketColumns(asOf, 'c."due_on"', 'c."outstanding"');
    const rows = await this.store.sql<BucketRow & { head: string; service_type: string; currency: string }>(
      `SELECT c."head", a."service_type", a."currency", ${sql}
       FROM "charges" c JOIN "billing_accounts" a ON a."id" = c."account_id" WHERE c."outstanding" > 0
       GROUP BY c."head", a."service_type", a."currency" ORDER BY c."head", a."service_type", a."currency"`,
      parameters,
    );
    const advances = await this.store.sql<{ currency: string; amount: number | string }>(
      `SELECT a."currency", SUM(k."remaining") AS "amount"
       FROM "credits" k JOIN "billing_accounts" a ON a."id" = k."account_id" WHERE k."remaining" > 0
       GROUP BY a."currency" ORDER BY a."currency"`,
    );
    return {
      asOf,
      lines: rows.map((row) => {
        const { head, service_type: serviceType, currency } = row;
        return { head, serviceType, currency, buckets: bucketsOf(row) };
      }),
      advances: advances.map(({ currency, amount }) => ({ currency, amount: Number(amount) })),
    };
  }

  /** Accounts that owe, the largest sum first; narrowed to a currency the sums are of one kind. */
  async byAccount({ serviceType, currency }: AgedFilter, query: PageQuery): Promise<Page<AgedAccount>> {
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
    const from = `FROM "charges" c JOIN "billing_accounts" a ON a."id" = c."account_id" WHERE ${conditions.join(' AND ')}`;
    const [count] = await this.store.sql<{ n: number | string }>(
      `SELECT COUNT(DISTINCT c."account_id") AS "n" ${from}`,
      filters,
    );
    const rows = await this.rows(from, filters, this.page(query));
    return pageOf(query, rows, Number(count!.n));
  }

  /** Of every account of a record that owes. @throws {Problem} http.not-found */
  async ofRecord(oneRecordId: number): Promise<AgedAccount[]> {
    const held = await this.accounts.ofRecord(oneRecordId);
    const ids = held.map(({ account }) => account.id);
    const found = new Map<number, AgedAccount>();
    for (let start = 0; start < ids.length; start += 1000) {
      const part = ids.slice(start, start + 1000);
      const from = `FROM "charges" c JOIN "billing_accounts" a ON a."id" = c."account_id"
        WHERE c."outstanding" > 0 AND a."id" IN (${part.map(() => '?').join(', ')})`;
      for (const row of await this.rows(from, part, (sql) => sql)) found.set(row.accountId, row);
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  private page(query: PageQuery): (sql: string) => string {
    return (sql) => this.store.page(sql, '"total" DESC, "id"', skipped(query), query.pageSize);
  }

  private async rows(
    from: string,
    filters: readonly unknown[],
    order: (sql: string) => string,
  ): Promise<AgedAccount[]> {
    const { sql, parameters } = bucketColumns(this.today(), 'c."due_on"', 'c."outstanding"');
    const columns = '"id", "number", "service_type", "currency", "legacy_citizen_id"';
    const own = columns
      .split(', ')
      .map((column) => `a.${column}`)
      .join(', ');
    const select = `SELECT ${own}, SUM(c."outstanding") AS "total", ${sql} ${from} GROUP BY ${own}`;
    const rows = await this.store.sql<AccountRow>(order(`SELECT * FROM (${select}) aged`), [...parameters, ...filters]);
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

  private today(): string {
    return localDateOf(this.clock.now());
  }
}
