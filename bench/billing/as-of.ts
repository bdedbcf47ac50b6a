/**
 * Aged debt as of days ago, and what a partner has a share in, over a year of charges and payments: one charge an account
 * and month, paid a month later by four in five.
 *
 *     node -r ./test/support/register.cjs bench/billing/as-of.ts [ACCOUNTS]
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { NestFactory } from '@nestjs/core';
import { fixedClock } from '@libs/calendar';
import { loadConfig } from '@libs/config';
import type { Principal } from '@libs/http';
import { Store } from '@libs/persistence';
import { AppModule } from '../../src/app.module';
import { AgedDebt } from '../../src/billing/reports/aged-debt';
import { SharePartners } from '../../src/billing/shares/partners';
import { ShareSettlements } from '../../src/billing/shares/settlements';
import { seedDemoUsers } from '../../src/identity';
import { migrate } from '../../src/migrate';

const NOW = '2026-01-05T08:00:00.000Z';
const MONTHS = 12;

/** Ids: account a; of month m the posting m and 100 + m; charge, credit, allocation by account and month. */
function fill(file: string, accounts: number): void {
  const database = new Database(file);
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).run(values);
  const all = `WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n WHERE a < ${accounts})`;
  database.exec('BEGIN');
  run(`${all} INSERT INTO billing_accounts
    SELECT a, 'A' || a, 'ILS', 1, 'PROPERTY', 'OPEN', NULL, NULL, NULL, '2020-01-01', NULL, 1 FROM n`);
  for (let month = 1; month <= MONTHS; month++) {
    const on = `2025-${String(month).padStart(2, '0')}-10`;
    const paidOn = month === 12 ? '2026-01-02' : `2025-${String(month + 1).padStart(2, '0')}-05`;
    const first = month * 10_000_000;
    const posting = 'INSERT INTO ledger_postings VALUES (?, ?, ?, NULL, NULL, NULL, ?, NULL, NULL, ?)';
    run(posting, month, 'CHARGE', on, 'فاتورة', NOW);
    run(posting, 100 + month, 'PAYMENT', paidOn, 'دفعة', NOW);
    const entry = `INSERT INTO ledger_entries SELECT ? + a, ?, 'RECEIVABLE', a, NULL, 'ILS', ?, ?, NULL FROM n`;
    run(`${all} ${entry}`, first, month, 10_001, on);
    run(`${all} ${entry} WHERE a % 5 <> ? % 5`, first + 5_000_000, 100 + month, -10_001, paidOn, month);
    run(
      `${all} INSERT INTO charges SELECT ? + a, a, ?, 'PROPERTY_TAX', substr(?, 1, 7), ?, ?, 10001, 0,
         CASE WHEN a % 5 = ? % 5 THEN 10001 ELSE 0 END, NULL, NULL FROM n`,
      ...[first, month, on, on, on, month],
    );
    const paid = `FROM n WHERE a % 5 <> ? % 5`;
    run(
      `${all} INSERT INTO credits SELECT ? + a, a, ?, 'PAYMENT', ?, 10001, 0, 0 ${paid}`,
      ...[first, 100 + month, paidOn, month],
    );
    run(
      `${all} INSERT INTO allocations SELECT ? + a, ? + a, ? + a, 10001, ?, ? ${paid}`,
      ...[first, first, first, paidOn, 100 + month, month],
    );
  }
  database.exec('COMMIT');
  database.close();
}

async function main(accounts: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-bench-'));
  const url = `sqlite:${join(folder, 'books.db')}`;
  await migrate(url);
  fill(join(folder, 'books.db'), accounts);
  const config = loadConfig({ DATABASE_URL: url, ROLE: 'api', LOG_LEVEL: 'error' });
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config, fixedClock(NOW)), { logger: false });
  const aged = app.get(AgedDebt);
  const figures: Record<string, number> = {};
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    figures[name] = Number(((performance.now() - start) / 1000).toFixed(2));
  };
  for (const day of [undefined, '2025-12-31', '2025-10-31', '2025-07-31', '2025-01-31']) {
    await timed(`summary ${day ?? 'now'}`, () => aged.summary(day));
    await timed(`accounts ${day ?? 'now'}`, () => aged.byAccount({ asOf: day }, { page: 1, pageSize: 50 }));
  }
  await seedDemoUsers(app);
  const [user] = await app.get(Store).sql<{ id: number }>('SELECT MIN("id") AS "id" FROM "users"');
  const caller = { userId: user!.id } as Principal;
  for (const [code, since] of [
    ['MONTH', '2025-12-01'],
    ['YEAR', '2025-01-01'],
  ] as const) {
    const { id } = await app.get(SharePartners).create({ code, nameAr: code, nameEn: code }, caller);
    const rule = { head: 'PROPERTY_TAX', partnerId: id, fromDay: since, basisPoints: 4000, decision: code };
    await app.get(SharePartners).addRule(rule, caller);
    await timed(`shares of a ${code.toLowerCase()}`, () => app.get(ShareSettlements).preview(id, '2025-12'));
  }
  console.table(figures);
  await app.close();
  rmSync(folder, { recursive: true });
}

void main(Number(process.argv[2] ?? 100_000));
