import type { Arranged } from './arranged';
import { ID_VALID } from './documents';
import { JOINT } from './register';
import { pairScorer } from './scorer';

/** What clusters are. All arrays are by party; further parties are their own. */
export interface Grouping {
  /** Lowest row, as they came, of the party's cluster. */
  cluster: Int32Array;
  /** log2 of the odds that the row belongs to its cluster's core; Infinity for the only row. */
  bits: Float32Array;
}

/** What people have decided before; rows are numbered as they came. */
export interface Decided {
  apart: Iterable<readonly [number, number]>;
  /** By row, 0 for none: rows of one number are one person, rows of two are not. */
  known: ArrayLike<number>;
}

const CONFLICT = -5.5;
const MOST_COMPARED = 10;
const MOST_BITS = 200;

/** Rows joined so far, as rings of rows under a root. */
export class Entities {
  private readonly parent: Int32Array;
  private readonly next: Int32Array;
  private readonly size: Int32Array;
  private readonly validId: Int32Array;
  private readonly known: Int32Array;
  private readonly rowBits: Float32Array;
  private readonly scorer;
  private readonly apart = new Map<number, number[]>();

  constructor(
    private readonly data: Arranged,
    decided: Decided,
  ) {
    const { parties, id, idKind } = data.columns;
    this.parent = new Int32Array(parties);
    for (let p = 0; p < parties; p++) this.parent[p] = p;
    this.next = this.parent.slice();
    this.size = new Int32Array(parties).fill(1);
    this.validId = new Int32Array(parties);
    for (let p = 0; p < parties; p++) if (idKind[p] === ID_VALID) this.validId[p] = id[p]!;
    this.rowBits = new Float32Array(parties).fill(Infinity);
    this.scorer = pairScorer(data);
    this.known = new Int32Array(parties);
    this.heed(decided);
  }

  private heed({ apart, known }: Decided): void {
    const { place, columns } = this.data;
    for (const [x, y] of apart) {
      const [a, b] = [place[x]!, place[y]!];
      this.apart.set(a, [...(this.apart.get(a) ?? []), b]);
      this.apart.set(b, [...(this.apart.get(b) ?? []), a]);
    }
    const first = new Map<number, number>();
    for (let row = 0; row < Math.min(columns.rows, known.length); row++) {
      const person = known[row]!;
      const p = place[row]!;
      if (person === 0 || columns.flags[p]! & JOINT) continue;
      this.known[p] = person;
      const other = first.get(person);
      if (other === undefined) first.set(person, p);
      else this.unite(this.find(other), p, MOST_BITS);
    }
  }

  find(row: number): number {
    let root = row;
    while (this.parent[root] !== root) root = this.parent[root]!;
    while (this.parent[row] !== root) {
      const up = this.parent[row]!;
      this.parent[row] = root;
      row = up;
    }
    return root;
  }

  /** Whether two entities cannot be one: their IDs, a clerk's word, or rows that speak against one another. */
  conflict(x: number, y: number): boolean {
    if (x === y) return false;
    if (this.validId[x] && this.validId[y] && this.validId[x] !== this.validId[y]) return true;
    if (this.known[x] && this.known[y] && this.known[x] !== this.known[y]) return true;
    if (this.apart.size > 0 && this.keptApart(x, y)) return true;
    let a = x;
    for (let i = 0; i < MOST_COMPARED; i++) {
      let b = y;
      for (let j = 0; j < MOST_COMPARED; j++) {
        this.scorer.score(a, b);
        if (this.scorer.against() < CONFLICT) return true;
        b = this.next[b]!;
        if (b === y) break;
      }
      a = this.next[a]!;
      if (a === x) break;
    }
    return false;
  }

  private keptApart(x: number, y: number): boolean {
    let row = x;
    do {
      for (const other of this.apart.get(row) ?? []) if (this.find(other) === y) return true;
      row = this.next[row]!;
    } while (row !== x);
    return false;
  }

  join(a: number, b: number, bits: number): void {
    const x = this.find(a);
    const y = this.find(b);
    if (x !== y && !this.conflict(x, y)) this.unite(x, y, bits);
  }

  private unite(x: number, y: number, bits: number): void {
    // The core is the side with a valid ID, else the larger, else the earlier; the other side hangs on this edge.
    const keepsX = this.rank(x) > this.rank(y) || (this.rank(x) === this.rank(y) && this.isEarlier(x, y));
    const core = keepsX ? x : y;
    const side = keepsX ? y : x;
    let row = side;
    do {
      this.rowBits[row] = Math.min(this.rowBits[row]!, bits);
      row = this.next[row]!;
    } while (row !== side);
    if (this.size[core] === 1) this.rowBits[core] = bits;
    this.parent[side] = core;
    this.size[core]! += this.size[side]!;
    this.validId[core] ||= this.validId[side]!;
    this.known[core] ||= this.known[side]!;
    const after = this.next[core]!;
    this.next[core] = this.next[side]!;
    this.next[side] = after;
  }

  private rank(root: number): number {
    return (this.validId[root] ? 1e6 : 0) + this.size[root]!;
  }

  private isEarlier(x: number, y: number): boolean {
    return this.data.came[x]! < this.data.came[y]!;
  }

  grouping(): Grouping {
    const parties = this.parent.length;
    const { came } = this.data;
    const lowest = new Int32Array(parties).fill(parties);
    for (let p = 0; p < parties; p++) {
      const root = this.find(p);
      if (came[p]! < lowest[root]!) lowest[root] = came[p]!;
    }
    const cluster = new Int32Array(parties);
    for (let p = 0; p < parties; p++) cluster[p] = lowest[this.find(p)]!;
    return { cluster, bits: this.rowBits };
  }
}
