/**
 * Keys under which the form of a name is found: one for each set of tokens that a question may share with it. They do
 * not depend on the order of the tokens. WHOLE keys hold all tokens of a form, PART keys some of them, so that the
 * many forms that share two common tokens never stand in the way of the one that has nothing else. A KIN key is of all
 * tokens after the first, for rows of another given name.
 */
const WHOLE = 1;
const PART = 2;
const KIN = 3;
const SHORTEST_WITH_KIN = 3;
const MOST_WHOLE = 4;
/** Tokens of a longer name that its keys look at: the first three and the last two. */
const MOST_TOKENS = 5;

/** Keys of a form by the roots of its tokens, at least one; safe integers. */
export function formKeys(roots: readonly string[]): number[] {
  const used = keyTokens(roots);
  const hashes = used.map(hashOf);
  const keys = new Set<number>();
  if (used.length >= SHORTEST_WITH_KIN) keys.add(keyOf(hashes.slice(1), KIN));
  for (const subset of subsetsOf(used.length)) {
    const whole = subset.length === roots.length;
    if (whole && subset.length > MOST_WHOLE) continue;
    if (!whole && subset.length !== 3 && !isShortName(subset, used.length)) continue;
    keys.add(
      keyOf(
        subset.map((at) => hashes[at]!),
        whole ? WHOLE : PART,
      ),
    );
  }
  return [...keys];
}

/** What a token of a question may be written as in the register: likeliest first, itself or its root among them. */
export interface AskedToken {
  /** The token and its root. */
  meant: readonly string[];
  /** Other tokens an error away. */
  near: readonly string[];
}

export interface QuestionKeys {
  /** Forms of nothing but tokens asked for. */
  whole: number[];
  /** The same with one token an error away from the one asked for. */
  near: number[];
  /** Forms with three tokens of the question, or its first and last, and others beside them: a list a set. */
  part: number[][];
  /** The same with one token an error away. */
  nearPart: number[];
}

export function questionKeys(asked: readonly AskedToken[]): QuestionKeys {
  const used = keyTokens(asked).map(({ meant, near }) => ({ meant: meant.map(hashOf), near: near.map(hashOf) }));
  const keys = { whole: new Set<number>(), near: new Set<number>(), nearPart: new Set<number>() };
  const part: number[][] = [];
  for (const subset of subsetsOf(used.length)) {
    const meant = subset.map((at) => used[at]!.meant);
    const near = subset.flatMap((each, at) =>
      productOf(meant.map((hashes, i) => (i === at ? used[each]!.near : hashes.slice(-1)))),
    );
    if (subset.length <= MOST_WHOLE && (subset.length > 1 || used.length <= 2)) {
      for (const hashes of productOf(meant)) keys.whole.add(keyOf(hashes, WHOLE));
      for (const hashes of near) keys.near.add(keyOf(hashes, WHOLE));
    }
    if (subset.length === 3 || (used.length === 3 ? isShortName : isGivenAndFamily)(subset, used.length)) {
      part.push(productOf(meant).map((hashes) => keyOf(hashes, PART)));
      for (const hashes of near) keys.nearPart.add(keyOf(hashes, PART));
    }
  }
  return { whole: [...keys.whole], near: [...keys.near], part, nearPart: [...keys.nearPart] };
}

/**
 * Keys of forms that bear another given name and else nothing but what is asked for: a list for those of all of it and, of
 * four tokens, one for those without the grandfather. None for fewer than three.
 * @param asked given name first
 */
export function kinKeys(asked: readonly AskedToken[]): number[][] {
  if (asked.length < SHORTEST_WITH_KIN) return [];
  const rest = keyTokens(asked)
    .slice(1)
    .map(({ meant }) => meant.map(hashOf));
  const [father, , family] = rest;
  const sets = rest.length === 3 ? [rest, [father!, family!]] : [rest];
  return sets.map((set) => productOf(set).map((hashes) => keyOf(hashes, KIN)));
}

/** Two tokens by which somebody may be asked for: given name and family, or given name and father. */
function isShortName(subset: readonly number[], length: number): boolean {
  return isGivenAndFamily(subset, length) || (subset.length === 2 && subset[0] === 0 && subset[1] === 1);
}

const isGivenAndFamily = (subset: readonly number[], length: number): boolean =>
  subset.length === 2 && subset[0] === 0 && subset[1] === length - 1;

function keyTokens<T>(tokens: readonly T[]): readonly T[] {
  return tokens.length <= MOST_TOKENS ? tokens : [...tokens.slice(0, 3), ...tokens.slice(-2)];
}

/** All non-empty subsets of 0 .. size-1, ascending within each. */
function subsetsOf(size: number): number[][] {
  const subsets: number[][] = [];
  for (let bits = 1; bits < 1 << size; bits++) {
    const subset: number[] = [];
    for (let at = 0; at < size; at++) if (bits & (1 << at)) subset.push(at);
    subsets.push(subset);
  }
  return subsets;
}

function productOf<T>(lists: readonly (readonly T[])[]): T[][] {
  let product: T[][] = [[]];
  for (const list of lists) product = product.flatMap((start) => list.map((each) => [...start, each]));
  return product;
}

/** Two 32-bit halves of a token's hash; sums of them do not depend on order. */
type Hash = readonly [number, number];

function hashOf(token: string): Hash {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return [mixed(a ^ (b >>> 16)), mixed(b ^ (a >>> 13))];
}

function keyOf(hashes: readonly Hash[], kind: number): number {
  let a = Math.imul(hashes.length * 4 + kind, 0x27d4eb2f);
  let b = 0;
  for (const [x, y] of hashes) {
    a = (a + x) | 0;
    b = (b + y) | 0;
  }
  return (mixed(b ^ (a >>> 11)) & 0x1fffff) * 2 ** 32 + (mixed(a) >>> 0);
}

/** Finaliser of MurmurHash3: every bit of the input touches every bit of the output. */
function mixed(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
