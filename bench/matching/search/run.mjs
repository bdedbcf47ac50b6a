// Quality and speed of search by name on a made register, of the product and of what it is compared with. See README.md.
import { createWriteStream, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openJaroWinkler, openLike, openPostgres } from './competitors.mjs';
import { latency, markdown, quality, round } from './measures.mjs';
import { openProduct } from './product.mjs';
import { drawPersons, KINDS } from './questions.mjs';

const MOST = 50;
const TRIGRAM_SETTINGS = [
  ...['0.2', '0.3', '0.4', '0.5', '0.6'].map((threshold) => ['%', threshold]),
  ...['0.4', '0.5', '0.6', '0.7', '0.8'].map((threshold) => ['<%', threshold]),
];

const { values: options } = parseArgs({
  options: {
    truth: { type: 'string' },
    db: { type: 'string' },
    pg: { type: 'string' },
    like: { type: 'boolean' },
    'jaro-winkler': { type: 'boolean' },
    persons: { type: 'string', default: '1000' },
    'scan-persons': { type: 'string', default: '100' },
    'pg-persons': { type: 'string', default: '300' },
    'sweep-persons': { type: 'string', default: '100' },
    'pg-setting': { type: 'string' },
    'practical-ms': { type: 'string', default: '1000' },
    kinds: { type: 'string', default: KINDS.join(',') },
    seed: { type: 'string', default: '1' },
    misses: { type: 'string' },
    out: { type: 'string' },
  },
});
if (!options.truth || !(options.db || options.pg || options.like || options['jaro-winkler'])) {
  console.error('usage: run.mjs --truth DIR [--db URL] [--pg URL] [--like] [--jaro-winkler] (see README.md)');
  process.exit(1);
}
const log = (text) => console.error(text);
const number = (name) => Number(options[name]);
const directory = resolve(options.truth);
const kinds = options.kinds.split(',');
const nameKinds = kinds.filter((kind) => kind !== 'id');
const WARM_UP = 200;

const drawn = await drawPersons(directory, number('persons') + WARM_UP, number('seed'));
const persons = drawn.slice(0, number('persons'));
const others = drawn.slice(number('persons'));
log(`${persons.length} persons with ${persons.reduce((sum, { owned }) => sum + owned.size, 0)} rows of their own`);

const results = [];
const misses = options.misses && createWriteStream(options.misses);
misses?.write('kind\tquestion\trow\tname of the row\trank\trows of the person\n');

if (options.db) await measureProduct();
if (options.pg) await measurePostgres();
if (options.like) {
  await measure('LIKE, SQLite scan', await openLike(directory), { kinds: nameKinds, most: number('scan-persons') });
}
if (options['jaro-winkler']) {
  const jaroWinkler = await openJaroWinkler(directory);
  await measure('Jaro-Winkler, scan', jaroWinkler, { kinds: nameKinds, most: number('scan-persons') });
}
console.log(markdown(results));
if (options.out) writeFileSync(options.out, `${JSON.stringify({ options, results }, null, 1)}\n`);
misses?.end();

async function measureProduct() {
  const start = performance.now();
  const product = await openProduct(options.db);
  const opened = performance.now();
  await product.search(others[0].questions['as-on-id'], MOST);
  log(`product: opened in ${Math.round(opened - start)} ms, first search ${Math.round(performance.now() - opened)} ms`);
  const keep = (hits) => hits.map(({ citizenId }) => citizenId);
  const answers = await ask((text) => product.search(text, MOST), { kinds, most: persons.length, keep });
  log(`product: ${Math.round(process.memoryUsage().rss / 1e6)} MB resident after the questions`);
  for (const list of Object.values(answers)) {
    for (const answer of list) {
      const numbers = await product.numbersOf(answer.hits);
      answer.hits = answer.hits.map((id) => numbers.get(id));
    }
  }
  report('product', answers, true);
  if (misses) Object.entries(answers).forEach(([kind, list]) => list.forEach((answer) => writeMisses(kind, answer)));
  await product.close();
}

