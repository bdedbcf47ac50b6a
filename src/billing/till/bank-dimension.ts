import type { Store } from '@libs/persistence';

/** What the ledger keeps BANK apart by: the IBAN of a known account that is named by it or by its number, else what is typed. */
export async function bankDimension(store: Store, typed: string): Promise<string> {
  const rows = await store.sql<{ iban: string }>(
    'SELECT DISTINCT "iban" FROM "bank_accounts" WHERE "iban" = ? OR "number" = ?',
    [typed.toUpperCase(), typed],
  );
  return rows.length === 1 ? rows[0]!.iban : typed;
}
