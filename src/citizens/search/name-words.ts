import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { oneTypoApart, typoKeys } from './name-keys';

const COUNTS_LIVE_MINUTES = 10;
const MOST_COUNTS = 100_000;
/** Two words one letter apart are a word and its misspelling when one is this much rarer; else two names: باسم، باسل. */
const MISSPELLING_RATIO = 20;
const ALWAYS_RARE = 3;
const MOST_MISSPELLINGS = 30;

/** A word of the question as the index knows it. */
export interface Word {
  key: string;
  /** Undefined when no row has the word. */
  tokenId: number | undefined;
  /** Rows with the word; a few minutes old at most. */
  count: number;
  /** Words of the index that are probably this one with a typing error. */
  misspellings: { key: string; tokenId: number; count: number }[];
}

/** The vocabulary of the register. */
@Injectable()
export class NameWords {
  private counts = new Map<number, number>();
  private countsUntil = '';

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async lookUp(keys: readonly string[]): Promise<Word[]> {
    const likely = await this.likely(keys);
    const counts = await this.countsOf(likely.map(({ id }) => id));
    return keys.map((key) => {
      const exact = likely.find(({ token }) => token === key);
      const count = exact ? counts.get(exact.id)! : 0;
      const misspellings = likely
        .filter(({ token }) => oneTypoApart(token, key))
        .map(({ id, token }) => ({ key: token, tokenId: id, count: counts.get(id)! }))
        .filter((each) => isMisspelling(each.count, count))
        .sort((a, b) => b.count - a.count || a.tokenId - b.tokenId)
        .slice(0, MOST_MISSPELLINGS);
      return { key, tokenId: exact?.id, count, misspellings };
    });
  }

  /** The words themselves and those that share a typo key with one of them. */
  private async likely(keys: readonly string[]): Promise<{ id: number; token: string }[]> {
    const rows = await this.store.selectIn<{ id: number | string; token: string }>(
      (list) =>
        `SELECT DISTINCT t."id", t."token" FROM "name_token_typos" k JOIN "name_tokens" t ON t."id" = k."token_id"
         WHERE k."typo_key" IN (${list})`,
      [...new Set(keys.flatMap(typoKeys))],
    );
    const found = rows.map(({ id, token }) => ({ id: Number(id), token }));
    return found.filter(({ token }) => keys.some((key) => key === token || oneTypoApart(key, token)));
  }

  /** Counting a common word reads its whole list, so counts are kept for a while: they guide the search, no more. */
  private async countsOf(tokenIds: number[]): Promise<Map<number, number>> {
    const now = this.clock.now();
    if (now > this.countsUntil || this.counts.size > MOST_COUNTS) {
      this.counts = new Map();
      this.countsUntil = addDuration(now, { minutes: COUNTS_LIVE_MINUTES });
    }
    const { counts } = this;
    const unknown = tokenIds.filter((id) => !counts.has(id));
    const rows = await this.store.selectIn<{ id: number | string; n: number }>(
      (list) =>
        `SELECT "token_id" AS "id", COUNT(*) AS "n" FROM "citizen_name_tokens" WHERE "token_id" IN (${list})
         GROUP BY "token_id"`,
      unknown,
    );
    for (const id of unknown) counts.set(id, 0);
    for (const { id, n } of rows) counts.set(Number(id), Number(n));
    return counts;
  }
}

function isMisspelling(count: number, exact: number): boolean {
  const [rare, common] = count < exact ? [count, exact] : [exact, count];
  return count > 0 && (rare <= ALWAYS_RARE || rare * MISSPELLING_RATIO <= common);
}
