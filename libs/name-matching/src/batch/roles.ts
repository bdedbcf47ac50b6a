import { sharedInts } from './growing';
import { Reader } from './name-reader';
import { FIRM, type Columns } from './register';

export const GIVEN = 0;
export const FATHER = 1;
export const GRANDFATHER = 2;
export const FAMILY = 3;
/** By role, what its tokens are counted as: given name, father or grandfather, family. */
export const KIND = [0, 1, 1, 2] as const;

/** What the tokens of every party may stand for. A reading is four tokens by role, -1 where the role is not filled. */
export interface Readings {
  /** Readings of party p: start[p] .. start[p+1]. The first is the likeliest. */
  start: Int32Array;
  /** Reading r: slots[4r .. 4r+4). */
  slots: Int32Array;
  /** log2 of the chance that this reading is meant, 0 for certain. */
  bits: Float32Array;
  /** Times that a token fills a role, by role: given, father or grandfather, family. */
  counts: [Int32Array, Int32Array, Int32Array];
  totals: [number, number, number];
}

/** Rounds of reading: each takes the shares of the tokens from the one before. */
const ROUNDS = 2;

/** Of each token, as meant, how often it stands for a given name, a father or grandfather, a family. */
type Tally = [given: Float64Array, middle: Float64Array, family: Float64Array];

/** Learns from the register itself which tokens are given names, which are families, and reads each party by it. */
export function readRoles(columns: Columns): Readings {
  let tally = tallyByPlace(columns);
  for (let round = 1; round < ROUNDS; round++) tally = tallyByReading(columns, readerOf(columns, tally));
  const { start, collected } = readParties(columns, readerOf(columns, tally));
  return { start, ...collected.filled(), ...countRoles(columns, start, collected) };
}

function readerOf({ roots }: Columns, [given, middle, family]: Tally): Reader {
  return new Reader(shares(given), shares(middle), shares(family), roots);
}

const emptyTally = ({ vocabulary: { counts } }: Columns): Tally => [
  new Float64Array(counts.length),
  new Float64Array(counts.length),
  new Float64Array(counts.length),
];

/** Four tokens leave little doubt: the last is a family and the first is none, but for the few written family first. */
function tallyByPlace(columns: Columns): Tally {
  const { parties, flags, tokenStart, tokens, roots } = columns;
  const [given, middle, family] = emptyTally(columns);
  for (let p = 0; p < parties; p++) {
    const from = tokenStart[p]!;
    const length = tokenStart[p + 1]! - from;
    if (flags[p]! & FIRM || length < 2) continue;
    given[roots[tokens[from]!]!]!++;
    for (let i = 1; i < length - 1; i++) middle[roots[tokens[from + i]!]!]!++;
    family[roots[tokens[from + length - 1]!]!]! += length >= 4 ? 1 : 0.7;
  }
  return [given, middle, family];
}

/** Each reading of a name counts as much as it is likely. */
function tallyByReading(columns: Columns, reader: Reader): Tally {
  const { parties, flags, tokenStart, tokens, roots } = columns;
  const tally = emptyTally(columns);
  for (let p = 0; p < parties; p++) {
    if (flags[p]! & FIRM) continue;
    reader.read(tokens, tokenStart[p]!, tokenStart[p + 1]! - tokenStart[p]!, false);
    for (let k = 0; k < reader.kept; k++) {
      const r = reader.order[k]!;
      const weight = 2 ** reader.bits[r]!;
      for (let role = 0; role < 4; role++) {
        const token = reader.slots[4 * r + role]!;
        if (token >= 0) tally[KIND[role]!]![roots[token]!]! += weight;
      }
    }
  }
  return tally;
}

/** log2 of each token's share of a role; one never seen in it has a little. */
function shares(counts: Float64Array): Float64Array {
  let total = 0;
  for (const n of counts) total += n;
  return counts.map((n) => Math.log2((n + 0.3) / (total + 0.3 * counts.length)));
}

/** The readings of every party, likeliest first. */
export function readParties(
  { parties, flags, tokenStart, tokens }: Columns,
  reader: Reader,
): { start: Int32Array; collected: Collected } {
  const start = sharedInts(parties + 1);
  const collected = new Collected(parties);
  for (let p = 0; p < parties; p++) {
    start[p] = collected.length;
    reader.read(tokens, tokenStart[p]!, tokenStart[p + 1]! - tokenStart[p]!, (flags[p]! & FIRM) !== 0);
    for (let k = 0; k < reader.kept; k++) {
      const r = reader.order[k]!;
      collected.push(reader.slots, 4 * r, reader.bits[r]!);
    }
  }
  start[parties] = collected.length;
  return { start, collected };
}

function countRoles({ parties, vocabulary }: Columns, start: Int32Array, collected: Collected) {
  const size = vocabulary.counts.length;
  const counts: Readings['counts'] = [sharedInts(size), sharedInts(size), sharedInts(size)];
  const totals: Readings['totals'] = [0, 0, 0];
  for (let p = 0; p < parties; p++) {
    if (start[p] === start[p + 1]) continue;
    for (let role = 0; role < 4; role++) {
      const token = collected.slots[4 * start[p]! + role]!;
      if (token < 0) continue;
      const kind = KIND[role]!;
      counts[kind][token]!++;
      totals[kind]++;
    }
  }
  return { counts, totals };
}

class Collected {
  length = 0;
  slots: Int32Array;
  bits: Float32Array;

  constructor(parties: number) {
    this.slots = new Int32Array(8 * parties + 64);
    this.bits = new Float32Array(2 * parties + 16);
  }

  push(from: Int32Array, at: number, bits: number): void {
    if (this.length === this.bits.length) {
      const wider = new Int32Array(this.slots.length * 2);
      wider.set(this.slots);
      this.slots = wider;
      const longer = new Float32Array(this.bits.length * 2);
      longer.set(this.bits);
      this.bits = longer;
    }
    for (let role = 0; role < 4; role++) this.slots[4 * this.length + role] = from[at + role]!;
    this.bits[this.length++] = bits;
  }

  filled(): { slots: Int32Array; bits: Float32Array } {
    return { slots: this.slots.subarray(0, 4 * this.length), bits: this.bits.subarray(0, this.length) };
  }
}
