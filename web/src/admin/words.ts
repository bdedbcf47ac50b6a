import type { Language } from '../i18n/dictionary';
import { ACTS } from './acts.texts';
import { THINGS } from './things.texts';

/** The verb behind a word as the audit writes it: `closed`, `opened`, `cancelled`. */
const stems = (word: string): string[] => [word, word.slice(0, -1), word.slice(0, -2), word.slice(0, -3)];

function actOf(word: string, language: Language): string | undefined {
  const acts: Readonly<Record<string, string>> = ACTS[language];
  const stem = [word, ...(word.endsWith('d') ? stems(word) : [])].find((each) => Object.hasOwn(acts, each));
  return stem && acts[stem];
}

/** `billing.shift.open` and `billing.shift-opened` for people: `الوردية: فتح`; none where a word is missing. */
export function wordsOf(code: string, language: Language): string | undefined {
  const [, ...rest] = code.split('.');
  const parts = rest.join('-').split('-');
  const things: Readonly<Record<string, string>> = THINGS[language];
  for (let at = parts.length - 1; at > 0; at--) {
    const thing = parts.slice(0, at).join('-');
    const act = actOf(parts.slice(at).join('-'), language);
    if (Object.hasOwn(things, thing) && act) return `${things[thing]}: ${act}`;
  }
  return actOf(parts.join('-'), language);
}
