import { Injectable } from '@nestjs/common';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { soundKeys, typoKeys } from './name-keys';
import { NameToken, NameTokenTypo } from './search.entities';

/** Counts how often the index was emptied: a process that knows another number knows ids that are gone. */
const EDITION = 'name_tokens_edition';
const MOST_REMEMBERED = 200_000;

/** The words of the index for those who write it, remembered from unit to unit: words change rarely, rows all the time. */
@Injectable()
export class KnownTokens {
  private readonly remembered = new Map<string, number>();
  private edition = 0;

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
  ) {}

  /** Ids of words; those that are new are added. Inside a unit of work. */
  async learn(tokens: string[]): Promise<Map<string, number>> {
    await this.checkEdition();
    const found = new Map<string, number>();
    const asked: string[] = [];
    for (const token of tokens) {
      const id = this.remembered.get(token);
      if (id === undefined) asked.push(token);
      else found.set(token, id);
    }
    const rows = await this.store.selectIn<{ id: number | string; token: string }>(
      (list) => `SELECT "id", "token" FROM "name_tokens" WHERE "token" IN (${list})`,
      asked,
    );
    for (const { id, token } of rows) found.set(token, Number(id));
    await this.add(
      asked.filter((token) => !found.has(token)),
      found,
    );
    this.uow.afterCommit(() => this.remember(found));
    return found;
  }

  /** Makes every process forget the ids it remembers, once the active unit has committed. */
  async outdate(): Promise<void> {
    await this.ids.reserve(EDITION, 1);
  }

  private async add(tokens: string[], found: Map<string, number>): Promise<void> {
    if (tokens.length === 0) return;
    const first = await this.ids.reserve('name_tokens', tokens.length);
    tokens.forEach((token, at) => found.set(token, first + at));
    await this.store.bulkInsert(
      NameToken,
      ['id', 'token', 'root', 'given', 'middle', 'family'],
      tokens.map((token) => [found.get(token), token, token, 0, 0, 0]),
    );
    await this.store.bulkInsert(
      NameTokenTypo,
      ['typoKey', 'tokenId'],
      tokens.flatMap((token) => [...typoKeys(token), ...soundKeys(token)].map((key) => [key, found.get(token)])),
    );
  }

  private async checkEdition(): Promise<void> {
    const edition = await this.ids.taken(EDITION);
    if (edition !== this.edition) this.remembered.clear();
    this.edition = edition;
  }

  private remember(found: Map<string, number>): void {
    if (this.remembered.size + found.size > MOST_REMEMBERED) this.remembered.clear();
    for (const [token, id] of found) this.remembered.set(token, id);
  }
}
