/**
 * The rows that a bill run has made, inserted into a database that is as the other was before it: same tables, keys and
 * indexes, one prepared statement a table, all in one transaction. Reading them counts for nothing.
 *
 *     node -r ./test/support/register.cjs bench/billing/bare-bills.ts FROM.db INTO.db
 */
import Database from 'better-sqlite3';

const TABLES = ['ledger_postings', 'ledger_entries', 'charges', 'bills'];

function copy(from: string, into: string): { rows: number; seconds: number; cpu: number } {
  const source = new Database(from, { readonly: true });
  const target = new Database(into);
  target.pragma('journal_mode = WAL');
  target.pragma('synchronous = NORMAL');
  target.pragma('foreign_keys = ON');
  target.pragma('cache_size = -65536');
  target.pragma('temp_store = MEMORY');
  let [rows, spent, cpu] = [0, 0, 0];
  const timed = (work: () => void) => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    work();
    spent += performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    cpu += user + system;
  };
  timed(() => target.exec('BEGIN IMMEDIATE'));
  // Of which the bills are part: a run that is there before them is part of the seed of neither.
  const run = source.prepare('SELECT * FROM "bill_runs"').raw().all() as unknown[][];
  timed(() => {
    for (const row of run) target.prepare(`INSERT INTO "bill_runs" VALUES (${row.map(() => '?').join(', ')})`).run(row);
  });
  for (const table of TABLES) {
    const all = source.prepare(`SELECT * FROM "${table}" ORDER BY "id"`).raw().all() as unknown[][];
    const insert = target.prepare(`INSERT INTO "${table}" VALUES (${all[0]!.map(() => '?').join(', ')})`);
    timed(() => {
      for (const row of all) insert.run(row);
    });
    rows += all.length;
  }
  timed(() => target.exec('COMMIT'));
  source.close();
  target.close();
  return { rows, seconds: Number((spent / 1000).toFixed(2)), cpu: Number((cpu / 1e6).toFixed(2)) };
}

const [from, into] = process.argv.slice(2);
console.log(JSON.stringify(copy(from!, into!)));
