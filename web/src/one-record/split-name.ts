export interface NameParts {
  given?: string;
  father?: string;
  grandfather?: string;
  family?: string;
}

const TITLE = /^(ال)?(حاجة?|مرحومة?|شهيدة?|دكتورة?|مهندسة?|أستاذة?|استاذة?|شيخ|سيدة?)$|^[دمأا]\.$/;
const SON = /^(بن|ابن)$/;
const FATHER_OF = /^(أبو|ابو)$/;

/** Two words that are one name: عبد الله, أبو بكر. */
const belongTogether = (word: string, next: string | undefined): boolean =>
  next !== undefined && ((word === 'عبد' && next.startsWith('ال')) || FATHER_OF.test(word));

/** A proposal only, which the clerk compares with the ID: the last word is the family, what stands between is father and grandfather. */
export function splitName(raw: string): NameParts {
  const words = raw
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u0640]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !TITLE.test(word) && !SON.test(word));
  const names: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (belongTogether(word, words[i + 1])) names.push(`${word} ${words[++i]}`);
    else names.push(word);
  }
  const [given, ...rest] = names;
  if (rest.length < 4) {
    const family = rest.pop();
    const [father, grandfather] = rest;
    return { given, father, grandfather, family };
  }
  const [father, grandfather, ...family] = rest;
  return { given, father, grandfather, family: family.join(' ') };
}
