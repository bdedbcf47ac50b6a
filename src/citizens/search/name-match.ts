/** Why a row is offered, in the clerk's language. */
export interface Reason {
  ar: string;
  en: string;
}

/** 1 for the same key, less for a likely typing error, 0 otherwise. */
export type Similarity = (asked: string, found: string) => number;

type Role = 'given' | 'middle' | 'family' | 'only';

const WEIGHT = { given: 0.38, family: 0.37, middle: 0.25 };
const SWAPPED = 0.85;
const DISPLACED = 0.75;
/** A father or grandfather that the row leaves out says little; another one in his place says no. */
const LEFT_OUT = 0.6;
const EXTRA_NAME = 0.02;
const MOST_EXTRA_NAMES = 4;

const roleOf = (at: number, length: number): Role =>
  length === 1 ? 'only' : at === 0 ? 'given' : at === length - 1 ? 'family' : 'middle';

/** How one party of a row fits the name a clerk asked for: what became of each token asked. */
export class NameMatch {
  /** Position in the row of each token asked, or -1. */
  private readonly at: number[];
  private readonly likeness: number[];
  private readonly rowHasOtherMiddle: boolean;
  /** 0..1; 1 is the same name in the same order. */
  readonly score: number;

  /**
   * Given and family name weigh most; tokens may stand in any order and either side may leave middle names out.
   * @param asked index keys of the name, at least one
   * @param row index keys of one party of the row
   */
  constructor(
    private readonly asked: readonly string[],
    private readonly row: readonly string[],
    similarity: Similarity,
  ) {
    this.at = asked.map(() => -1);
    this.likeness = asked.map(() => 0);
    this.align(similarity);
    this.rowHasOtherMiddle = row.some((_, j) => roleOf(j, row.length) === 'middle' && !this.at.includes(j));
    this.score = this.weigh();
  }

  get why(): Reason[] {
    const verdicts = this.asked.map((_, i) => {
      const role = roleOf(i, this.asked.length);
      if (this.at[i]! < 0) return this.leftOut(i) ? missing(role) : differs(role);
      return this.likeness[i] === 1 ? same(role) : typo(role);
    });
    const moved = this.at.some((at, i) => at >= 0 && this.place(i) < 1);
    return [...new Map([...verdicts, ...(moved ? [OTHER_ORDER] : [])].map((each) => [each.en, each])).values()];
  }

  /** Best pairs first: by likeness, then by the same role, then by nearness; a token of the row is used once. */
  private align(similarity: Similarity): void {
    const { asked, row, at } = this;
    const options: { i: number; j: number; likeness: number; rank: number }[] = [];
    for (let i = 0; i < asked.length; i++) {
      for (let j = 0; j < row.length; j++) {
        const likeness = similarity(asked[i]!, row[j]!);
        if (likeness === 0) continue;
        const sameRole = roleOf(i, asked.length) === roleOf(j, row.length);
        options.push({ i, j, likeness, rank: likeness * 1000 + (sameRole ? 100 : 0) - Math.abs(i - j) });
      }
    }
    if (options.length > 1) options.sort((a, b) => b.rank - a.rank || a.i - b.i || a.j - b.j);
    for (const { i, j, likeness } of options) {
      if (at[i]! >= 0 || at.includes(j)) continue;
      at[i] = j;
      this.likeness[i] = likeness;
    }
  }

  private weigh(): number {
    const { asked, row, at } = this;
    let score = 0;
    let matched = 0;
    for (let i = 0; i < asked.length; i++) {
      if (at[i]! >= 0) {
        matched++;
        score += weightOf(i, asked.length) * this.likeness[i]! * this.place(i);
      } else if (this.leftOut(i)) score += weightOf(i, asked.length) * LEFT_OUT;
    }
    const extra = asked.length > 1 ? Math.min(MOST_EXTRA_NAMES, row.length - matched) : 0;
    return Math.max(0, score - extra * EXTRA_NAME);
  }

  private leftOut(i: number): boolean {
    return roleOf(i, this.asked.length) === 'middle' && !this.rowHasOtherMiddle;
  }

  private place(i: number): number {
    const asked = roleOf(i, this.asked.length);
    const found = roleOf(this.at[i]!, this.row.length);
    if (asked === found) return 1;
    if (asked === 'only' || found === 'only') return found === 'middle' ? DISPLACED : 1;
    return asked === 'middle' || found === 'middle' ? DISPLACED : SWAPPED;
  }
}

function weightOf(at: number, length: number): number {
  const role = roleOf(at, length);
  if (length <= 2 || role === 'only') return 1 / length;
  return role === 'middle' ? WEIGHT.middle / (length - 2) : WEIGHT[role];
}

const TITLES: Record<Role, Reason> = {
  given: { ar: 'الاسم الأول', en: 'given name' },
  middle: { ar: 'الاسم الأوسط', en: 'middle name' },
  family: { ar: 'اسم العائلة', en: 'family name' },
  only: { ar: 'الاسم', en: 'name' },
};
const say =
  (ar: string, en: string) =>
  (role: Role): Reason => ({ ar: `${TITLES[role].ar} ${ar}`, en: `${TITLES[role].en} ${en}` });
const same = say('مطابق', 'same');
const typo = say('يختلف بحرف', 'differs by one letter');
const differs = say('مختلف', 'differs');
const missing = say('غير مذكور', 'not given');
const OTHER_ORDER: Reason = { ar: 'ترتيب الاسم مختلف', en: 'the names stand in another order' };
