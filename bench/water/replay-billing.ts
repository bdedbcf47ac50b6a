import type { INestApplicationContext } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { BillRuns, Proofs } from '../../src/billing';
import { BillRun } from '../../src/billing/bill-runs/bill-run.entity';
import { RunWorker } from '../../src/billing/bill-runs/run-worker';
import { WATER_CLASSES } from '../../src/water/subscriptions/subscription.entity';
import { Tariffs } from '../../src/water/tariffs/tariffs';
import { personOf } from '../../src/water/demo';
import { MONTHLY } from '../../test/support/water';

/** What a month has come to in the books. */
export interface BilledMonth {
  bills: number;
  /** Of the bills, minor units. */
  amount: number;
  /** Estimated cycles that a true reading put right. */
  trueUps: number;
  /** Accounts without a bill, by what explains it. */
  unbilled: Map<string, number>;
  unexplained: string[];
}

/** Drafted by one, approved by another: for every class what JWU published, the sewer and a tax on top. */
export async function replayTariffs(app: INestApplicationContext, from: string): Promise<void> {
  const [tariffs, store] = [app.get(Tariffs), app.get(Store)];
  const [officer, supervisor] = [await personOf(store, 'officer'), await personOf(store, 'supervisor')];
  const text = { titleAr: 'تعرفة الإعادة', titleEn: 'Tariff of the replay', decisionNumber: '1', decidedOn: from };
  for (const waterClass of WATER_CLASSES) {
    const tax = { percent: '16', of: ['WATER', 'FIXED', 'SEWER'] };
    const added = { sewer: { percent: '20', of: ['WATER'] }, tax };
    const data = { ...MONTHLY, ...added, code: `REPLAY-${waterClass}`, class: waterClass, from };
    const { id, version } = await tariffs.draft({ ...text, idleStates: [], data } as never, officer);
    await tariffs.approve({ id, version }, supervisor);
  }
}

/** One bill run: calculated, reviewed by another, posted, issued. */
export async function billMonth(app: INestApplicationContext, period: string, issueOn: string): Promise<BilledMonth> {
  const [store, runs, worker] = [app.get(Store), app.get(BillRuns), app.get(RunWorker)];
  const [officer, supervisor] = [await personOf(store, 'officer'), await personOf(store, 'supervisor')];
  const { id } = await runs.create({ feeder: 'water', period, issueOn, dueOn: issueOn }, officer);
  await runs.calculate(id, 1);
  await worker.work(id);
  await runs.review(id, 2, supervisor);
  await runs.post(id, 3, supervisor);
  await worker.work(id);
  await runs.issue(id, 4, supervisor);
  await worker.work(id);
  const { state, bills, failure } = await store.reads(BillRun).findOneByOrFail({ id });
  const { unbilled, unexplained } = await exceptionsOf(store, id, period);
  for (const number of await silent(store, id)) unexplained.push(`${period} ${number}: no bill and no exception`);
  if (state !== 'ISSUED') unexplained.push(`${period}: the run is ${state}, ${failure}`);
  const [sums] = await store.sql<{ amount: number; posted: number; ups: number }>(
    `SELECT COALESCE(SUM("amount"), 0) AS "amount", (SELECT COALESCE(SUM(e."amount"), 0) FROM "ledger_entries" e
       JOIN "bills" p ON p."posting_id" = e."posting_id" AND p."account_id" = e."account_id"
       WHERE p."run_id" = ?) AS "posted", (SELECT COUNT(*) FROM "water_ratings" r JOIN "bills" u ON u."id" = r."bill_id"
       WHERE u."run_id" = ? AND r."kind" = 'TRUE_UP') AS "ups" FROM "bills" WHERE "run_id" = ?`,
    [id, id, id],
  );
  const [amount, posted] = [Number(sums!.amount), Number(sums!.posted)];
  if (posted !== amount) unexplained.push(`${period}: bills of ${amount}, posted ${posted}`);
  return { bills, amount, trueUps: Number(sums!.ups), unbilled, unexplained };
}

