import { errorsBetween, skeletonKey, vowelsDiffer } from '@libs/name-matching';

/** Why a row is offered, in the clerk's language. */
export interface Reason {
  ar: string;
  en: string;
}

type Role = 'given' | 'middle' | 'family' | 'only';
type Title = Role | 'father' | 'grandfather';

const ALIKE = 0.9;
const LIKE = 0.85;
const MOST_ERRORS = 1.5;
const WHOLE_TITLES = ['given', 'father', 'grandfather', 'family'] as const;
const WHOLE_NAME = WHOLE_TITLES.length;

const roleOf = (at: number, length: number): Role =>
  length === 1 ? 'only' : at === 0 ? 'given' : at === length - 1 ? 'family' : 'middle';

/** What a word of a name is called: of four the second is the father's and the third the grandfather's. */
const titleOf = (at: number, length: number): Title => (length === WHOLE_NAME ? WHOLE_TITLES[at]! : roleOf(at, length));

/** Why a name that was asked for fits one party of a row, or does not: by role, in the order asked. */
export function nameReasons(asked: readonly string[], row: readonly string[]): Reason[] {
  const ties = alignTokens(asked, row);
  const otherMiddle = row.some((_, j) => roleOf(j, row.length) === 'middle' && !ties.some((tie) => tie?.at === j));
  const noFamily = row.length > 1 && ties.slice(0, -1).some((tie) => tie?.at === row.length - 1);
  const verdicts = ties.map((tie, i) => {
    const role = roleOf(i, asked.length);
    const title = titleOf(i, asked.length);
    if (!tie)
      return (role === 'middle' && !otherMiddle) || (role === 'family' && noFamily) ? missing(title) : differs(title);
    const as = role === 'only' ? roleOf(tie.at, row.length) : title;
    return tie.likeness === 1 ? same(as) : tie.likeness === ALIKE ? alike(as) : typo(as);
  });
  const moved = ties.some((tie, i) => {
    const [was, is] = [roleOf(i, asked.length), tie ? roleOf(tie.at, row.length) : 'only'];
    return was !== is && was !== 'only' && is !== 'only';
  });
  return [...new Map([...verdicts, ...(moved ? [OTHER_ORDER] : [])].map((each) => [each.en, each])).values()];
}

/** For each token asked the token of the row that is it: likest first, then by role and nearness; each is used once. */
function alignTokens(
  asked: readonly string[],
  row: readonly string[],
): ({ at: number; likeness: number } | undefined)[] {
  const options: { i: number; j: number; likeness: number; rank: number }[] = [];
  for (let i = 0; i < asked.length; i++) {
    for (let j = 0; j < row.length; j++) {
      const likeness = likenessOf(asked[i]!, row[j]!);
      if (likeness === 0) continue;
      const sameRole = roleOf(i, asked.length) === roleOf(j, row.length);
      options.push({ i, j, likeness, rank: likeness * 1000 + (sameRole ? 100 : 0) - Math.abs(i - j) });
    }
  }
  options.sort((a, b) => b.rank - a.rank || a.i - b.i || a.j - b.j);
  const ties: ({ at: number; likeness: number } | undefined)[] = asked.map(() => undefined);
  for (const { i, j, likeness } of options) {
    if (!ties[i] && !ties.some((tie) => tie?.at === j)) ties[i] = { at: j, likeness };
  }
  return ties;
}

function likenessOf(asked: string, written: string): number {
  if (asked === written) return 1;
  if (isLatin(asked) !== isLatin(written)) {
    const [latin, arabic] = isLatin(asked) ? [asked, written] : [written, asked];
    return skeletonKey(latin) === skeletonKey(arabic) && !vowelsDiffer(arabic, latin) ? ALIKE : 0;
  }
  return errorsBetween(asked, written) <= MOST_ERRORS ? LIKE : 0;
}

const isLatin = (token: string): boolean => /^[a-z]/.test(token);

const TITLES: Record<Title, Reason> = {
  given: { ar: 'الاسم الأول', en: 'given name' },
  father: { ar: 'اسم الأب', en: "father's name" },
  grandfather: { ar: 'اسم الجد', en: "grandfather's name" },
  middle: { ar: 'الاسم الأوسط', en: 'middle name' },
  family: { ar: 'اسم العائلة', en: 'family name' },
  only: { ar: 'الاسم', en: 'name' },
};
const say =
  (ar: string, en: string) =>
  (title: Title): Reason => ({ ar: `${TITLES[title].ar} ${ar}`, en: `${TITLES[title].en} ${en}` });
const same = say('مطابق', 'same');
const alike = say('مطابق لفظاً بحروف أخرى', 'sounds the same in other letters');
const typo = say('يختلف بحرف', 'differs by one letter');
const differs = say('مختلف', 'differs');
const missing = say('غير مذكور', 'not given');
const OTHER_ORDER: Reason = { ar: 'ترتيب الاسم مختلف', en: 'the names stand in another order' };
