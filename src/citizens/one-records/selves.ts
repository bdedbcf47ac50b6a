import type { Store } from '@libs/persistence';

/** The record itself and those merged into it, however often. */
export async function selvesOf(store: Store, id: number): Promise<number[]> {
  const found = [id];
  for (let newest = found; newest.length > 0; found.push(...newest)) {
    const rows = await store.selectIn<{ id: number | string }>(
      (list) => `SELECT "id" FROM "one_records" WHERE "merged_into_id" IN (${list}) ORDER BY "id"`,
      newest,
    );
    newest = rows.map((row) => Number(row.id));
  }
  return found;
}
