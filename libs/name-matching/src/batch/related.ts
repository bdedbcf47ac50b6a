import type { Arranged } from './arranged';
import type { Edges } from './edges';
import { JOINT, OTHER_PARTY } from './register';

/** A joint row and a cluster that one of its parties belongs to. */
export interface RelatedRow {
  row: number;
  /** Lowest row of the cluster. */
  cluster: number;
  /** Whether the party is the first named in the row or a further one. */
  party: 'first' | 'further';
  bits: number;
}

/**
 * The best cluster of each party of the joint rows, where it reaches `least` bits; ordered by row.
 * @param cluster by party, the lowest row of its cluster
 */
export function relate(data: Arranged, { a, b, bits }: Edges, cluster: Int32Array, least: number): RelatedRow[] {
  const { came } = data;
  const { parties, rows, rowOf, flags } = data.columns;
  const best = new Int32Array(parties).fill(-1);
  const consider = (party: number, other: number, e: number) => {
    if (!(flags[party]! & (JOINT | OTHER_PARTY)) || flags[other]! & (JOINT | OTHER_PARTY) || bits[e]! < least) return;
    const known = best[party]!;
    const isBetter =
      known < 0 || bits[e]! > bits[known]! || (bits[e] === bits[known] && came[a[e]!]! < came[a[known]!]!);
    if (isBetter) best[party] = e;
  };
  for (let e = 0; e < a.length; e++) {
    consider(a[e]!, b[e]!, e);
    consider(b[e]!, a[e]!, e);
  }
  const related: (RelatedRow & { number: number })[] = [];
  for (let party = 0; party < parties; party++) {
    const e = best[party]!;
    if (e < 0) continue;
    const number = came[party]!;
    related.push({
      row: rowOf[party]!,
      cluster: cluster[a[e] === party ? b[e]! : a[e]!]!,
      party: number < rows ? 'first' : 'further',
      bits: bits[e]!,
      number,
    });
  }
  related.sort((x, y) => x.row - y.row || x.number - y.number);
  return related.map(({ number: _, ...row }) => row);
}
