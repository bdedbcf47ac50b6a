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
  /** Makes {@link facts} know these too. */
  load(tokens: Iterable<string>): Promise<void>;
}

/** What was read in some minutes; a search keeps to one of these, also when another replaces it meanwhile. */
interface Known {
  sums: Pick<RegisterFacts, 'totals' | 'vocabulary'>;
  /** Those that the register has; one that it has not may come at any time. */
  tokens: Map<string, TokenFacts>;
  until: string;
}

/**
 * What the register knows of its words: counts and roots, a few minutes old at most. They guide and weigh a search; which
 * rows have a word is always read from the index.
 */
@Injectable()
export class NameFacts {
  private known: Known | null = null;

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The tokens of a question with their likely spellings in the register. */
  async ask(typed: readonly string[]): Promise<AskedName> {
    const known = await this.current();
    await this.load(typed, known);
    const near = await this.near(typed, known);
    const tokens = typed.map((token) => (known.tokens.has(token) ? token : (withoutArticle(token, near) ?? token)));
    const asked = tokens.map((token) => nearTokens(token, known.tokens.get(token), near));
    // A word that no row has is taken for the likeliest that one has.
    const guessed = new Map(tokens.map((token, at) => [token, asked[at]!.meant.at(-1)!]));
    const token = (text: string): TokenFacts | undefined => {
      const root = guessed.get(text);
      return known.tokens.get(text) ?? (root === undefined ? undefined : { root, given: 0, middle: 0, family: 0 });
    };
    return { tokens, asked, facts: { ...known.sums, token }, load: (more) => this.load(more, known) };
  }

  private async load(tokens: Iterable<string>, known: Known): Promise<void> {
    const unknown = [...new Set(tokens)].filter((token) => !known.tokens.has(token));
    if (unknown.length === 0) return;
    const rows = await this.store.selectIn<RawToken>(
      (list) => `SELECT ${COLUMNS} FROM "name_tokens" t WHERE t."token" IN (${list})`,
      unknown,
    );
    for (const { token, ...facts } of rows) known.tokens.set(token, facts);
    await this.load(
      rows.map(({ root }) => root),
      known,
    );
  }

  /** Words that are no misspellings themselves and stand an error away from one of these, or sound like it. */
  private async near(tokens: readonly string[], known: Known): Promise<NearToken[]> {
    const keys = new Set(tokens.flatMap((token) => [...typoKeys(token), ...articleKeys(token), ...soundKeys(token)]));
    const rows = await this.store.selectIn<RawToken>(
      (list) =>
        `SELECT DISTINCT ${COLUMNS} FROM "name_token_typos" k JOIN "name_tokens" t ON t."id" = k."token_id"
         WHERE k."typo_key" IN (${list})`,
      [...keys],
    );
    for (const { token, ...facts } of rows) known.tokens.set(token, facts);
    return rows.map(({ token, given, middle, family }) => ({ token, count: given + middle + family }));
  }

  private async current(): Promise<Known> {
    const now = this.clock.now();
    const { known } = this;
    // Nothing is weighed by a register that was empty, or not counted yet, when it was looked at.
    const lives = known !== null && known.sums.totals[0] > 0 && now <= known.until;
    if (lives && known.tokens.size <= MOST_REMEMBERED) return known;
    const [sums] = await this.store.sql<Record<'given' | 'middle' | 'family' | 'tokens', number | string | null>>(
      `SELECT SUM("given") AS "given", SUM("middle") AS "middle", SUM("family") AS "family", COUNT(*) AS "tokens"
       FROM "name_tokens"`,
    );
    const { given, middle, family, tokens } = sums!;
    this.known = {
      sums: { totals: [Number(given ?? 0), Number(middle ?? 0), Number(family ?? 0)], vocabulary: Number(tokens) },
      tokens: new Map(),
      until: addDuration(now, { minutes: LIVE_MINUTES }),
    };
    return this.known;
  }
}

const COLUMNS = 't."token", t."root", t."given", t."middle", t."family"';
