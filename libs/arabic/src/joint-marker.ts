import { isGivenName } from './given-names';
import { AND, HEIRS, JointRelation, relationOfMisspelt, relationOfStem } from './joint-words';
import { isTitle, normalizeName } from './name';

/** That a legacy row names more than one party, and how. All texts are normalised. */
export interface JointMarker {
  relation: JointRelation;
  /** The word that says so: `وشركاه`, `ورثه`, `و`. */
  marker: string;
  /** The first party's name, without ورثة. */
  primary: string;
  /** What follows the marker, without ورثة: the second party, or a joint row again where there are more; may be empty. */
  other: string;
  /** Which of the two are heirs of the one named. */
  heirsOf: { primary: boolean; other: boolean };
}

interface Conjunction {
  relation: JointRelation;
  marker: string;
  /** Tokens taken by the marker itself; 0 when it is glued to the name that follows. */
  length: number;
}

const FIRM_WORDS = new Set(['شركه', 'ش', 'موسسه', 'محلات', 'مصنع', 'جمعيه']);
const PREPOSITION_OF_TRADE = 'لل';
const FATHER_OF = 'ابو';

/**
 * Detects a joint row: X وشركاه، X وشركه Y، X وأخوه، X واخوانه، X وآخرون، ورثة X, `X و Y`, also with one typing error in
 * the frequent of these words. A و glued to a name counts only before a known given name, ابو… or a title, when the
 * whole is none itself (ومحمد, but not وليد or وائل). A row with
 * both ورثة and another marker takes the other's relation. A firm (شركة X وشركاه) is one party: null.
 */
export function jointMarker(raw: string): JointMarker | null {
  const tokens = normalizeName(raw).split(' ');
  if (tokens.length < 2 || FIRM_WORDS.has(tokens[0]!)) return null;

  const estate = tokens[0] === HEIRS;
  const start = estate ? 1 : 0;
  for (let i = start + 1; i < tokens.length; i++) {
    const found = conjunctionAt(tokens, i);
    if (found === null) continue;
    return markerOf(tokens, start, i, found);
  }
  if (!estate) return null;
  return {
    relation: 'heirs',
    marker: HEIRS,
    primary: tokens.slice(1).join(' '),
    other: '',
    heirsOf: { primary: true, other: false },
  };
}

function conjunctionAt(tokens: string[], i: number): Conjunction | null {
  const token = tokens[i]!;
  if (!token.startsWith(AND)) return null;
  if (token === HEIRS) return { relation: 'heirs', marker: HEIRS, length: 1 };

  if (token === AND) {
    const next = tokens[i + 1];
    if (next === undefined || tokens[i - 1]!.startsWith(PREPOSITION_OF_TRADE)) return null;
    const relation = relationOfStem(next) ?? (isGivenName(next) ? undefined : relationOfMisspelt(next));
    if (relation !== undefined) return { relation, marker: AND + next, length: 2 };
    return { relation: 'and', marker: AND, length: 1 };
  }

  const rest = token.slice(1);
  const relation = relationOfStem(rest);
  if (relation !== undefined) return { relation, marker: token, length: 1 };
  if (isGivenName(token)) return null;
  const next = tokens[i + 1];
  const startsName =
    isGivenName(rest) ||
    (rest.startsWith(FATHER_OF) && rest.length > FATHER_OF.length + 1) ||
    (isTitle(rest) && next !== undefined && (rest.length > 1 || isGivenName(next)));
  if (startsName) return { relation: 'and', marker: AND, length: 0 };
  const meant = relationOfMisspelt(rest);
  return meant === undefined ? null : { relation: meant, marker: token, length: 1 };
}

function markerOf(tokens: string[], start: number, at: number, found: Conjunction): JointMarker {
  const others = tokens.slice(at + found.length);
  if (found.length === 0) {
    const first = tokens[at]!.slice(1);
    if (isTitle(first) && others.length > 1) others.shift();
    else others[0] = first;
  }
  const announcesHeirs = found.relation === 'heirs' && found.marker !== HEIRS;
  const namesHeirs = others[0] === HEIRS && others.length > 1;
  return {
    relation: found.relation,
    marker: found.marker,
    primary: tokens.slice(start, at).join(' '),
    other: (namesHeirs ? others.slice(1) : others).join(' '),
    heirsOf: { primary: start === 1, other: found.relation === 'heirs' ? announcesHeirs : namesHeirs },
  };
}
