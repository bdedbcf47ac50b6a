import { errorsBetween } from '../alignment';
import { skeletonKey } from '../skeleton';
import type { AskedToken } from './form-keys';
import type { TokenFacts } from './ranker';

/** A token of the register and how many names bear it. */
export interface NearToken {
  token: string;
  count: number;
}

/** A little more than the dearest single error: a letter put in by chance. */
const ONE_ERROR = 1.3;
const ARTICLE = 'ال';
const SHORTEST_WITH_ARTICLE = 5;
const BITS_AN_ERROR = 10;
const MOST_NEAR = 12;

/**
 * How a token of a question may be written in the register. `candidates` are tokens that are no misspellings, for all
 * tokens of the question together. A token that the register does not know is taken for the likeliest of those near it.
 */
export function nearTokens(token: string, facts: TokenFacts | undefined, candidates: readonly NearToken[]): AskedToken {
  const near = candidates
    .filter((other) => other.token !== token && other.token !== facts?.root)
    .map((other) => ({ ...other, errors: errorsTo(token, other.token) }))
    .filter(({ errors }) => errors <= ONE_ERROR)
    .map((each) => ({ ...each, bits: each.errors * BITS_AN_ERROR - Math.log2(each.count + 1) }))
    .sort((a, b) => a.bits - b.bits || (a.token < b.token ? -1 : 1))
    .slice(0, MOST_NEAR)
    .map((each) => each.token);
  if (facts) return { meant: [...new Set([token, facts.root])], near };
  return { meant: [token, ...near.slice(0, 1)], near: near.slice(1) };
}

function errorsTo(a: string, b: string): number {
  const sameScript = isLatin(a) === isLatin(b);
  return sameScript ? errorsBetween(a, b) : skeletonKey(a) === skeletonKey(b) ? 1 : 9;
}

/**
 * The token that was meant where the error is in the article (االراشهان and ارلاشهان for الراشهان), which tokens have
 * lost; null when it is none of the candidates.
 */
export function withoutArticle(token: string, candidates: readonly NearToken[]): string | null {
  const fitting = candidates.filter((other) => errorsBetween(token, ARTICLE + other.token) <= ONE_ERROR);
  fitting.sort((a, b) => b.count - a.count || (a.token < b.token ? -1 : 1));
  return fitting[0]?.token ?? null;
}

/** What may be left of a token whose article is misspelt: itself less two or all of its first three letters. */
export function articleKeys(token: string): string[] {
  return token.length < SHORTEST_WITH_ARTICLE ? [] : [token.slice(2), token[1]! + token.slice(3), token.slice(3)];
}

const isLatin = (token: string): boolean => token.charCodeAt(0) < 0x250;
