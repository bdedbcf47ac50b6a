import { vowelsDiffer } from '../skeleton';
import { spellingBits, UNLIKE } from '../spelling';
import type { Evidence } from './evidence';
import { ID_NONE, ID_OTHER, ID_VALID } from './documents';
import { oneSlipApart } from './numbers';
import { FIRM, type PartyColumns } from './register';
import { FAMILY, GIVEN, KIND, type Readings } from './roles';
import type { TokenWeights } from './weights';

/** Everything that scoring reads; plain and shareable with worker threads. */
export interface ScoringData {
  columns: PartyColumns;
  readings: Readings;
  weights: TokenWeights;
  evidence: Evidence;
}

export interface PairScorer {
  /** log2 of the odds that two parties are one person, or {@link VETO}. */
  score(a: number, b: number): number;
  /** Of the pair scored last: what speaks against it, in bits, 0 or less. */
  against(): number;
  /** Of the pair scored last: the odds against a stranger of that name alone, kin left aside. */
  overStranger(): number;
}

/** Two rows that cannot be one person: two valid IDs, or a firm and a person. */
export const VETO = -1000;

/** A part that contradicts, by role: given, father, grandfather, family. */
const OTHER = [-11, -8, -7, -8] as const;
/** The most that agreeing on a part tells a person from his own kin, who bear most of his names. */
const MOST_AMONG_KIN = [15, 3, 0.7, 0.3] as const;
/** Contradicting parts are nothing rare among kin. */
const OTHER_AMONG_KIN = [-11, -7, -4, -8] as const;
const KIN_PRIOR = -2;
const SAME_ID = 22;
const SAME_ID_AMONG_KIN = 9;
const SLIPPED_ID = 14;
const SLIPPED_ID_AMONG_KIN = 4;
const OTHER_ID = -7;
const SAME_DOCUMENT = 14;
const OTHER_DOCUMENT = [-1, -4] as const;
const SAME_PHONE_AMONG_KIN = 2.5;
const KIN_LIVE_APART = 2;
const UNLIKE_LETTERS = 4;
/** One name in two scripts: consonants tell little, and are written by taste. By role kind: given, middle, family. */
const SAME_SOUND = 4;
const OTHER_SOUND = [-5, -3, -3] as const;
const MOST_ERROR_BITS = 24;

/**
 * The scorer of pairs: log2 of the odds that parties `a` and `b` are one person, {@link VETO} where that cannot be. Two
 * explanations stand against "the same": a stranger of the same name, whose chance falls with the rarity of all that
 * agrees, and kin, who share family, father, house and phone, so that the given name has to tell.
 */
