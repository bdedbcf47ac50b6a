import type { Arranged } from './arranged';
import type { Edges } from './edges';
import { JOINT, OTHER_PARTY } from './register';

/** How far a row's place in its cluster can be trusted; `single` stands alone, `joint` names several parties. */
export type Band = 'sure' | 'likely' | 'look' | 'single' | 'joint';

/** A pair of clusters, by their lowest rows, that may be one person but is not joined: for a clerk to look at. */
export interface Suggestion {
  a: number;
  b: number;
  bits: number;
}

/** 13 bits are odds of 8,000 to 1, 4 bits of 16 to 1. */
export const SURE_BITS = 13;
export const LIKELY_BITS = 4;
const LEAST_SUGGESTED = -2;

/** @param flags, bits of the row */
export function bandOf(flags: number, bits: number): Band {
  if (flags & JOINT) return 'joint';
  if (bits === Infinity) return 'single';
  return bits >= SURE_BITS ? 'sure' : bits >= LIKELY_BITS ? 'likely' : 'look';
}

/**
 * The best edge between each two clusters that stayed apart, strongest first; pairs declared `apart` are left out.
 * @param cluster by party, the lowest row of its cluster
 */
export function suggest(
  { columns: { rows, flags }, place }: Arranged,
  { a, b, bits }: Edges,
  cluster: Int32Array,
  apart: Iterable<readonly [number, number]>,
): Suggestion[] {
  const scale = rows + 1;
  const settled = new Set<number>();
  for (const [x, y] of apart) settled.add(keyOf(cluster[place[x]!]!, cluster[place[y]!]!, scale));
  const best = new Map<number, number>();
  for (let e = 0; e < a.length; e++) {
    if (bits[e]! < LEAST_SUGGESTED || (flags[a[e]!]! | flags[b[e]!]!) & (JOINT | OTHER_PARTY)) continue;
    const x = cluster[a[e]!]!;
    const y = cluster[b[e]!]!;
    if (x === y) continue;
    const key = keyOf(x, y, scale);
    if (!settled.has(key) && (best.get(key) ?? -Infinity) < bits[e]!) best.set(key, bits[e]!);
  }
  return [...best]
    .map(([key, strength]) => ({ a: Math.floor(key / scale), b: key % scale, bits: strength }))
    .sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);
}

function keyOf(x: number, y: number, scale: number): number {
  return Math.min(x, y) * scale + Math.max(x, y);
}
