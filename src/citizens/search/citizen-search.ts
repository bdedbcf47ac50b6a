import { Injectable } from '@nestjs/common';
import { jointMarker } from '@libs/arabic';
import { LegacyMirror } from '../../legacy';
import { KinSearch, type KinRow } from './kin-search';
import { NameFacts, type AskedName } from './name-facts';
import { NameIndex } from './name-index';
import { nameReasons, type Reason } from './name-reasons';
import { orderOf, type NameOrder } from './name-order';
import { NameSearch, type RankedRow } from './name-search';
import { NumberHits, type NumberHit } from './number-hits';
import { RegisterRows, validIdOf, type RegisterRow } from './register-rows';
import { tieReasons } from './row-ties';
import { parseSearch, type Question } from './search-text';

export interface SearchHit {
  citizenId: number;
  /** 0..1, comparable within one search. */
  score: number;
  /** Never empty. */
  why: Reason[];
  /** It bears another given name and agrees in the rest: a brother or sister, or the name miswritten. Never above another hit. */
  otherGivenName: boolean;
}

/** A hit for programs: raw texts of the old system. */
export interface FoundCitizen {
  citNo: string;
  name: string;
  docType: string;
  docNo: string;
  score: number;
  why: Reason[];
  otherGivenName: boolean;
}

/** A name alone never reaches what an identity document gives. */
const NAME_ALONE = 0.89;
const SECOND_PARTY = 0.9;
const WORST_SHOWN = 0.1;
/** Below every other hit. */
const KIN = { whole: 0.09, withoutGrandfather: 0.06 };
/** What the name adds where a number leads, and takes where it contradicts. */
const NAME_BESIDE_NUMBER = 0.1;

/**
 * Finds the legacy rows that a text may mean, best first. The one way into ranking: whatever ranks stands behind
 * {@link CitizenSearch.search}.
 */
@Injectable()
export class CitizenSearch {
  constructor(
    private readonly mirror: LegacyMirror,
    private readonly register: RegisterRows,
    private readonly numbers: NumberHits,
    private readonly facts: NameFacts,
    private readonly names: NameSearch,
    private readonly kin: KinSearch,
    private readonly index: NameIndex,
  ) {}

  /**
   * @param text name, national ID of 8 or 9 digits, other document, phone, service number, CIT_NO, or a name with
   *   numbers. Rows whose valid national ID is another than a valid one in the text are left out: other people. Where a
   *   name alone leaves room, rows of another given name that agree in the rest follow, marked as such.
   * @throws {Problem} citizens.names-rebuilding where the text holds a name
   * @param options.limit hits at most, default 20
   */
  async search(text: string, { limit = 20 }: { limit?: number } = {}): Promise<SearchHit[]> {
    const question = parseSearch(text);
    const { name, order, verdicts } = await this.judge(question);
    const hits = verdicts.slice(0, limit).map((verdict) => hitOf(verdict, question.name, order));
    if (question.numbers.length > 0 || hits.length === limit) return hits;
    const kin = await this.kin.find(name, order, verdicts, limit - hits.length);
    return [...hits, ...kin.map(kinHitOf)];
  }

  /** {@link search} for a program: the rows with their names and documents as the old systems have them. */
  async rows(text: string, options: { limit?: number } = {}): Promise<FoundCitizen[]> {
    const hits = await this.search(text, options);
    const rows = await this.mirror.citizens(hits.map(({ citizenId }) => citizenId));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return hits.map(({ citizenId, ...hit }) => {
      const { citNo, rawName, rawDocType, rawDocNo } = byId.get(citizenId)!;
      return { citNo, name: rawName, docType: rawDocType, docNo: rawDocNo, ...hit };
    });
  }

  /** Builds the index of all rows again, in bounded units. @returns the rows indexed */
  rebuild(): Promise<number> {
    return this.index.rebuild();
  }

  /** The rows that a question already taken apart may mean, best first. */
  async answer(question: Question, limit: number): Promise<SearchHit[]> {
    const { order, verdicts } = await this.judge(question);
    return verdicts.slice(0, limit).map((verdict) => hitOf(verdict, question.name, order));
  }

