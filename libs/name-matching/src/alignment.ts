import { listedName } from '@libs/arabic';
import { isNickname, latinTokens, soundOf } from './latin';
import { skeletonKey, vowelsDiffer } from './skeleton';
import { MOST_LETTERS, spellingBits, UNLIKE } from './spelling';
import { splitName } from './tokens';

/** How one token of a name stands to the other name. */
export type TieKind = 'same' | 'sounds' | 'spelling' | 'initial' | 'short' | 'joined' | 'other' | 'missing';

/** A token of either name, or of both, with how they agree. `first` and `second` are positions, -1 where missing. */
export interface Tie {
  kind: TieKind;
  first: number;
  second: number;
  /** About how many typing errors lie between the two. */
  errors: number;
  /** Errors a letter: 0 the same, 1 nothing alike. */
  apart: number;
}

export interface NameToken {
  text: string;
  arabic: boolean;
}

const SERVANT_NAMES = new Set(
  'رحمن رحيم كريم حكيم حليم عليم سلام سميع ستار جبار غفار غفور قادر قدوس رزاق رووف لطيف له فتاح هادي مجيد حميد حي حق خالق ناصر منعم معطي وهاب ودود واحد رضا عزيز عظيم غني باسط باري صمد مالك ملك مطلب محسن'.split(
    ' ',
  ),
);
const BITS_AN_ERROR = 10;
const ALIKE = 0.42;
const CLOSE = 0.2;
const FAR = 45;
const SOUND_ERRORS = 0.3;
const ACROSS_SCRIPTS = 0.3;
const OTHER_VOWELS = 1.5;

const buffer = new Uint16Array(2 * MOST_LETTERS);

export function tokensOf(raw: string): NameToken[] {
  const cut = raw.length > 400 ? raw.slice(0, 400) : raw;
  const arabic = hasArabic(cut);
  const texts = arabic ? splitName(cut).tokens.flatMap((token) => token.split(' ')) : latinTokens(cut);
  return texts.filter((text) => text !== '').map((text) => ({ text, arabic: arabic && hasArabic(text) }));
}

/** Whether one of two names in Arabic is a firm's and the other a person's; of other scripts it is not known. */
export function areFirmAndPerson(first: string, second: string): boolean {
  const kinds = [first, second].map((raw) => (hasArabic(raw) ? splitName(raw).kind : undefined));
  return kinds.includes('firm') && kinds.includes('person');
}

/** Pairs the tokens of two names, the most alike first; what is left on both sides contradicts, on one side is missing. */
export function align(a: NameToken[], b: NameToken[]): Tie[] {
  const candidates: Tie[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const tie = compareTokens(a[i]!, b[j]!);
      candidates.push({ ...tie, first: i, second: j });
    }
  }
  const ends = (tie: Tie) => Math.abs(tie.first / Math.max(a.length - 1, 1) - tie.second / Math.max(b.length - 1, 1));
  // Two that share a token never stand alike, so that the other order of the names ties the same.
  candidates.sort((x, y) => x.apart - y.apart || ends(x) - ends(y) || x.first + x.second - y.first - y.second);

  const takenA = new Array<boolean>(a.length).fill(false);
  const takenB = new Array<boolean>(b.length).fill(false);
  const ties: Tie[] = [];
  const take = (tie: Tie) => {
    takenA[tie.first] = true;
    takenB[tie.second] = true;
    ties.push(tie);
  };
  const takeDownTo = (limit: number) => {
    for (const tie of candidates) {
      if (tie.apart > limit) break;
      if (!takenA[tie.first] && !takenB[tie.second]) take(tie);
    }
  };
  takeDownTo(CLOSE);
  joinWords(a, b, takenA, takenB, ties, false);
  joinWords(b, a, takenB, takenA, ties, true);
  takeDownTo(ALIKE);
  for (const tie of candidates) {
    if (!takenA[tie.first] && !takenB[tie.second]) take({ ...tie, kind: 'other' });
  }
  for (let i = 0; i < a.length; i++)
    if (!takenA[i]) ties.push({ kind: 'missing', first: i, second: -1, errors: 0, apart: 1 });
  for (let j = 0; j < b.length; j++)
    if (!takenB[j]) ties.push({ kind: 'missing', first: -1, second: j, errors: 0, apart: 1 });
  return ties.sort((x, y) => order(x) - order(y));
}

function order(tie: Tie): number {
  return tie.first >= 0 ? tie.first : 100 + tie.second;
}

/** Neighbours written as one word in the other name: RamiMakhlouf, Plat Ono Vich. */
function joinWords(
  a: NameToken[],
  b: NameToken[],
  takenA: boolean[],
  takenB: boolean[],
  ties: Tie[],
  swapped: boolean,
): void {
  for (let i = 0; i + 1 < a.length; i++) {
    for (let length = Math.min(3, a.length - i); length >= 2; length--) {
      if (takenA.slice(i, i + length).some(Boolean)) continue;
      if (a.slice(i, i + length).some(({ arabic }) => arabic !== a[i]!.arabic)) continue;
      const text = a
        .slice(i, i + length)
        .map((token) => token.text)
        .join('');
      const j = b.findIndex((token, k) => !takenB[k] && compareTokens({ ...a[i]!, text }, token).apart <= CLOSE);
      if (j < 0) continue;
      const { errors, apart } = compareTokens({ ...a[i]!, text }, b[j]!);
      takenB[j] = true;
      for (let k = i; k < i + length; k++) {
        takenA[k] = true;
        ties.push({ kind: 'joined', first: swapped ? j : k, second: swapped ? k : j, errors: errors / length, apart });
      }
      break;
    }
  }
}

