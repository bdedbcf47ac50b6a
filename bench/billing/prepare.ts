/**
 * A migrated database with accounts that owe, one open shift of the demo cashier, and nothing paid.
 *
 *     node -r ./test/support/register.cjs bench/billing/prepare.ts DATABASE_URL ACCOUNTS
 */
import { localDateOf, systemClock } from '@libs/calendar';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Books } from '../../src/billing/books/books';
import { Shifts } from '../../src/billing/till/shifts';
import { Tills } from '../../src/billing/till/tills';
import { createApp } from '../../src/bootstrap';
import { seedDemoUsers } from '../../src/identity';
import { migrate } from '../../src/migrate';
import { testConfig } from '../../test/support/config';

const CHARGES = 3;
/** Minor units of each charge: more than the bench ever pays. */
const AMOUNT = 1_000_000;
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

async function prepare(url: string, count: number): Promise<void> {
  await migrate(url);
  const app = await createApp(testConfig(url));
  await app.init();
  await seedDemoUsers(app);
  const [store, uow, ids, books] = [app.get(Store), app.get(UnitOfWork), app.get(IdAllocator), app.get(Books)];
  const on = localDateOf(systemClock.now());
  for (let start = 0; start < count; start += BATCH) {
    await uow.run(async () => {
      const accounts = await ids.many(Math.min(BATCH, count - start));
      const rows = accounts.map((id) => [id, `N${id}`, 'ILS', 1, 'WATER', 'OPEN', null, null, null, on, null, 1]);
      await store.bulkInsert(Account, COLUMNS, rows);
      await books.postMany(
        accounts.map((accountId) => ({
          kind: 'CHARGE' as const,
          on,
          description: 'فاتورة',
          by: null,
          entries: [{ ledger: 'INCOME' as const, currency: 'ILS', amount: -CHARGES * AMOUNT, dimension: 'WATER' }],
          charges: Array.from({ length: CHARGES }, (_, at) => ({
            accountId,
            head: 'WATER',
            amount: AMOUNT,
            period: `2025-${String(at + 1).padStart(2, '0')}`,
          })),
        })),
      );
    });
  }
  const [cashier] = await store.sql<{ id: number }>('SELECT "id" FROM "users" WHERE "username" = ?', ['cashier']);
  const caller = {
    userId: cashier!.id,
    username: 'cashier',
    role: 'cashier',
    departmentId: null,
    permissions: new Set(''),
  };
  const till = await app.get(Tills).create({ code: 'BENCH', office: 'OSS', name: 'صندوق' }, caller);
  await app.get(Shifts).open(till.id, [{ currency: 'ILS', amount: 20_000 }], caller);
  await app.close();
}

const [url, count] = process.argv.slice(2);
prepare(url!, Number(count)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
