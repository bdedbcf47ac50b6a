import { Injectable } from '@nestjs/common';
import { isValidNationalId } from '@libs/national-id';
import { jointMarker } from '@libs/arabic';
import { LegacyMirror, type CitizenLabel } from '../../legacy';
import { NameCandidates } from './name-candidates';
import { NameIndex } from './name-index';
import { partiesOf } from './name-keys';
import { NameMatch, type Reason, type Similarity } from './name-match';
import { NameWords, type Word } from './name-words';
import { NumberHits, type NumberHit } from './number-hits';
import { parseSearch, type Question } from './search-text';

export interface SearchHit {
  citizenId: number;
  /** 0..1, comparable within one search. */
  score: number;
  /** Never empty. */
  why: Reason[];
}

/** A hit for programs: raw texts of the old system. */
export interface FoundCitizen {
  citNo: string;
  name: string;
  docType: string;
  docNo: string;
  score: number;
  why: Reason[];
}

const MISSPELT = 0.85;
/** A name alone never reaches what an identity document gives. */
const NAME_ALONE = 0.89;
const SECOND_PARTY = 0.9;
const WORST_SHOWN = 0.3;
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
    private readonly numbers: NumberHits,
    private readonly words: NameWords,
    private readonly candidates: NameCandidates,
    private readonly index: NameIndex,
  ) {}

  /**
   * @param text name, national ID of 8 or 9 digits, other document, phone, service number, CIT_NO, or a name with
   *   numbers. Rows whose valid national ID is another than a valid one in the text are left out: other people.
   * @param options.limit hits at most, default 20
   */
  search(text: string, { limit = 20 }: { limit?: number } = {}): Promise<SearchHit[]> {
    return this.answer(parseSearch(text), limit);
  }

  /** {@link search} for a program: the rows with their names and documents as the old systems have them. */
  async rows(text: string, options: { limit?: number } = {}): Promise<FoundCitizen[]> {
    const hits = await this.search(text, options);
    const rows = await this.mirror.citizens(hits.map(({ citizenId }) => citizenId));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return hits.map(({ citizenId, score, why }) => {
      const { citNo, rawName, rawDocType, rawDocNo } = byId.get(citizenId)!;
      return { citNo, name: rawName, docType: rawDocType, docNo: rawDocNo, score, why };
    });
  }

  /** Builds the index of all rows again, in bounded units. @returns the rows indexed */
  rebuild(): Promise<number> {
    return this.index.rebuild();
  }

  /** The rows that a question already taken apart may mean, best first. */
  async answer(question: Question, limit: number): Promise<SearchHit[]> {
    const byNumber = await this.numbers.find(question);
    const words = await this.words.lookUp(question.name);
    const ids = new Set([...byNumber.keys(), ...(await this.candidates.find(words))]);
    const similarity = similarityOf(words);
    const verdicts: Verdict[] = [];
    for (const row of await this.mirror.labels([...ids])) {
      const number = byNumber.get(row.id);
      if (!number?.exact && isAnotherPerson(question, row)) continue;
      const verdict = judge(question, row, number, similarity);
      if (verdict.score >= WORST_SHOWN) verdicts.push(verdict);
    }
    verdicts.sort((a, b) => b.score - a.score || a.row.id - b.row.id);
    return verdicts.slice(0, limit).map(hitOf);
  }
}

function similarityOf(words: readonly Word[]): Similarity {
  const misspellings = new Map(
    words.map(({ key, misspellings: list }) => [key, new Set(list.map((each) => each.key))]),
  );
  return (asked, found) => (asked === found ? 1 : misspellings.get(asked)?.has(found) ? MISSPELT : 0);
}

/** Two different valid national IDs are never the same person, however alike the names; a joint row may hold either's. */
function isAnotherPerson({ ids }: Question, { documentKey, rawName }: CitizenLabel): boolean {
  const id = documentKey?.startsWith('national-id:') ? documentKey.slice('national-id:'.length) : '';
  return ids.size > 0 && isValidNationalId(id) && !ids.has(id) && jointMarker(rawName) === null;
}

interface Verdict {
  row: CitizenLabel;
  score: number;
  number: NumberHit | undefined;
  party: NameMatch | undefined;
  isSecondParty: boolean;
}

function judge({ name }: Question, row: CitizenLabel, number: NumberHit | undefined, similarity: Similarity): Verdict {
  let likeness = name.length > 0 ? 0 : 1;
  let party: NameMatch | undefined;
  let isSecondParty = false;
  for (const [at, keys] of (name.length > 0 ? partiesOf(row.rawName) : []).entries()) {
    const match = new NameMatch(name, keys, similarity);
    const score = match.score * (at === 0 ? 1 : SECOND_PARTY);
    if (party && score <= likeness) continue;
    [likeness, party, isSecondParty] = [score, match, at > 0];
  }
  const score = number ? number.score - NAME_BESIDE_NUMBER * (1 - likeness) : NAME_ALONE * likeness;
  return { row, score: Math.round(score * 1000) / 1000, number, party, isSecondParty };
}

const JOINT: Reason = { ar: 'السجل لأكثر من شخص', en: 'the row names more than one party' };
const AS_SECOND: Reason = { ar: 'الاسم هو الطرف الثاني', en: 'the name is the second party' };

function hitOf({ row, score, number, party, isSecondParty }: Verdict): SearchHit {
  const why = [...(number?.why ?? []), ...(party?.why ?? [])];
  if (isSecondParty) why.push(AS_SECOND);
  if (jointMarker(row.rawName)) why.push(JOINT);
  return { citizenId: row.id, score, why };
}
