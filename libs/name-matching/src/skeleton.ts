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
  const text = withoutArticle(token);
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

function withoutArticle(token: string): string {
  const bare = token.length >= SHORTEST_WITH_ARTICLE && ARTICLES.some((article) => token.startsWith(article));
  return bare ? token.slice(2) : token;
}

/** Vowels that Latin letters may give a long vowel: صالح is Saleh or Salih, صلاح never. */
const WRITTEN_AS: Readonly<Record<string, string>> = { ا: 'a', و: 'ouw', ي: 'iey' };

/** The article within a name, of which Latin letters make al, el, ul and il. */
const INNER_ARTICLE = /^(عبد)ال|(?<=.)ال(?=دين$|له$)/;

/**
 * Whether two tokens of one {@link skeletonKey} are other names by their long vowels, which Arabic writes: محمود is no
 * Mohammed, صلاح no Saleh. Only where both write a vowel between two consonants.
 */
export function vowelsDiffer(arabic: string, latin: string): boolean {
  const ours = betweenConsonants(arabic.replace(INNER_ARTICLE, '$1ل'));
  const theirs = betweenConsonants(latin);
  return ours.some((vowels, i) => {
    const other = theirs[i] ?? '';
    if (other === '') return false;
    return [...vowels].some((long) => ![...(WRITTEN_AS[long] ?? other)].some((vowel) => other.includes(vowel)));
  });
}

/** What stands between the consonants of a token, doubled ones counted once. */
function betweenConsonants(token: string): string[] {
  const gaps: string[] = [];
  const text = withoutArticle(token);
  let last = '';
  let gap = '';
  for (let i = 0; i < text.length; i++) {
    const pair = SOUNDS.get(text.slice(i, i + 2));
    const sound = pair || SOUNDS.get(text[i]!) || (i === 0 ? AT_START.get(text[i]!) : undefined);
    if (!sound) gap += text[i]!;
    else {
      if (sound !== last && last !== '') gaps.push(gap);
      if (sound !== last || gap !== '') gap = '';
      last = sound;
      if (pair) i++;
    }
  }
  return gaps;
}
