import type { Arranged } from './arranged';
import type { Blocks } from './blocks';
import { pairScorer } from './scorer';

/** Pairs that may be one person: a[i] came before b[i], bits[i]. Ordered by a, then as met. */
export interface Edges {
  a: Int32Array;
  b: Int32Array;
  bits: Float32Array;
  /** Pairs scored. */
  scored: number;
}

/** Weaker pairs are not worth keeping even as rivals. */
export const FAINT = -4;

/** What scores each pair of parties [from, to) with those that came later and share a block; a party once. */
export function rangeScorer(data: Arranged, blocks: Blocks): (from: number, to: number) => Edges {
  const { score } = pairScorer(data);
  const { start, members, of, blocksOf } = blocks;
  const seen = new Int32Array(data.columns.parties).fill(-1);
  return (from, to) => {
    const found = new EdgeList();
    let scored = 0;
    for (let p = from; p < to; p++) {
      for (let k = of[p]!; k < of[p + 1]!; k++) {
        const block = blocksOf[k]!;
        for (let m = start[block + 1]! - 1; m >= start[block]!; m--) {
          const other = members[m]!;
          if (other === p) break;
          if (seen[other] === p) continue;
          seen[other] = p;
          scored++;
          const bits = score(p, other);
          if (bits >= FAINT) found.push(p, other, bits);
        }
      }
    }
    return found.edges(scored);
  };
}

class EdgeList {
  private a = new Int32Array(1 << 14);
  private b = new Int32Array(1 << 14);
  private bits = new Float32Array(1 << 14);
  private length = 0;

  push(a: number, b: number, bits: number): void {
    if (this.length === this.a.length) {
      this.a = doubled(this.a);
      this.b = doubled(this.b);
      this.bits = doubled(this.bits);
    }
    this.a[this.length] = a;
    this.b[this.length] = b;
    this.bits[this.length++] = bits;
  }

  edges(scored: number): Edges {
    const { length } = this;
    return { a: this.a.slice(0, length), b: this.b.slice(0, length), bits: this.bits.slice(0, length), scored };
  }
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
