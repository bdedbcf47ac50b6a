/**
 * The import without a product around it: the same files parsed, the same rows inserted in the same tables with the same
 * keys and indexes by better-sqlite3, everything in memory, all in one transaction, nothing checked beforehand.
 *
 *     node -r ./test/support/register.cjs bench/legacy/bare.ts DIR MIGRATED_DATABASE
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { FILE_NAMES, FORMATS, type FileName } from '../../src/legacy/extract/format';
import { KINDS, type Known } from '../../src/legacy/import/kinds';

const snake = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

function* records(directory: string, name: FileName): Generator<string[]> {
  const { encoding, separator } = FORMATS[name];
  const lines = new TextDecoder(encoding).decode(readFileSync(join(directory, `${name}.csv`))).split('\r\n');
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (line === '') continue;
    yield line.includes('"') ? parse(line, { delimiter: separator })[0]! : line.split(separator);
  }
}

function load(directory: string, file: string): number {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  const ids = { citizens: new Map<string, number>(), services: new Map<string, number>() };
  let rows = 0;
  database.transaction(() => {
    database
      .prepare(
        `INSERT INTO "legacy_runs" ("id", "state", "started_via", "directory", "started_at") VALUES (1, 'DONE', 'CLI', '', '')`,
      )
      .run();
    for (const name of FILE_NAMES) {
      const kind = KINDS[name];
      const own = [kind.key, ...(kind.unique ? [] : ['occurrence']), ...kind.properties];
      const columns = ['id', 'firstRunId', 'changedRunId', 'vanishedRunId', ...own].map(snake);
      const sql = `INSERT INTO "legacy_${name}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
      const insert = database.prepare(sql);
      const occurrences = new Map<string, number>();
      let id = 0;
      for (const fields of records(directory, name)) {
        const values = kind.read(fields, ids as Known);
        if (typeof values === 'string') continue;
        const key = kind.keyOf(fields);
        const occurrence = (occurrences.get(key) ?? 0) + 1;
        if (occurrence > 1 && kind.unique) continue;
        occurrences.set(key, occurrence);
        insert.run([++id, 1, null, null, key, ...(kind.unique ? [] : [occurrence]), ...values]);
        if (name === 'citizens' || name === 'services') ids[name].set(key, id);
      }
      rows += id;
    }
  })();
  database.close();
  return rows;
}

const [directory, file] = process.argv.slice(2);
const start = performance.now();
const rows = load(directory!, file!);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ rows, seconds, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
