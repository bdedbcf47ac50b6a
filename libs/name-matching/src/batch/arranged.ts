import { sharedFloats, sharedInts } from './growing';
import { sortWithIndices } from './radix';
import { FAMILY, GIVEN, type Readings } from './roles';
import type { ScoringData } from './scorer';

/**
 * A register whose parties are numbered anew, so that namesakes, who are compared with one another, are neighbours in
 * memory: the columns of ten million rows fit no cache, and fetching a row from anywhere takes longer than weighing it.
 * The numbering touches no result: where the order of rows counts, it is `came` that is asked.
 */
export interface Arranged extends ScoringData {
  /** Number that each party had before: its place in the order in which rows came, further parties last. */
  came: Int32Array;
  /** The other way round: where the party that came as the n-th is now. */
  place: Int32Array;
  /** Ends of the parts of the register; all parties of one given name (as meant) are in one part. */
  parts: number[];
}

/** A part has at least so many parties, but for the last. */
const LEAST_PART = 1 << 16;

export function arranged({ columns, readings, weights, evidence }: ScoringData): Arranged {
  const { parties } = columns;
  const keys = placeKeys(columns, readings);
  const came = sharedInts(parties, sortWithIndices(keys, parties));
  const place = sharedInts(parties);
  for (let p = 0; p < parties; p++) place[came[p]!] = p;
  const ints = (column: Int32Array) => moved(column, came, sharedInts(parties));
  return {
    columns: {
      rows: columns.rows,
      parties,
      rowOf: ints(columns.rowOf),
      flags: ints(columns.flags),
      idKind: ints(columns.idKind),
      id: ints(columns.id),
      phone: ints(columns.phone),
      address: ints(columns.address),
      addresses: columns.addresses,
      vocabulary: columns.vocabulary,
      roots: columns.roots,
    },
    readings: movedReadings(readings, came),
    weights,
    evidence: { ...evidence, samePhone: moved(evidence.samePhone, came, sharedFloats(parties)) },
    came,
    place,
    parts: partsOf(keys),
  };
}

/** A hash of the given name in the upper half, one of the family in the lower. */
function placeKeys({ parties, roots }: ScoringData['columns'], { start, slots }: Readings): Uint32Array {
  const keys = new Uint32Array(parties);
  const root = (slot: number) => (slots[slot]! < 0 ? -1 : roots[slots[slot]!]!);
  for (let p = 0; p < parties; p++) {
    const first = start[p]!;
    const isRead = first < start[p + 1]!;
    const given = isRead ? root(4 * first + GIVEN) : -1;
    const family = isRead ? root(4 * first + FAMILY) : -1;
    keys[p] = (upperHalf(Math.imul(given + 1, 0x9e3779b1)) << 16) | upperHalf(Math.imul(family + 1, 0x85ebca6b));
  }
  return keys;
}

function upperHalf(key: number): number {
  return key >>> 16;
}

function partsOf(keys: Uint32Array): number[] {
  const ends: number[] = [];
  for (let p = LEAST_PART; p < keys.length; p++) {
    if (upperHalf(keys[p]!) !== upperHalf(keys[p - 1]!) && p - (ends.at(-1) ?? 0) >= LEAST_PART) ends.push(p);
  }
  return [...ends, keys.length];
}

function moved<T extends Int32Array | Float32Array>(column: T, came: Int32Array, to: T): T {
  for (let p = 0; p < to.length; p++) to[p] = column[came[p]!]!;
  return to;
}

function movedReadings({ start, slots, bits, ...rest }: Readings, came: Int32Array): Readings {
  const parties = came.length;
  const to = { start: sharedInts(parties + 1), slots: sharedInts(slots.length), bits: sharedFloats(bits.length) };
  let r = 0;
  for (let p = 0; p < parties; p++) {
    to.start[p] = r;
    const from = came[p]!;
    for (let s = start[from]!; s < start[from + 1]!; s++, r++) {
      for (let role = 0; role < 4; role++) to.slots[4 * r + role] = slots[4 * s + role]!;
      to.bits[r] = bits[s]!;
    }
  }
  to.start[parties] = r;
  return { ...rest, ...to };
}
