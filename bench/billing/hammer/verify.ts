import type { INestApplicationContext } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { Proofs } from '../../../src/billing';
import type { Ledger } from './clients';

type Row = Record<string, number | string | null>;

/** What is wrong between the books and what the clients were told; empty when all is well. */
export async function wrongs(app: INestApplicationContext, told: Ledger, charged: number): Promise<string[]> {
  const store = app.get(Store);
  const number = async (sql: string) => Number((await store.sql<Row>(sql))[0]!.n ?? 0);
  const wrong: string[] = [];
  const expect = (what: string, found: unknown, expected: unknown) => {
    if (found !== expected) wrong.push(`${what}: ${String(found)}, not ${String(expected)}`);
  };

  const { state, findings } = await app.get(Proofs).run('CLI');
  if (state !== 'HOLDS') wrong.push(`the proof: ${JSON.stringify(findings)}`);

  const accepted = told.payments.filter(({ serial }) => serial !== null);
  const payments = new Map<string, Row[]>();
  for (const row of await store.sql<Row>(
    `SELECT p."payer_name" AS "name", p."state", r."serial" FROM "payments" p
     JOIN "receipts" r ON r."payment_id" = p."id" ORDER BY p."id"`,
  )) {
    payments.set(String(row.name), [...(payments.get(String(row.name)) ?? []), row]);
  }
  expect('payments', [...payments.values()].flat().length, accepted.length);
  for (const { name, serial, undone } of told.payments) {
    const rows = payments.get(name) ?? [];
    if (rows.length !== (serial === null ? 0 : 1)) wrong.push(`${name} is there ${rows.length} times`);
    if (undone > 1) wrong.push(`${name} was undone ${undone} times`);
    if (serial === null || rows.length !== 1) continue;
    expect(`receipt of ${name}`, rows[0]!.serial, serial);
    expect(`${name} undone`, rows[0]!.state !== 'POSTED', undone === 1);
  }

  for (const { office, year, n, first, last, each } of await store.sql<Row>(
    `SELECT "office", "year", COUNT(*) AS "n", MIN("number") AS "first", MAX("number") AS "last",
       COUNT(DISTINCT "number") AS "each" FROM "receipts" GROUP BY "office", "year"`,
  )) {
    const gapFree = Number(first) === 1 && Number(last) === Number(n) && Number(each) === Number(n);
    if (!gapFree) wrong.push(`receipts of ${office} ${year}: ${n} from ${first} to ${last}, ${each} numbers`);
  }

  const standing = accepted.filter(({ undone }) => undone === 0);
  const sum = (of: (typeof standing)[number][], part: 'minor' | 'cash') =>
    of.reduce((all, each) => all + each[part], 0);
  const owed = await number(`SELECT SUM("amount") AS "n" FROM "ledger_entries" WHERE "ledger" = 'RECEIVABLE'`);
  expect('what is owed', owed, charged - sum(standing, 'minor'));
  const cash = await number(
    `SELECT SUM("amount") AS "n" FROM "ledger_entries" WHERE "ledger" IN ('CASH', 'CASH_IN_TRANSIT', 'OVER_SHORT')`,
  );
  expect('cash', cash, sum(standing, 'cash'));
  return wrong;
}
