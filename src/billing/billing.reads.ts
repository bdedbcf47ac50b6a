import { HOLDERS_OF_ROW, RECORD_BY_ID, recordOf, watch } from '../citizens';

/** Whose accounts a subquery selects: those opened for a record, and those of a row, which several may hold. */
export const recordsOfAccounts = (accountIds: string): string =>
  `SELECT "one_record_id" AS "id" FROM "billing_accounts"
   WHERE "id" IN (${accountIds}) AND "one_record_id" IS NOT NULL
   UNION SELECT l."one_record_id" AS "id" FROM "billing_accounts" a
   JOIN "one_record_links" l ON l."legacy_citizen_id" = a."legacy_citizen_id" AND l."active_citizen_id" IS NOT NULL
   WHERE a."id" IN (${accountIds})`;

const accountsOf = (table: string): string => recordsOfAccounts(`SELECT "account_id" FROM "${table}" WHERE "id" = ?`);

const OF_ACCOUNT = recordsOfAccounts('?');
const OF_BILL = accountsOf('bills');
const OF_PAYMENT = recordsOfAccounts(
  `SELECT l."account_id" FROM "receipts" r JOIN "payment_lines" l ON l."payment_id" = r."payment_id"
   WHERE r."serial" = ?`,
);
const OF_CHEQUE = recordsOfAccounts('SELECT "account_id" FROM "cheque_lines" WHERE "cheque_id" = ?');
const OF_TRANSFER = `SELECT "buyer_id" AS "id" FROM "account_transfers" WHERE "id" = ?
  UNION ${accountsOf('account_transfers')}`;
const OF_WARNING = `${recordOf('warnings', 'serial')}
  UNION SELECT l."one_record_id" AS "id" FROM "warnings" w
  JOIN "one_record_links" l ON l."legacy_citizen_id" = w."legacy_citizen_id" AND l."active_citizen_id" IS NOT NULL
  WHERE w."serial" = ?`;
/** As the till asks: the number of an account, the serial of a bill or a receipt. */
const OF_NUMBER = recordsOfAccounts(
  `SELECT "id" FROM "billing_accounts" WHERE "number" = ? UNION SELECT "account_id" FROM "bills" WHERE "serial" = ?
   UNION SELECT l."account_id" FROM "receipts" r JOIN "payment_lines" l ON l."payment_id" = r."payment_id"
   WHERE r."serial" = ?`,
);
const CLEARANCE = recordOf('clearances', 'serial');
const STATEMENT = recordOf('account_statements', 'serial');

watch('ACCOUNT', RECORD_BY_ID, 'one-records/:id/accounts', 'one-records/:id/aged-debt');
watch('ACCOUNT', OF_ACCOUNT, 'billing/accounts/:id/discount-quote', 'billing/accounts/:id/transfer-preview');
watch('ACCOUNT', accountsOf('adjustments'), 'billing/adjustments/:id');
watch('ACCOUNT', accountsOf('recurring_charges'), 'billing/recurring-charges/:id');
watch('ACCOUNT', recordOf('instalment_plans'), 'billing/instalment-plans/:id');
watch('ACCOUNT', OF_TRANSFER, 'billing/transfers/:id');
watch('BILL', RECORD_BY_ID, 'one-records/:id/bills');
watch('BILL', OF_ACCOUNT, 'billing/accounts/:id/bills');
watch('BILL', OF_BILL, 'billing/bills/:id', 'billing/bills/:id/pdf');
watch('BILL', OF_WARNING, 'billing/warnings/:serial', 'billing/warnings/:serial/pdf');
watch('STATEMENT', OF_ACCOUNT, 'billing/accounts/:id/statement');
watch('STATEMENT', RECORD_BY_ID, 'one-records/:id/account-statement', 'one-records/:id/account-statements');
watch('STATEMENT', STATEMENT, 'account-statements/:serial');
watch('STATEMENT', STATEMENT, 'account-statements/:serial/pdf', 'account-statements/:serial/xlsx');
watch('STATEMENT', RECORD_BY_ID, 'one-records/:id/clearances');
watch('STATEMENT', CLEARANCE, 'clearances/:serial', 'clearances/:serial/pdf');
watch('PAYMENT', RECORD_BY_ID, 'one-records/:id/payments', 'one-records/:id/cheques');
watch('PAYMENT', OF_PAYMENT, 'payments/:serial', 'payments/:serial/pdf');
watch('PAYMENT', OF_CHEQUE, 'cheques/:id');
watch('PAYMENT', recordOf('gateway_transactions'), 'gateway-transactions/:id');
watch('ACCOUNT', RECORD_BY_ID, 'billing/payers?oneRecordId', 'billing/instalment-plans?oneRecordId');
watch('ACCOUNT', RECORD_BY_ID, 'billing/transfers?buyerId');
watch('ACCOUNT', HOLDERS_OF_ROW, 'billing/payers?citizenId');
watch('ACCOUNT', OF_NUMBER, 'billing/payers?number');
watch('ACCOUNT', OF_ACCOUNT, 'billing/adjustments?accountId', 'billing/recurring-charges?accountId');
watch('BILL', RECORD_BY_ID, 'billing/warnings?oneRecordId');
watch('BILL', HOLDERS_OF_ROW, 'billing/warnings?legacyCitizenId');
watch('BILL', OF_ACCOUNT, 'billing/warnings?accountId');
watch('PAYMENT', RECORD_BY_ID, 'gateway-transactions?oneRecordId');
