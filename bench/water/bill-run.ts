/**
 * `seed` opens subscriptions with a meter each, read in the months before and in the month that is billed, with `unread` not
 * in that; `run` takes the readings that are missing, bills all with the product and says how long it took; `resume` goes on
 * after it was killed.
 *
 *     node -r ./test/support/register.cjs bench/water/bill-run.ts seed|run|resume DATABASE_URL [METERS [MONTHS_BEFORE [unread]]]
 */
import 'reflect-metadata';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { daysInMonth, monthAfter } from '@libs/calendar';
import { loadConfig } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { AppModule } from '../../src/app.module';
import { Account } from '../../src/billing/accounts/account.entity';
import { BillRun } from '../../src/billing/bill-runs/bill-run.entity';
import { BillRuns } from '../../src/billing/bill-runs/bill-runs.service';
import { RunWorker } from '../../src/billing/bill-runs/run-worker';
import { seedDemoUsers } from '../../src/identity';
import { migrate } from '../../src/migrate';
import { Installation, Meter } from '../../src/water/meters/meter.entity';
import { Capture } from '../../src/water/readings/capture';
import { readingOf } from '../../src/water/readings/capture.rules';
import { Reading } from '../../src/water/readings/reading.entity';
import { Premise, Subscription } from '../../src/water/subscriptions/subscription.entity';
import { Tariffs } from '../../src/water/tariffs/tariffs';
import { MONTHLY } from '../../test/support/water';

const PERIOD = '2026-01';
const TODAY = '2026-01-31';
const DAY = '2020-01-01';
const BATCH = 10_000;
/** Readings that a handheld sends at once. */
const SENT = 2000;

const person = (userId: number) => ({
  ...{ userId, username: '', role: 'supervisor', departmentId: null, permissions: new Set<string>() },
});

async function seed(app: INestApplicationContext, count: number, before: number, read: boolean): Promise<void> {
  await seedDemoUsers(app);
  const [tariffs, users] = [app.get(Tariffs), await usersOf(app)];
  const { id } = await tariffs.draft(
    {
      data: { ...MONTHLY, from: '2019-01-01', sewer: { percent: '20', of: ['WATER'] } } as never,
      ...{ titleAr: 'تعرفة', titleEn: 'Tariff', idleStates: [], decisionNumber: '1', decidedOn: DAY },
    },
    person(users[0]!),
  );
  await tariffs.approve({ id, version: 1 }, person(users[1]!));
  for (let start = 0; start < count; start += BATCH) {
    await seedBatch(app, Math.min(BATCH, count - start), before, read);
  }
}

async function seedBatch(app: INestApplicationContext, count: number, before: number, read: boolean): Promise<void> {
  const [store, uow, ids] = [app.get(Store), app.get(UnitOfWork), app.get(IdAllocator)];
  await uow.run(async () => {
    const [accounts, premises, subscriptions] = [await ids.many(count), await ids.many(count), await ids.many(count)];
    const [meters, installations] = [await ids.many(count), await ids.many(count)];
    const months = before + (read ? 1 : 0);
    const readings = (await ids.many(count * months)).values();
    await store.bulkInsert(
      Account,
      ['id', 'number', 'currency', 'tenure', 'serviceType', 'state', 'openedOn', 'version'],
      accounts.map((id) => [id, String(id), 'ILS', 1, 'WATER', 'OPEN', DAY, 1]),
    );
    await store.bulkInsert(Premise, ['id', 'address'], premises.map((id) => [id, 'رفيديا'])); // prettier-ignore
    await store.bulkInsert(
      Subscription,
      [
        'id',
        'version',
        'number',
        'premiseId',
        'accountId',
        'waterClass',
        'sizeMm',
        'units',
        'sewer',
        'state',
        'openedOn',
      ],
      subscriptions.map((id, at) => {
        return [id, 1, `S${id}`, premises[at], accounts[at], 'DOMESTIC', 15, 1 + (at % 3), at % 2, 'ACTIVE', DAY];
      }),
    );
    await store.bulkInsert(
      Meter,
      ['id', 'version', 'serial', 'digits', 'sizeMm', 'multiplier', 'state'],
      meters.map((id) => [id, 1, `M${id}`, 5, 15, 1, 'INSTALLED']),
    );
    await store.bulkInsert(
      Installation,
      ['id', 'meterId', 'subscriptionId', 'installedOn', 'initialReading', 'openSubscriptionId', 'openMeterId'],
      installations.map((id, at) => [id, meters[at], subscriptions[at], DAY, 0, subscriptions[at], meters[at]]),
    );
    const columns = ['id', 'version', 'subscriptionId', 'installationId', 'standingInstallationId', 'period'] as const;
    const more = [
      'readOn',
      'value',
      'consumption',
      'state',
      'source',
      'anomalies',
      'capturedAt',
      'receivedAt',
    ] as const;
    const rows = installations.flatMap((installation, at) => {
      const used = 5 + (at % 90);
      return Array.from({ length: months }, (_, back) => {
        const period = monthAfter(PERIOD, back - before);
        const own = [readings.next().value, 1, subscriptions[at], installation, installation, period];
        const state = back === before ? 'VALID' : 'BILLED';
        const day = `${period}-${daysInMonth(`${period}-01`)}`;
        return [...own, day, used * (back + 1), used, state, 'FIELD', '[]', DAY, DAY];
      });
    });
    await store.bulkInsert(Reading, [...columns, ...more], rows);
  });
}