export function pairScorer({ columns, readings, weights, evidence }: ScoringData): PairScorer {
  const { flags, idKind, id, phone, address, vocabulary } = columns;
  const { codes, start: letters, masks, known, sounds } = vocabulary;
  const { start, slots, bits: chance } = readings;
  const { equal, meant, written, fromRoot } = weights;
  const { roots } = columns;
  const { prior, samePhone, otherPhone, sameAddress, otherAddress } = evidence;

  function unlikeTokens(kind: 0 | 1 | 2, a: number, b: number, other: number): number {
    if (sounds[a]! < 0 !== sounds[b]! < 0) return soundAlike(a, b) ? SAME_SOUND : OTHER_SOUND[kind];
    if (bitsSet(masks[a]! ^ masks[b]!) > UNLIKE_LETTERS) return other;
    const errors = spellingBits(codes, letters[a]!, letters[a + 1]!, letters[b]!, letters[b + 1]!, MOST_ERROR_BITS);
    let both = 0;
    if (errors !== UNLIKE) both = (meant[kind][a]! + meant[kind][b]!) * 2 ** -errors;
    if (roots[a] === roots[b]) {
      const root = roots[a]!;
      if (root !== a && root !== b) both += meant[kind][root]! * 2 ** -(fromRoot[a]! + fromRoot[b]!);
    }
    if (both === 0) return other;
    const bits = Math.log2(both / ((written[kind][a]! + 1e-9) * (written[kind][b]! + 1e-9)));
    // What was written wrongly tells no more than what was meant, written rightly.
    return Math.max(other, Math.min(bits, equal[kind][a]!, equal[kind][b]!));
  }

  const textOf = (t: number) => String.fromCharCode(...codes.subarray(letters[t]!, letters[t + 1]!));
  function soundAlike(a: number, b: number): boolean {
    if (sounds[a] !== -sounds[b]!) return false;
    return sounds[a]! < 0 ? !vowelsDiffer(textOf(b), textOf(a)) : !vowelsDiffer(textOf(a), textOf(b));
  }

  let kinBits = 0;
  let overStranger = VETO;
  let nameAgainst = 0;
  let against = 0;
  let oneDocument = false;
  /** Name bits against a stranger; against kin in `kinBits`. */
  function nameBits(r: number, s: number): number {
    let sum = chance[r]! + chance[s]!;
    kinBits = sum;
    nameAgainst = 0;
    let siblings = false;
    for (let role = GIVEN; role <= FAMILY; role++) {
      const x = slots[4 * r + role]!;
      const y = slots[4 * s + role]!;
      if (x < 0 || y < 0) continue;
      const kind = KIND[role]!;
      const bits = x === y ? equal[kind][x]! : unlikeTokens(kind, x, y, OTHER[role]!);
      sum += bits;
      if (bits < 0) nameAgainst += bits;
      // سالم and سلام, of one father: parents chose both, however rare they are here. All else they share as siblings.
      if (role === GIVEN && known[x] && known[y] && known[x] !== known[y] && !oneDocument) siblings = true;
      const most = siblings ? 0 : MOST_AMONG_KIN[role]!;
      kinBits += bits < 0 ? Math.max(bits, OTHER_AMONG_KIN[role]!) : Math.min(bits, most);
      if (role === GIVEN && bits <= OTHER[GIVEN]) break;
    }
    return sum;
  }

  function score(a: number, b: number): number {
    against = VETO;
    overStranger = VETO;
    const flagA = flags[a]!;
    const flagB = flags[b]!;
    if ((flagA ^ flagB) & FIRM) return VETO;
    const kindA = idKind[a]!;
    const kindB = idKind[b]!;
    let stranger = prior;
    let kin = KIN_PRIOR;
    oneDocument = false;
    if (kindA !== ID_NONE && kindB !== ID_NONE) {
      const same = id[a] === id[b];
      oneDocument = same && (kindA === ID_OTHER) === (kindB === ID_OTHER);
      if (kindA === ID_VALID && kindB === ID_VALID) {
        if (!same) return VETO;
        stranger += SAME_ID;
        kin += SAME_ID_AMONG_KIN;
      } else if (kindA === ID_OTHER || kindB === ID_OTHER) {
        if (kindA === kindB) {
          const bits = same ? SAME_DOCUMENT : OTHER_DOCUMENT[flagA & FIRM]!;
          stranger += bits;
          kin += bits;
        }
      } else if (same) {
        stranger += SAME_ID;
        kin += SAME_ID_AMONG_KIN;
      } else if (oneSlipApart(id[a]!, id[b]!)) {
        stranger += SLIPPED_ID;
        kin += SLIPPED_ID_AMONG_KIN;
      } else {
        stranger += OTHER_ID;
        kin += OTHER_ID;
      }
    }
    const phoneA = phone[a]!;
    const phoneB = phone[b]!;
    if (phoneA >= 0 && phoneB >= 0) {
      stranger += phoneA === phoneB ? samePhone[a]! : otherPhone;
      kin += phoneA === phoneB ? SAME_PHONE_AMONG_KIN : otherPhone;
    }
    const addressA = address[a]!;
    const addressB = address[b]!;
    if (addressA >= 0 && addressB >= 0) {
      if (addressA === addressB) stranger += sameAddress[addressA]!;
      else {
        stranger += otherAddress;
        kin += Math.min(0, otherAddress + KIN_LIVE_APART);
      }
    }

    against = Math.min(0, stranger - prior);
    if (phoneA >= 0 && phoneB >= 0 && phoneA !== phoneB) against = Math.min(against, otherPhone);
    let best = -Infinity;
    let bestAgainst = 0;
    let bestKin = -Infinity;
    for (let r = start[a]!; r < start[a + 1]!; r++) {
      for (let s = start[b]!; s < start[b + 1]!; s++) {
        const bits = nameBits(r, s);
        if (bits > best) {
          best = bits;
          bestKin = kinBits;
          bestAgainst = nameAgainst;
        }
      }
    }
    against += bestAgainst;
    stranger += best;
    kin += bestKin;
    if (stranger === -Infinity) return VETO;
    overStranger = stranger;
    const less = Math.min(stranger, kin);
    return less - Math.log2(1 + 2 ** (less - Math.max(stranger, kin)));
  }

  return { score, against: () => against, overStranger: () => overStranger };
}

function bitsSet(mask: number): number {
  let v = mask - ((mask >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
