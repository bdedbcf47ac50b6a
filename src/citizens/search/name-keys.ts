import { nameTokens } from '@libs/arabic';
import { skeletonKey, splitName } from '@libs/name-matching';

const LONGEST_KEY = 40;
const SHORTEST_WITH_TYPO = 3;
const LONGEST_WITH_TYPO = 20;
const SHORTEST_SKELETON = 2;

/** The parties that a name or a question names, each as its tokens in the order written: X وشركه Y gives two. */
export const partiesOf = (raw: string): string[][] => readName(raw).parties;

/** @returns joint: whether the row is of several parties, named or not: X وشركاه names one */
export function readName(raw: string): { parties: string[][]; joint: boolean; firm: boolean } {
  if (nameTokens(raw).length === 0) return { parties: [], joint: false, firm: false };
  const { tokens, joint, kind } = splitName(raw);
  const written = joint ? [tokens, ...joint.others] : [tokens.flatMap((token) => token.split(' '))];
  const parties = written.map((party) => party.map(cut).filter((token) => token !== ''));
  return { parties: parties.filter((party) => party.length > 0), joint: joint !== undefined, firm: kind === 'firm' };
}

function cut(token: string): string {
  return token.length <= LONGEST_KEY ? token : token.slice(0, LONGEST_KEY).replace(/[\ud800-\udbff]$/, '');
}

/** What a token shares with those that differ by about one typing error: itself, and itself less any one letter. */
export function typoKeys(token: string): string[] {
  const letters = Array.from(token);
  if (letters.length < SHORTEST_WITH_TYPO || letters.length > LONGEST_WITH_TYPO) return [token];
  return [...new Set([token, ...letters.map((_, at) => letters.filter((_, i) => i !== at).join(''))])];
}

/** What a token shares with those that sound alike in another script: محمد, Mohammed. None for a token without sounds. */
export function soundKeys(token: string): string[] {
  // x sounds like two letters, so that a skeleton may be longer than its token.
  const key = skeletonKey(token).slice(0, LONGEST_KEY);
  return key.length >= SHORTEST_SKELETON ? [`~${key}`] : [];
}
