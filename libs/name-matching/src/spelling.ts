import { CONFUSED, NEIGHBOURS, confusion } from './confusions';

/** Longest text compared letter by letter; a longer one is no name and is cut. */
export const MOST_LETTERS = 40;

/** Cost in bits of two spellings that have nothing to do with one another. */
export const UNLIKE = 99;

/** −log2 of the chance that a typist makes this one error at this one place (4 % of tokens hold an error). */
const TRANSPOSED = 8.5;
const LOST = 9;
const LOST_LAST = 8;
const DOUBLED = 9;
const ADDED = 12;
const REPLACED_ALIKE = 10;
const REPLACED_NEIGHBOUR = 10.5;
const REPLACED = 12.5;

const WIDTH = MOST_LETTERS + 1;
const rows = new Float64Array(3 * WIDTH);

/**
 * Weighted Damerau-Levenshtein between letters [aFrom, aTo) and [bFrom, bTo) of `codes` (UTF-16 units): −log2 of the
 * chance that one was typed for the other, in either direction. {@link UNLIKE} above `limit`. No allocation.
 */
export function spellingBits(
  codes: Uint16Array,
  aFrom: number,
  aTo: number,
  bFrom: number,
  bTo: number,
  limit: number,
): number {
  const aLength = Math.min(aTo - aFrom, MOST_LETTERS);
  const bLength = Math.min(bTo - bFrom, MOST_LETTERS);
  if (Math.abs(aLength - bLength) * LOST_LAST > limit) return UNLIKE;

  let before = 0;
  let last = WIDTH;
  let now = 2 * WIDTH;
  rows[last] = 0;
  for (let j = 1; j <= bLength; j++) rows[last + j] = rows[last + j - 1]! + gap(codes, bFrom, bTo, j);
  for (let i = 1; i <= aLength; i++) {
    const a = codes[aFrom + i - 1]!;
    const lostA = gap(codes, aFrom, aTo, i);
    rows[now] = rows[last]! + lostA;
    let least = rows[now]!;
    for (let j = 1; j <= bLength; j++) {
      const b = codes[bFrom + j - 1]!;
      let best = rows[last + j - 1]! + (a === b ? 0 : replaced(a, b));
      const dropped = rows[last + j]! + lostA;
      if (dropped < best) best = dropped;
      if (best > 0) {
        const added = rows[now + j - 1]! + gap(codes, bFrom, bTo, j);
        if (added < best) best = added;
        if (i > 1 && j > 1 && a === codes[bFrom + j - 2] && b === codes[aFrom + i - 2] && a !== b) {
          const swapped = rows[before + j - 2]! + TRANSPOSED;
          if (swapped < best) best = swapped;
        }
      }
      rows[now + j] = best;
      if (best < least) least = best;
    }
    if (least > limit) return UNLIKE;
    const oldest = before;
    before = last;
    last = now;
    now = oldest;
  }
  const bits = rows[last + bLength]!;
  return bits > limit ? UNLIKE : bits;
}

/** A letter that stands in one text alone: lost from the other, or added here. */
function gap(codes: Uint16Array, from: number, to: number, position: number): number {
  const at = from + position - 1;
  if (position > 1 && codes[at] === codes[at - 1]) return DOUBLED;
  if (at + 1 === to) return LOST_LAST;
  // Which of the two was meant is not known: a lost letter is likelier than one added by chance.
  return position === 1 ? ADDED : LOST;
}

function replaced(a: number, b: number): number {
  switch (confusion(a, b)) {
    case CONFUSED:
      return REPLACED_ALIKE;
    case NEIGHBOURS:
      return REPLACED_NEIGHBOUR;
    default:
      return REPLACED;
  }
}
