import { labelClusters, type RelatedRow } from '@libs/name-matching';
import { MEMBER_ROLES } from '../matching.entities';

/** Clusters of at least two rows, in the order of their lowest row; members of cluster k are [start[k], start[k+1]). */
export interface Clusters {
  start: Int32Array;
  /** The number each cluster bore before, 0 for a new one. */
  former: Int32Array;
  /** Members: owners by row, then related joint rows. A row is an index in the order the rows came. */
  row: Int32Array;
  /** Index into MEMBER_ROLES. */
  role: Uint8Array;
  /** Whole bits, rounded down, so that a band is what it was. */
  bits: Int32Array;
  rows: number;
  pairs: number;
}

interface Found {
  cluster: Int32Array;
  bits: Float32Array;
  related: RelatedRow[];
  pairsScored: number;
}

const NEW = '+';
const PARTIES = { first: MEMBER_ROLES.indexOf('FIRST_PARTY'), further: MEMBER_ROLES.indexOf('FURTHER_PARTY') };

/** What a match found, as it is to be stored. @param former by row the number of its cluster before, 0 for none */
export function arrange({ cluster, bits, related, pairsScored }: Found, former: ArrayLike<number>): Clusters {
  const rows = cluster.length;
  const size = new Int32Array(rows);
  for (const lowest of cluster) size[lowest]!++;
  const kept = strongestOf(related.filter(({ cluster: of }) => size[of]! > 1));
  const place = new Int32Array(rows).fill(-1);
  const lowest: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (size[row]! < 2) continue;
    place[row] = lowest.length;
    lowest.push(row);
  }

  const start = new Int32Array(lowest.length + 1);
  for (const row of lowest) start[place[row]! + 1] = size[row]!;
  for (const { cluster: of } of kept) start[place[of]! + 1]!++;
  for (let k = 0; k < lowest.length; k++) start[k + 1]! += start[k]!;

  const members = start[lowest.length]!;
  const found: Clusters = {
    start,
    former: formerOf(cluster, place, former),
    row: new Int32Array(members),
    role: new Uint8Array(members),
    bits: new Int32Array(members),
    rows,
    pairs: pairsScored,
  };
  const next = start.slice();
  const add = (of: number, row: number, role: number, strength: number) => {
    const at = next[place[of]!]!++;
    found.row[at] = row;
    found.role[at] = role;
    found.bits[at] = Math.floor(strength);
  };
  for (let row = 0; row < rows; row++) if (size[cluster[row]!]! > 1) add(cluster[row]!, row, 0, bits[row]!);
  for (const { cluster: of, row, party, bits: strength } of kept) add(of, row, PARTIES[party], strength);
  return found;
}

/** One of each row and role: of several further parties (X و Y و Z) the one that is tied most strongly. */
function strongestOf(related: readonly RelatedRow[]): RelatedRow[] {
  const strongest = new Map<string, RelatedRow>();
  for (const each of related) {
    const key = `${each.row} ${each.party}`;
    if (each.bits > (strongest.get(key)?.bits ?? -Infinity)) strongest.set(key, each);
  }
  return [...strongest.values()];
}

function formerOf(cluster: Int32Array, place: Int32Array, former: ArrayLike<number>): Int32Array {
  const owners: number[] = [];
  for (let row = 0; row < cluster.length; row++) if (place[cluster[row]!]! >= 0) owners.push(row);
  const labels = labelClusters(
    owners.map((row) => cluster[row]!),
    owners.map((row) => NEW + row),
    owners.map((row) => (former[row] ? String(former[row]) : undefined)),
  );
  const numbers: number[] = [];
  owners.forEach((row, i) => {
    numbers[place[cluster[row]!]!] = labels[i]!.startsWith(NEW) ? 0 : Number(labels[i]);
  });
  return Int32Array.from(numbers);
}
