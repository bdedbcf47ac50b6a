import { Injectable } from '@nestjs/common';
import { normalizeText } from '@libs/arabic';
import { documentOfKey, NameRanker, type Card } from '@libs/name-matching';
import { LegacyMirror, type CitizenLabel } from '../../legacy';
import { NameCandidates, type CandidateForm } from './name-candidates';
import type { AskedName } from './name-facts';
import { readName } from './name-keys';

/** What a name says of a row. */
export interface RankedRow {
  row: CitizenLabel;
  /** log2 of the odds that the row is the person asked for. */
  bits: number;
  /** 0..1: how much of what the name could say for a row it says for this one. */
  likeness: number;
  /** Tokens of the row's party that fits best. */
  party: string[];
  isSecondParty: boolean;
  /** The row that bears the name and is tied to this one, when that says more than its own name does. */
  tiedTo: CitizenLabel | null;
}

/** Another given name, or two other parts, speak this much against a row: it is no answer. */
const AGAINST = -10;
const MOST_ROWS = 240;
const MOST_ANCHORS = 12;
const ANCHOR_WITHIN = 1.5;
/** What a tie to a row that bears the name is worth less than bearing it. */
const TIED = 0.5;
const ROUNDS = 2;
/** A row of several parties is related to the one asked for and not the same: it comes after the rows that are. */
const JOINT = 8;

/**
 * Ranks rows by name: the names of the index that may be meant, then the rows that bear them, then what ties those rows
 * to one another. A row that says little (محمد طوقان) rises when it shares number, phone or address with one that says all.
 */
@Injectable()
export class NameSearch {
  constructor(
    private readonly mirror: LegacyMirror,
    private readonly candidates: NameCandidates,
  ) {}

  /** @param also rows to rank whatever their name is, such as those that a number pointed at */
  async rank(name: AskedName, also: readonly CitizenLabel[]): Promise<RankedRow[]> {
    const forms = await this.candidates.find(name.asked);
    await name.load(forms.flatMap(({ tokens }) => tokens));
    const ids = await this.candidates.rowsOf(this.bestForms(name, forms), MOST_ROWS);
    const rows = new Map(also.map((row) => [row.id, row]));
    for (const row of await this.mirror.labels(ids.filter((id) => !rows.has(id)))) rows.set(row.id, row);
    const first = await this.rankRows(name, [...rows.values()]);
    const tied = await this.tiedRows(bearersIn(first));
    const more = tied.filter(({ id }) => !rows.has(id));
    return more.length === 0 ? first : this.rankRows(name, [...rows.values(), ...more]);
  }

  private bestForms({ tokens, facts }: AskedName, forms: CandidateForm[]): number[] {
    const ranker = new NameRanker(tokens, forms, facts);
    return forms
      .map(({ id }, i) => ({ id, bits: ranker.bits(i), against: ranker.against }))
      .filter(({ bits, against }) => against > AGAINST && bits > ranker.least)
      .sort((a, b) => b.bits - a.bits || a.id - b.id)
      .map(({ id }) => id);
  }

  /** Rows under the documents and phones of those that bear the name. */
  private async tiedRows(anchors: readonly RankedRow[]): Promise<CitizenLabel[]> {
    const documents = new Set(anchors.flatMap(({ row }) => row.documentKey ?? []));
    const phones = new Set(anchors.flatMap(({ row }) => row.phoneE164 ?? []));
    return [
      ...(await this.mirror.labelsBy('document_key', [...documents])),
      ...(await this.mirror.labelsBy('phone_e164', [...phones])),
    ];
  }

  private async rankRows(name: AskedName, rows: CitizenLabel[]): Promise<RankedRow[]> {
    const parties = rows.flatMap((row) => {
      const { parties: named, joint } = readName(row.rawName);
      return named.map((tokens, at) => ({ row, tokens, at, less: joint ? JOINT : 0 }));
    });
    await name.load(parties.flatMap(({ tokens }) => tokens));
    const ranker = new NameRanker(name.tokens, parties.map(cardOf), name.facts);
    const span = ranker.most - ranker.least;
    const own = parties.map(({ less }, i) => ({ bits: ranker.bits(i) - less, against: ranker.against }));
    const best = own.map(({ bits }) => bits);
    const tiedTo = parties.map((): CitizenLabel | null => null);
    for (let round = 0; round < ROUNDS; round++) tie(ranker, parties, own, best, tiedTo);

    const ranked = new Map<number, RankedRow>();
    for (const [i, { row, tokens, at }] of parties.entries()) {
      const bits = best[i]!;
      if (bits <= (ranked.get(row.id)?.bits ?? -Infinity)) continue;
      const contradicted = own[i]!.against <= AGAINST && tiedTo[i] === null;
      const likeness = contradicted ? 0 : Math.min(1, Math.max(0, (bits - ranker.least) / span));
      ranked.set(row.id, { row, bits, likeness, party: tokens, isSecondParty: at > 0, tiedTo: tiedTo[i]! });
    }
    return [...ranked.values()].sort((a, b) => b.bits - a.bits || a.row.id - b.row.id);
  }
}

interface Party {
  row: CitizenLabel;
  tokens: string[];
  at: number;
}

/**
 * Raises what is the same person as a row that bears the name: never above that row. One of another given name only
 * under the same document, which may be the name's error.
 */
function tie(
  ranker: NameRanker,
  parties: readonly Party[],
  own: readonly { against: number }[],
  best: number[],
  tiedTo: (CitizenLabel | null)[],
): void {
  const top = Math.max(...best);
  const order = best.map((_, i) => i).sort((a, b) => best[b]! - best[a]! || a - b);
  const bears = (i: number) => own[i]!.against > AGAINST;
  const anchors = order.filter((i) => best[i]! >= top - ANCHOR_WITHIN && bears(i)).slice(0, MOST_ANCHORS);
  for (const i of order) {
    for (const anchor of anchors) {
      if (anchor === i || !(bears(i) || sameDocument(parties[anchor]!, parties[i]!))) continue;
      const bits = Math.min(best[anchor]!, ranker.between(anchor, i)) + own[i]!.against - TIED;
      if (bits <= best[i]!) continue;
      best[i] = bits;
      tiedTo[i] = parties[anchor]!.row;
    }
  }
}

const sameDocument = (a: Party, b: Party): boolean =>
  a.at === 0 && b.at === 0 && a.row.documentKey !== null && a.row.documentKey === b.row.documentKey;

/** The rows that fit a name best, or hardly worse. */
export function bearersIn(ranked: readonly RankedRow[]): RankedRow[] {
  const top = ranked[0]?.bits ?? 0;
  return ranked.filter(({ bits }) => bits >= top - ANCHOR_WITHIN).slice(0, MOST_ANCHORS);
}

/** What a row says of one of its parties. */
export function cardOf({ row, tokens, at }: Party): Card {
  // Number, phone and address of a joint row are those of its first party.
  if (at > 0) return { tokens };
  return {
    tokens,
    document: documentOfKey(row.documentKey),
    phone: row.phoneE164,
    address: normalizeText(row.rawAddress),
  };
}
