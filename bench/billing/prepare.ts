/**
 * A migrated database with accounts that owe, one open shift of the demo cashier, and nothing paid.
 *
 *     node -r ./test/support/register.cjs bench/billing/prepare.ts DATABASE_URL ACCOUNTS
 */
import { Store } from '@libs/persistence';
import { Shifts } from '../../src/billing/till/shifts';
import { Tills } from '../../src/billing/till/tills';
import { createApp } from '../../src/bootstrap';
import { testConfig } from '../../test/support/config';
import { prepare } from './accounts';

/** Minor units of each charge: more than the bench ever pays. */
const AMOUNT = 1_000_000;

async function prepareTill(url: string, accounts: number): Promise<void> {
  await prepare(url, { accounts, amount: AMOUNT });
  const app = await createApp(testConfig(url));
  await app.init();
  const store = app.get(Store);
  const [cashier] = await store.sql<{ id: number | string }>('SELECT "id" FROM "users" WHERE "username" = ?', [
    'cashier',
  ]);
  const caller = {
    userId: Number(cashier!.id),
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
prepareTill(url!, Number(count)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
