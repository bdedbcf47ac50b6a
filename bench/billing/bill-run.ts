/**
 * `seed` opens accounts with one recurring charge each; `run` bills them with the product and says how long it took; `resume` goes on after it was
 * killed.
 *
 *     node -r ./test/support/register.cjs bench/billing/bill-run.ts seed|run|resume DATABASE_URL [ACCOUNTS]
 */
import 'reflect-metadata';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { AppModule } from '../../src/app.module';
import { Account } from '../../src/billing/accounts/account.entity';
import { BillRun } from '../../src/billing/bill-runs/bill-run.entity';
import { BillRuns } from '../../src/billing/bill-runs/bill-runs.service';
import { RunWorker } from '../../src/billing/bill-runs/run-worker';
import { RecurringCharge } from '../../src/billing/recurring/recurring-charge.entity';
import { seedDemoUsers } from '../../src/identity';
import { migrate } from '../../src/migrate';

const DAY = '2020-01-01';

async function seed(app: INestApplicationContext, count: number): Promise<void> {
  const [store, uow, ids] = [app.get(Store), app.get(UnitOfWork), app.get(IdAllocator)];
  await seedDemoUsers(app);
  const [clerk] = await store.sql<{ id: number }>('SELECT MIN("id") AS "id" FROM "users"');
  await uow.run(async () => {
    const accounts = await ids.many(count);
    const charges = await ids.many(count);
    await store.bulkInsert(
      Account,
      ['id', 'number', 'currency', 'tenure', 'serviceType', 'state', 'openedOn', 'version'],
      accounts.map((id) => [id, String(id), 'ILS', 1, 'WASTE', 'OPEN', DAY, 1]),
    );
    await store.bulkInsert(
      RecurringCharge,
      ['id', 'accountId', 'head', 'amount', 'everyMonths', 'fromPeriod', 'active', 'createdBy', 'createdAt', 'version'],
      accounts.map((id, at) => [charges[at], id, 'WASTE', 1500 + (at % 700), 1, '2020-01', 1, clerk!.id, DAY, 1]),
    );
  });
}

async function run(app: INestApplicationContext): Promise<Record<string, number>> {
  const [store, runs, worker] = [app.get(Store), app.get(BillRuns), app.get(RunWorker)];
  const [users, today] = [await store.sql<{ id: number }>('SELECT "id" FROM "users" ORDER BY "id"'), '2026-01-31'];
  const person = (at: number) => ({
    userId: Number(users[at]!.id),
    username: '',
    role: 'supervisor',
    departmentId: null,
    permissions: new Set<string>(),
  });
  const made = await runs.create({ feeder: 'recurring', period: '2026-01', issueOn: today, dueOn: today }, person(0));
  let cpu = 0;
  const timed = async (ask: () => Promise<unknown>): Promise<number> => {
    const before = process.cpuUsage();
    const start = performance.now();
    await ask();
    await worker.work(made.id);
    const { user, system } = process.cpuUsage(before);
    cpu += user + system;
    return Number(((performance.now() - start) / 1000).toFixed(2));
  };
  const calculate = await timed(() => runs.calculate(made.id, 1));
  await runs.review(made.id, 2, person(1));
  const post = await timed(() => runs.post(made.id, 3, person(1)));
  const { state, bills } = await store.reads(BillRun).findOneByOrFail({ id: made.id });
  if (state !== 'POSTED') throw new Error(`the run is ${state}`);
  return {
    bills,
    calculate,
    post,
    cpu: Number((cpu / 1e6).toFixed(2)),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/** Goes on with what a process that is gone has left. */
async function resume(app: INestApplicationContext): Promise<Record<string, number>> {
  const [{ id }] = (await app
    .get(Store)
    .reads(BillRun)
    .find({ order: { id: 'DESC' }, take: 1 })) as [BillRun];
  await app.get(RunWorker).work(id);
  return { bills: (await app.get(BillRuns).get(id)).bills };
}

async function main(what: string, url: string, count: number): Promise<void> {
  await migrate(url);
  const config = loadConfig({ DATABASE_URL: url, ROLE: 'api', LOG_LEVEL: 'error' });
  const options = { logger: ['error' as const], abortOnError: false };
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), options);
  const figures = what === 'seed' ? await seed(app, count) : await (what === 'run' ? run(app) : resume(app));
  await app.close();
  process.stdout.write(`${JSON.stringify(figures ?? {})}\n`);
}

const [what, url, count] = process.argv.slice(2);
main(what!, url!, Number(count)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
