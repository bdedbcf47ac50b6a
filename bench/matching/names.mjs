// Quality on labelled name pairs, cross-validated, and the weights learned from them (compiled code: npm run build):
//   node bench/matching/names.mjs LINKAGE_DIR
// LINKAGE_DIR holds name_bench_cases.csv (and name_bench_logicv2.csv, the scores of that project's own matcher).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { f1Of, jaroWinkler, seeded } from './measures.mjs';

const require = createRequire(import.meta.url);
const { parse } = require('csv-parse/sync');
const lib = process.env.MATCHING_LIB ?? '../../dist/libs/name-matching/src/index.js';
const { compareNames, nameFeatures, NAME_WEIGHTS } = require(lib);

const dir = process.argv[2];
if (!dir) {
  console.error('usage: names.mjs LINKAGE_DIR');
  process.exit(1);
}
const FOLDS = 10;
const REPEATS = 3;
const PENALTY = 1;
/** What each feature may do: +1 never against, -1 never for; and the least or most it must weigh, in bits. */
const SIGN = {
  rarity: 1,
  errors: -1,
  worst: -1,
  farther: -1,
  othersGiven: -1,
  othersMiddle: -1,
  othersLast: -1,
  missing: -1,
  missingMany: -1,
  missingGiven: -1,
  missingLast: -1,
  lone: -1,
  inverted: -1,
  swapped: -1,
  initials: -1,
  short: -1,
  joined: 0,
  covered: 1,
  noneWhole: -1,
};
const FIXED = new Set(['shifted']);
const AT_LEAST = { rarity: 0.8, missing: -0.1, noneWhole: -3 };
const NAMES = Object.keys(NAME_WEIGHTS).filter((name) => !FIXED.has(name));

const read = (file) => parse(readFileSync(join(dir, file)), { columns: true, bom: true });
const persons = read('name_bench_cases.csv').filter((row) => row.schema === 'Person');
const isArab = (row) => /\b(al|el|bin|ben|ibn|abu|abd|abdul|abdel)\b/i.test(`${row.name1} ${row.name2}`);
const data = persons.map((row) => {
  const features = nameFeatures(row.name1, row.name2);
  return { row, x: NAMES.map((name) => features[name]), y: row.is_match === 'true', arab: isArab(row) };
});
const scale = NAMES.map((_, k) =>
  k === 0 ? 1 : Math.sqrt(data.reduce((sum, { x }) => sum + x[k] ** 2, 0) / data.length) || 1,
);

const random = seeded(7);
const held = [];
for (let repeat = 0; repeat < REPEATS; repeat++) {
  const fold = data.map(() => Math.floor(random() * FOLDS));
  for (let f = 0; f < FOLDS; f++) {
    const weights = learn(data.filter((_, i) => fold[i] !== f));
    data.forEach((each, i) => fold[i] === f && held.push({ ...each, bits: bitsOf(weights, each.x) }));
  }
}
const table = {};
const report = (name, scored) => {
  table[`${name}: persons`] = f1Of(scored);
  table[`${name}: Arab style`] = f1Of(scored.filter(({ arab }) => arab));
};
report(
  `learned, ${FOLDS}-fold x ${REPEATS}`,
  held.map(({ bits, y, arab }) => ({ said: bits >= 0, y, arab })),
);
report(
  'as shipped',
  data.map(({ row, y, arab }) => ({ said: compareNames(row.name1, row.name2).same, y, arab })),
);
const jaro = data.map(({ row, y, arab }) => ({
  bits: jaroWinkler(row.name1.toLowerCase(), row.name2.toLowerCase()),
  y,
  arab,
}));
const jaroAt = bestThreshold(jaro);
report(
  'Jaro-Winkler, its best threshold',
  jaro.map(({ bits, y, arab }) => ({ said: bits >= jaroAt, y, arab })),
);
const theirs = read('name_bench_logicv2.csv').filter((row) => row.schema === 'Person');
report(
  'logic v2',
  theirs.map((row) => ({ said: row.predicted_match === 'true', y: row.is_match === 'true', arab: isArab(row) })),
);
console.table(table);

if (process.argv.includes('--weights')) {
  const weights = learn(data);
  console.log(NAMES.map((name, k) => `  ${name}: ${weights[k].toFixed(2)},`).join('\n'));
}
if (process.argv.includes('--worst')) {
  const worst = held
    .slice(0, data.length)
    .filter(({ bits, y }) => bits >= 0 !== y)
    .sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits));
  for (const { row, bits, y } of worst.slice(0, 25))
    console.log(`${y ? 'same ' : 'other'} ${bits.toFixed(1)}  ${row.name1} | ${row.name2}`);
}

/** Logistic regression by projected gradient descent; weights in bits, the bias moved to the best F1. */
function learn(rows) {
  const w = NAMES.map(() => 0);
  for (let step = 0; step < 3000; step++) {
    const gradient = w.map(() => 0);
    for (const { x, y } of rows) {
      let z = 0;
      for (let k = 0; k < w.length; k++) z += (w[k] * x[k]) / scale[k];
      const error = 1 / (1 + Math.exp(-z)) - (y ? 1 : 0);
      for (let k = 0; k < w.length; k++) gradient[k] += (error * x[k]) / scale[k];
    }
    for (let k = 0; k < w.length; k++) {
      w[k] -= (0.5 * (gradient[k] + (k > 0 ? PENALTY * w[k] : 0))) / rows.length;
      const name = NAMES[k];
      if (SIGN[name] && w[k] * SIGN[name] < 0) w[k] = 0;
      const bound = (AT_LEAST[name] ?? 0) * scale[k] * Math.LN2;
      if (bound > 0) w[k] = Math.max(w[k], bound);
      if (bound < 0) w[k] = Math.min(w[k], bound);
    }
  }
  const bits = w.map((weight, k) => weight / scale[k] / Math.LN2);
  bits[0] -= bestThreshold(rows.map(({ x, y }) => ({ bits: bitsOf(bits, x), y })));
  return bits;
}

function bitsOf(weights, x) {
  return weights.reduce((sum, weight, k) => sum + weight * x[k], 0);
}

function bestThreshold(scored) {
  let best = { f1: -1, at: 0 };
  for (const { bits } of scored) {
    const { F1 } = f1Of(scored.map((each) => ({ said: each.bits >= bits - 1e-9, y: each.y })));
    if (F1 > best.f1) best = { f1: F1, at: bits - 1e-9 };
  }
  return best.at;
}
