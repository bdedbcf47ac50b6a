import type { Edges } from './edges';
import { JOINT, type Columns } from './register';

/** A joint row and a cluster that one of its parties belongs to. */
export interface RelatedRow {
  row: number;
  /** Lowest row of the cluster. */
  cluster: number;
  /** Whether the party is the first named in the row or a further one. */
  party: 'first' | 'further';
  bits: number;
}

/** The best cluster of each party of the joint rows, where it reaches `least` bits; ordered by row. */
export function relate(
  { rows, rowOf, flags }: Columns,
  { a, b, bits }: Edges,
  cluster: Int32Array,
  least: number,
): RelatedRow[] {
  const best = new Map<number, RelatedRow>();
  const consider = (party: number, other: number, strength: number) => {
    if (strength < least || other >= rows || flags[other]! & JOINT) return;
    if (party < rows && !(flags[party]! & JOINT)) return;
    const known = best.get(party);
    if (known && known.bits >= strength) return;
    best.set(party, {
      row: rowOf[party]!,
      cluster: cluster[other]!,
      party: party < rows ? 'first' : 'further',
      bits: strength,
    });
  };
  for (let e = 0; e < a.length; e++) {
    consider(a[e]!, b[e]!, bits[e]!);
    consider(b[e]!, a[e]!, bits[e]!);
  }
  return [...best.values()].sort((x, y) => x.row - y.row || (x.party < y.party ? -1 : 1));
}
