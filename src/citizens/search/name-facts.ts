import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import {
  articleKeys,
  nearTokens,
  withoutArticle,
  type AskedToken,
  type NearToken,
  type RegisterFacts,
  type TokenFacts,
} from '@libs/name-matching';
import { Store } from '@libs/persistence';
import { soundKeys, typoKeys } from './name-keys';

const LIVE_MINUTES = 10;
const MOST_REMEMBERED = 200_000;

interface RawToken extends TokenFacts {
  token: string;
}

/** A question's tokens as the register knows them. */
export interface AskedName {
  /** As typed, but for a misspelt article. */
  tokens: string[];
  asked: AskedToken[];
  facts: RegisterFacts;
}

/**
 * What the register knows of its words: counts and roots, a few minutes old at most. They guide and weigh a search; which
 * rows have a word is always read from the index.
 */
@Injectable()
export class NameFacts {
  private remembered = new Map<string, TokenFacts | undefined>();
  private sums: Pick<RegisterFacts, 'totals' | 'vocabulary'> | null = null;
  private until = '';

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The tokens of a question with their likely spellings in the register. */
  async ask(typed: readonly string[]): Promise<AskedName> {
    const sums = await this.current();
    const { remembered } = this;
    await this.load(typed);
    const near = await this.near(typed);
    const tokens = typed.map((token) => (remembered.get(token) ? token : (withoutArticle(token, near) ?? token)));
    const asked = tokens.map((token) => nearTokens(token, remembered.get(token), near));
    // A word that no row has is taken for the likeliest that one has.
    const guessed = new Map(tokens.map((token, at) => [token, asked[at]!.meant.at(-1)!]));
    const token = (text: string): TokenFacts | undefined => {
      const known = remembered.get(text);
      const root = guessed.get(text);
      return known ?? (root === undefined ? undefined : { root, given: 0, middle: 0, family: 0 });
    };
    return { tokens, asked, facts: { ...sums, token } };
  }

  /** Makes {@link RegisterFacts.token} know these too. */
  async load(tokens: Iterable<string>): Promise<void> {
    const { remembered } = this;
    const unknown = [...new Set(tokens)].filter((token) => !remembered.has(token));
    if (unknown.length === 0) return;
    const rows = await this.store.selectIn<RawToken>(
      (list) => `SELECT ${COLUMNS} FROM "name_tokens" t WHERE t."token" IN (${list})`,
      unknown,
    );
    for (const token of unknown) remembered.set(token, undefined);
    for (const { token, ...facts } of rows) remembered.set(token, facts);
    await this.load(rows.map(({ root }) => root));
  }

  /** Words that are no misspellings themselves and stand an error away from one of these, or sound like it. */
  private async near(tokens: readonly string[]): Promise<NearToken[]> {
    const keys = new Set(tokens.flatMap((token) => [...typoKeys(token), ...articleKeys(token), ...soundKeys(token)]));
    const rows = await this.store.selectIn<RawToken>(
      (list) =>
        `SELECT DISTINCT ${COLUMNS} FROM "name_token_typos" k JOIN "name_tokens" t ON t."id" = k."token_id"
         WHERE k."typo_key" IN (${list})`,
      [...keys],
    );
    for (const { token, ...facts } of rows) this.remembered.set(token, facts);
    return rows.map(({ token, given, middle, family }) => ({ token, count: given + middle + family }));
  }

  private async current(): Promise<Pick<RegisterFacts, 'totals' | 'vocabulary'>> {
    const now = this.clock.now();
    if (this.sums && now <= this.until && this.remembered.size <= MOST_REMEMBERED) return this.sums;
    const [sums] = await this.store.sql<Record<'given' | 'middle' | 'family' | 'tokens', number | string | null>>(
      `SELECT SUM("given") AS "given", SUM("middle") AS "middle", SUM("family") AS "family", COUNT(*) AS "tokens"
       FROM "name_tokens"`,
    );
    const { given, middle, family, tokens } = sums!;
    this.remembered = new Map();
    this.until = addDuration(now, { minutes: LIVE_MINUTES });
    this.sums = { totals: [Number(given ?? 0), Number(middle ?? 0), Number(family ?? 0)], vocabulary: Number(tokens) };
    return this.sums;
  }
}

const COLUMNS = 't."token", t."root", t."given", t."middle", t."family"';
