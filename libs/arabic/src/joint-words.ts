/** How the parties of a joint row stand to one another. */
export type JointRelation = 'partners' | 'brothers' | 'heirs' | 'and';

export const AND = 'و';
export const HEIRS = 'ورثه';

/** What follows the و of a joint word, in normalised form: وشركاه، وشركاؤه، وشركه، وأخوه، واخوانه، وآخرون ... */
const STEMS = new Map<string, JointRelation>([
  ...'شركاه شركاها شركاهم شركاهما شركاوه شركاوها شركاوهم شركايه شركايها شركاءه شركاءهم شركه شريكه شريكها شريكته شركاء'
    .split(' ')
    .map((stem): [string, JointRelation] => [stem, 'partners']),
  ...'اخوه اخوها اخوهم اخيه اخيها اخاه اخوانه اخوانها اخوانهم اخوته اخوتها اخوتهم اخته اختها اخواته اخواتها اشقاوه اشقايه اشقاءه'
    .split(' ')
    .map((stem): [string, JointRelation] => [stem, 'brothers']),
  ...'اخرون اخرين اخر اخري غيره غيرها غيرهم غيرهما زوجته زوجها اولاده اولادها ابناوه ابنايه ابناءه ابنه ابنته بناته والده والدته'
    .split(' ')
    .map((stem): [string, JointRelation] => [stem, 'and']),
  ...[HEIRS, 'الورثه', 'ورثته', 'ورثتها', 'ورثتهم'].map((stem): [string, JointRelation] => [stem, 'heirs']),
]);

/** The frequent ones that are long enough to be known when misspelt; no name is one error from them. */
const TYPED_OFTEN = 'شركاه شركاوه شركايه اخوانه اخوانها اخوانهم اخرون اخرين اولاده زوجته ورثته'.split(' ');

/** Relation of a word such as وشركاه or وورثه; of its stem alone after a separate و. */
export function relationOfStem(stem: string): JointRelation | undefined {
  return STEMS.get(stem);
}

/** The same of a stem with one typing error (وشكاه، واخوناه); the caller knows that it is no name. */
export function relationOfMisspelt(stem: string): JointRelation | undefined {
  const meant = TYPED_OFTEN.find((known) => isOneErrorFrom(known, stem));
  return meant === undefined ? undefined : STEMS.get(meant);
}

/** A letter lost, added or replaced, or two neighbours swapped. */
function isOneErrorFrom(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  if (restA.length !== restB.length) return restA.slice(1) === restB || restA === restB.slice(1);
  return restA.slice(1) === restB.slice(1) || restA === restB[1]! + restB[0]! + restB.slice(2);
}

/** Whether a normalised token by itself starts a further party: و, ورثه, وشركاه ... Never a glued name. */
export function isJointWord(token: string): boolean {
  if (!token.startsWith(AND)) return false;
  return token === AND || token === HEIRS || STEMS.has(token.slice(1));
}
