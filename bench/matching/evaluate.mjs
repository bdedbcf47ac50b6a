// Quality of clusters against the truth, over pairs of rows of one person (both `owner` of one entity):
//   bin/baladiya citizens match CITIZENS.csv --out clusters.tsv
//   node bench/matching/evaluate.mjs clusters.tsv TRUTH.tsv [CITIZENS.csv [--baselines]]
// With the citizens: clusters that hold two valid IDs, and simpler methods on the same rows (registers of a few thousand).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { jaroWinkler, measures, pairsOf } from './measures.mjs';

const require = createRequire(import.meta.url);
const [clustersFile, truthFile, citizensFile, baselines] = process.argv.slice(2);
if (!truthFile) {
  console.error('usage: evaluate.mjs CLUSTERS.tsv TRUTH.tsv [CITIZENS.csv [--baselines]]');
  process.exit(1);
}

const entityOf = new Map();
for (const [citNo, entity, role] of tabbed(truthFile)) if (role === 'owner') entityOf.set(citNo, entity);
const rows = tabbed(clustersFile).map(([citNo, cluster, band, bits]) => ({
  citNo,
  cluster,
  band,
  bits: Number(bits),
  entity: entityOf.get(citNo) ?? `-${citNo}`,
}));
const truePairs = pairsOf([...entityOf.values()]);

const table = { 'all bands': judge(rows, ({ cluster }) => cluster) };
for (const band of ['sure', 'likely', 'look']) {
  const own = rows.filter((row) => row.band === band);
  const { precision, said } = judge(own, ({ cluster }) => cluster);
  table[`both rows ${band}`] = { precision, said };
}
console.log(`${rows.length} rows, ${new Set(rows.map(({ cluster }) => cluster)).size} clusters`);

if (citizensFile) {
  const citizens = readCitizens(citizensFile);
  const idsOf = new Map();
  for (const { citNo, cluster } of rows) {
    const id = validId(citizens.get(citNo));
    if (id) idsOf.set(cluster, (idsOf.get(cluster) ?? new Set()).add(id));
  }
  console.log(`clusters with two valid IDs: ${[...idsOf.values()].filter((ids) => ids.size > 1).length}`);
  if (baselines === '--baselines') compareBaselines(citizens);
}
console.table(table);

function judge(list, keyOf) {
  return measures(pairsOf(list.map((row) => `${keyOf(row)} ${row.entity}`)), pairsOf(list.map(keyOf)), truePairs);
}

function compareBaselines(citizens) {
  const { normalizeName } = require(process.env.MATCHING_ARABIC ?? '../../dist/libs/arabic/src/index.js');
  const known = rows.map((row) => {
    const citizen = citizens.get(row.citNo);
    const name = normalizeName(citizen.name);
    return { ...row, id: validId(citizen), name, words: name.split(' '), address: citizen.address };
  });
  table['valid ID alone'] = judge(known, (row) => row.id || `-${row.citNo}`);
  table['valid ID, or equal name and address'] = joined(
    known,
    (a, b) => (a.id && a.id === b.id) || (a.name === b.name && a.address === b.address),
  );
  table["valid ID, or SQL LIKE '%first%last%' and address"] = joined(
    known,
    (a, b) => (a.id && a.id === b.id) || (a.address === b.address && (like(a, b) || like(b, a))),
  );
  for (const least of [0.96, 0.93, 0.9]) {
    table[`valid ID, or Jaro-Winkler ${least} and address`] = joined(
      known,
      (a, b) => (a.id && a.id === b.id) || (a.address === b.address && jaroWinkler(a.name, b.name) >= least),
    );
  }
}

function like(a, b) {
  const first = b.name.indexOf(a.words[0]);
  return first >= 0 && b.name.indexOf(a.words.at(-1), first + 1) >= 0;
}

/** Pairs that the rule says are one, each judged alone: these methods build no clusters. Two valid IDs are never one. */
function joined(known, isOne) {
  const buckets = new Map();
  for (const row of known)
    for (const key of [row.address, row.id]) if (key) buckets.set(key, [...(buckets.get(key) ?? []), row]);
  const seen = new Set();
  let right = 0;
  for (const list of buckets.values()) {
    for (let i = 0; i < list.length; i++) {
      for (let j = i + 1; j < list.length; j++) {
        const [a, b] = [list[i], list[j]];
        if ((a.id && b.id && a.id !== b.id) || !isOne(a, b)) continue;
        const key = `${a.citNo} ${b.citNo}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (a.entity === b.entity) right++;
      }
    }
  }
  return measures(right, seen.size, truePairs);
}

function readCitizens(file) {
  const citizens = new Map();
  for (const line of readFileSync(file, 'utf8').replace('\ufeff', '').split(/\r?\n/).slice(1)) {
    const [citNo, name, docType, docNo, , address] = line.split(',');
    if (name !== undefined && !citizens.has(citNo)) citizens.set(citNo, { name, docType, docNo, address });
  }
  return citizens;
}

function validId(citizen) {
  if (citizen?.docType !== 'هوية') return '';
  const digits = [...citizen.docNo]
    .map((c) => (c >= '٠' && c <= '٩' ? c.charCodeAt(0) - 0x660 : c))
    .join('')
    .replace(/\D/g, '');
  if (digits.length !== 9 || /^0+$/.test(digits)) return '';
  let sum = 0;
  for (let i = 0; i < 9; i++) {
    const weighted = Number(digits[i]) * (i % 2 === 0 ? 1 : 2);
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0 ? digits : '';
}

function tabbed(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => line.split('\t'));
}
