import type { Blocks } from './blocking';
import { pairScorer, type ScoringData } from './scorer';

/** Pairs that may be one person: a[i] < b[i], bits[i]. Ordered by a, then as met. */
export interface Edges {
  a: Int32Array;
  b: Int32Array;
  bits: Float32Array;
  /** Pairs scored. */
  scored: number;
}

/** Weaker pairs are not worth keeping even as rivals. */
export const FAINT = -4;

/** Scores each pair of parties [from, to) with the later ones that share a block. */
export function scoreRange(data: ScoringData, blocks: Blocks, from: number, to: number): Edges {
  const { score } = pairScorer(data);
  const { start, members, of, blocksOf } = blocks;
  const seen = new Int32Array(data.columns.parties).fill(-1);
  let a = new Int32Array(1 << 14);
  let b = new Int32Array(1 << 14);
  let bits = new Float32Array(1 << 14);
  let length = 0;
  let scored = 0;
  for (let p = from; p < to; p++) {
    for (let k = of[p]!; k < of[p + 1]!; k++) {
      const block = blocksOf[k]!;
      for (let m = start[block + 1]! - 1; m >= start[block]!; m--) {
        const other = members[m]!;
        if (other <= p) break;
        if (seen[other] === p) continue;
        seen[other] = p;
        scored++;
        const value = score(p, other);
        if (value < FAINT) continue;
        if (length === a.length) {
          a = doubled(a);
          b = doubled(b);
          bits = doubled(bits);
        }
        a[length] = p;
        b[length] = other;
        bits[length++] = value;
      }
    }
  }
  return { a: a.slice(0, length), b: b.slice(0, length), bits: bits.slice(0, length), scored };
}

function doubled<T extends Int32Array | Float32Array>(items: T): T {
  const wider = new (items.constructor as new (length: number) => T)(items.length * 2);
  wider.set(items);
  return wider;
}

export function concatenated(parts: Edges[]): Edges {
  if (parts.length === 1) return parts[0]!;
  const length = parts.reduce((sum, part) => sum + part.a.length, 0);
  const all: Edges = {
    a: new Int32Array(length),
    b: new Int32Array(length),
    bits: new Float32Array(length),
    scored: 0,
  };
  let at = 0;
  for (const part of parts) {
    all.a.set(part.a, at);
    all.b.set(part.b, at);
    all.bits.set(part.bits, at);
    all.scored += part.scored;
    at += part.a.length;
  }
  return all;
}