async function measurePostgres() {
  const postgres = await openPostgres(options.pg, directory, log);
  const [operator, threshold] = options['pg-setting']?.split(' ') ?? (await bestSetting(postgres));
  const trigrams = await postgres.trigrams(operator, threshold);
  const most = number('pg-persons');
  await measure(`pg_trgm ${operator} ${threshold}`, trigrams, { kinds: nameKinds, most });
  await measure('LIKE, pg_trgm index', postgres.like, { kinds: nameKinds, most });
  postgres.close();
}

/** Of the settings whose p99 is practical the one with the best recall@10, by names as on the ID. */
async function bestSetting(postgres) {
  const tried = [];
  for (const [operator, threshold] of TRIGRAM_SETTINGS) {
    const trigrams = await postgres.trigrams(operator, threshold);
    const few = { kinds: ['as-on-id'], most: number('sweep-persons'), warmUp: 10 };
    const { 'as-on-id': answers } = await ask(trigrams, { ...few, budget: few.most * number('practical-ms') });
    const { questions, ...figures } = quality(answers);
    tried.push({ operator, threshold, questions, ...figures, ...latency(answers.map(({ ms }) => ms)) });
    log(JSON.stringify(tried.at(-1)));
  }
  const practical = tried.filter(
    ({ p99, questions }) => p99 <= number('practical-ms') && questions >= number('sweep-persons'),
  );
  const by =
    practical.length > 0
      ? (a, b) => b['recall@10'] - a['recall@10'] || b['recall@50'] - a['recall@50'] || a.p99 - b.p99
      : (a, b) => a.p99 - b.p99;
  const [best] = (practical.length > 0 ? practical : tried).sort(by);
  console.log(markdown(tried));
  console.log('');
  return [best.operator, best.threshold];
}

async function measure(engine, answer, limits) {
  report(engine, await ask(answer, limits), !engine.includes('pg_trgm'));
}

/**
 * All questions of one kind after another, so that one person's questions are far apart; one at a time.
 * @returns the answers by kind
 */
async function ask(answer, { kinds, most, warmUp = most < persons.length ? 10 : WARM_UP, budget = Infinity, keep }) {
  for (const [at, other] of others.slice(0, warmUp).entries()) await answer(other.questions[kinds[at % kinds.length]]);
  const answers = {};
  let spent = 0;
  for (const kind of kinds) {
    answers[kind] = [];
    for (const person of persons.slice(0, most)) {
      const before = process.cpuUsage();
      const start = performance.now();
      const hits = await answer(person.questions[kind]);
      const ms = performance.now() - start;
      const { user, system } = process.cpuUsage(before);
      answers[kind].push({ person, hits: keep ? keep(hits) : hits, ms, cpu: (user + system) / 1000 });
      if ((spent += ms) > budget) return answers;
    }
  }
  return answers;
}

/** @param here whether it works in this process, whose processor time then is its own */
function report(engine, answers, here) {
  const timesOf = (list) => {
    const { p50, p99 } = latency(list.map(({ cpu }) => cpu));
    return { ...latency(list.map(({ ms }) => ms)), ...(here && { 'cpu p50': p50, 'cpu p99': p99 }) };
  };
  for (const [kind, list] of Object.entries(answers)) {
    results.push({ engine, kind, ...quality(list), ...timesOf(list) });
  }
  const all = Object.values(answers).flat();
  const mean = all.reduce((sum, { ms }) => sum + ms, 0) / all.length;
  results.push({ engine, kind: 'all', questions: all.length, ...timesOf(all) });
  log(`${engine}: ${all.length} questions, ${round(mean, 2)} ms on average`);
}

function writeMisses(kind, { person, hits }) {
  for (const [citNo, name] of person.owned) {
    const rank = hits.indexOf(citNo) + 1;
    if (rank > 0 && rank <= Math.max(10, person.owned.size)) continue;
    misses.write(`${[kind, person.questions[kind], citNo, name, rank || '', person.owned.size].join('\t')}\n`);
  }
}
