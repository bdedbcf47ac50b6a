import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { LegacyMirror, type LegacyCitizenObserver } from '../../legacy';
import { partiesOf, typoKeys } from './name-keys';
import { CitizenNameToken, NameToken, NameTokenTypo } from './search.entities';

const ROWS_A_UNIT = 2000;
const ROWS_A_DELETE = 1000;
const MOST_REMEMBERED = 200_000;

/** Keeps the words of the register's names findable, in the import's own unit of work. */
@Injectable()
export class NameIndex implements LegacyCitizenObserver, OnModuleInit {
  /** Ids of words that are surely in the table; words change rarely, rows all the time. */
  private readonly known = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly mirror: LegacyMirror,
  ) {}

  onModuleInit(): void {
    this.mirror.observe(this);
  }

  /** Inside a unit of work: what the index said of these rows before is replaced. */
  async citizensWritten(citizens: readonly { id: number; rawName: string }[]): Promise<void> {
    const names = citizens.map(({ id, rawName }) => ({ id, tokens: [...new Set(partiesOf(rawName).flat())] }));
    const tokenIds = await this.learn([...new Set(names.flatMap(({ tokens }) => tokens))]);
    for (let start = 0; start < names.length; start += ROWS_A_DELETE) {
      const part = names.slice(start, start + ROWS_A_DELETE).map(({ id }) => id);
      await this.store.remove(CitizenNameToken, { citizenId: In(part) });
    }
    const rows = names.flatMap(({ id, tokens }) => tokens.map((token) => [tokenIds.get(token)!, id]));
    await this.store.bulkInsert(CitizenNameToken, ['tokenId', 'citizenId'], rows);
  }

  /**
   * Writes the index of every row of the mirror again, in units of 2,000 rows; searches go on meanwhile.
   * @returns the rows indexed
   */
  async rebuild(): Promise<number> {
    let total = 0;
    for (let last = 0; ;) {
      const rows = await this.mirror.labelsAfter(last, ROWS_A_UNIT);
      if (rows.length === 0) return total;
      await this.uow.run(() => this.citizensWritten(rows));
      total += rows.length;
      last = rows[rows.length - 1]!.id;
    }
  }

  private async learn(tokens: string[]): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    const asked: string[] = [];
    for (const token of tokens) {
      const id = this.known.get(token);
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

  private async add(tokens: string[], found: Map<string, number>): Promise<void> {
    if (tokens.length === 0) return;
    // Without a gap, so that an import that was cut off and continued leaves the index of an undisturbed one.
    const first = await this.ids.reserve('name_tokens', tokens.length);
    tokens.forEach((token, at) => found.set(token, first + at));
    await this.store.bulkInsert(
      NameToken,
      ['id', 'token'],
      tokens.map((token) => [found.get(token), token]),
    );
    await this.store.bulkInsert(
      NameTokenTypo,
      ['typoKey', 'tokenId'],
      tokens.flatMap((token) => typoKeys(token).map((key) => [key, found.get(token)])),
    );
  }

  private remember(found: Map<string, number>): void {
    if (this.known.size + found.size > MOST_REMEMBERED) this.known.clear();
    for (const [token, id] of found) this.known.set(token, id);
  }
}
