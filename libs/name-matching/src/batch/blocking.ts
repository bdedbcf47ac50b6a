import { ID_NONE, ID_OTHER } from './documents';
import type { Columns } from './register';
import { FAMILY, FATHER, GIVEN, GRANDFATHER, type Readings } from './roles';
import { Growing, sharedInts } from './growing';
import { sortWithIndices } from './radix';

/** Parties that share a key. Block k: members[start[k] .. start[k+1]), ascending. */
export interface Blocks {
  start: Int32Array;
  members: Int32Array;
  /** Blocks of party p: blocksOf[of[p] .. of[p+1]). */
  of: Int32Array;
  blocksOf: Int32Array;
}

/** A key that more parties share than this tells too little: the finer keys stand for it. */
const CAPS = { id: 200, phone: 120, pair: 60, placed: 400, three: 250 } as const;
const KEYS = Object.values(CAPS);
const LARGEST = Math.max(...KEYS);
/** Pairs that the blocks of a register may hold; what more there are, in the largest blocks, are namesakes. */
const PAIRS_A_PARTY = 9;
const PAIRS_AT_LEAST = 30e6;
const LEAST_CAP = 12;
/** From this size on the coarser keys are too common to tell much, and one finer is needed. */
const LARGE = 2_000_000;

/**
 * Blocks by ID, phone and by two or three of the tokens as meant: given and family (with the address, or the father,
 * where that pair is common), given, father and address or grandfather.
 */
export function buildBlocks(columns: Columns, readings: Readings): Blocks {
  const keys = new Keys(columns.parties * 8);
  for (let p = 0; p < columns.parties; p++) addKeys(keys, p, columns, readings);
  return keys.blocks(columns.parties);
}

function addKeys(keys: Keys, p: number, columns: Columns, { start, slots }: Readings): void {
  const { idKind, id, phone, address, roots } = columns;
  const kind = idKind[p]!;
  if (kind !== ID_NONE) keys.add(p, 0, kind === ID_OTHER ? 1 : 2, id[p]!, 0);
  if (phone[p]! >= 0) keys.add(p, 1, 3, phone[p]!, 0);
  if (start[p] === start[p + 1]) return;
  const at = 4 * start[p]!;
  const root = (role: number) => (slots[at + role]! < 0 ? -1 : roots[slots[at + role]!]!);
  const given = root(GIVEN);
  const father = root(FATHER);
  const grandfather = root(GRANDFATHER);
  const family = root(FAMILY);
  const place = address[p]!;
  if (given >= 0 && family >= 0) {
    keys.add(p, 2, 4, given, family);
    if (place >= 0) keys.add(p, 3, 5, mix(given, place), family);
    if (father >= 0) {
      keys.add(p, 4, 6, mix(given, father), family);
      if (columns.parties >= LARGE && place >= 0) keys.add(p, 4, 10, mix(given, father), mix(family, place));
    }
  }
  if (given >= 0 && father >= 0) {
    if (place >= 0) keys.add(p, 3, 7, mix(given, father), place);
    if (grandfather >= 0) keys.add(p, 4, 8, mix(given, father), grandfather);
    // A grandfather where the family should stand: G F H and G F H L.
    else if (family >= 0) keys.add(p, 4, 8, mix(given, father), family);
  }
  if (given >= 0 && father < 0 && family < 0) keys.add(p, 3, 9, given, place);
}

function mix(a: number, b: number): number {
  return (Math.imul(a + 0x7f4a7c15, 0x5bd1e995) ^ Math.imul(b + 0x3c6ef372, 0x27d4eb2f)) | 0;
}

class Keys {
  private length = 0;
  private hashes: Uint32Array;
  private owners: Int32Array;
  private caps: Uint8Array;

  constructor(capacity: number) {
    this.hashes = new Uint32Array(capacity);
    this.owners = new Int32Array(capacity);
    this.caps = new Uint8Array(capacity);
  }

  add(party: number, cap: number, salt: number, a: number, b: number): void {
    let hash = mix(mix(a, b), salt);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
    this.hashes[this.length] = (hash ^ (hash >>> 16)) >>> 0;
    this.caps[this.length] = cap;
    this.owners[this.length++] = party;
  }

  blocks(parties: number): Blocks {
    const order = sortWithIndices(this.hashes, this.length);
    const cap = this.affordable(order, parties);
    const start = new Growing();
    const members = sharedInts(this.length);
    const blockOf = new Int32Array(this.length).fill(-1);
    let used = 0;
    this.eachRun(order, (from, to, own) => {
      if (to - from > own || (to - from > cap && own !== CAPS.id && own !== CAPS.phone)) return;
      for (let k = from; k < to; k++) {
        members[used++] = this.owners[order[k]!]!;
        blockOf[order[k]!] = start.length;
      }
      start.push(used - (to - from));
    });
    start.push(used);
    const of = sharedInts(parties + 1);
    const blocksOf = sharedInts(used);
    let filled = 0;
    let entry = 0;
    for (let p = 0; p < parties; p++) {
      of[p] = filled;
      for (; entry < this.length && this.owners[entry] === p; entry++) {
        if (blockOf[entry]! >= 0) blocksOf[filled++] = blockOf[entry]!;
      }
    }
    of[parties] = filled;
    return { start: start.shared(), members: members.subarray(0, used), of, blocksOf };
  }

  /** The largest block that the register can afford, so that pairs grow with its rows and not with their square. */
  private affordable(order: Int32Array, parties: number): number {
    const sizes = new Float64Array(LARGEST + 1);
    this.eachRun(order, (from, to, own) => {
      const size = to - from;
      if (size <= own) sizes[size]! += (size * (size - 1)) / 2;
    });
    const most = Math.max(PAIRS_A_PARTY * parties, PAIRS_AT_LEAST);
    let pairs = 0;
    let size = 2;
    for (; size <= LARGEST; size++) {
      pairs += sizes[size]!;
      if (pairs > most) break;
    }
    return Math.max(size - 1, LEAST_CAP);
  }

  /** Visits the runs of two or more entries of one key, in their sorted order, with the cap of their kind. */
  private eachRun(order: Int32Array, visit: (from: number, to: number, cap: number) => void): void {
    const { hashes, length } = this;
    for (let from = 0; from < length;) {
      let to = from + 1;
      while (to < length && hashes[to] === hashes[from]) to++;
      if (to - from > 1) visit(from, to, KEYS[this.caps[order[from]!]!]!);
      from = to;
    }
  }
}
