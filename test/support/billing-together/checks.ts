import { Proofs } from '../../../src/billing';
import type { TestApp } from '../app';
import { Store } from '@libs/persistence';

interface Question {
  name: string;
  /** Whose rows are what is wrong. */
  sql: string;
}

const IN_HAND = `('RECEIVED', 'HELD', 'DUE', 'DEPOSITED', 'REDEPOSITED')`;

/** What holds whatever the slices have done to one another. */
const QUESTIONS: Question[] = [
  {
    name: 'trial balance',
    sql: `SELECT "currency", SUM("amount") AS "sum" FROM "ledger_entries" GROUP BY "currency" HAVING SUM("amount") <> 0`,
  },
  {
    name: 'both debt and advance',
    sql: `SELECT a."id" FROM "billing_accounts" a
      WHERE EXISTS (SELECT 1 FROM "charges" c WHERE c."account_id" = a."id" AND c."outstanding" > 0)
        AND EXISTS (SELECT 1 FROM "credits" r WHERE r."account_id" = a."id" AND r."remaining" > 0)`,
  },
  {
    name: 'CHEQUES not what is in hand',
    sql: `SELECT "dimension", SUM("amount") AS "sum" FROM (
        SELECT "dimension", "amount" FROM "ledger_entries" WHERE "ledger" = 'CHEQUES'
        UNION ALL SELECT CONCAT('cheque:', "id"), -"amount" FROM "cheques" WHERE "state" IN ${IN_HAND}
      ) parts GROUP BY "dimension" HAVING SUM("amount") <> 0`,
  },
  {
    name: 'CHEQUES_PENDING not what is deferred',
    sql: `SELECT "dimension", SUM("amount") AS "sum" FROM (
        SELECT "dimension", "amount" FROM "ledger_entries" WHERE "ledger" = 'CHEQUES_PENDING'
        UNION ALL SELECT CONCAT('cheque:', c."id"), l."amount" FROM "cheques" c JOIN "cheque_lines" l ON l."cheque_id" = c."id"
          WHERE c."state" IN ${IN_HAND} AND l."credit_id" IS NULL
      ) parts GROUP BY "dimension" HAVING SUM("amount") <> 0`,
  },
  {
    name: 'credited by a cheque that came back',
    sql: `SELECT l."id" FROM "cheque_lines" l JOIN "cheques" c ON c."id" = l."cheque_id"
      WHERE c."state" IN ('RETURNED', 'LEGAL', 'REPLACED') AND l."credit_id" IS NOT NULL`,
  },
  {
    name: 'SUSPENSE of a line beyond the line',
    sql: `SELECT l."id", MAX(l."amount") AS "amount", SUM(e."amount") AS "sum" FROM "bank_lines" l
      JOIN "ledger_entries" e ON e."ledger" = 'SUSPENSE' AND e."dimension" = l."dimension" GROUP BY l."id"
      HAVING (MAX(l."amount") > 0 AND (SUM(e."amount") > 0 OR SUM(e."amount") < -MAX(l."amount")))
        OR (MAX(l."amount") < 0 AND (SUM(e."amount") < 0 OR SUM(e."amount") > -MAX(l."amount")))`,
  },
  {
    name: 'SUSPENSE of a transaction not what it waits for',
    sql: `SELECT "dimension", SUM("amount") AS "sum" FROM (
        SELECT "dimension", "amount" FROM "ledger_entries" WHERE "ledger" = 'SUSPENSE' AND "dimension" LIKE 'gateway:%'
        UNION ALL SELECT CONCAT('gateway:', "id"), "amount" FROM "gateway_transactions" WHERE "suspense" IS NOT NULL
      ) parts GROUP BY "dimension" HAVING SUM("amount") <> 0`,
  },
  {
    name: 'money on its way that the bank is not expected to tell of',
    sql: `SELECT "id", "ledger", "amount" FROM "ledger_entries"
      WHERE "ledger" IN ('TRANSFER_CLEARING', 'GATEWAY_CLEARING', 'CARD_CLEARING', 'CASH', 'CASH_IN_TRANSIT', 'SUSPENSE', 'CHEQUES')
        AND "dimension" IS NULL`,
  },
  {
    name: 'in the bank past its statements and what was confirmed by hand',
    sql: `SELECT a."id" FROM "bank_accounts" a WHERE
      (SELECT COALESCE(SUM(e."amount"), 0) FROM "ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
        WHERE e."ledger" = 'BANK' AND e."dimension" = a."iban" AND p."document_type" NOT IN ('deposit', 'cheque', 'share-remittance'))
      <> (SELECT COALESCE(SUM(l."amount"), 0) FROM "bank_lines" l WHERE l."bank_account_id" = a."id")`,
  },
  {
    name: 'due to a partner past settlements and remittances',
    sql: `SELECT "currency", SUM("part") AS "sum" FROM (
        SELECT "currency", "amount" AS "part" FROM "ledger_entries" WHERE "ledger" = 'THIRD_PARTY' AND "dimension" = 'MOF'
        UNION ALL SELECT l."currency", l."share" FROM "share_lines" l JOIN "share_settlements" s ON s."id" = l."settlement_id"
          WHERE s."standing_partner_id" IS NOT NULL
        UNION ALL SELECT "currency", -"amount" FROM "share_remittances" WHERE "state" = 'POSTED'
      ) parts GROUP BY "currency" HAVING SUM("part") <> 0`,
  },
  {
    name: 'receipts with gaps',
    sql: `SELECT "office", "year", COUNT(*) AS "n", MAX("number") AS "most" FROM "receipts" GROUP BY "office", "year"
      HAVING COUNT(*) <> MAX("number") OR MIN("number") <> 1`,
  },
  {
    name: 'payments without a receipt',
    sql: `SELECT p."id" FROM "payments" p LEFT JOIN "receipts" r ON r."payment_id" = p."id" WHERE r."id" IS NULL`,
  },
  {
    name: 'spent of a campaign not its grants',
    sql: `SELECT "id", SUM("part") AS "sum" FROM (
        SELECT "id", "spent" AS "part" FROM "campaigns"
        UNION ALL SELECT "campaign_id", -"amount" FROM "campaign_grants"
      ) parts GROUP BY "id" HAVING SUM("part") <> 0`,
  },
  {
    name: 'grants of payments that do not stand',
    sql: `SELECT g."id" FROM "campaign_grants" g JOIN "payments" p ON p."id" = g."payment_id"
      WHERE p."state" <> 'POSTED' AND g."reverses_id" IS NULL
        AND NOT EXISTS (SELECT 1 FROM "campaign_grants" b WHERE b."reverses_id" = g."id")`,
  },
  {
    name: 'grants with cheques',
    sql: `SELECT g."id" FROM "campaign_grants" g JOIN "cheques" c ON c."payment_id" = g."payment_id"`,
  },
  {
    name: 'exchange of a payment that does not stand',
    sql: `SELECT "currency", SUM("amount") AS "sum" FROM (
        SELECT "currency", "amount" FROM "ledger_entries" WHERE "ledger" IN ('EXCHANGE', 'EXCHANGE_DIFFERENCE')
        UNION ALL SELECT t."currency", t."amount" FROM "payment_tenders" t JOIN "payments" p ON p."id" = t."payment_id"
          WHERE p."state" = 'POSTED' AND t."currency" <> t."pays_currency"
        UNION ALL SELECT t."pays_currency", -t."pays_amount" FROM "payment_tenders" t JOIN "payments" p ON p."id" = t."payment_id"
          WHERE p."state" = 'POSTED' AND t."currency" <> t."pays_currency"
      ) parts GROUP BY "currency" HAVING SUM("amount") <> 0`,
  },
  {
    name: 'undone payments of which an account keeps something',
    sql: `SELECT k."id" FROM "credits" k JOIN "payments" p ON p."posting_id" = k."posting_id"
      WHERE p."state" <> 'POSTED' AND k."reversed" < k."amount"`,
  },
  {
    name: 'live charges of plans that ended',
    sql: `SELECT pc."id" FROM "plan_charges" pc JOIN "instalment_plans" p ON p."id" = pc."plan_id"
      WHERE (pc."live_charge_id" IS NOT NULL AND p."state" NOT IN ('DRAFT', 'ACTIVE'))
        OR (pc."live_charge_id" IS NULL AND p."state" IN ('DRAFT', 'ACTIVE'))`,
  },
  {
    name: 'live charges of warnings that ended',
    sql: `SELECT wc."id" FROM "warning_charges" wc JOIN "warnings" w ON w."id" = wc."warning_id"
      WHERE wc."live_charge_id" IS NOT NULL AND w."state" IN ('PAID', 'WITHDRAWN')`,
  },
  {
    name: 'refunds of a payment not what its credits lost',
    sql: `SELECT r."payment_id" FROM "payment_refunds" r GROUP BY r."payment_id" HAVING
      (SELECT COALESCE(SUM(l."amount"), 0) FROM "payment_refund_lines" l JOIN "payment_refunds" x ON x."id" = l."refund_id" WHERE x."payment_id" = r."payment_id") <>
      (SELECT COALESCE(SUM(t."amount"), 0) FROM "payment_refund_tenders" t JOIN "payment_refunds" x ON x."id" = t."refund_id" WHERE x."payment_id" = r."payment_id")
      AND NOT EXISTS (SELECT 1 FROM "cheques" c WHERE c."payment_id" = r."payment_id")`,
  },
  {
    name: 'open debts or advances on closed accounts that nobody opens again',
    sql: `SELECT a."id" FROM "billing_accounts" a WHERE a."state" = 'CLOSED' AND a."closed_on" IS NULL
      AND EXISTS (SELECT 1 FROM "charges" c WHERE c."account_id" = a."id" AND c."outstanding" > 0)`,
  },
  {
    name: 'a bill that was taken back and is owed',
    sql: `SELECT c."id" FROM "bills" b JOIN "charges" c ON c."posting_id" = b."posting_id"
      WHERE b."state" = 'REVERSED' AND c."outstanding" > 0`,
  },
];

/** What is wrong, by name; nothing when everything holds. */
export async function wrongs({ app }: TestApp): Promise<Record<string, unknown[]>> {
  const store = app.get(Store);
  const found: Record<string, unknown[]> = {};
  for (const { name, sql } of QUESTIONS) {
    const rows = await store.sql<Record<string, unknown>>(sql);
    if (rows.length > 0) found[name] = rows;
  }
  const { state, findings } = await app.get(Proofs).run('CLI');
  if (state !== 'HOLDS') found['proof of the books'] = findings ?? [];
  return found;
}
