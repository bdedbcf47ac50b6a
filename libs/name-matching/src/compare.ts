import { align, areFirmAndPerson, mayBeGrandfather, tokensOf, type NameToken, type Tie } from './alignment';
import { reasonsOf, type Reason } from './explain';
import { rarityOf } from './rarity';

/** What two names have in common, and what weighs for and against their being one. */
export interface NameComparison {
  /** Chance that the two name one person, 0 to 1: 2^bits / (1 + 2^bits). */
  score: number;
  /** log2 of the odds; grows with every rare part that agrees, never clamped. */
  bits: number;
  /** Whether the names are compatible: score 0.5 or more. */
  same: boolean;
  /** Token by token, why; built only when asked for. */
  explain(): Reason[];
}

/**
 * Weight of each feature in bits, learned by logistic regression on labelled pairs (bench/matching/names.mjs), with the
 * sign that sense demands: what contradicts never helps, what agrees never harms.
 */
export const WEIGHTS = {
  one: 3.51,
  rarity: 0.8,
  errors: -0.46,
  worst: -1.67,
  farther: -0.61,
  othersGiven: -6.19,
  othersMiddle: -9.02,
  othersLast: -7.97,
  missing: -0.1,
  missingMany: -3.96,
  missingGiven: -0.06,
  missingLast: -0.04,
  lone: -3.24,
  inverted: -1.37,
  swapped: -10.16,
  initials: -0.16,
  short: -1.06,
  joined: 6.77,
  covered: 0.05,
  noneWhole: -3.0,
  // Not learned, for want of labelled pairs: حسن علي and محمد حسن علي are father and son.
  shifted: -9,
};

type Feature = keyof typeof WEIGHTS;
export const FEATURES = Object.keys(WEIGHTS) as Feature[];

const SURELY_ALIKE = 0.2;
/** شركة سالم علي is not سالم علي, who may own it; set, for want of labelled pairs. */
const OTHER_KIND = -12;
const FIRM_AND_PERSON = { ar: 'أحدهما شركة والآخر شخص', en: 'one is a firm, the other a person' };

/**
 * Compares two names alone, without a register: Arabic, Latin, Cyrillic or Greek, also one against the other. A missing
 * part costs little, a contradicting one much, another given name most. Linear in the ties between tokens, so that each
 * tie's share is its reason. Texts beyond 400 characters are cut.
 */
export function compareNames(first: string, second: string): NameComparison {
  const a = tokensOf(first);
  const b = tokensOf(second);
  if (a.length === 0 || b.length === 0) return { score: 0, bits: -20, same: false, explain: () => [] };
  const ties = align(a, b);
  const features = featuresOf(a, b, ties);
  let bits = 0;
  for (const name of FEATURES) bits += WEIGHTS[name] * features[name];
  const otherKind = areFirmAndPerson(first, second);
  if (otherKind) bits += OTHER_KIND;
  const score = 1 / (1 + 2 ** -bits);
  return {
    score,
    bits,
    same: bits >= 0,
    explain: () => [...(otherKind ? [FIRM_AND_PERSON] : []), ...reasonsOf(a, b, ties)],
  };
}

/** The features of two raw names, for learning the weights. */
export function nameFeatures(first: string, second: string): Record<Feature, number> {
  const a = tokensOf(first);
  const b = tokensOf(second);
  return featuresOf(a, b, align(a, b));
}

function featuresOf(a: NameToken[], b: NameToken[], ties: Tie[]): Record<Feature, number> {
  const f = Object.fromEntries(FEATURES.map((name) => [name, 0])) as Record<Feature, number>;
  f.one = 1;
  let matched = 0;
  let whole = 0;
  let letters = 0;
  let matchedLetters = 0;
  let farthest = 0;
  const order: number[] = [];
  for (const tie of ties) {
    const x = a[tie.first];
    const y = b[tie.second];
    const size = ((x ?? y)!.text.length + (y ?? x)!.text.length) / 2;
    letters += size;
    const given = tie.first === 0 || tie.second === 0;
    const last = tie.first === a.length - 1 || tie.second === b.length - 1;
    if (tie.kind === 'missing') {
      f.missing++;
      if (given) f.missingGiven = 1;
      else if (last) f.missingLast = 1;
    } else if (tie.kind === 'other' && last && !given && oneMayBeGrandfather(x!, y!, tie, a.length, b.length)) {
      f.missing += 2;
      f.missingLast = 1;
    } else if (tie.kind === 'other') {
      if (given && tie.first === tie.second) f.othersGiven++;
      else if (last) f.othersLast++;
      else f.othersMiddle++;
    } else {
      matched++;
      matchedLetters += size;
      f.rarity += (Math.min(rarityOf(x!), rarityOf(y!)) * (1 - tie.apart)) / 10;
      f.errors += tie.errors;
      f.worst = Math.max(f.worst, tie.errors);
      farthest = Math.max(farthest, tie.apart);
      if (tie.kind === 'initial') f.initials++;
      else whole++;
      if (tie.kind === 'short') f.short++;
      if (tie.kind === 'joined') f.joined = 1;
      order.push(tie.second);
    }
  }
  const moved = (from: number, to: number) =>
    ties.some((tie) => tie.first === from && tie.second === to && tie.apart <= SURELY_ALIKE);
  f.inverted = order.length - longestRise(order);
  f.missingMany = Math.max(0, f.missing - 2);
  f.farther = Math.max(0, farthest - SURELY_ALIKE);
  f.lone = matched === 1 && f.missing > 1 ? 1 : 0;
  // Salman bin Muhammad and Muhammad bin Salman are father and son; so are محمد احمد and احمد محمد.
  f.swapped = tellsFather(a) && tellsFather(b) && moved(0, 1) && moved(1, 0) ? 1 : 0;
  f.shifted = isShifted(a, b, ties) ? 1 : 0;
  f.covered = letters > 0 ? matchedLetters / letters : 0;
  f.noneWhole = whole === 0 ? 1 : 0;
  return f;
}

/** Whether the second part is the father's name: there is a family after it, or it is a given name. */
function tellsFather(name: NameToken[]): boolean {
  return name.length > 2 || (name.length === 2 && name.every((token) => mayBeGrandfather(token, 1)));
}

/** Length of the longest part in order: what is left over has moved, from whichever name one looks. */
function longestRise(places: readonly number[]): number {
  const rises: number[] = [];
  for (const [i, place] of places.entries()) {
    rises[i] = 1 + Math.max(0, ...rises.filter((_, k) => places[k]! <= place));
  }
  return Math.max(0, ...rises);
}

/** Family against grandfather, where one of the names is too short to have both. */
function oneMayBeGrandfather(x: NameToken, y: NameToken, tie: Tie, lengthA: number, lengthB: number): boolean {
  const [ofX, ofY] = [mayBeGrandfather(x, tie.first), mayBeGrandfather(y, tie.second)];
  return (ofX && !ofY && lengthA === 3 && tie.first === 2) || (ofY && !ofX && lengthB === 3 && tie.second === 2);
}

/** An Arabic name that begins where the other's father stands, with the other's given name before it. */
function isShifted(a: NameToken[], b: NameToken[], ties: Tie[]): boolean {
  if (!a[0]!.arabic || !b[0]!.arabic) return false;
  const begins = (from: 'first' | 'second', to: 'first' | 'second', length: number) => {
    const head = ties.find((tie) => tie[from] === 0);
    const lost = ties.some((tie) => tie.kind === 'missing' && tie[to] === 0);
    return lost && head !== undefined && head[to] >= 1 && head[to] < length - 1;
  };
  return begins('first', 'second', b.length) || begins('second', 'first', a.length);
}
