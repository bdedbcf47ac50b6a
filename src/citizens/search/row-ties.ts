import { normalizeText } from '@libs/arabic';
import { documentOfKey, type Card, type NameRanker } from '@libs/name-matching';
import type { Reason } from './name-reasons';
import type { RegisterRow } from './register-rows';

/** A party that a row names. */
export interface Party {
  row: RegisterRow;
  tokens: string[];
  /** Place among the row's parties. */
  at: number;
  /** Not on the row: the name approved in the record that holds it. */
  approved: boolean;
}

/** A party, and what speaks for its being the person asked for; in the order of the ranker's cards. */
export interface Standing extends Party {
  /** What its own name says against it, in bits, 0 or less. */
  against: number;
  /** What a row of several parties stands lower than one that may be the person. */
  less: number;
  /** log2 of the odds by its own name. */
  own: number;
  /** The same, less `less`; raised and lowered by its ties. */
  bits: number;
  /** The row that bears the name and is tied to this one, when that says more than its own name does. */
  tiedTo: Party | null;
  /** The row under the same document or phone that bears another name, when that speaks against this one. */
  contradictedBy: Party | null;
}

/** Another given name, or two other parts, speak this much against a row: it is no answer. */
export const AGAINST = -10;
/** Another father or grandfather speaks this much against a row at the least. */
const CONTRADICTS = -6;
const MOST_WITNESSES = 12;
const MOST_ANCHORS = 12;
const ANCHOR_WITHIN = 1.5;
/** What a tie to a row that bears the name is worth less than bearing it. */
const TIED = 0.5;
const ROUNDS = 2;
/** Bits that are worth a word to the clerk. */
const WORTH_SAYING = 2;

/** What a row says of one of its parties. */
export function cardOf({ row, tokens, at }: Pick<Party, 'row' | 'tokens' | 'at'>): Card {
  // Number, phone and address of a joint row are those of its first party.
  if (at > 0) return { tokens };
  return {
    tokens,
    document: documentOfKey(row.documentKey),
    phone: row.phoneE164,
    address: normalizeText(row.rawAddress),
  };
}

/** The best, or hardly worse. */
export function bestOf<T extends { bits: number }>(ranked: readonly T[]): T[] {
  const top = ranked[0]?.bits ?? 0;
  return ranked.filter(({ bits }) => bits >= top - ANCHOR_WITHIN).slice(0, MOST_ANCHORS);
}

/**
 * What rows tell of one another. A row that says little (محمد طوقان) falls when another under its document or phone names
 * another father, as far as the two are one person; it rises when it shares number, phone or address with a row that says all.
 */
export function weighTies(ranker: NameRanker, standings: readonly Standing[]): void {
  contradict(ranker, standings);
  for (let round = 0; round < ROUNDS; round++) tie(ranker, standings);
}

function contradict(ranker: NameRanker, standings: readonly Standing[]): void {
  const witnesses = new Map<string, number[]>();
  for (const [i, standing] of standings.entries()) {
    if (standing.against > CONTRADICTS) continue;
    for (const key of numbersOf(standing)) {
      const known = witnesses.get(key);
      if (!known) witnesses.set(key, [i]);
      else if (known.length < MOST_WITNESSES) known.push(i);
    }
  }
  if (witnesses.size === 0) return;
  for (const [i, standing] of standings.entries()) {
    if (!bears(standing)) continue;
    let lowered = 0;
    for (const witness of numbersOf(standing).flatMap((key) => witnesses.get(key) ?? [])) {
      const { against } = standings[witness]!;
      const odds = 2 ** between(ranker, standings, i, witness);
      const bits = Math.log2((1 + odds * 2 ** Math.min(0, against - standing.against)) / (1 + odds));
      if (bits >= lowered) continue;
      lowered = bits;
      if (bits <= -WORTH_SAYING) standing.contradictedBy = standings[witness]!;
    }
    standing.bits += lowered;
  }
}

/**
 * Raises what is the same person as a row that bears the name: never above that row, unless it is one of several parties, who
 * is related alone. One of another given name only under the same document, which may be the name's error.
 */
