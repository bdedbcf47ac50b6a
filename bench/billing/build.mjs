// A database of any size whose books hold: node bench/billing/build.mjs FILE [ENTRIES] [ACCOUNTS]. See README.md.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const { migrate } = require(`${ROOT}/dist/src/migrate.js`);
const Database = require('better-sqlite3');

const [, , file, entries = '10000000', accounts = '300000'] = process.argv;
if (!file) {
  console.error('usage: build.mjs FILE [ENTRIES] [ACCOUNTS]');
  process.exit(1);
}
/** Accounts of a OneRecord: two payer rows, the first with all accounts but one. */
const PER_RECORD = 3;
/** Two months charged, then both paid at once: six entries. */
const ENTRIES_A_CYCLE = 6;
const NOW = '2026-11-24T08:00:00.000Z';
const BLOCK = 20_000;

await migrate(`sqlite:${resolve(file)}`);
const database = new Database(file);
for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -2000000']) {
  database.pragma(pragma);
}

let lastId = 1_000_000;
const next = () => ++lastId;

function into(table, columns) {
  const names = columns.map((name) => `"${name}"`).join(', ');
  const statement = database.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
  return (...values) => statement.run(values);
}
const record = into('one_records', 'id number party_type state approved_name maker_id created_at version'.split(' '));
const link = into(
  'one_record_links',
  'id one_record_id legacy_citizen_id relation joint active_citizen_id same_person_citizen_id linked_by linked_at'.split(
    ' ',
  ),
);
const citizen = into(
  'legacy_citizens',
  'id first_run_id cit_no raw_name raw_doc_type raw_doc_no raw_phone raw_address raw_entry_date'.split(' '),
);
const account = into(
  'billing_accounts',
  'id number currency tenure service_type state legacy_citizen_id opened_on version'.split(' '),
);
const posting = into('ledger_postings', 'id kind posted_on description posted_at'.split(' '));
const entry = into('ledger_entries', 'id posting_id ledger account_id dimension currency amount posted_on'.split(' '));
const charge = into(
  'charges',
  'id account_id posting_id head period charged_on due_on amount cancelled outstanding'.split(' '),
);
const credit = into('credits', 'id account_id posting_id origin credited_on amount reversed remaining'.split(' '));
const allocation = into('allocations', 'id charge_id credit_id amount allocated_on posting_id'.split(' '));

const HEADS = [
  ['WATER', 'WATER', 'ILS'],
  ['WASTE', 'WASTE', 'ILS'],
  ['PROPERTY', 'PROPERTY_TAX', 'JOD'],
];
const all = [];
database.transaction(() => {
  const maker = next();
  into('legacy_runs', ['id', 'state', 'started_via', 'directory', 'started_at'])(maker, 'DONE', 'CLI', '/', NOW);
  for (let n = 0; n < Number(accounts) / PER_RECORD; n++) {
    const id = next();
    record(id, `2026-${String(n).padStart(7, '0')}`, 'INDIVIDUAL', 'APPROVED', 'مواطن', maker, NOW, 1);
    const rows = [next(), next()];
    for (const row of rows) {
      citizen(row, maker, `C${row}`, 'مواطن', '', '', '', '', '');
      link(next(), id, row, 'SAME_PERSON', 0, row, row, maker, NOW);
    }
    for (let each = 0; each < PER_RECORD; each++) {
      const [service, head, currency] = HEADS[each];
      const accountId = next();
      account(accountId, `${accountId}`, currency, 1, service, 'OPEN', rows[each % 2], '2015-01-01', 1);
      all.push({ accountId, head, currency });
    }
  }
})();

let seed = 1;
const random = () => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8) / 2 ** 24;
const monthOf = (n) => `${2010 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;

/** One posting with its two entries. @returns its id */
function post(kind, on, { accountId, currency }, [ledger, dimension], amount) {
  const id = next();
  posting(id, kind, on, kind === 'CHARGE' ? 'فاتورة' : 'قبض', NOW);
  entry(next(), id, 'RECEIVABLE', accountId, null, currency, amount, on);
  entry(next(), id, ledger, null, dimension, currency, -amount, on);
  return id;
}

const cycles = Math.ceil(Number(entries) / ENTRIES_A_CYCLE / all.length);
const started = Date.now();
let written = 0;
for (let cycle = 0; cycle < cycles && written < Number(entries); cycle++) {
  for (let start = 0; start < all.length; start += BLOCK) {
    database.transaction(() => {
      for (const each of all.slice(start, start + BLOCK)) {
        if (written >= Number(entries)) break;
        const amounts = [1000 + Math.floor(random() * 20_000), 1000 + Math.floor(random() * 20_000)];
        const months = [monthOf(cycle * 2), monthOf(cycle * 2 + 1)];
        // One in five leaves a part of the second month unpaid.
        const unpaid = random() < 0.2 ? 500 : 0;
        const paidOn = `${months[1]}-25`;
        const charges = amounts.map((amount, at) => {
          const on = `${months[at]}-05`;
          const id = next();
          const left = at === 1 ? unpaid : 0;
          const postingId = post('CHARGE', on, each, ['INCOME', each.head], amount);
          charge(id, each.accountId, postingId, each.head, months[at], on, paidOn, amount, 0, left);
          return { id, paid: amount - left };
        });
        const paid = charges.reduce((sum, each) => sum + each.paid, 0);
        const postingId = post('PAYMENT', paidOn, each, ['CASH', null], -paid);
        const creditId = next();
        credit(creditId, each.accountId, postingId, 'PAYMENT', paidOn, paid, 0, 0);
        for (const each of charges) allocation(next(), each.id, creditId, each.paid, paidOn, postingId);
        written += ENTRIES_A_CYCLE;
      }
    })();
  }
  console.error(`${written} entries, ${Math.round((Date.now() - started) / 1000)} s`);
}
database.prepare('UPDATE "id_blocks" SET "next_id" = ?').run(lastId + 1000);
database.pragma('journal_mode = WAL');
database.exec('ANALYZE');
database.close();
console.log(`${written} entries on ${all.length} accounts, ${Math.round((Date.now() - started) / 1000)} s`);
