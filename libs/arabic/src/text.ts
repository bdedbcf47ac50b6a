const TABLE_SIZE = 0x2070;
const REMOVED = 0;
const SPACE = 0x20;
const UNTABLED = 0xffff;

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const INVISIBLE = /[\p{M}\p{Cf}ـ]/u;

/** Letters that stand for one another in Arabic writing; ک ی ہ ھ ە are the Persian keyboard's twins of ك ي ه. */
const FOLDED = new Map<string, string>(
  [
    ['أإآٱٲٳ', 'ا'],
    ['ىئیې', 'ي'],
    ['ؤ', 'و'],
    ['ةہھەۃ', 'ه'],
    ['ک', 'ك'],
    ...Array.from('0123456789', (digit, i) => [String.fromCharCode(0x660 + i) + String.fromCharCode(0x6f0 + i), digit]),
  ].flatMap(([variants = '', letter = '']) => Array.from(variants, (variant) => [variant, letter] as const)),
);

/** One entry a UTF-16 code where the fold needs no context: the folded code, REMOVED, SPACE or UNTABLED. */
const CODE_TABLE = new Uint16Array(TABLE_SIZE).fill(UNTABLED);
for (let code = 0; code < TABLE_SIZE; code++) {
  if (code >= 0x700 && code < 0x2000) continue;
  const folded = Array.from(String.fromCharCode(code).normalize('NFKD'), foldCharacter).join('');
  if (folded.length <= 1) CODE_TABLE[code] = folded === '' ? REMOVED : folded.charCodeAt(0);
}

/**
 * Text in the one form in which the system compares it: NFKC, presentation forms, tatweel, marks and bidi controls
 * gone; أ إ آ ٱ → ا, ى → ي, ؤ → و, ئ → ي, ة → ه; ٠-٩ and ۰-۹ → 0-9; Latin in lower case and without accents;
 * everything that is no letter or digit a space; spaces folded and trimmed. Empty when nothing is left. Idempotent.
 */
export function normalizeText(raw: string): string {
  return foldByTable(raw, false) ?? foldByTable(raw.normalize('NFKD'), true)!.normalize('NFC');
}

/** ٠-٩ and ۰-۹ to 0-9; everything else stays. */
export function foldDigits(text: string): string {
  let out = '';
  let runStart = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x660 || digitValue(code) < 0) continue;
    out += text.slice(runStart, i) + digitValue(code);
    runStart = i + 1;
  }
  return runStart === 0 ? text : out + text.slice(runStart);
}

/** Value of a UTF-16 code that is a digit 0-9, ٠-٩ or ۰-۹; -1 for any other. */
export function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x660 && code <= 0x669) return code - 0x660;
  return code >= 0x6f0 && code <= 0x6f9 ? code - 0x6f0 : -1;
}

/** Whether the text holds at least one letter of any script; tatweel, digits and punctuation are none. */
export function hasLetters(raw: string): boolean {
  for (const character of raw) {
    if (isLetter(character)) return true;
  }
  return false;
}

/** Whether a name is no name: empty, or nothing but spaces, punctuation, marks and controls. A number is not blank. */
export function isBlankName(raw: string): boolean {
  return !hasLetters(raw) && normalizeText(raw) === '';
}

function isLetter(character: string): boolean {
  const code = character.charCodeAt(0);
  if ((code >= 0x621 && code <= 0x63a) || (code >= 0x641 && code <= 0x64a)) return true;
  return code > 0x40 && /\p{L}/u.test(normalizeText(character));
}

/** Folds in one pass; null at the first code outside the table unless the text is decomposed already. */
function foldByTable(text: string, decomposed: boolean): string | null {
  const length = text.length;
  let out = '';
  let runStart = 0;
  let afterSpace = true;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    const folded = code < TABLE_SIZE ? CODE_TABLE[code]! : UNTABLED;
    if (folded === code && folded !== SPACE) {
      afterSpace = false;
      continue;
    }
    if (code === SPACE && !afterSpace) {
      afterSpace = true;
      continue;
    }
    if (folded === UNTABLED && !decomposed) return null;

    const character = folded === UNTABLED ? String.fromCodePoint(text.codePointAt(i)!) : '';
    const letter = character === '' ? charOf(folded) : foldCharacter(character);
    if (i > runStart) out += text.slice(runStart, i);
    if (letter === ' ') {
      if (!afterSpace) out += ' ';
      afterSpace = true;
    } else if (letter !== '') {
      out += letter;
      afterSpace = false;
    }
    if (character.length === 2) i++;
    runStart = i + 1;
  }
  if (runStart === 0) out = text;
  else if (runStart < length) out += text.slice(runStart);
  return afterSpace && out !== '' ? out.slice(0, -1) : out;
}

function charOf(folded: number): string {
  return folded === REMOVED ? '' : String.fromCharCode(folded);
}

function foldCharacter(character: string): string {
  if (INVISIBLE.test(character)) return '';
  const lower = character.toLowerCase();
  return LETTER_OR_DIGIT.test(lower) ? (FOLDED.get(lower) ?? lower) : ' ';
}
