import type { Edges } from './edges';
import { ID_VALID } from './documents';
import { Growing } from './growing';
import { sortWithIndices } from './radix';
import { JOINT, type Columns } from './register';
import { pairScorer, type ScoringData } from './scorer';

/** What the clusters of a register are. All arrays are by row. */
export interface Grouping {
  /** Lowest row of the row's cluster. */
  cluster: Int32Array;
  /** log2 of the odds that the row belongs to its cluster's core; Infinity for the only row. */
  bits: Float32Array;
}

/** What people have decided before. */
interface Decided {
  apart: Iterable<readonly [number, number]>;
  /** By row, 0 for none: rows of one number are one person, rows of two are not. */
  known: ArrayLike<number>;
}

/** Thresholds of the rounds: what is sure is joined first, and so is out of the way as a rival of the rest. */
const ROUNDS = [9, 5, 2.5];
const CONFLICT = -5.5;
const MOST_COMPARED = 10;
const MOST_RIVALS = 8;
const MOST_BITS = 200;
const STEPS_A_BIT = 1 << 20;

/**
 * Joins rows by falling odds. An edge is worth its odds over those of its rivals: other entities that either end may
 * as well belong to and that cannot be the same as this one. Never joins two valid IDs, a joint row, rows that speak
 * against one another, or what was decided to be two.
 */
export function cluster(data: ScoringData, edges: Edges, least: number, decided: Decided): Grouping {
  const entities = new Entities(data, decided);
  const usable = neighbours(data.columns, edges);
  for (const threshold of [...ROUNDS.filter((bits) => bits > least), least]) {
    const weighed = weigh(entities, edges, usable, threshold);
    for (const e of weighed.order) entities.join(edges.a[e]!, edges.b[e]!, weighed.bits[e]!);
  }
  return entities.grouping();
}

/** Edges of each row, both ways: at[start[row]] .. ; joint rows and further parties have none. */
interface Neighbours {
  start: Int32Array;
  at: Int32Array;
}

function neighbours({ rows, flags }: Columns, { a, b }: Edges): Neighbours {
  const start = new Int32Array(rows + 1);
  const counted = (e: number) => b[e]! < rows && !((flags[a[e]!]! | flags[b[e]!]!) & JOINT);
  for (let e = 0; e < a.length; e++) {
    if (!counted(e)) continue;
    start[a[e]! + 1]!++;
    start[b[e]! + 1]!++;
  }
  for (let row = 0; row < rows; row++) start[row + 1]! += start[row]!;
  const at = new Int32Array(start[rows]!);
  const next = start.slice();
  for (let e = 0; e < a.length; e++) {
    if (!counted(e)) continue;
    at[next[a[e]!]!++] = e;
    at[next[b[e]!]!++] = e;
  }
  return { start, at };
}

/** Bits of each edge less its rivals', and the edges worth joining, best first. */
function weigh(entities: Entities, { a, b, bits }: Edges, { start, at }: Neighbours, threshold: number) {
  const weighed = new Float32Array(bits);
  const rivals: { entity: number; row: number; bits: number }[] = [];
  const rows = start.length - 1;
  for (let row = 0; row < rows; row++) {
    const from = start[row]!;
    const to = start[row + 1]!;
    if (to - from < 2) continue;
    const own = entities.find(row);
    rivals.length = 0;
    for (let k = from; k < to; k++) {
      const e = at[k]!;
      const other = a[e] === row ? b[e]! : a[e]!;
      const entity = entities.find(other);
      if (entity === own) continue;
      const known = rivals.find((rival) => rival.entity === entity);
      if (!known) rivals.push({ entity, row: other, bits: bits[e]! });
      else if (bits[e]! > known.bits) known.bits = bits[e]!;
    }
    if (rivals.length < 2) continue;
    rivals.sort((x, y) => y.bits - x.bits || x.entity - y.entity);
    rivals.length = Math.min(rivals.length, MOST_RIVALS);
    const real = rivals.filter(({ entity }) => !entities.conflict(own, entity));
    for (let k = from; k < to; k++) {
      const e = at[k]!;
      if (bits[e]! < threshold) continue;
      const target = entities.find(a[e] === row ? b[e]! : a[e]!);
      if (target === own) continue;
      let odds = 1;
      for (const rival of real) {
        if (rival.entity !== target && entities.conflict(rival.entity, target)) odds += 2 ** rival.bits;
      }
      weighed[e] = Math.min(weighed[e]!, bits[e]! - Math.log2(odds));
    }
  }
  const worth = new Growing();
  for (let row = 0; row < rows; row++) {
    for (let k = start[row]!; k < start[row + 1]!; k++) {
      const e = at[k]!;
      if (a[e] === row && weighed[e]! >= threshold && entities.find(row) !== entities.find(b[e]!)) worth.push(e);
    }
  }
  const keys = new Uint32Array(worth.length);
  for (let i = 0; i < keys.length; i++) keys[i] = Math.max(0, (MOST_BITS - weighed[worth.at(i)]!) * STEPS_A_BIT);
  const order = sortWithIndices(keys, keys.length).map((i) => worth.at(i));
  return { order, bits: weighed };
}

/** Rows joined so far, as rings of rows under a root. */
class Entities {
  private readonly parent: Int32Array;
  private readonly next: Int32Array;
  private readonly size: Int32Array;
  private readonly validId: Int32Array;
  private readonly known: Int32Array;
  private readonly rowBits: Float32Array;
  private readonly scorer;
  private readonly apart = new Map<number, number[]>();

  constructor(data: ScoringData, { apart, known }: Decided) {
    const { rows, id, idKind, flags } = data.columns;
    this.parent = Int32Array.from({ length: rows }, (_, row) => row);
    this.next = this.parent.slice();
    this.size = new Int32Array(rows).fill(1);
    this.validId = Int32Array.from({ length: rows }, (_, row) => (idKind[row] === ID_VALID ? id[row]! : 0));
    this.rowBits = new Float32Array(rows).fill(Infinity);
    this.scorer = pairScorer(data);
    for (const [a, b] of apart) {
      this.apart.set(a, [...(this.apart.get(a) ?? []), b]);
      this.apart.set(b, [...(this.apart.get(b) ?? []), a]);
    }
    this.known = Int32Array.from({ length: rows }, (_, row) => (flags[row]! & JOINT ? 0 : (known[row] ?? 0)));
    const first = new Map<number, number>();
    for (let row = 0; row < rows; row++) {
      const person = this.known[row]!;
      if (person === 0) continue;
      const other = first.get(person);
      if (other === undefined) first.set(person, row);
      else this.unite(this.find(other), row, MOST_BITS);
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
    const keepsX = this.rank(x) > this.rank(y) || (this.rank(x) === this.rank(y) && x < y);
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

  grouping(): Grouping {
    const rows = this.parent.length;
    const lowest = new Int32Array(rows).fill(-1);
    const cluster = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const root = this.find(row);
      if (lowest[root]! < 0) lowest[root] = row;
      cluster[row] = lowest[root]!;
    }
    return { cluster, bits: this.rowBits };
  }
}