function compareTokens(a: NameToken, b: NameToken): Tie {
  const tie: Tie = { kind: 'other', first: -1, second: -1, errors: 9, apart: 1 };
  if (a.text === b.text) return { ...tie, kind: 'same', errors: 0, apart: 0 };
  if (a.arabic !== b.arabic) return acrossScripts(a, b, tie);
  if (a.arabic && areTwoNames(a.text, b.text)) return tie;
  if (isNickname(a.text, b.text)) return { ...tie, kind: 'short', errors: 0.5, apart: 0.2 };
  if (!a.arabic && (isVowelless(a.text) || isVowelless(b.text)) && skeletonKey(a.text) === skeletonKey(b.text)) {
    return { ...tie, kind: 'sounds', errors: 0.3, apart: 0.1 };
  }
  if (isWordScript(a.text) || isWordScript(b.text)) return tie;
  const [short, long] = a.text.length <= b.text.length ? [a.text, b.text] : [b.text, a.text];
  if (short.length === 1) return long.startsWith(short) ? { ...tie, kind: 'initial', errors: 0.5, apart: 0.3 } : tie;

  const { errors, apart, sounds } = spelledApart(a.text, b.text);
  if (apart > ALIKE && short.length >= 3 && long.startsWith(short))
    return { ...tie, kind: 'short', errors: 1.5, apart: 0.4 };
  const kind = apart > ALIKE ? 'other' : sounds ? 'sounds' : 'spelling';
  return { ...tie, kind, errors, apart: Math.min(apart, 1) };
}

/** Whether a last token is a grandfather's name and no family: رائد against the family طوقان says nothing. */
export function mayBeGrandfather(token: NameToken, position: number): boolean {
  return token.arabic && position >= 1 && knownName(token.text) !== undefined;
}

/** Known names one error apart are two names: صالح and صلاح, عبدالرحمن and عبدالرحيم. */
function areTwoNames(a: string, b: string): boolean {
  const [x, y] = [knownName(a), knownName(b)];
  return x !== undefined && y !== undefined && x !== y;
}

function knownName(token: string): string | undefined {
  if (token.startsWith('عبدال')) return SERVANT_NAMES.has(token.slice(5)) ? token : undefined;
  return listedName(token);
}

/** Errors between two tokens of one script, by letters or by sound, or where one was read backwards. */
function spelledApart(a: string, b: string): { errors: number; apart: number; sounds: boolean } {
  const spelled = errorsBetween(a, b);
  const sound = a.charCodeAt(0) >= 0x600 || b.charCodeAt(0) >= 0x600 ? 99 : errorsBetween(soundOf(a), soundOf(b));
  const sounded = SOUND_ERRORS + sound;
  let errors = Math.min(spelled, sounded);
  if (errors > 1.5 && a.length === b.length && a.length > 3 && [...a].reverse().join('') === b) errors = 1;
  return { errors, apart: errors / Math.max(a.length, b.length), sounds: sound === 0 };
}

/** Mhmd for Mohammed: consonants alone, as Arabic itself is written. */
function isVowelless(token: string): boolean {
  if (token.length < 3) return false;
  for (const letter of token) if (letter < 'a' || letter > 'z' || 'aeiouy'.includes(letter)) return false;
  return true;
}

/** Chinese, Japanese and Korean: a sign is a syllable or a word, and another sign another name. */
function isWordScript(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 0x1100 && !(code >= 0x1e00 && code < 0x2000) && code < 0xf000;
}

function acrossScripts(a: NameToken, b: NameToken, tie: Tie): Tie {
  const [x, y] = [skeletonKey(a.text), skeletonKey(b.text)];
  if (x.length === 0 || y.length === 0) return tie;
  let errors = ACROSS_SCRIPTS;
  if (x !== y) errors += errorsBetween(x, y);
  else if (a.arabic ? vowelsDiffer(a.text, b.text) : vowelsDiffer(b.text, a.text)) errors += OTHER_VOWELS;
  const apart = Math.min(1, errors / Math.max(x.length, y.length, 2));
  return { ...tie, kind: apart > ALIKE ? 'other' : 'sounds', errors, apart };
}

/** About how many typing errors lie between two normalised texts of at most 40 letters; 9 where they are unlike. */
export function errorsBetween(a: string, b: string): number {
  const lengthA = Math.min(a.length, MOST_LETTERS);
  const lengthB = Math.min(b.length, MOST_LETTERS);
  for (let i = 0; i < lengthA; i++) buffer[i] = a.charCodeAt(i);
  for (let i = 0; i < lengthB; i++) buffer[MOST_LETTERS + i] = b.charCodeAt(i);
  const bits = spellingBits(buffer, 0, lengthA, MOST_LETTERS, MOST_LETTERS + lengthB, FAR);
  return bits === UNLIKE ? 9 : bits / BITS_AN_ERROR;
}

function hasArabic(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 0x600 && code <= 0x6ff) || (code >= 0xfb50 && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfeff))
      return true;
  }
  return false;
}
