import { Growing, sharedInts } from './growing';
import { RadixSorter } from './radix';

/** Parties that share a key. Block k: members[start[k] .. start[k+1]), in the order in which they came. */
export interface Blocks {
  start: Int32Array;
  members: Int32Array;
  /** Blocks of party p: blocksOf[of[p] .. of[p+1]). */
  of: Int32Array;
  blocksOf: Int32Array;
}

/** Pairs that the blocks of a register may hold; what more there are, in the largest blocks, are namesakes. */
const PAIRS_A_PARTY = 9;
const PAIRS_AT_LEAST = 30e6;
const LEAST_CAP = 12;

/** Keys of one kind of the part at hand, with the party of each. */
interface KeyList {
  keys: Uint32Array;
  owners: Int32Array;
  length: number;
}

/** Takes the keys of the register part by part: a part fits into the cache and is sorted there. */
export class BlockCollector {
  private readonly lists: KeyList[];
  private readonly sorter = new RadixSorter();
  private readonly start = new Growing();
  private readonly members: Growing;
  /** Blocks of the first parts that no budget cuts. */
  private kept = 0;

  /** @param caps by kind of key: one that more parties share tells too little; the finer keys stand for it */
  constructor(
    private readonly came: Int32Array,
    private readonly caps: readonly number[],
  ) {
    this.members = new Growing(3 * came.length);
    this.lists = caps.map(() => ({ keys: new Uint32Array(16), owners: new Int32Array(16), length: 0 }));
  }

  /** All parties that share the key must be in one part. */
  add(party: number, kind: number, key: number): void {
    const list = this.lists[kind]!;
    if (list.length === list.keys.length) {
      list.keys = widened(list.keys, new Uint32Array(2 * list.length));
      list.owners = widened(list.owners, new Int32Array(2 * list.length));
    }
    list.keys[list.length] = key;
    list.owners[list.length++] = party;
  }

  /** Makes blocks of the keys added since the last part. @param always whether they stay whatever the budget */
  endPart(always = false): void {
    for (const [kind, { keys, owners, length }] of this.lists.entries()) {
      const order = this.sorter.sort(keys, length);
      for (let from = 0; from < length;) {
        let to = from + 1;
        while (to < length && keys[to] === keys[from]) to++;
        if (to - from > 1 && to - from <= this.caps[kind]!) {
          this.start.push(this.members.length);
          for (let k = from; k < to; k++) this.members.push(owners[order[k]!]!);
        }
        from = to;
      }
      this.lists[kind]!.length = 0;
    }
    if (always) this.kept = this.start.length;
  }

  blocks(): Blocks {
    this.start.push(this.members.length);
    const { start, members } = this.within(this.affordable());
    for (let k = 0; k + 1 < start.length; k++) this.putInOrder(members, start[k]!, start[k + 1]!);
    return { start, members, ...blocksByParty(start, members, this.came.length) };
  }

  /** The largest block that the register can afford, so that pairs grow with its rows and not with their square. */
  private affordable(): number {
    const largest = Math.max(...this.caps);
    const pairsIn = new Float64Array(largest + 1);
    for (let k = 0; k + 1 < this.start.length; k++) {
      const size = this.start.at(k + 1) - this.start.at(k);
      pairsIn[size]! += (size * (size - 1)) / 2;
    }
    const most = Math.max(PAIRS_A_PARTY * this.came.length, PAIRS_AT_LEAST);
    let pairs = 0;
    let size = 2;
    for (; size <= largest; size++) {
      pairs += pairsIn[size]!;
      if (pairs > most) break;
    }
    return Math.max(size - 1, LEAST_CAP);
  }

  /** The blocks of at most `cap` members, and those that always stay. */
  private within(cap: number): Pick<Blocks, 'start' | 'members'> {
    const start = new Growing(this.start.length);
    const all = this.members.filled();
    let used = 0;
    for (let k = 0; k + 1 < this.start.length; k++) {
      const [from, to] = [this.start.at(k), this.start.at(k + 1)];
      if (to - from > cap && k >= this.kept) continue;
      start.push(used);
      all.copyWithin(used, from, to);
      used += to - from;
    }
    start.push(used);
    return { start: start.shared(), members: sharedInts(used, all.subarray(0, used)) };
  }

  private putInOrder(members: Int32Array, from: number, to: number): void {
    for (let k = from + 1; k < to; k++) {
      const party = members[k]!;
      let at = k;
      for (; at > from && this.came[members[at - 1]!]! > this.came[party]!; at--) members[at] = members[at - 1]!;
      members[at] = party;
    }
  }
}

function blocksByParty(start: Int32Array, members: Int32Array, parties: number): Pick<Blocks, 'of' | 'blocksOf'> {
  const of = sharedInts(parties + 1);
  for (const party of members) of[party + 1]!++;
  for (let p = 0; p < parties; p++) of[p + 1]! += of[p]!;
  const blocksOf = sharedInts(members.length);
  // Each place is filled from the front; `of` is put back by what was filled.
  for (let k = 0; k + 1 < start.length; k++) {
    for (let m = start[k]!; m < start[k + 1]!; m++) blocksOf[of[members[m]!]!++] = k;
  }
  for (let p = parties; p > 0; p--) of[p] = of[p - 1]!;
  of[0] = 0;
  return { of, blocksOf };
}

function widened<T extends Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