interface Exception {
  account: number;
  reason: string;
  state: string;
  meters: number;
  visits: number;
}

async function exceptionsOf(store: Store, runId: number, period: string) {
  const rows = await store.sql<Exception>(
    `SELECT x."account_id" AS "account", x."reason", s."state",
       (SELECT COUNT(*) FROM "water_installations" i WHERE i."open_subscription_id" = s."id") AS "meters",
       (SELECT COUNT(*) FROM "water_reading_visits" v WHERE v."open_subscription_id" = s."id") AS "visits"
     FROM "bill_run_exceptions" x LEFT JOIN "water_subscriptions" s ON s."account_id" = x."account_id"
     WHERE x."run_id" = ? ORDER BY x."id"`,
    [runId],
  );
  const unbilled = new Map<string, number>();
  const unexplained: string[] = [];
  for (const row of rows) {
    const why = explained(row);
    if (why) unbilled.set(why, (unbilled.get(why) ?? 0) + 1);
    else unexplained.push(`${period} account ${row.account}: ${row.reason}`);
  }
  return { unbilled, unexplained };
}

function explained({ reason, state, meters, visits }: Exception): string | null {
  if (reason === 'water.register-begins')
    return 'first reading of a meter that the old systems never read: counted from it';
  if (reason !== 'water.no-reading' && reason !== 'water.no-meter') return null;
  if (Number(meters) === 0) return 'no meter: its serial is blank or another subscription has it';
  if (reason !== 'water.no-reading') return null;
  if (state !== 'ACTIVE') return 'cut off, and not read';
  return Number(visits) > 0 ? 'not read and not to be estimated: somebody has to go there' : null;
}

/** Whoever has water and a meter has a bill, or is named as an exception. */
async function silent(store: Store, runId: number): Promise<string[]> {
  const rows = await store.sql<{ number: string }>(
    `SELECT s."number" FROM "water_subscriptions" s WHERE s."state" = 'ACTIVE'
       AND EXISTS (SELECT 1 FROM "water_installations" i WHERE i."open_subscription_id" = s."id")
       AND NOT EXISTS (SELECT 1 FROM "bills" b WHERE b."run_id" = ? AND b."account_id" = s."account_id")
       AND NOT EXISTS (SELECT 1 FROM "bill_run_exceptions" x WHERE x."run_id" = ? AND x."account_id" = s."account_id")
     ORDER BY s."number"`,
    [runId, runId],
  );
  return rows.map(({ number }) => number);
}

/** What the books say of all months: the proof of the ledger, and the water of each register by its standing ratings. */
export async function booksOf(app: INestApplicationContext): Promise<string[]> {
  const proof = await app.get(Proofs).run('CLI');
  const broken = proof.findings.map(({ check, count }) => `the books do not hold: ${check}, ${count} times`);
  const rows = await app.get(Store).sql<{ id: number; used: number; litres: number }>(
    `SELECT u."id", u."used", r."litres" FROM (SELECT "subscription_id" AS "id", SUM("consumption") AS "used" FROM "water_readings"
       WHERE "standing_installation_id" IS NOT NULL AND "state" = 'BILLED' AND "legacy_reading_id" IS NULL
       GROUP BY "subscription_id") u LEFT JOIN (SELECT "standing_subscription_id" AS "id", SUM("litres") AS "litres"
       FROM "water_ratings" WHERE "standing_subscription_id" IS NOT NULL GROUP BY "standing_subscription_id") r
       ON r."id" = u."id" ORDER BY u."id"`,
  );
  const unlike = rows.filter(({ used, litres }) => Number(used) * 1000 !== Number(litres));
  return [...broken, ...unlike.map(({ id, used, litres }) => `subscription ${id}: ${used} m³ read, ${litres} l rated`)];
}
