// FEBRL 1-3 (find the duplicates) and 4 (link a to b) without labels: weights by expectation-maximisation, pairs from
// blocks, joined from even odds on (compiled code: npm run build):
//   node bench/matching/febrl.mjs LINKAGE_DIR
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { measures, pairsOf } from './measures.mjs';

const require = createRequire(import.meta.url);
const { errorsBetween, learnAgreement } = require(
  process.env.MATCHING_LIB ?? '../../dist/libs/name-matching/src/index.js',
);

const FIELDS = [
  'given_name',
  'surname',
  'street_number',
  'address_1',
  'address_2',
  'suburb',
  'postcode',
  'state',
  'date_of_birth',
  'soc_sec_id',
];
/** missing, other, alike, the same. */
const LEVELS = FIELDS.map(() => 4);
const BLOCKS = [
  (r) => r.soc_sec_id,
  (r) => r.date_of_birth,
  (r) => both(r.given_name, r.surname),
  (r) => both(r.surname, r.postcode),
  (r) => both(r.given_name, r.postcode),
  (r) => both(r.address_1, r.street_number),
  (r) => both(r.address_1, r.suburb),
  (r) => both(r.given_name, r.suburb),
  (r) => both(r.surname, r.suburb),
  (r) => both(r.surname, r.address_1),
  (r) => both(r.given_name, r.address_1),
  (r) => r.address_2 && both(r.address_2, r.postcode),
];
const LARGEST_BLOCK = 100;

const dir = process.argv[2];
if (!dir) {
  console.error('usage: febrl.mjs LINKAGE_DIR');
  process.exit(1);
}
const table = {};
for (const file of ['dataset1.csv', 'dataset2.csv', 'dataset3.csv']) table[file] = evaluate(read(file), null);
table['dataset4a+b'] = evaluate([...read('dataset4a.csv'), ...read('dataset4b.csv')], 'link');
console.table(table);

function evaluate(records, link) {
  const pairs = candidates(records, link);
  const vectors = new Uint8Array(pairs.length * FIELDS.length);
  pairs.forEach(([a, b], i) => compare(records[a], records[b], vectors, i * FIELDS.length));
  const { weights, prior } = learnAgreement(vectors, LEVELS);
  const scored = pairs.map(([a, b], i) => {
    let bits = prior;
    for (let f = 0; f < FIELDS.length; f++) bits += weights[f][vectors[i * FIELDS.length + f]];
    return { a, b, bits };
  });
  const parent = records.map((_, i) => i);
  const find = (i) => (parent[i] === i ? i : (parent[i] = find(parent[i])));
  for (const { a, b, bits } of scored.sort((x, y) => y.bits - x.bits)) if (bits > 0) parent[find(b)] = find(a);
  const cluster = records.map((_, i) => find(i));
  return measures(
    pairsOf(cluster.map((c, i) => `${c} ${records[i].person}`)),
    pairsOf(cluster),
    pairsOf(records.map((r) => r.person)),
  );
}

function candidates(records, link) {
  const pairs = new Map();
  for (const keyOf of BLOCKS) {
    const blocks = new Map();
    records.forEach((record, i) => {
      const key = keyOf(record);
      if (key) blocks.set(key, [...(blocks.get(key) ?? []), i]);
    });
    for (const rows of blocks.values()) {
      if (rows.length > LARGEST_BLOCK) continue;
      for (let i = 0; i < rows.length; i++) {
        for (let j = i + 1; j < rows.length; j++) {
          if (link && records[rows[i]].file === records[rows[j]].file) continue;
          pairs.set(rows[i] * records.length + rows[j], [rows[i], rows[j]]);
        }
      }
    }
  }
  return [...pairs.values()];
}

function compare(a, b, vectors, at) {
  const turned = a.given_name && a.given_name === b.surname && a.surname === b.given_name;
  FIELDS.forEach((field, f) => {
    const [x, y] = [a[field], b[field]];
    const errors = x && y && x !== y ? errorsBetween(x, y) / Math.max(x.length, y.length) : 0;
    vectors[at + f] = !x || !y ? 0 : x === y || (turned && f < 2) ? 3 : errors <= 0.3 ? 2 : 1;
  });
}

function both(a, b) {
  return a && b ? `${a}|${b}` : '';
}

function read(file) {
  const [header, ...lines] = readFileSync(join(dir, file), 'utf8').split(/\r?\n/).filter(Boolean);
  const names = header.split(',').map((name) => name.trim());
  return lines.map((line) => {
    const fields = line.split(',').map((field) => field.trim());
    const record = Object.fromEntries(names.map((name, i) => [name, fields[i] ?? '']));
    return { ...record, file, person: record.rec_id.split('-')[1] };
  });
}
