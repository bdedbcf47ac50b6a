import { jointMarker, normalizeName, type JointRelation } from '@libs/arabic';

/** A name taken apart as far as letters allow; which token plays which role is a matter of the register. */
export interface SplitName {
  /** Tokens as compared, in the order written: titles, بن and ورثة gone, ال dropped, compounds joined. */
  tokens: string[];
  kind: 'person' | 'firm';
  /** ورثة of the one named: the same payer label as that person. */
  heirs: boolean;
  /** Set on a joint row. */
  joint?: { relation: JointRelation; other: string[] };
}

const MOST_TOKENS = 12;
const SHORTEST_WITH_ARTICLE = 5;
const ARTICLE = 'ال';
const HEIRS = 'ورثه';
const AND = 'و';
const SON_OF = new Set(['بن', 'ابن', 'bin', 'ibn', 'ben']);
/** Words that begin a name of two words. */
const LEADING = new Set(['عبد', 'ابو', 'ابي', 'بني', 'ام', 'ال', 'ذو', 'سيف']);
const ONLY_BEFORE_RELIGION = new Set(['سيف', 'ذو']);
const CLOSING = new Set(['الدين', 'الله', 'الاسلام']);
const FIRM = new Set(['شركه', 'الشركه', 'ش', 'موسسه', 'محلات', 'مصنع', 'جمعيه', 'مكتب', 'معرض']);
/** Legal forms: they tell no two firms apart. */
const FORMS = new Set([
  'م',
  'خ',
  'ع',
  'مخم',
  'مساهمه',
  'المساهمه',
  'محدوده',
  'المحدوده',
  'خصوصيه',
  'الخصوصيه',
  'عامه',
  'العامه',
]);
const OF_TRADE = 'لل';

/** Splits a raw name. Never throws; at most {@link MOST_TOKENS} tokens a party, whatever the length of the text. */
export function splitName(raw: string): SplitName {
  const text = normalizeName(raw.length > 400 ? raw.slice(0, 400) : raw);
  const words = text.split(' ');
  const heirs = words[0] === HEIRS && words.length > 1;
  if (isFirm(words)) return { tokens: [firmKey(words)], kind: 'firm', heirs: false };
  if (text.includes(' و')) {
    const marker = jointMarker(text);
    if (marker && !(marker.marker === HEIRS && marker.other === '')) {
      const tokens = joined(marker.primary.split(' '), 0);
      return {
        tokens,
        kind: 'person',
        heirs,
        joint: { relation: marker.relation, other: marker.other === '' ? [] : joined(marker.other.split(' '), 0) },
      };
    }
  }
  return { tokens: joined(words, heirs ? 1 : 0), kind: 'person', heirs };
}

/** What follows the و of a word that may be و glued to a name; the register's own names decide whether it is. */
export function gluedAnd(token: string): string | null {
  return token.length > 3 && token.startsWith(AND) ? tokenKey(token.slice(1)) : null;
}

/** A token as compared: الشكعة and شكعه are one family, so ال goes where three letters stay. */
export function tokenKey(token: string): string {
  return token.startsWith(ARTICLE) && token.length >= SHORTEST_WITH_ARTICLE ? token.slice(2) : token;
}

function joined(words: string[], from: number): string[] {
  const tokens: string[] = [];
  for (let i = from; i < words.length && tokens.length < MOST_TOKENS; i++) {
    let word = words[i]!;
    if (word === '' || (SON_OF.has(word) && words.length > 2)) continue;
    let next = words[i + 1];
    if (next !== undefined && LEADING.has(word) && (!ONLY_BEFORE_RELIGION.has(word) || CLOSING.has(next))) {
      word += next;
      next = words[++i + 1];
    }
    if (next !== undefined && CLOSING.has(next)) {
      word += next;
      i++;
    }
    tokens.push(tokenKey(word));
  }
  return tokens;
}

function isFirm(words: string[]): boolean {
  if (words.length < 2) return false;
  if (FIRM.has(words[0]!)) return true;
  for (let i = 1; i < words.length; i++) {
    if (words[i]!.length >= 5 && words[i]!.startsWith(OF_TRADE) && words[i - 1] !== 'عبد') return true;
  }
  return false;
}

/** A firm's name as one token: without شركة, its legal form and وشركاه. */
function firmKey(words: string[]): string {
  const core = words.filter((word, i) => !FORMS.has(word) && !(i === 0 && FIRM.has(word)) && !word.startsWith('وشرك'));
  const kept = core.length > 0 ? core : words;
  return kept.slice(0, MOST_TOKENS).map(tokenKey).join(' ');
}
