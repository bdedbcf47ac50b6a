import { Injectable } from '@nestjs/common';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { soundKeys, typoKeys } from './name-keys';
import { NameToken, NameTokenTypo } from './search.entities';

/** Counts what made remembered words untrue: a process that knows another number asks again. */
const ROOTS = 'name_roots';
const MOST_REMEMBERED = 200_000;

export interface KnownToken {
  id: number;
  root: string;
}

/** The words of the index for those who write it, remembered from unit to unit: words change rarely, rows all the time. */
@Injectable()
export class KnownTokens {
  private readonly remembered = new Map<string, KnownToken>();
  private version = 0;

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
  ) {}

  /** Ids and roots of words; those that are new are added. Inside a unit of work. */
  async learn(tokens: string[]): Promise<Map<string, KnownToken>> {
    await this.checkVersion();
    const found = new Map<string, KnownToken>();
    const asked: string[] = [];
    for (const token of tokens) {
      const known = this.remembered.get(token);
      if (known === undefined) asked.push(token);
      else found.set(token, known);
    }
    const rows = await this.store.selectIn<{ id: number | string; token: string; root: string }>(
      (list) => `SELECT "id", "token", "root" FROM "name_tokens" WHERE "token" IN (${list})`,
      asked,
    );
    for (const { id, token, root } of rows) found.set(token, { id: Number(id), root });
    await this.add(
      asked.filter((token) => !found.has(token)),
      found,
    );
    this.uow.afterCommit(() => this.remember(found));
    return found;
  }

  /** Makes every process forget what it remembers, as soon as the active unit has committed. */
  async outdate(words = 1): Promise<void> {
    await this.ids.reserve(ROOTS, words);
  }

  private async add(tokens: string[], found: Map<string, KnownToken>): Promise<void> {
    if (tokens.length === 0) return;
    const first = await this.ids.reserve('name_tokens', tokens.length);
    tokens.forEach((token, at) => found.set(token, { id: first + at, root: token }));
    await this.store.bulkInsert(
      NameToken,
      ['id', 'token', 'root', 'given', 'middle', 'family'],
      tokens.map((token) => [found.get(token)!.id, token, token, 0, 0, 0]),
    );
    await this.store.bulkInsert(
      NameTokenTypo,
      ['typoKey', 'tokenId'],
      tokens.flatMap((token) => [...typoKeys(token), ...soundKeys(token)].map((key) => [key, found.get(token)!.id])),
    );
  }

  private async checkVersion(): Promise<void> {
    const rows = await this.store.sql<{ n: number | string }>(
      'SELECT "next_id" AS "n" FROM "id_blocks" WHERE "name" = ?',
      [ROOTS],
    );
    const version = Number(rows[0]?.n ?? 0);
    if (version !== this.version) this.remembered.clear();
    this.version = version;
  }

  private remember(found: Map<string, KnownToken>): void {
    if (this.remembered.size + found.size > MOST_REMEMBERED) this.remembered.clear();
    for (const [token, known] of found) this.remembered.set(token, known);
  }
}
