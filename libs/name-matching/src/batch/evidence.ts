import { ID_VALID } from './documents';
import { sharedFloats } from './growing';
import { sortWithIndices } from './radix';
import { JOINT, type Columns } from './register';

/** What the register's own pairs of one valid ID tell about its other columns; bits are log2 of likelihood ratios. */
export interface Evidence {
  /** log2 of the odds that two rows taken at random are one person. */
  prior: number;
  /** Bits of having the same phone, by party: the more rows bear it, the less it says. */
  samePhone: Float32Array;
  otherPhone: number;
  otherAddress: number;
  /** Bits of living at the same address, by address. */
  sameAddress: Float32Array;
}

/** Before any pair is seen: one phone in ten and one address in eight of a person differ; as good as 30 pairs. */
const TRUST = 30;
const PHONE_AGREES = 0.9;
const ADDRESS_AGREES = 0.88;
const FEWEST_MATES = 0.2;
const SMALLEST_ADDRESS = 20;
const FEWEST_BEARERS = 3;
const LEAST_SHARE = 0.05;

export function learnEvidence(columns: Columns): Evidence {
  const { rows, idKind, id, phone, address, flags } = columns;
  const phones = { same: TRUST * PHONE_AGREES, all: TRUST };
  const places = { same: TRUST * ADDRESS_AGREES, all: TRUST };
  let usable = 0;
  for (let row = 0; row < rows; row++) if (!(flags[row]! & JOINT)) usable++;
  let withId = 0;
  let idPairs = 0;
  const isPerson = (row: number) => idKind[row] === ID_VALID && !(flags[row]! & JOINT);
  eachRun(id, rows, isPerson, (order, from, to) => {
    withId += to - from;
    idPairs += ((to - from) * (to - from - 1)) / 2;
    for (let i = from + 1; i < to; i++) {
      count(phones, phone[order[i]!]!, phone[order[i - 1]!]!);
      count(places, address[order[i]!]!, address[order[i - 1]!]!);
    }
  });
  const share = withId / Math.max(usable, 1);
  const matesARow = Math.max(FEWEST_MATES, (2 * idPairs) / Math.max(withId, 1) / Math.max(share, LEAST_SHARE));
  const agrees = places.same / places.all;
  return {
    prior: Math.log2(matesARow / Math.max(usable, 2)),
    samePhone: phoneBits(columns, phones.same / phones.all),
    otherPhone: Math.log2(1 - phones.same / phones.all),
    otherAddress: Math.log2((1 - agrees) / (1 - 1 / Math.max(columns.addresses, 2))),
    sameAddress: addressBits(columns, agrees),
  };
}

function phoneBits({ rows, parties, phone }: Columns, agrees: number): Float32Array {
  const bits = sharedFloats(parties);
  let phoned = 0;
  for (let row = 0; row < rows; row++) if (phone[row]! >= 0) phoned++;
  eachRun(
    phone,
    rows,
    (row) => phone[row]! >= 0,
    (order, from, to) => {
      const value = Math.log2((agrees * Math.max(phoned, 2)) / Math.max(to - from - 1, FEWEST_BEARERS));
      for (let i = from; i < to; i++) bits[order[i]!] = value;
    },
  );
  return bits;
}

function addressBits({ rows, address, addresses }: Columns, agrees: number): Float32Array {
  const inhabitants = new Int32Array(Math.max(addresses, 1));
  let addressed = 0;
  for (let row = 0; row < rows; row++) {
    if (address[row]! < 0) continue;
    inhabitants[address[row]!]!++;
    addressed++;
  }
  const least = Math.max(Math.min(SMALLEST_ADDRESS, addressed / 10), 1);
  const bits = sharedFloats(inhabitants.length);
  inhabitants.forEach((n, i) => (bits[i] = Math.log2((agrees * addressed) / Math.max(n - 1, least))));
  return bits;
}

/** Visits the rows that `holds` admits in runs of one number, ascending within each. */
function eachRun(
  numbers: Int32Array,
  rows: number,
  holds: (row: number) => boolean,
  visit: (order: Int32Array, from: number, to: number) => void,
): void {
  const admitted = new Int32Array(rows);
  let length = 0;
  for (let row = 0; row < rows; row++) if (holds(row)) admitted[length++] = row;
  const keys = new Uint32Array(length);
  for (let i = 0; i < length; i++) keys[i] = numbers[admitted[i]!]!;
  const order = sortWithIndices(keys, length).map((i) => admitted[i]!);
  for (let from = 0; from < length;) {
    let to = from + 1;
    while (to < length && keys[to] === keys[from]) to++;
    visit(order, from, to);
    from = to;
  }
}

function count(tally: { same: number; all: number }, a: number, b: number): void {
  if (a < 0 || b < 0) return;
  tally.all++;
  if (a === b) tally.same++;
}
