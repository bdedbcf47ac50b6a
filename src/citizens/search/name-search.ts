import { Injectable } from '@nestjs/common';
import { NameRanker } from '@libs/name-matching';
import { NameCandidates, type CandidateForm } from './name-candidates';
import type { AskedName } from './name-facts';
import { readName } from './name-keys';
import { RegisterRows, type RegisterRow } from './register-rows';
import { AGAINST, cardOf, weighTies, type Party, type Standing } from './row-ties';

/** What a name says of a row. */
export interface RankedRow {
  row: RegisterRow;
  /** log2 of the odds that the row is the person asked for. */
  bits: number;
  /** 0..1: how much of what the name could say for a row it says for this one. */
  likeness: number;
  /** Tokens of the row's party that fits best. */
  party: string[];
  isSecondParty: boolean;
  /** That party is the name approved in the record which holds the row. */
  approved: boolean;
  /** See {@link Standing}. */
  tiedTo: Party | null;
  contradictedBy: Party | null;
}

type NamedParty = Pick<Standing, 'tokens' | 'at' | 'approved' | 'less'>;
/** What each row names, by its id: rows are ranked again beside those they are tied to. */
type ReadRows = Map<number, NamedParty[]>;

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
    private readonly register: RegisterRows,
    private readonly candidates: NameCandidates,
  ) {}

  /** @param also rows to rank whatever their name is, such as those that a number pointed at */
  async rank(name: AskedName, also: readonly RegisterRow[]): Promise<RankedRow[]> {
    const forms = await this.candidates.find(name.asked);
    await name.load(forms.flatMap(({ tokens }) => tokens));
    const ids = await this.candidates.rowsOf(this.bestForms(name, forms), MOST_ROWS);
    const rows = new Map(also.map((row) => [row.id, row]));
    for (const row of await this.register.read(ids.filter((id) => !rows.has(id)))) rows.set(row.id, row);
    const read: ReadRows = new Map();
    const first = await this.rankRows(name, [...rows.values()], read);
    const best = first.slice(0, MOST_LOOKED_AT).map(({ row }) => row);
    const tied = await this.register.tiedTo(best, rows);
    return tied.length === 0 ? first : this.rankRows(name, [...rows.values(), ...tied], read);
  }

  private bestForms({ tokens, facts }: AskedName, forms: CandidateForm[]): number[] {
    const ranker = new NameRanker(tokens, forms, facts);
    return forms
      .map(({ id }, i) => ({ id, bits: ranker.bits(i), against: ranker.against }))
      .filter(({ bits, against }) => against > AGAINST && bits > ranker.least)
      .sort((a, b) => b.bits - a.bits || a.id - b.id)
      .map(({ id }) => id);
  }

  private async rankRows(name: AskedName, rows: RegisterRow[], read: ReadRows): Promise<RankedRow[]> {
    const parties = withoutCrowds(rows).flatMap((row) => {
      let named = read.get(row.id);
      if (!named) read.set(row.id, (named = partiesOfRow(row)));
      return named.map((party) => ({ ...party, row }));
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
    for (const { row, tokens, at, approved, own, bits, against, tiedTo, contradictedBy } of standings) {
      if (bits <= (ranked.get(row.id)?.bits ?? -Infinity)) continue;
      const isAnswer = against > AGAINST || tiedTo !== null;
      const likeness = isAnswer ? Math.max(likenessOf(bits), Math.min(likenessOf(own), LOWERED)) : 0;
      const says = { party: tokens, isSecondParty: at > 0, approved, tiedTo, contradictedBy };
      ranked.set(row.id, { row, bits, likeness, ...says });
    }
    return [...ranked.values()].sort((a, b) => b.bits - a.bits || a.row.id - b.row.id);
  }
}

/** The parties that the row names, and the name approved for it. */
function partiesOfRow(row: RegisterRow): NamedParty[] {
  const { parties, joint } = readName(row.rawName);
  const named = parties.map((tokens, at) => ({ tokens, at, approved: false, less: joint ? JOINT : 0 }));
  const name = row.holder?.name ?? [];
  if (name.length === 0 || (!joint && name.join(' ') === parties[0]?.join(' '))) return named;
  return [...named, { tokens: name, at: 0, approved: true, less: 0 }];
}

/** In the order of ids, so that the same rows rank the same on every database. */
function withoutCrowds(rows: readonly RegisterRow[]): RegisterRow[] {
  const bearers = new Map<string, number>();
  for (const { phoneE164 } of rows) if (phoneE164) bearers.set(phoneE164, (bearers.get(phoneE164) ?? 0) + 1);
  return rows
    .map((row) => ((bearers.get(row.phoneE164 ?? '') ?? 0) < CROWD ? row : { ...row, phoneE164: null }))
    .sort((a, b) => a.id - b.id);
}
