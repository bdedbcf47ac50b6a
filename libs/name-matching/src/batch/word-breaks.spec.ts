import { Interner } from './vocabulary';
import { WordBreaks } from './word-breaks';

/** Names with how often each occurs; each is meant as it is written. */
function breaksOf(occurrences: Record<string, number>) {
  const names = new Interner();
  for (const name of Object.keys(occurrences)) names.idOf(name);
  const roots = Int32Array.from(names.texts, (_, token) => token);
  const breaks = new WordBreaks(names, Int32Array.from(Object.values(occurrences)), roots);
  const ids = (text: string) => text.split(' ').map((word) => names.idOf(word));
  const text = (tokens: number[]) => tokens.map((token) => names.texts[token]).join(' ');
  return { breaks, ids, text };
}

describe('word breaks', () => {
  it.each([
    ['عب دالرضا سالم', 'عبدالرضا سالم'],
    ['سالم عب دالرضا', 'سالم عبدالرضا'],
    ['عب سالم دالرضا', 'عب سالم دالرضا'],
    // نورالدين is not eight times as frequent as نور.
    ['نور الدين سالم', 'نور الدين سالم'],
  ])('%s is %s', (written, meant) => {
    const { breaks, ids, text } = breaksOf({ عبدالرضا: 9, عب: 1, دالرضا: 1, سالم: 5, نورالدين: 30, نور: 9, الدين: 2 });
    const own = ids(written);
    breaks.rejoin(own);
    expect(text(own)).toBe(meant);
  });

  it('parts a glued و where a frequent name follows and the whole is rare', () => {
    const { breaks, ids, text } = breaksOf({ سالم: 9, علي: 9, وخالد: 1, خالد: 40, وليد: 30, ليد: 20 });
    const own = ids('سالم علي وخالد علي');
    expect(text(breaks.unglue(own)!)).toBe('خالد علي');
    expect(text(own)).toBe('سالم علي');
    expect(breaks.unglue(ids('سالم علي وليد علي'))).toBeNull();
  });
});