function tie(ranker: NameRanker, standings: readonly Standing[]): void {
  const order = standings.map((_, i) => i).sort((a, b) => standings[b]!.bits - standings[a]!.bits || a - b);
  const best = standings[order[0]!]?.bits ?? 0;
  const anchors = order
    .filter((i) => standings[i]!.bits >= best - ANCHOR_WITHIN && bears(standings[i]!))
    .slice(0, MOST_ANCHORS);
  for (const i of order) {
    const standing = standings[i]!;
    for (const at of anchors) {
      const anchor = standings[at]!;
      if (anchor === standing || !(bears(standing) || sameDocument(anchor, standing))) continue;
      const person = Math.min(anchor.bits + anchor.less, between(ranker, standings, at, i));
      const bits = person + standing.against - standing.less - TIED;
      if (bits <= standing.bits) continue;
      standing.bits = bits;
      standing.tiedTo = anchor;
    }
  }
}

/** log2 of the odds that two are one person; what a clerk found stands before what is written. */
function between(ranker: NameRanker, standings: readonly Standing[], i: number, j: number): number {
  const [a, b] = [standings[i]!.row, standings[j]!.row];
  return a.notSame.has(b.id) || b.notSame.has(a.id) ? -Infinity : ranker.between(i, j);
}

const bears = ({ against }: Standing): boolean => against > AGAINST;

const sameDocument = (a: Party, b: Party): boolean =>
  a.at === 0 && b.at === 0 && a.row.documentKey !== null && a.row.documentKey === b.row.documentKey;

/** Document and phone, which are those of a row's first party. */
function numbersOf({ row: { documentKey, phoneE164 }, at }: Party): string[] {
  return at > 0 ? [] : [documentKey, phoneE164].filter((number) => number !== null);
}

interface TieReason extends Reason {
  field: 'documentKey' | 'phoneE164' | 'rawAddress';
}

const TIES: readonly TieReason[] = [
  { field: 'documentKey', ar: 'رقم الوثيقة كسجل يطابق الاسم', en: 'same document as a row that fits the name better' },
  { field: 'phoneE164', ar: 'رقم الهاتف كسجل يطابق الاسم', en: 'same phone as a row that fits the name better' },
  { field: 'rawAddress', ar: 'العنوان كسجل يطابق الاسم', en: 'same address as a row that fits the name better' },
];

const CONTRADICTIONS: readonly TieReason[] = [
  { field: 'documentKey', ar: 'سجل آخر بالوثيقة نفسها يحمل اسماً آخر', en: 'another name on a row with its document' },
  { field: 'phoneE164', ar: 'سجل آخر برقم الهاتف نفسه يحمل اسماً آخر', en: 'another name on a row with its phone' },
];

const IN_ONE_RECORD: Reason = {
  ar: 'في السجل الموحد نفسه مع سجل يطابق الاسم',
  en: 'in one OneRecord with a row that fits the name better',
};
const OTHER_APPROVED_NAME: Reason = { ar: 'الاسم المعتمد في سجله الموحد مختلف', en: 'its OneRecord has another name' };

/** Why a row was raised or lowered by others. */
export function tieReasons({
  row,
  tiedTo,
  contradictedBy,
}: Pick<Standing, 'row' | 'tiedTo' | 'contradictedBy'>): Reason[] {
  const shared = (reasons: readonly TieReason[], other: RegisterRow | undefined) =>
    reasons
      .filter(({ field }) => other && row[field] && row[field] === other[field])
      .map(({ ar, en }): Reason => ({ ar, en }));
  const oneRecord = row.holder !== null && row.holder.recordId === tiedTo?.row.holder?.recordId;
  const approvedOther = contradictedBy?.approved === true && contradictedBy.row.id === row.id;
  return [
    ...(oneRecord ? [IN_ONE_RECORD] : shared(TIES, tiedTo?.row)),
    ...(approvedOther ? [OTHER_APPROVED_NAME] : shared(CONTRADICTIONS, contradictedBy?.row)),
  ];
}
