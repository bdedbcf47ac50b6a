import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import type { Store } from '@libs/persistence';

/** The day on which what the bank did is posted: the bank's, or today once its month is closed. */
export async function openDays(
  store: Store,
  clock: Clock,
  days: readonly LocalDate[],
): Promise<(day: LocalDate) => LocalDate> {
  const rows = await store.selectIn<{ period: string }>(
    (list) => `SELECT "period" FROM "ledger_periods" WHERE "period" IN (${list}) AND "state" = 'CLOSED'`,
    [...new Set(days.map((day) => day.slice(0, 7)))],
  );
  const closed = new Set(rows.map(({ period }) => period));
  const today = localDateOf(clock.now());
  return (day) => (closed.has(day.slice(0, 7)) ? today : day);
}