/** Of all meters that were not read in the month: as much as in the month before. @returns how many were taken */
async function capture(app: INestApplicationContext): Promise<number> {
  const [store, taking] = [app.get(Store), app.get(Capture)];
  const defaults = { period: PERIOD, source: 'FIELD' as const, now: new Date().toISOString() };
  const next = `SELECT s."id", s."number" AS "subscription", r."value" + r."consumption" AS "value"
    FROM "water_readings" r JOIN "water_subscriptions" s ON s."id" = r."subscription_id"
    WHERE r."period" = ? AND s."id" > ? AND s."id" <= ?
      AND NOT EXISTS (SELECT 1 FROM "water_readings" t WHERE t."subscription_id" = s."id" AND t."period" = ?)
    ORDER BY s."id"`;
  const [ends] = await store.sql<{ first: number; last: number }>(
    'SELECT MIN("id") AS "first", MAX("id") AS "last" FROM "water_subscriptions"',
  );
  let taken = 0;
  for (let after = Number(ends!.first) - 1; after < Number(ends!.last); after += SENT) {
    const rows = await store.sql<object>(next, [monthAfter(PERIOD, -1), after, after + SENT, PERIOD]);
    if (rows.length === 0) continue;
    const sent = rows.map((row) => readingOf({ ...row, id: undefined, readOn: TODAY }, defaults));
    const outcomes = await taking.take(sent, { userId: null, mayCorrect: false });
    taken += outcomes.filter(({ outcome }) => outcome === 'ACCEPTED').length;
  }
  return taken;
}

async function run(app: INestApplicationContext): Promise<Record<string, number>> {
  const [store, runs, worker] = [app.get(Store), app.get(BillRuns), app.get(RunWorker)];
  const [maker, other] = (await usersOf(app)).map(person);
  const start = [performance.now(), process.cpuUsage()] as const;
  const taken = await capture(app);
  const reading = Number(((performance.now() - start[0]) / 1000).toFixed(2));
  const made = await runs.create({ feeder: 'water', period: PERIOD, issueOn: TODAY, dueOn: TODAY }, maker!);
  const spent = process.cpuUsage(start[1]);
  let cpu = spent.user + spent.system;
  const timed = async (ask: () => Promise<unknown>): Promise<number> => {
    const start = [performance.now(), process.cpuUsage()] as const;
    await ask();
    await worker.work(made.id);
    const { user, system } = process.cpuUsage(start[1]);
    cpu += user + system;
    return Number(((performance.now() - start[0]) / 1000).toFixed(2));
  };
  const calculate = await timed(() => runs.calculate(made.id, 1));
  await runs.review(made.id, 2, other!);
  const post = await timed(() => runs.post(made.id, 3, other!));
  const posted = Number((cpu / 1e6).toFixed(2));
  const issue = await timed(() => runs.issue(made.id, 4, other!));
  const { state, bills } = await store.reads(BillRun).findOneByOrFail({ id: made.id });
  if (state !== 'ISSUED') throw new Error(`the run is ${state}`);
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  return {
    bills,
    taken,
    reading,
    calculate,
    post,
    'cpu to posted': posted,
    issue,
    cpu: Number((cpu / 1e6).toFixed(2)),
    peakMb,
  };
}

/** Goes on with what a process that is gone has left. */
async function resume(app: INestApplicationContext): Promise<Record<string, number>> {
  const found = await app
    .get(Store)
    .reads(BillRun)
    .find({ order: { id: 'DESC' }, take: 1 });
  await app.get(RunWorker).work(found[0]!.id);
  return { bills: (await app.get(BillRuns).get(found[0]!.id)).bills };
}

const usersOf = async (app: INestApplicationContext): Promise<number[]> =>
  (await app.get(Store).sql<{ id: number }>('SELECT "id" FROM "users" ORDER BY "id"')).map(({ id }) => Number(id));

async function main(what: string, url: string, count: number, before: number, read: boolean): Promise<void> {
  await migrate(url);
  const config = loadConfig({ DATABASE_URL: url, ROLE: 'api', LOG_LEVEL: 'error' });
  const options = { logger: ['error' as const], abortOnError: false };
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), options);
  const figures =
    what === 'seed' ? await seed(app, count, before, read) : await (what === 'run' ? run(app) : resume(app));
  await app.close();
  process.stdout.write(`${JSON.stringify(figures ?? {})}\n`);
}

const [what, url, count, before = '3', unread] = process.argv.slice(2);
main(what!, url!, Number(count), Number(before), unread === undefined).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
