import type { NameToken, Tie } from './alignment';

/** Why two names are, or are not, one: about one token, in Arabic and English. */
export interface Reason {
  ar: string;
  en: string;
}

/** One reason a token, in the order of the first name. */
export function reasonsOf(a: NameToken[], b: NameToken[], ties: Tie[]): Reason[] {
  return ties.map((tie) => {
    const role = roleOf(tie, a.length, b.length);
    const x = a[tie.first]?.text ?? '';
    const y = b[tie.second]?.text ?? '';
    const verdict = verdictOf(tie, x, y);
    return { ar: `${role.ar}: ${verdict.ar}`, en: `${role.en}: ${verdict.en}` };
  });
}

function roleOf({ first, second }: Tie, lengthA: number, lengthB: number): Reason {
  const [at, length] = lengthA >= lengthB && first >= 0 ? [first, lengthA] : [second, lengthB];
  const [place, of] = at >= 0 ? [at, length] : [first, lengthA];
  if (place === 0) return { ar: 'الاسم', en: 'given name' };
  if (place === of - 1) return { ar: 'العائلة', en: 'family' };
  if (place === 1) return { ar: 'الأب', en: 'father' };
  return place === 2 ? { ar: 'الجد', en: 'grandfather' } : { ar: 'جزء', en: 'part' };
}

function verdictOf({ kind, errors }: Tie, x: string, y: string): Reason {
  switch (kind) {
    case 'same':
      return { ar: `${x} متطابق`, en: `${x} same` };
    case 'sounds':
      return { ar: `${x} و${y} لفظ واحد`, en: `${x} and ${y} sound alike` };
    case 'spelling':
      return errors < 1.5
        ? { ar: `${x} و${y} بفارق حرف`, en: `${x} and ${y} differ by one letter` }
        : { ar: `${x} و${y} بفارق حروف`, en: `${x} and ${y} differ by some letters` };
    case 'initial':
      return { ar: `${x} و${y} حرف أول`, en: `${x} and ${y}: an initial` };
    case 'short':
      return { ar: `${x} و${y} مختصر`, en: `${x} and ${y}: a short form` };
    case 'joined':
      return { ar: `${x} و${y} كلمة واحدة`, en: `${x} and ${y}: written as one word` };
    case 'other':
      return { ar: `${x} ليس ${y}`, en: `${x} is not ${y}` };
    case 'missing':
      return { ar: `${x || y} غير مذكور`, en: `${x || y} missing` };
  }
}
