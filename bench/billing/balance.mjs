// Balances of a OneRecord on a database made by build.mjs: node bench/billing/balance.mjs FILE [RECORDS] [--proof]. See README.md.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
require('reflect-metadata');
const { NestFactory } = require('@nestjs/core');
const built = (path) => require(`${ROOT}/dist/${path}`);
const { AppModule } = built('src/app.module.js');
const { Accounts } = built('src/billing/accounts/accounts.js');
const { Proofs } = built('src/billing/index.js');
const { Store } = built('libs/persistence/src/index.js');
const { loadConfig } = built('libs/config/src/index.js');

const [, , file, records = '5000'] = process.argv;
if (!file) {
  console.error('usage: balance.mjs FILE [RECORDS] [--proof]');
  process.exit(1);
}
const config = loadConfig({ DATABASE_URL: `sqlite:${resolve(file)}`, ROLE: 'api', LOG_LEVEL: 'error' });
const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), { logger: ['error', 'fatal'] });
const [accounts, store] = [app.get(Accounts), app.get(Store)];
const [{ n }] = await store.sql('SELECT COUNT(*) AS "n" FROM "ledger_entries"');
const ids = (await store.sql('SELECT "id" FROM "one_records" ORDER BY "number"')).map(({ id }) => Number(id));
const step = Math.max(1, Math.floor(ids.length / Number(records)));
const drawn = ids.filter((_, at) => at % step === 0);

const at = (list, part) => {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(2);
};
async function measure(name, ask) {
  const [elapsed, worked] = [[], []];
  for (const id of drawn) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await ask(id);
    elapsed.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    worked.push((user + system) / 1000);
  }
  const figures = [at(elapsed, 0.5), at(elapsed, 0.99), at(elapsed, 1), at(worked, 0.99)];
  console.log(`| ${name} | ${drawn.length} | ${figures.join(' | ')} |`);
}

console.log(`${n} entries, ${ids.length} records; milliseconds\n`);
console.log('| | records | median | p99 | longest | p99 of processor time |\n|---|---|---|---|---|---|');
await measure('first time, now', (id) => accounts.ofRecord(id));
await measure('again, now', (id) => accounts.ofRecord(id));
await measure('as of a day', (id) => accounts.ofRecord(id, '2011-06-30'));

if (process.argv.includes('--proof')) {
  const start = performance.now();
  const { state, postings } = await app.get(Proofs).run('CLI');
  console.log(`\nproof: ${state}, ${postings} postings, ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
await app.close();
