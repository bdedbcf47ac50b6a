import type { ProofCheck } from './proof.entity';

/** A question whose rows are what is wrong among the ids after the first parameter up to the second. */
interface Check {
  check: ProofCheck;
  /** Columns `id` and `difference`; as often as `ranges` says, two parameters. */
  sql: string;
  ranges: number;
}

/** What the ids of {@link Check} are of. */
export interface Walk {
  table: string;
  /** Ids a question: few enough that a process which answers people meanwhile does not stand still for long. */
  step: number;
  checks: readonly Check[];
}

const within = (column: string): string => `${column} > ? AND ${column} <= ?`;

/** A month as a number: a server refuses to compare a key with a day as texts, which it collates differently. */
const monthNumber = (month: string): string => `CAST(REPLACE(${month}, '-', '') AS int)`;

/** What was taken back of each item in all is what was taken back of it by day. */
const takenBack = (check: ProofCheck, table: string, column: string, ref: string): Check => ({
  check,
  ranges: 2,
  sql: `SELECT "id", SUM("part") AS "difference" FROM (
      SELECT "id", "${column}" AS "part" FROM "${table}" WHERE ${within('"id"')} AND "${column}" <> 0
      UNION ALL
      SELECT "${ref}", -"amount" FROM "take_backs" WHERE ${within(`"${ref}"`)}
    ) parts GROUP BY "id" HAVING SUM("part") <> 0`,
});

/** Every rule of the books as one sum a posting, account, charge or credit; each statement sees one state of the data. */
export const WALKS: readonly Walk[] = [
  {
    table: 'ledger_postings',
    step: 250,
    checks: [
      {
        check: 'POSTING_SUM',
        ranges: 1,
        sql: `SELECT "posting_id" AS "id", SUM("amount") AS "difference" FROM "ledger_entries"
          WHERE ${within('"posting_id"')} GROUP BY "posting_id", "currency", "posted_on" HAVING SUM("amount") <> 0`,
      },
      {
        check: 'ENTRY_ACCOUNT',
        ranges: 1,
        sql: `SELECT e."id", NULL AS "difference" FROM "ledger_entries" e
          LEFT JOIN "billing_accounts" a ON a."id" = e."account_id"
          WHERE ${within('e."posting_id"')} AND (
            (e."ledger" = 'RECEIVABLE' AND (a."id" IS NULL OR a."currency" <> e."currency"))
            OR (e."ledger" <> 'RECEIVABLE' AND e."account_id" IS NOT NULL))`,
      },
      {
        check: 'CLOSED_PERIOD',
        ranges: 1,
        sql: `SELECT p."id", NULL AS "difference" FROM "ledger_postings" p
          JOIN "ledger_periods" m ON ${monthNumber('m."period"')} = ${monthNumber('SUBSTRING(p."posted_on", 1, 7)')}
          WHERE ${within('p."id"')} AND m."state" = 'CLOSED' AND p."posted_at" > m."changed_at"`,
      },
    ],
  },
  {
    table: 'billing_accounts',
    step: 5000,
    checks: [
      {
        check: 'ACCOUNT_OPEN_ITEMS',
        ranges: 3,
        sql: `SELECT "id", SUM("part") AS "difference" FROM (
            SELECT "account_id" AS "id", "amount" AS "part" FROM "ledger_entries" WHERE ${within('"account_id"')}
            UNION ALL
            SELECT "account_id", -"outstanding" FROM "charges" WHERE ${within('"account_id"')} AND "outstanding" <> 0
            UNION ALL
            SELECT "account_id", "remaining" FROM "credits" WHERE ${within('"account_id"')} AND "remaining" <> 0
          ) parts GROUP BY "id" HAVING SUM("part") <> 0`,
      },
    ],
  },
  {
    table: 'charges',
    step: 20_000,
    checks: [
      takenBack('CHARGE_TAKE_BACKS', 'charges', 'cancelled', 'charge_id'),
      {
        check: 'CHARGE_ALLOCATIONS',
        ranges: 2,
        sql: `SELECT "id", SUM("part") AS "difference" FROM (
            SELECT "id", "amount" - "cancelled" - "outstanding" AS "part",
              CASE WHEN "cancelled" < 0 OR "outstanding" < 0 OR "outstanding" > "amount" - "cancelled" THEN 1 ELSE 0 END
              AS "wrong" FROM "charges" WHERE ${within('"id"')}
            UNION ALL
            SELECT "charge_id", -"amount", 0 FROM "allocations" WHERE ${within('"charge_id"')}
          ) parts GROUP BY "id" HAVING SUM("part") <> 0 OR MAX("wrong") = 1`,
      },
    ],
  },
  {
    table: 'credits',
    step: 20_000,
    checks: [
      takenBack('CREDIT_TAKE_BACKS', 'credits', 'reversed', 'credit_id'),
      {
        check: 'CREDIT_ALLOCATIONS',
        ranges: 2,
        sql: `SELECT "id", SUM("part") AS "difference" FROM (
            SELECT "id", "amount" - "reversed" - "remaining" AS "part",
              CASE WHEN "reversed" < 0 OR "remaining" < 0 OR "remaining" > "amount" - "reversed" THEN 1 ELSE 0 END
              AS "wrong" FROM "credits" WHERE ${within('"id"')}
            UNION ALL
            SELECT "credit_id", -"amount", 0 FROM "allocations" WHERE ${within('"credit_id"')}
          ) parts GROUP BY "id" HAVING SUM("part") <> 0 OR MAX("wrong") = 1`,
      },
      {
        check: 'ALLOCATION_ACCOUNT',
        ranges: 1,
        sql: `SELECT l."id", NULL AS "difference" FROM "allocations" l JOIN "charges" c ON c."id" = l."charge_id"
          JOIN "credits" k ON k."id" = l."credit_id"
          WHERE ${within('l."credit_id"')} AND c."account_id" <> k."account_id"`,
      },
    ],
  },
];
