// What one name and one pair cost on one thread, beside a named alternative in the same run. See README.md.
import { createRequire } from 'node:module';
import { jaroWinkler } from './measures.mjs';
import { eachRow, lineBlocks } from './search/questions.mjs';

const require = createRequire(import.meta.url);
const { normalizeName } = require('../../dist/libs/arabic/src/index.js');
const { compareNames, matchRegister, Register } = require('../../dist/libs/name-matching/src/index.js');

const [directory, rounds = 5] = process.argv.slice(2);
if (!directory) {
  console.error('usage: speed.mjs DIR [ROUNDS], DIR as generate.mjs makes it');
  process.exit(1);
}

const MOST_NAMES = 200_000;
const MOST_COMPARED = 20_000;
const names = [];
await eachRow(directory, (_, name) => names.length < MOST_NAMES && names.push(name));
const pairs = names.slice(0, MOST_COMPARED).map((name, i) => [name, names[(i * 7919 + 1) % names.length]]);
const folded = names.map((name) => normalizeName(name));

// Not kept, yet not to be left out by the compiler.
let sink = 0;
const table = [
  measure('normalise a name', names, (name) => (sink += normalizeName(name).length)),
  measure('  NFKD of the same (String.normalize)', names, (name) => (sink += name.normalize('NFKD').length)),
  measure('compare two names alone', pairs, ([a, b]) => (sink += compareNames(a, b).bits)),
  measure('  Jaro-Winkler of the same, normalised before', names, (_, i) => {
    sink += jaroWinkler(folded[i], folded[(i * 7919 + 1) % folded.length]);
  }),
  ...(await matching()),
];
console.table(table);
if (Number.isNaN(sink)) throw new Error('nothing was measured');

/** Median of the rounds, after one that warms up. */
function measure(what, items, act) {
  const times = Array.from({ length: Number(rounds) + 1 }, () => {
    const start = performance.now();
    items.forEach(act);
    return performance.now() - start;
  }).slice(1);
  return { what, items: items.length, 'µs each': Number(((1000 * median(times)) / items.length).toFixed(3)) };
}

/** Stages of the batch on the whole register: scoring by pairs, the rest by rows. */
async function matching() {
  const register = new Register();
  for await (const lines of lineBlocks(`${directory}/citizens.csv`)) {
    for (const line of lines) {
      const [, name, docType, docNo, phone, address] = line.split(',');
      if (name) register.add({ name, docType, docNo, phone, address });
    }
  }
  const ended = {};
  const start = performance.now();
  const { cluster, pairsScored } = await matchRegister(register, {
    onProgress: ({ stage }) => (ended[stage] = performance.now() - start),
  });
  const { length: rows } = cluster;
  const each = (ms, items) => Number(((1000 * ms) / items).toFixed(3));
  return [
    { what: 'score a pair in the batch', items: pairsScored, 'µs each': each(ended.score - ended.block, pairsScored) },
    {
      what: 'learn, block and cluster, a row',
      items: rows,
      'µs each': each(ended.block + ended.cluster - ended.score, rows),
    },
  ];
}

function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
