import type { Arranged } from './arranged';
import { BlockCollector, type Blocks } from './blocks';
import { ID_NONE, ID_OTHER } from './documents';
import { FAMILY, FATHER, GIVEN, GRANDFATHER } from './roles';

/** From this size on the coarser keys are too common to tell much, and one finer is needed. */
const LARGE = 2_000_000;

/** Kinds of keys: numbers, and the parts of a name (with the address) that agree. A party has one of each at most. */
const DOCUMENT = 0;
const ID = 1;
const PHONE = 2;
const GIVEN_FAMILY = 3;
const GIVEN_FAMILY_PLACE = 4;
const GIVEN_FATHER_FAMILY = 5;
const ALL_BUT_GRANDFATHER = 6;
const GIVEN_FATHER_PLACE = 7;
const GIVEN_FATHER_NEXT = 8;
const GIVEN_ALONE = 9;
/** Parties that may share a key of each kind. */
const CAPS = [200, 200, 120, 60, 400, 250, 250, 400, 250, 400];

/**
 * Blocks by ID, phone and by two or three of the tokens as meant: given and family (with the address, or the father,
 * where that pair is common), given, father and address or grandfather.
 */
export function buildBlocks(data: Arranged): Blocks {
  const found = new BlockCollector(data.came, CAPS);
  addNumbers(found, data);
  found.endPart(true);
  let p = 0;
  for (const end of data.parts) {
    for (; p < end; p++) addNames(found, p, data);
    found.endPart();
  }
  return found.blocks();
}

function addNumbers(found: BlockCollector, { columns: { parties, idKind, id, phone } }: Arranged): void {
  for (let p = 0; p < parties; p++) {
    if (idKind[p] !== ID_NONE) found.add(p, idKind[p] === ID_OTHER ? DOCUMENT : ID, id[p]!);
    if (phone[p]! >= 0) found.add(p, PHONE, phone[p]!);
  }
}

function addNames(found: BlockCollector, p: number, { columns, readings: { start, slots } }: Arranged): void {
  if (start[p] === start[p + 1]) return;
  const { roots } = columns;
  const at = 4 * start[p]!;
  const root = (role: number) => (slots[at + role]! < 0 ? -1 : roots[slots[at + role]!]!);
  const given = root(GIVEN);
  if (given < 0) return;
  const father = root(FATHER);
  const grandfather = root(GRANDFATHER);
  const family = root(FAMILY);
  const place = columns.address[p]!;
  if (family >= 0) {
    found.add(p, GIVEN_FAMILY, hash(given, family));
    if (place >= 0) found.add(p, GIVEN_FAMILY_PLACE, hash(mix(given, place), family));
    if (father >= 0) {
      const both = mix(given, father);
      found.add(p, GIVEN_FATHER_FAMILY, hash(both, family));
      if (columns.parties >= LARGE && place >= 0) found.add(p, ALL_BUT_GRANDFATHER, hash(both, mix(family, place)));
    }
  }
  if (father >= 0) {
    if (place >= 0) found.add(p, GIVEN_FATHER_PLACE, hash(mix(given, father), place));
    // A grandfather where the family should stand: G F H and G F H L.
    const next = grandfather >= 0 ? grandfather : family;
    if (next >= 0) found.add(p, GIVEN_FATHER_NEXT, hash(mix(given, father), next));
  } else if (family < 0) found.add(p, GIVEN_ALONE, hash(given, place));
}

function hash(a: number, b: number): number {
  let key = mix(a, b);
  key = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d);
  key = Math.imul(key ^ (key >>> 13), 0x297a2d39);
  return (key ^ (key >>> 16)) >>> 0;
}

function mix(a: number, b: number): number {
  return (Math.imul(a + 0x7f4a7c15, 0x5bd1e995) ^ Math.imul(b + 0x3c6ef372, 0x27d4eb2f)) | 0;
}
