import { Injectable } from '@nestjs/common';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { Store } from '@libs/persistence';

/** What the gateway still owes the bank of a transaction, in minor units; negative when it gave back what it had settled. */
export interface OpenClearing {
  /** Of the ledger GATEWAY_CLEARING. */
  dimension: string;
  currency: string;
  amount: number;
}

const OPEN = `SELECT "dimension", "currency", SUM("amount") AS "amount" FROM "ledger_entries"
  WHERE "ledger" = 'GATEWAY_CLEARING' GROUP BY "dimension", "currency" HAVING SUM("amount") <> 0`;

/** Money between the gateway and the bank, as the ledger has it. */
@Injectable()
export class Clearing {
  constructor(private readonly store: Store) {}

  async open(query: PageQuery): Promise<Page<OpenClearing>> {
    const [count] = await this.store.sql<{ total: number }>(`SELECT COUNT(*) AS "total" FROM (${OPEN}) o`);
    const rows = await this.store.sql<{ dimension: string; currency: string; amount: number | string }>(
      this.store.page(OPEN, '"dimension", "currency"', skipped(query), query.pageSize),
    );
    const items = rows.map(({ dimension, currency, amount }) => ({ dimension, currency, amount: Number(amount) }));
    return pageOf(query, items, Number(count!.total));
  }
}