  private async judge(question: Question): Promise<Judgement> {
    if (question.name.length > 0) await this.index.requireWhole();
    const byNumber = await this.numbers.find(question);
    const pointedAt = await this.register.read([...byNumber.keys()]);
    const name = await this.facts.ask(question.name);
    const ranked = name.tokens.length > 0 ? await this.names.rank(name, pointedAt) : pointedAt.map(unnamed);
    const verdicts = ranked
      .map((each) => verdictOf(each, byNumber.get(each.row.id)))
      .filter(({ score, number, row }) => {
        if (!number?.exact && isAnotherPerson(question, row)) return false;
        return number !== undefined || score >= WORST_SHOWN;
      });
    verdicts.sort((a, b) => b.score - a.score || b.bits - a.bits || a.row.id - b.row.id);
    return { name, order: orderOf(name, verdicts), verdicts };
  }
}

/** Two different valid national IDs are never the same person, however alike the names; a joint row may hold either's. */
function isAnotherPerson({ ids }: Question, row: RegisterRow): boolean {
  const id = validIdOf(row);
  return ids.size > 0 && id !== null && !ids.has(id) && jointMarker(row.rawName) === null;
}

interface Judgement {
  name: AskedName;
  order: NameOrder;
  /** Best first. */
  verdicts: Verdict[];
}

interface Verdict extends RankedRow {
  score: number;
  number: NumberHit | undefined;
}

const unnamed = (row: RegisterRow): RankedRow => ({
  row,
  bits: 0,
  likeness: 1,
  party: [],
  isSecondParty: false,
  approved: false,
  tiedTo: null,
  contradictedBy: null,
});

function verdictOf(ranked: RankedRow, number: NumberHit | undefined): Verdict {
  const likeness = ranked.likeness * (ranked.isSecondParty ? SECOND_PARTY : 1);
  const score = number ? number.score - NAME_BESIDE_NUMBER * (1 - likeness) : NAME_ALONE * likeness;
  return { ...ranked, number, score: Math.round(score * 10_000) / 10_000 };
}

const JOINT: Reason = { ar: 'السجل لأكثر من شخص', en: 'the row names more than one party' };
const AS_APPROVED: Reason = {
  ar: 'المقارنة بالاسم المعتمد في سجله الموحد',
  en: 'compared with the name approved in its OneRecord',
};
const AS_SECOND: Reason = { ar: 'الاسم هو الطرف الثاني', en: 'the name is the second party' };

function hitOf(verdict: Verdict, typed: readonly string[], order: NameOrder): SearchHit {
  const { row, score, number, party, isSecondParty, approved } = verdict;
  const why = [
    ...(number?.why ?? []),
    ...(typed.length > 0 ? nameReasons(...inOrder(typed, party, order)) : []),
    ...tieReasons(verdict),
  ];
  if (approved) why.push(AS_APPROVED);
  if (isSecondParty) why.push(AS_SECOND);
  if (jointMarker(row.rawName)) why.push(JOINT);
  return { citizenId: row.id, score, why, otherGivenName: false };
}

/** The name asked for, given name first; a row that is written as the question was typed stands in the same order. */
function inOrder(typed: readonly string[], party: readonly string[], order: NameOrder): [string[], readonly string[]] {
  const ordered = (tokens: readonly string[]) => order.map((at) => tokens[at]!);
  const alike = typed.length === party.length && typed.every((token, at) => token === party[at]);
  return [ordered(typed), alike ? ordered(party) : party];
}

const OTHER_GIVEN_NAME: Reason = {
  ar: 'اسم أول آخر: قد يكون أخاً أو أختاً، أو اسماً أول سُجّل خطأً',
  en: 'another given name: perhaps a brother or sister, or a given name written wrongly',
};

function kinHitOf({ row, tokens, approved, asked, whole }: KinRow): SearchHit {
  const why = [OTHER_GIVEN_NAME, ...nameReasons(asked, tokens), ...(approved ? [AS_APPROVED] : [])];
  return { citizenId: row.id, score: whole ? KIN.whole : KIN.withoutGrandfather, why, otherGivenName: true };
}
