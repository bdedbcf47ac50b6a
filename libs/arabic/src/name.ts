import { normalizeText } from './text';
import { isJointWord } from './joint-words';

const MOST_TOKENS = 24;
const FATHER_OF = new Set(['ابو', 'وابو']);
const SERVANT = new Set(['عبد', 'وعبد', 'ابوعبد', 'وابوعبد']);
const CHILD_OF = new Set(['بن', 'ابن', 'بنت']);

/** Titles of address in normalised form; single letters are د. م. أ. with their full stop already gone. */
const TITLES = new Set(
  (
    'الحاج الحاجه حاج حاجه المرحوم المرحومه المرحومين المرحومان المرحومون مرحوم مرحومه الشهيد الشهيده الدكتور الدكتوره دكتور دكتوره ' +
    'المهندس المهندسه مهندس مهندسه الاستاذ الاستاذه استاذ استاذه المحامي المحاميه محامي محاميه الشيخ الشيخه ' +
    'السيد السيده السيدات الساده الصيدلي المعلم المعلمه القاضي د م ا'
  ).split(' '),
);

/**
 * A name in the form in which names are compared: {@link normalizeText}, then titles (الحاج، د.، المرحوم ...) aside at
 * the beginning and after a joint word, and عبد ال… and أبو/ابو joined to what follows (عبد الله → عبدالله). A title
 * that is all there is stays: it may be the family's name. Idempotent.
 */
export function normalizeName(raw: string): string {
  const text = normalizeText(raw);
  return text.includes(' ') ? joinName(text.split(' ')) : text;
}

/** The normalised tokens of a name without بن, ابن and بنت; at most 24, the rest of a longer text is not a name. */
export function nameTokens(raw: string): string[] {
  const name = normalizeName(raw);
  if (name === '') return [];
  const tokens = name.split(' ', MOST_TOKENS);
  const kept = tokens.filter((token) => !CHILD_OF.has(token));
  return kept.length > 0 ? kept : tokens;
}

/** Whether a normalised token is a title of address. */
export function isTitle(token: string): boolean {
  return TITLES.has(token);
}

function joinName(tokens: string[]): string {
  let name = '';
  let titleMayStand = true;
  let glue = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (titleMayStand && !glue && next !== undefined && TITLES.has(token) && !isJointWord(next)) continue;
    name = name === '' || glue ? name + token : `${name} ${token}`;
    titleMayStand = isJointWord(token);
    glue = next !== undefined && joinsNext(token, next, glue);
  }
  return name;
}

function joinsNext(token: string, next: string, glued: boolean): boolean {
  if (isJointWord(next)) return false;
  if (FATHER_OF.has(token)) return true;
  return (SERVANT.has(token) || (glued && token === 'عبد')) && next.startsWith('ال');
}
