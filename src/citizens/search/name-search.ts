import { Injectable } from '@nestjs/common';
import { NameRanker } from '@libs/name-matching';
import { LegacyMirror, type CitizenLabel } from '../../legacy';
import { NameCandidates, type CandidateForm } from './name-candidates';
import type { AskedName } from './name-facts';
import { readName } from './name-keys';
import { AGAINST, cardOf, weighTies, type Standing } from './row-ties';

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
  /** See {@link Standing}. */
  tiedTo: CitizenLabel | null;
  contradictedBy: CitizenLabel | null;
}

const MOST_ROWS = 240;
/** Rows whose document and phone are looked up for others that bear them. */
const MOST_LOOKED_AT = 24;
/** A phone of as many rows was written for want of one, or is an office's: it tells nothing. */
const CROWD = 30;
/** A row of several parties is related to the one asked for and not the same: it comes after the rows that are. */
const JOINT = 11;
/** A row that its name makes an answer stays one, however low it is put. */
const LOWERED = 0.13;

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
    const known = rows.size;
    for (const row of await this.tiedRows(first.slice(0, MOST_LOOKED_AT))) if (!rows.has(row.id)) rows.set(row.id, row);
    return rows.size === known ? first : this.rankRows(name, [...rows.values()]);
  }

  private bestForms({ tokens, facts }: AskedName, forms: CandidateForm[]): number[] {
    const ranker = new NameRanker(tokens, forms, facts);
    return forms
      .map(({ id }, i) => ({ id, bits: ranker.bits(i), against: ranker.against }))
      .filter(({ bits, against }) => against > AGAINST && bits > ranker.least)
      .sort((a, b) => b.bits - a.bits || a.id - b.id)
      .map(({ id }) => id);
  }

  /** Rows under the documents and phones of these. */
  private async tiedRows(best: readonly RankedRow[]): Promise<CitizenLabel[]> {
    const documents = new Set(best.flatMap(({ row }) => row.documentKey ?? []));
    const phones = new Set(best.flatMap(({ row }) => row.phoneE164 ?? []));
    return [
      ...(await this.mirror.labelsBy('document_key', [...documents])),
      ...(await this.mirror.labelsBy('phone_e164', [...phones])),
    ];
  }

  private async rankRows(name: AskedName, rows: CitizenLabel[]): Promise<RankedRow[]> {
    const parties = withoutCrowds(rows).flatMap((row) => {
      const { parties: named, joint } = readName(row.rawName);
      return named.map((tokens, at) => ({ row, tokens, at, less: joint ? JOINT : 0 }));
    });
    await name.load(parties.flatMap(({ tokens }) => tokens));
    const ranker = new NameRanker(name.tokens, parties.map(cardOf), name.facts);
    const standings = parties.map((party, i): Standing => {
      const own = ranker.bits(i);
      return { ...party, own, bits: own - party.less, against: ranker.against, tiedTo: null, contradictedBy: null };
    });
    weighTies(ranker, standings);

    const likenessOf = (bits: number) => Math.min(1, Math.max(0, (bits - ranker.least) / (ranker.most - ranker.least)));
    const ranked = new Map<number, RankedRow>();
    for (const { row, tokens, at, own, bits, against, tiedTo, contradictedBy } of standings) {
      if (bits <= (ranked.get(row.id)?.bits ?? -Infinity)) continue;
      const isAnswer = against > AGAINST || tiedTo !== null;
      const likeness = isAnswer ? Math.max(likenessOf(bits), Math.min(likenessOf(own), LOWERED)) : 0;
      ranked.set(row.id, { row, bits, likeness, party: tokens, isSecondParty: at > 0, tiedTo, contradictedBy });
    }
    return [...ranked.values()].sort((a, b) => b.bits - a.bits || a.row.id - b.row.id);
  }
}

/** In the order of ids, so that the same rows rank the same on every database. */
function withoutCrowds(rows: readonly CitizenLabel[]): CitizenLabel[] {
  const bearers = new Map<string, number>();
  for (const { phoneE164 } of rows) if (phoneE164) bearers.set(phoneE164, (bearers.get(phoneE164) ?? 0) + 1);
  return rows
    .map((row) => ((bearers.get(row.phoneE164 ?? '') ?? 0) < CROWD ? row : { ...row, phoneE164: null }))
    .sort((a, b) => a.id - b.id);
}
