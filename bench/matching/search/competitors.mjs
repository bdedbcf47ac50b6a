// What the product is compared with, over the same rows and normalised names. Each engine: answer(text) → CIT_NO[], 50 at most.
import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { jaroWinkler } from '../measures.mjs';
import { Postgres } from './postgres.mjs';
import { eachRow, lineBlocks, normalizeName, rowOf } from './questions.mjs';

const require = createRequire(import.meta.url);
const MOST = 50;
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** A table of the register's names in PostgreSQL with a GIN index of trigrams, made unless it is there. */
export async function openPostgres(url, directory, log) {
  const { size, mtimeMs } = statSync(`${directory}/citizens.csv`);
  const table = `names_${createHash('sha256').update(`${size} ${mtimeMs}`).digest('hex').slice(0, 12)}`;
  const client = await Postgres.connect(url);
  await client.query("SET jit = off; SET max_parallel_workers_per_gather = 0; SET work_mem = '256MB'");
  const [[there]] = await client.query(`SELECT to_regclass('${table}_trgm') IS NOT NULL`);
  if (there !== 't') await load(client, table, directory, log);
  await client.query('SET statement_timeout = 30000');
  const ask = async (condition, order) => {
    const sql = `SELECT cit_no FROM ${table} WHERE ${condition} ORDER BY ${order} LIMIT ${MOST}`;
    return (await client.query(sql)).map(([citNo]) => citNo);
  };
  const set = (name, value) => client.query(`SET ${name} = ${value}`);
  return {
    close: () => client.close(),
    async trigrams(operator, threshold) {
      const word = operator === '<%';
      await set(`pg_trgm.${word ? 'word_' : ''}similarity_threshold`, threshold);
      return (text) => {
        const name = quoted(normalizeName(text));
        const likeness = word ? `word_similarity(${name}, name)` : `similarity(name, ${name})`;
        return ask(word ? `${name} <% name` : `name % ${name}`, `${likeness} DESC, id`);
      };
    },
    /** LIKE '%first%last%' through the same index. */
    like: (text) => ask(`name LIKE ${quoted(patternOf(text))}`, 'id'),
  };
}

async function load(client, table, directory, log) {
  const start = performance.now();
  await client.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm; DROP TABLE IF EXISTS ${table};
    CREATE TABLE ${table} (id bigserial PRIMARY KEY, cit_no text NOT NULL, name text NOT NULL)`);
  await client.copy(`COPY ${table} (cit_no, name) FROM STDIN`, async (write) => {
    for await (const lines of lineBlocks(`${directory}/citizens.csv`)) {
      const copied = lines.map(rowOf).map(([citNo, name]) => `${citNo}\t${normalizeName(name)}\n`);
      if (copied.length > 0) await write(copied.join(''));
    }
  });
  const loaded = performance.now();
  await client.query(`SET maintenance_work_mem = '1GB';
    CREATE INDEX ${table}_trgm ON ${table} USING gin (name gin_trgm_ops)`);
  await client.query(`VACUUM ANALYZE ${table}`);
  const [[bytes]] = await client.query(`SELECT pg_total_relation_size('${table}')`);
  const seconds = (from, to) => ((to - from) / 1000).toFixed(1);
  log(
    `PostgreSQL: rows in ${seconds(start, loaded)} s, index in ${seconds(loaded, performance.now())} s, ` +
      `${Math.round(Number(bytes) / 1e6)} MB`,
  );
}

/** LIKE '%first%last%' as it is done without an index: SQLite scans its table of names. */
export async function openLike(directory) {
  const Database = require('better-sqlite3');
  const file = `${directory}/names.db`;
  if (!existsSync(file)) {
    rmSync(`${file}.new`, { force: true });
    const fresh = new Database(`${file}.new`);
    fresh.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
    fresh.exec('CREATE TABLE names (id INTEGER PRIMARY KEY, cit_no TEXT NOT NULL, name TEXT NOT NULL)');
    const insert = fresh.prepare('INSERT INTO names (cit_no, name) VALUES (?, ?)');
    await eachRow(directory, (citNo, name) => insert.run(citNo, normalizeName(name)));
    fresh.exec('COMMIT');
    fresh.close();
    renameSync(`${file}.new`, file);
  }
  const database = new Database(file, { readonly: true });
  database.pragma('cache_size = -65536');
  const select = database.prepare(`SELECT cit_no FROM names WHERE name LIKE ? ORDER BY id LIMIT ${MOST}`).pluck();
  return (text) => select.all(patternOf(text));
}

function patternOf(text) {
  const words = normalizeName(text).split(' ');
  return `%${words[0]}%${words.at(-1)}%`;
}

/** Jaro-Winkler of the whole names, over all rows. */
export async function openJaroWinkler(directory) {
  const rows = [];
  await eachRow(directory, (citNo, name) => rows.push({ citNo, name: normalizeName(name) }));
  return (text) => {
    const asked = normalizeName(text);
    let best = [];
    let least = 0.7;
    for (const { citNo, name } of rows) {
      const score = jaroWinkler(asked, name);
      if (score <= least) continue;
      best.push({ citNo, score });
      if (best.length < 4 * MOST) continue;
      best = best.sort((a, b) => b.score - a.score).slice(0, MOST);
      least = best[MOST - 1].score;
    }
    return best
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST)
      .map(({ citNo }) => citNo);
  };
}
