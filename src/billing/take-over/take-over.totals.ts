import { CURRENCIES } from '@libs/money';
import type { Store } from '@libs/persistence';
import type { TakeOverTotal } from './take-over.entity';

/** The mirror beside the books, currency by currency. */
export async function takeOverTotals(store: Store): Promise<TakeOverTotal[]> {
  const mirror = await store.sql<{ currency: string; debit: string; credit: string }>(
    `SELECT "currency", SUM("debit") AS "debit", SUM("credit") AS "credit" FROM "legacy_movements"
     WHERE "vanished_run_id" IS NULL GROUP BY "currency"`,
  );
  const books = await store.sql<{ currency: string; taken: string }>(
    `SELECT "currency", -SUM("amount") AS "taken" FROM "ledger_entries" WHERE "ledger" = 'OPENING' GROUP BY "currency"`,
  );
  return CURRENCIES.flatMap((currency) => {
    const [left, right] = [mirror.find((m) => m.currency === currency), books.find((b) => b.currency === currency)];
    if (!left && !right) return [];
    const { debit = 0, credit = 0 } = left ?? {};
    return [{ currency, debit: String(debit), credit: String(credit), taken: String(right?.taken ?? 0) }];
  });
}
