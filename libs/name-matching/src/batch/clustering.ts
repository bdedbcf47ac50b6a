import type { Arranged } from './arranged';
import type { Edges } from './edges';
import { Entities, type Decided, type Grouping } from './entities';
import { Growing } from './growing';
import { sortWithIndices } from './radix';
import { JOINT, OTHER_PARTY } from './register';

/** Thresholds of the rounds: what is sure is joined first, and so is out of the way as a rival of the rest. */
const ROUNDS = [9, 5, 2.5];
const MOST_RIVALS = 8;
const MOST_BITS = 200;
const STEPS_A_BIT = 1 << 20;

/**
 * Joins rows by falling odds. An edge is worth its odds over those of its rivals: other entities that either end may
 * as well belong to and that cannot be the same as this one. Never joins two valid IDs, a joint row, rows that speak
 * against one another, or what was decided to be two.
 */
export function cluster(data: Arranged, edges: Edges, least: number, decided: Decided): Grouping {
  const entities = new Entities(data, decided);
  const usable = neighbours(data, edges);
  for (const threshold of [...ROUNDS.filter((bits) => bits > least), least]) {
    const weighed = weigh(entities, edges, usable, data.came, threshold);
    for (const e of weighed.order) entities.join(edges.a[e]!, edges.b[e]!, weighed.bits[e]!);
  }
  return entities.grouping();
}

/** Edges of each party, both ways: at[start[party]] .. ; joint rows and further parties have none. */
interface Neighbours {
  start: Int32Array;
  at: Int32Array;
}

function neighbours({ columns: { parties, flags } }: Arranged, { a, b }: Edges): Neighbours {
  const start = new Int32Array(parties + 1);
  const counted = (e: number) => !((flags[a[e]!]! | flags[b[e]!]!) & (JOINT | OTHER_PARTY));
  for (let e = 0; e < a.length; e++) {
    if (!counted(e)) continue;
    start[a[e]! + 1]!++;
    start[b[e]! + 1]!++;
  }
  for (let p = 0; p < parties; p++) start[p + 1]! += start[p]!;
  const at = new Int32Array(start[parties]!);
  const next = start.slice();
  for (let e = 0; e < a.length; e++) {
    if (!counted(e)) continue;
    at[next[a[e]!]!++] = e;
    at[next[b[e]!]!++] = e;
  }
  return { start, at };
}

/** Bits of each edge less its rivals', and the edges worth joining, best first. */
function weigh(
  entities: Entities,
  { a, b, bits }: Edges,
  { start, at }: Neighbours,
  came: Int32Array,
  threshold: number,
) {
  const weighed = new Float32Array(bits);
  const rivals: { entity: number; bits: number }[] = [];
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
      if (!known) rivals.push({ entity, bits: bits[e]! });
      else if (bits[e]! > known.bits) known.bits = bits[e]!;
    }
    if (rivals.length < 2) continue;
    rivals.sort((x, y) => y.bits - x.bits || came[x.entity]! - came[y.entity]!);
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
  return { order: bestFirst(worth.filled(), weighed, a, came), bits: weighed };
}

/** Edges by falling bits, those that weigh the same in the order in which their first rows came. */
function bestFirst(worth: Int32Array, weighed: Float32Array, a: Int32Array, came: Int32Array): Int32Array {
  const arrival = new Uint32Array(worth.length);
  for (let i = 0; i < worth.length; i++) arrival[i] = came[a[worth[i]!]!]!;
  const asCame = sortWithIndices(arrival, worth.length).map((i) => worth[i]!);
  const keys = new Uint32Array(worth.length);
  for (let i = 0; i < worth.length; i++) keys[i] = Math.max(0, (MOST_BITS - weighed[asCame[i]!]!) * STEPS_A_BIT);
  return sortWithIndices(keys, keys.length).map((i) => asCame[i]!);
}
