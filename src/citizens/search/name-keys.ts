import { jointMarker, nameTokens } from '@libs/arabic';

const LONGEST_KEY = 40;
const SHORTEST_WITH_TYPO = 3;
const LONGEST_WITH_TYPO = 20;

/** The parties a name or a question names, each as its index keys in the order written: X وشركه Y gives two. */
export function partiesOf(raw: string): string[][] {
  const tokens = nameTokens(raw);
  // Every joint word begins with و; most names have none and are spared the closer look.
  const joint = tokens.some((token) => token.startsWith('و')) ? jointMarker(raw) : null;
  const names = joint ? [joint.primary, joint.other].map(nameTokens) : [tokens];
  return names.map((name) => name.map(tokenKey)).filter((keys) => keys.length > 0);
}

/** A token as the index holds it: الشكعة and شكعه are one family, so ال goes where three letters stay. */
function tokenKey(token: string): string {
  const bare = token.startsWith('ال') && token.length >= 5 ? token.slice(2) : token;
  return bare.length <= LONGEST_KEY ? bare : bare.slice(0, LONGEST_KEY).replace(/[\ud800-\udbff]$/, '');
}

/** The key and itself less any one letter: two keys with one of these in common differ by about one typing error. */
export function typoKeys(key: string): string[] {
  const letters = Array.from(key);
  if (letters.length < SHORTEST_WITH_TYPO || letters.length > LONGEST_WITH_TYPO) return [key];
  return [...new Set([key, ...letters.map((_, at) => letters.filter((_, i) => i !== at).join(''))])];
}

/** Whether one letter more, less or other, or two neighbours swapped, turns `a` into `b`; false for equal keys. */
export function oneTypoApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const shortest = Math.min(a.length, b.length);
  let start = 0;
  while (start < shortest && a[start] === b[start]) start++;
  const restOf = (text: string, skipped: number) => text.slice(start + skipped);
  if (a.length !== b.length) return a.length > b.length ? restOf(a, 1) === restOf(b, 0) : restOf(a, 0) === restOf(b, 1);
  if (restOf(a, 1) === restOf(b, 1)) return true;
  return a[start] === b[start + 1] && a[start + 1] === b[start] && restOf(a, 2) === restOf(b, 2);
}
