import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { Word } from './name-words';

/** Lists of rows up to this length in all are read whole; longer ones only where another word's list crosses them. */
const SHORT_LISTS = 500;
const MOST_CROSSINGS = 250;
const MOST_CANDIDATES = 700;
const MOST_PAIRS = 3;
const MOST_STAND_INS = 3;

interface Postings {
  word: Word;
  tokenIds: number[];
  count: number;
}

/**
 * The rows worth a closer look for a name. The rarest words lead: their lists are read whole. Words as common as محمد
 * are never read through: rows are sought where two of them meet, at most some hundreds, so that the work of a search
 * is bounded whatever is asked.
 */
@Injectable()
export class NameCandidates {
  constructor(private readonly store: Store) {}

  async find(words: readonly Word[]): Promise<number[]> {
    const { short, long } = split([...new Map(words.map((word) => [word.key, word])).values()]);
    const found = new Set(
      await this.rowsWith(
        short.flatMap(({ tokenIds }) => tokenIds),
        SHORT_LISTS,
      ),
    );
    if (long.length === 1 && short.every(({ word }) => word === long[0]!.word)) {
      for (const id of await this.rowsWith(long[0]!.tokenIds, MOST_CROSSINGS)) found.add(id);
    }
    for (const crossing of crossingsOf(long)) {
      const rows = await this.crossing(crossing);
      for (const id of rows) found.add(id);
      // Rows that have all the common words leave no place for those that have two of them.
      if (found.size >= MOST_CANDIDATES || (crossing.length > 2 && rows.length === MOST_CROSSINGS)) break;
    }
    return [...found];
  }

  private async rowsWith(tokenIds: number[], limit: number): Promise<number[]> {
    if (tokenIds.length === 0) return [];
    const sql = `SELECT "citizen_id" AS "id" FROM "citizen_name_tokens" WHERE "token_id" IN (${marks(tokenIds)})`;
    return this.idsOf(this.store.page(sql, '"token_id", "citizen_id"', 0, limit), tokenIds);
  }

  /** Rows that stand in every list; reads the first, which is the shortest, until it has enough. */
  private async crossing(lists: Postings[]): Promise<number[]> {
    const [first, ...others] = lists.map(({ tokenIds }) => marks(tokenIds));
    const also = others.map(
      (other) => `AND EXISTS (SELECT 1 FROM "citizen_name_tokens" o
        WHERE o."citizen_id" = c."citizen_id" AND o."token_id" IN (${other}))`,
    );
    const sql = `SELECT c."citizen_id" AS "id" FROM "citizen_name_tokens" c
      WHERE c."token_id" IN (${first}) ${also.join(' ')}`;
    const parameters = lists.flatMap(({ tokenIds }) => tokenIds);
    return this.idsOf(this.store.page(sql, 'c."token_id", c."citizen_id"', 0, MOST_CROSSINGS), parameters);
  }

  private async idsOf(sql: string, parameters: unknown[]): Promise<number[]> {
    return (await this.store.sql<{ id: number | string }>(sql, parameters)).map(({ id }) => Number(id));
  }
}

const marks = (values: unknown[]): string => values.map(() => '?').join(', ');

/**
 * Short lists as far as they go: words as written before their misspellings, the rarest first. What is too long is put
 * together by word; each id of it multiplies the work of a crossing, so that the commonest likely meanings stand in for
 * a word that is rare as it is written, and a common word stands alone.
 */
function split(words: readonly Word[]): { short: Postings[]; long: Postings[] } {
  const short: Postings[] = [];
  let length = 0;
  const takeShort = (lists: Postings[]): Postings[] =>
    lists.sort(rarestFirst).filter((list) => {
      if (length + list.count > SHORT_LISTS) return true;
      length += list.count;
      short.push(list);
      return false;
    });
  const written = takeShort(
    words.flatMap((word) =>
      word.tokenId === undefined ? [] : [{ word, tokenIds: [word.tokenId], count: word.count }],
    ),
  );
  const misspelt = takeShort(
    words.flatMap((word) => word.misspellings.map(({ tokenId, count }) => ({ word, tokenIds: [tokenId], count }))),
  );
  const standIns = words.flatMap((word) => {
    if (written.some((list) => list.word === word)) return [];
    const lists = misspelt.filter((list) => list.word === word).slice(-MOST_STAND_INS);
    const count = lists.reduce((sum, list) => sum + list.count, 0);
    return lists.length > 0 ? [{ word, tokenIds: lists.flatMap(({ tokenIds }) => tokenIds), count }] : [];
  });
  return { short, long: [...written, ...standIns].sort(rarestFirst) };
}

const rarestFirst = (a: Postings, b: Postings): number => a.count - b.count;

/** All of them together first, then pairs from the rarest up. */
function crossingsOf(lists: Postings[]): Postings[][] {
  const pairs = lists.flatMap((a, i) => lists.slice(i + 1).map((b) => [a, b]));
  return [...(lists.length > 2 ? [lists] : []), ...pairs.slice(0, MOST_PAIRS)];
}
