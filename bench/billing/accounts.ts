import { localDateOf, systemClock } from '@libs/calendar';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Books } from '../../src/billing/books/books';
import { createApp } from '../../src/bootstrap';
import { prepareDatabase } from '../../test/support/prepare';
import { testConfig } from '../../test/support/config';

const CHARGES = 3;
const BATCH = 200;

const COLUMNS = [
  'id',
  'number',
  'currency',
  'tenure',
  'serviceType',
  'state',
  'legacyServiceId',
  'legacyCitizenId',
  'oneRecordId',
  'openedOn',
  'closedOn',
  'version',
] as const;

/**
 * A migrated database with the demo's users and accounts that owe three charges each.
 * @param amount of a charge, minor units of ILS
 * @returns what is owed in all
 */
export async function prepare(
  url: string,
  { accounts, amount }: { accounts: number; amount: number },
): Promise<number> {
  await prepareDatabase(url);
  const app = await createApp(testConfig(url));
  await app.init();
  const [store, uow, ids, books] = [app.get(Store), app.get(UnitOfWork), app.get(IdAllocator), app.get(Books)];
  const on = localDateOf(systemClock.now());
  for (let start = 0; start < accounts; start += BATCH) {
    await uow.run(async () => {
      const batch = await ids.many(Math.min(BATCH, accounts - start));
      const rows = batch.map((id) => [id, `N${id}`, 'ILS', 1, 'WATER', 'OPEN', null, null, null, on, null, 1]);
      await store.bulkInsert(Account, COLUMNS, rows);
      await books.postMany(
        batch.map((accountId) => ({
          kind: 'CHARGE' as const,
          on,
          description: 'فاتورة',
          by: null,
          entries: [{ ledger: 'INCOME' as const, currency: 'ILS', amount: -CHARGES * amount, dimension: 'WATER' }],
          charges: Array.from({ length: CHARGES }, (_, at) => ({
            accountId,
            head: 'WATER',
            amount,
            period: `2025-${String(at + 1).padStart(2, '0')}`,
          })),
        })),
      );
    });
  }
  await app.close();
  return accounts * CHARGES * amount;
}
