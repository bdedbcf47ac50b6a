/** Consonants by class, in either script. Weak letters (ا و ي ع ء and vowels) are written by taste and left out. */
const SOUNDS = new Map(
  (
    'ب:b پ:b ت:t ط:t ث:t ج:j چ:j ح:h ه:h خ:x د:d ض:d ذ:z ز:z ظ:z ر:r س:s ص:s ش:c غ:g ف:f ق:k ك:k گ:k ل:l م:m ن:n ' +
    'kh:x sh:c ch:c gh:g th:t dh:z dj:j ph:f ck:k ou: oo: ee: ' +
    'b:b p:b t:t j:j g:j h:h d:d z:z r:r s:s f:f v:f q:k k:k c:k x:ks l:l m:m n:n'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
/** Letters that are consonants at the beginning only. */
const AT_START = new Map([
  ['و', 'w'],
  ['ي', 'y'],
  ['w', 'w'],
  ['y', 'y'],
]);
const ARTICLES = ['ال', 'al', 'el'];
const SHORTEST_WITH_ARTICLE = 5;

/**
 * The consonants of a normalised token (libs/arabic), alike for Arabic and Latin writing: محمد, Mohammed, Muhammad and
 * Mhmd are all `mhmd`. Doubled consonants count once, a final h is silent, the article al goes. A blocking and search
 * key: other names may share it (صالح, صلاح).
 */
export function skeletonKey(token: string): string {
  const bare = token.length >= SHORTEST_WITH_ARTICLE && ARTICLES.some((article) => token.startsWith(article));
  const text = bare ? token.slice(2) : token;
  let key = '';
  for (let i = 0; i < text.length; i++) {
    const pair = SOUNDS.get(text.slice(i, i + 2));
    let sound = pair;
    if (sound === undefined) sound = SOUNDS.get(text[i]!);
    else if (i + 1 < text.length) i++;
    if (sound === undefined && i === 0) sound = AT_START.get(text[i]!);
    if (sound && !key.endsWith(sound)) key += sound;
  }
  return key.length > 1 && key.endsWith('h') ? key.slice(0, -1) : key;
}
