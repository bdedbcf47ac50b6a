import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { Collected } from './share.rules';

/**
 * Money on charges by head and day, net of what was taken back: what payments and cheques were allocated to, not what
 * waivers, discounts, notes and write-offs relieved. An advance counts on the day on which it pays a charge. Of the old
 * systems' credits only what pays a charge of these books: on their own debts they shared themselves.
 */
@Injectable()
export class CollectedMoney {
  constructor(private readonly store: Store) {}

  /** @param from `YYYY-MM`, inclusive as `to` */
  async of(heads: readonly string[], from: string, to: string): Promise<Collected[]> {
    const rows = await this.store.selectIn<Omit<Collected, 'amount'> & { amount: number | string }>(
      (list) =>
        `SELECT c."head", a."currency", l."allocated_on" AS "day", SUM(l."amount") AS "amount"
         FROM "allocations" l JOIN "charges" c ON c."id" = l."charge_id" JOIN "credits" k ON k."id" = l."credit_id"
         JOIN "billing_accounts" a ON a."id" = c."account_id" JOIN "ledger_postings" p ON p."id" = c."posting_id"
         WHERE c."head" IN (${list}) AND l."allocated_on" >= ? AND l."allocated_on" <= ?
           AND (k."origin" IN ('PAYMENT', 'CHEQUE') OR (k."origin" = 'OPENING' AND p."kind" <> 'OPENING'))
         GROUP BY c."head", a."currency", l."allocated_on" ORDER BY c."head", a."currency", l."allocated_on"`,
      heads,
      [`${from}-01`, `${to}-31`],
    );
    return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
  }
}
