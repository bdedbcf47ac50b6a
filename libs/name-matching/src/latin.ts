import { normalizeText } from '@libs/arabic';

const APOSTROPHES = new Set("'’‘`ʻʼ´");
const TITLES = new Set(
  (
    'mr mrs ms dr doctor prof professor sir madam monsieur madame sheikh shaikh shaykh sheik haji hajji hajj mullah qari ' +
    'eng engineer ustaz ustadh imam llc ltd sa inc na'
  ).split(' '),
);
const TITLES_AT_START = new Set(
  'president prasident minister king prince princess sultan sayyid lady lord the late'.split(' '),
);
const SON_OF = new Set(['bin', 'ben', 'ibn', 'bint', 'b']);
const ARTICLES = new Set(['al', 'el', 'ul', 'il', 'ad', 'as', 'ar', 'az', 'an', 'at', 'ash', 'ad', 'ud', 'ur']);
const SERVANT = new Set(['abd', 'abdul', 'abdel', 'abdal', 'abdol', 'abdoul']);
/** What Abd al-, Abdul and Abdel become. */
export const SERVANT_OF = 'abdul';
const FATHER_OF = new Set(['abu', 'abou', 'aboo', 'umm', 'um']);
const RELIGION = new Set(['din', 'deen', 'dine', 'allah', 'ullah', 'islam', 'rahman', 'rehman']);
const MOST_TOKENS = 12;

const CYRILLIC =
  'аaбbвvгgдdеeёeжzhзzиiйyкkлlмmнnоoпpрrсsтtуuфfхkhцtsчchшshщshchъыyьэeюyuяyaіiїyiєyeґgўuқqғgұuүuөoһhәaљljњnjђdjћcџdzjj';
const GREEK = 'αaβvγgδdεeζzηiθthιiκkλlμmνnξxοoπpρrσsςsτtυyφfχchψpsωo';
const GEORGIAN = 'აaბbგgდdეeვvზzთtიiკkლlმmნnოoპpჟzhრrსsტtუuფpქkღghყkშshჩchცtsძdzწtsჭchხkhჯjჰh';
const ARMENIAN = 'աaբbգgդdեeզzէeըeթtժzhիiլlխkhծtsկkհhձdzղghճchմmյyնnշshոoչchպpջjռrսsվvտtրrցtsւuփpքkօoֆf';
const DIGITS = '0o1i3e5s9g';
const LETTERS = new Map([CYRILLIC, GREEK, GEORGIAN, ARMENIAN, DIGITS].flatMap((text) => [...pairs(text)]));

function* pairs(text: string): Generator<[string, string]> {
  let from = '';
  let to = '';
  for (const letter of text) {
    if (letter > 'z' || letter < 'a') {
      if (from) yield [from, to];
      from = letter;
      to = '';
    } else to += letter;
  }
  yield [from, to];
}

/**
 * Tokens of a name in Latin, Cyrillic or Greek letters, in Latin and lower case: titles, articles and bin/ibn gone,
 * `Last, First` turned, Abd al-X and Abu X and …-ud-Din joined. Other scripts pass through as they are.
 */
export function latinTokens(raw: string): string[] {
  const comma = raw.indexOf(',');
  const turned = comma > 0 && raw.indexOf(',', comma + 1) < 0 ? `${raw.slice(comma + 1)} ${raw.slice(0, comma)}` : raw;
  let bare = '';
  for (const letter of turned) if (!APOSTROPHES.has(letter)) bare += letter;
  const words = normalizeText(bare)
    .split(' ')
    .filter(Boolean)
    .slice(0, 3 * MOST_TOKENS)
    .map(romanised);
  const tokens: string[] = [];
  for (let i = 0; i < words.length && tokens.length < MOST_TOKENS; i++) {
    const word = words[i]!;
    const next = words[i + 1];
    if (next !== undefined && SERVANT.has(word)) {
      if (ARTICLES.has(next) && words[i + 2] !== undefined) i++;
      tokens.push(SERVANT_OF);
    } else if (next !== undefined && FATHER_OF.has(word)) {
      if (ARTICLES.has(next) && words[i + 2] !== undefined) i++;
      tokens.push(`abu${words[++i]!}`);
    } else if (ARTICLES.has(word) && next !== undefined) {
      if (RELIGION.has(next) && tokens.length > 0) tokens.push(`${tokens.pop()!}${words[++i]!}`);
    } else if (words.length > 2 && SON_OF.has(word) && tokens.length > 0) continue;
    else if (words.length > 1 && (TITLES.has(word) || (TITLES_AT_START.has(word) && tokens.length === 0))) continue;
    else tokens.push(word);
  }
  return tokens.length > 0 ? tokens : words.slice(0, MOST_TOKENS);
}

function romanised(word: string): string {
  let plain = true;
  let lettered = false;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code < 0x61 || (code >= 0x370 && code <= 0x58f) || (code >= 0x10d0 && code <= 0x10ff)) plain = false;
    if (code >= 0x61) lettered = true;
  }
  if (plain || !lettered) return word;
  let out = '';
  for (const letter of word) out += LETTERS.get(letter) ?? letter;
  return out;
}

const NICKNAMES = new Map(
  (
    'bill:william bob:robert ted:theodore joe:joseph mike:michael jim:james tom:thomas liz:elizabeth kate:katherine ' +
    'tony:anthony ben:benjamin bibi:benjamin dan:daniel dave:david ed:edward alex:alexander sasha:alexander misha:mikhail ' +
    'vova:vladimir kolya:nikolai abed:abdallah hamoudeh:mohammad'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** Whether one token is a common short form of the other. */
export function isNickname(a: string, b: string): boolean {
  return NICKNAMES.get(a) === b || NICKNAMES.get(b) === a;
}

/** How a Latin token sounds: spellings of one name by different tongues fall together (Qaddafi, Gaddafi; Husayn, Hussein). */
export function soundOf(token: string): string {
  let out = '';
  for (let i = 0; i < token.length; i++) {
    const two = SOUNDS.get(token.slice(i, i + 2));
    let sound = two;
    if (two !== undefined) i++;
    else sound = SOUNDS.get(token[i]!) ?? token[i]!;
    if (!out.endsWith(sound!) || sound === '') out += sound;
  }
  return out;
}

const SOUNDS = new Map(
  Object.entries({
    ph: 'f',
    ck: 'k',
    kh: 'k',
    gh: 'g',
    sh: 's',
    ch: 's',
    th: 't',
    dh: 'd',
    dj: 'j',
    zh: 'j',
    sc: 's',
    ts: 's',
    tz: 's',
    ou: 'u',
    oo: 'u',
    ow: 'u',
    ee: 'i',
    ai: 'e',
    ay: 'e',
    ei: 'e',
    ey: 'e',
    ie: 'i',
    iy: 'i',
    yy: 'i',
    ij: 'i',
    aa: 'a',
    ks: 'x',
    w: 'v',
    q: 'k',
    c: 'k',
    y: 'i',
    g: 'k',
    z: 's',
    o: 'u',
    e: 'i',
  }),
);
