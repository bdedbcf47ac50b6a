import { jointMarker, normalizeName, type JointRelation } from '@libs/arabic';

/** A name taken apart as far as letters allow; which token plays which role is a matter of the register. */
export interface SplitName {
  /** Tokens as compared, in the order written: titles, بن, بنت and ورثة gone, ال dropped, compounds joined. */
  tokens: string[];
  kind: 'person' | 'firm';
  /** ورثة of the one named: the same payer label as that person. */
  heirs: boolean;
  /** Set on a joint row; `others` are the further parties that it names, {@link MOST_PARTIES} at most. */
  joint?: { relation: JointRelation; others: string[][] };
}

const MOST_TOKENS = 12;
const MOST_PARTIES = 8;
const SHORTEST_WITH_ARTICLE = 5;
const ARTICLE = 'ال';
const HEIRS = 'ورثه';
const AND = 'و';
const CHILD_OF = new Set(['بن', 'ابن', 'بنت', 'bin', 'ibn', 'ben', 'bint']);
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
/** Stands for a first party that has been read already. */
const PLACE_HOLDER = 'x';

/** Splits a raw name. Never throws; at most {@link MOST_TOKENS} tokens a party, whatever the length of the text. */
export function splitName(raw: string): SplitName {
  const text = normalizeName(raw.length > 400 ? raw.slice(0, 400) : raw);
  const words = text.split(' ');
  const heirs = words[0] === HEIRS && words.length > 1;
  if (isFirm(words)) return { tokens: [firmKey(words)], kind: 'firm', heirs: false };
  if (text.includes(' و')) {
    const marker = jointMarker(text);
    if (marker && !(marker.marker === HEIRS && marker.other === '')) {
      const { relation, primary, other } = marker;
      const joint = { relation, others: partiesOf(other, MOST_PARTIES) };
      return { tokens: joined(primary.split(' '), 0), kind: 'person', heirs, joint };
    }
  }
  return { tokens: joined(words, heirs ? 1 : 0), kind: 'person', heirs };
}

/** The parties in what follows a joint word: X, or X و Y و Z; what a further و says of the first is left out. */
function partiesOf(text: string, most: number): string[][] {
  if (text === '' || text === AND || most === 0) return [];
  if (text.startsWith(AND)) {
    const further = jointMarker(`${PLACE_HOLDER} ${text}`);
    if (further) return partiesOf(further.other, most);
  }
  const marker = text.includes(' و') ? jointMarker(text) : null;
  if (!marker || marker.marker === HEIRS) return [joined(text.split(' '), 0)];
  return [joined(marker.primary.split(' '), 0), ...partiesOf(marker.other, most - 1)];
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
    if (word === '' || word === AND || (CHILD_OF.has(word) && words.length > 2)) continue;
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
  return tokens.length > 0 ? tokens : words.slice(from, from + MOST_TOKENS).filter(Boolean);
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
