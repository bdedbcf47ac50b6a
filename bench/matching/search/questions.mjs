// Questions about persons of a made register, with the rows that answer them. Everything is read as a stream.
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { misspelt } from '../misspelt.mjs';

const require = createRequire(import.meta.url);
export const { normalizeName } = require('../../../dist/libs/arabic/src/index.js');

export const KINDS = ['as-on-id', 'typo', 'reversed', 'family-first', 'short-3', 'short-2', 'id'];

/** The lines of a file but the first, in arrays of some thousands. */
export async function* lineBlocks(file) {
  let rest = '';
  let first = true;
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    if (first && lines.length > 0) first = !lines.shift();
    yield lines;
  }
  if (rest && !first) yield [rest];
}

/** CIT_NO and name of a line of citizens.csv; the made registers quote nothing. */
export const rowOf = (line) => line.split(',', 2);

/** A copy: a part of a text keeps the whole block in memory from which it was cut. */
const alone = (text) => Buffer.from(text).toString();

async function eachLine(file, each) {
  for await (const lines of lineBlocks(file)) lines.forEach(each);
}

/** Calls `each` with CIT_NO and name of every row. */
export const eachRow = (directory, each) => eachLine(`${directory}/citizens.csv`, (line) => each(...rowOf(line)));

/**
 * `count` persons with at least one row of their own, drawn by a hash of seed and entity, so that fewer persons are the
 * first of more. Each has `questions` (a text by kind), `owned` (CIT_NO to name) and `related` (joint rows).
 */
export async function drawPersons(directory, count, seed) {
  let drawn = [];
  let most = Infinity;
  const cut = () => {
    drawn = drawn.sort((a, b) => a.hash - b.hash).slice(0, count);
    if (drawn.length === count) most = drawn[count - 1].hash;
  };
  await eachLine(`${directory}/people.tsv`, (line) => {
    const [entity, kind, name, nationalId, , ownerRows] = line.split('\t');
    if (kind !== 'person' || ownerRows === '0') return;
    const hash = hashOf(Number(entity), seed);
    if (hash > most) return;
    drawn.push({ entity, name: alone(name), nationalId, hash });
    if (drawn.length >= 2 * count) cut();
  });
  cut();
  const byEntity = new Map(drawn.map((person) => [person.entity, person]));
  const rows = new Map();
  for (const person of drawn) Object.assign(person, { owned: new Map(), related: new Set() });
  await eachLine(`${directory}/truth.tsv`, (line) => {
    const [citNo, entity, role] = line.split('\t');
    const person = byEntity.get(entity);
    if (!person) return;
    if (role === 'owner') rows.set(citNo, person);
    else person.related.add(citNo);
  });
  await eachRow(directory, (citNo, name) => rows.get(citNo)?.owned.set(citNo, alone(name)));
  for (const person of drawn) person.questions = questionsOf(person);
  return drawn;
}

function questionsOf({ name, nationalId, hash }) {
  const words = name.split(' ');
  const [given, father, , family] = words;
  return {
    'as-on-id': name,
    typo: withTypo(words, seeded(hash)),
    reversed: words.toReversed().join(' '),
    'family-first': [family, ...words.slice(0, -1)].join(' '),
    'short-3': [given, father, family].join(' '),
    'short-2': [given, family].join(' '),
    id: nationalId,
  };
}

/** One word of at least three letters misspelt, so that normalising does not mend it. */
function withTypo(words, random) {
  const fitting = words.flatMap((word, at) => (word.length >= 3 ? [at] : []));
  for (;;) {
    const wrong = [...words];
    const at = fitting[Math.floor(random() * fitting.length)];
    wrong[at] = misspelt(wrong[at], random);
    const [before, after] = [words, wrong].map((list) => normalizeName(list.join(' ')));
    if (before !== after && before.split(' ').length === after.split(' ').length) return wrong.join(' ');
  }
}

function hashOf(entity, seed) {
  let h = Math.imul(entity ^ Math.imul(seed + 1, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function seeded(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
