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
  ...'اخرون اخرين اخر اخري زوجته زوجها اولاده اولادها ابناوه ابنايه ابناءه ابنه والده والدته'
    .split(' ')
    .map((stem): [string, JointRelation] => [stem, 'and']),
  [HEIRS, 'heirs'],
  ['الورثه', 'heirs'],
]);

/** Relation of a word such as وشركاه or وورثه; of its stem alone after a separate و. */
export function relationOfStem(stem: string): JointRelation | undefined {
  return STEMS.get(stem);
}

/** Whether a normalised token by itself starts a further party: و, ورثه, وشركاه ... Never a glued name. */
export function isJointWord(token: string): boolean {
  if (!token.startsWith(AND)) return false;
  return token === AND || token === HEIRS || STEMS.has(token.slice(1));
}
