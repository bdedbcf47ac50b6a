import { sharedFloats, sharedInts } from './growing';
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

const UNLIKELY = Math.log2(1 / 400);
/** How names are written: with all four parts, three with or without the family, two; family first one time in thirty. */
const GFH = Math.log2(0.09);
const FAMILY_FIRST = Math.log2(0.03);
const GIVEN_FATHER = Math.log2(0.03);
const LONE_FAMILY = Math.log2(0.2);
/** Rounds of reading: each takes the shares of the tokens from the one before. */
const ROUNDS = 2;

/** Learns from the register itself which tokens are given names, which are families, and reads each party by it. */
export function readRoles(columns: Columns): Readings {
  const { parties, flags, tokenStart, tokens, roots, vocabulary } = columns;
  const size = vocabulary.counts.length;
  let given = new Float64Array(size);
  let middle = new Float64Array(size);
  let family = new Float64Array(size);

  // Four tokens leave little doubt: the last is a family and the first is none, but for the few written family first.
  for (let p = 0; p < parties; p++) {
    const from = tokenStart[p]!;
    const length = tokenStart[p + 1]! - from;
    if (flags[p]! & FIRM || length < 2) continue;
    given[roots[tokens[from]!]!]!++;
    for (let i = 1; i < length - 1; i++) middle[roots[tokens[from + i]!]!]!++;
    family[roots[tokens[from + length - 1]!]!]! += length >= 4 ? 1 : 0.7;
  }

  for (let round = 1; round < ROUNDS; round++) {
    const next = [new Float64Array(size), new Float64Array(size), new Float64Array(size)] as const;
    const reader = new Reader(shares(given), shares(middle), shares(family), roots);
    for (let p = 0; p < parties; p++) {
      if (flags[p]! & FIRM) continue;
      reader.read(tokens, tokenStart[p]!, tokenStart[p + 1]! - tokenStart[p]!, false);
      for (let k = 0; k < reader.kept; k++) {
        const r = reader.order[k]!;
        const weight = 2 ** Math.fround(reader.bits[r]!);
        for (let role = 0; role < 4; role++) {
          const token = reader.slots[4 * r + role]!;
          if (token >= 0) next[KIND[role]!]![roots[token]!]! += weight;
        }
      }
    }
    [given, middle, family] = next;
  }
  const { start, collected } = readParties(columns, new Reader(shares(given), shares(middle), shares(family), roots));
  return { start, ...collected.shared(), ...countRoles(columns, start, collected) };
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

  shared(): { slots: Int32Array; bits: Float32Array } {
    const bits = sharedFloats(this.length);
    bits.set(this.bits.subarray(0, this.length));
    return { slots: sharedInts(4 * this.length, this.slots.subarray(0, 4 * this.length)), bits };
  }
}

/** Lists the readings of one name, likeliest first. */
export class Reader {
  readonly slots = new Int32Array(16);
  readonly bits = new Float64Array(4);
  readonly order = [0, 0, 0, 0];
  kept = 0;
  /** log2 of the likelihood of the name read last, over all its readings. */
  total = 0;
  private made = 0;

  constructor(
    private readonly given: Float64Array,
    private readonly middle: Float64Array,
    private readonly family: Float64Array,
    private readonly roots: Int32Array,
    /** log2 of the share of names of three parts that leave out the father and not the grandfather. */
    private readonly fatherLeftOut = -Infinity,
  ) {}

  read(tokens: Int32Array, from: number, length: number, firm: boolean): void {
    this.made = 0;
    const a = tokens[from]!;
    const b = tokens[from + 1]!;
    const c = tokens[from + 2]!;
    if (length === 0) this.kept = 0;
    else if (firm) this.add(a, -1, -1, -1, 0);
    else if (length === 1) {
      this.add(a, -1, -1, -1, this.g(a));
      this.add(-1, -1, -1, a, this.f(a) + LONE_FAMILY);
    } else if (length === 2) {
      this.add(a, -1, -1, b, this.g(a) + this.f(b));
      this.add(a, b, -1, -1, this.g(a) + this.m(b) + GIVEN_FATHER);
      this.add(b, -1, -1, a, this.g(b) + this.f(a) + FAMILY_FIRST);
    } else if (length === 3) {
      this.add(a, b, -1, c, this.g(a) + this.m(b) + this.f(c));
      this.add(a, b, c, -1, this.g(a) + this.m(b) + this.m(c) + GFH);
      this.add(b, c, -1, a, this.g(b) + this.m(c) + this.f(a) + FAMILY_FIRST);
      if (this.fatherLeftOut > UNLIKELY) this.add(a, -1, b, c, this.g(a) + this.m(b) + this.f(c) + this.fatherLeftOut);
    } else {
      const last = tokens[from + length - 1]!;
      this.add(a, b, c, last, this.g(a) + this.m(b) + this.m(c) + this.f(last));
      const d = tokens[from + 3]!;
      this.add(b, c, d, a, this.g(b) + this.m(c) + this.m(d) + this.f(a) + FAMILY_FIRST);
    }
    if (length > 0) this.rank();
  }

  private g(token: number): number {
    return this.given[this.roots[token]!]!;
  }

  private m(token: number): number {
    return this.middle[this.roots[token]!]!;
  }

  private f(token: number): number {
    return this.family[this.roots[token]!]!;
  }

  private add(given: number, father: number, grandfather: number, family: number, bits: number): void {
    const at = 4 * this.made;
    this.slots[at] = given;
    this.slots[at + 1] = father;
    this.slots[at + 2] = grandfather;
    this.slots[at + 3] = family;
    this.bits[this.made++] = bits;
  }

  /** Turns likelihoods into chances, drops the far-fetched and puts the rest in order. */
  private rank(): void {
    let sum = 0;
    let best = -Infinity;
    for (let r = 0; r < this.made; r++) best = Math.max(best, this.bits[r]!);
    for (let r = 0; r < this.made; r++) sum += 2 ** (this.bits[r]! - best);
    this.total = best + Math.log2(sum);
    this.kept = 0;
    for (let r = 0; r < this.made; r++) {
      this.bits[r]! -= this.total;
      if (this.bits[r]! < UNLIKELY) continue;
      let k = this.kept++;
      for (; k > 0 && this.bits[this.order[k - 1]!]! < this.bits[r]!; k--) this.order[k] = this.order[k - 1]!;
      this.order[k] = r;
    }
  }
}
