import { Injectable } from '@nestjs/common';
import { kinKeys, questionKeys, type AskedToken } from '@libs/name-matching';
import { IdAllocator, Store } from '@libs/persistence';
import { FILED } from './name-settling';

const MOST_WHOLE = 1000;
const MOST_NEAR = 600;
const MOST_PART = 300;
const MOST_OF_ONE = 300;
const MOST_KIN = 300;
const MOST_ROWS = 60;
const FORMS_A_READ = 24;
const MOST_UNFILED = 2000;

export interface CandidateForm {
  id: number;
  tokens: string[];
}

/**
 * The names worth a closer look for a question: those found under its keys. No list is read further than some hundreds,
 * so that the work of a search is bounded whatever is asked.
 */
@Injectable()
export class NameCandidates {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
  ) {}

  async find(asked: readonly AskedToken[]): Promise<CandidateForm[]> {
    const { whole, near, part, nearPart } = questionKeys(asked);
    const found = new Map<number, string>();
    const take = (rows: RawForm[]) => rows.forEach(({ id, name }) => found.set(Number(id), name));
    take(await this.underKeys(whole, MOST_WHOLE));
    take(await this.underKeys(near, MOST_NEAR));
    take(await this.underKeys(nearPart, MOST_NEAR));
    for (const keys of part) take(await this.underKeys(keys, MOST_PART));
    if (asked.length === 1) take(await this.withToken(asked[0]!));
    take(await this.unfiled(asked));
    return [...found].map(([id, name]) => ({ id, tokens: name.split(' ') }));
  }

  /** Names of another given name and else what is asked for: as `kinKeys` lists them, each list read when it is asked for. */
  async *kinOf(asked: readonly AskedToken[]): AsyncGenerator<CandidateForm[]> {
    for (const keys of kinKeys(asked)) {
      const rows = await this.underKeys(keys, MOST_KIN);
      yield rows.map(({ id, name }) => ({ id: Number(id), tokens: name.split(' ') }));
    }
  }

  /** Rows that bear these names, some of each and about `most` in all: those of the first names. */
  async rowsOf(formIds: readonly number[], most: number): Promise<number[]> {
    const ids = new Set<number>();
    for (let start = 0; start < formIds.length && ids.size < most; start += FORMS_A_READ) {
      for (const id of await this.someRowsOf(formIds.slice(start, start + FORMS_A_READ))) ids.add(id);
    }
    return [...ids];
  }

  private async someRowsOf(formIds: readonly number[]): Promise<number[]> {
    const sql = 'SELECT "citizen_id" AS "id" FROM "citizen_names" WHERE "form_id" = ?';
    const each = this.store.page(sql, '"citizen_id"', 0, MOST_ROWS);
    const all = formIds.map(() => `SELECT "id" FROM (${each}) n`).join(' UNION ALL ');
    return (await this.store.sql<{ id: number | string }>(all, formIds)).map(({ id }) => Number(id));
  }

  private async underKeys(keys: readonly number[], limit: number): Promise<RawForm[]> {
    return this.store.selectIn<RawForm>((list) => {
      const sql = `SELECT f."id", f."name" FROM "name_form_keys" k JOIN "name_forms" f ON f."id" = k."form_id"
        WHERE k."form_key" IN (${list})`;
      return this.store.page(sql, 'k."form_key", k."form_id"', 0, limit);
    }, keys);
  }

  /** Names of rows that were written since the index was settled last; as a rule none. */
  private async unfiled(asked: readonly AskedToken[]): Promise<RawForm[]> {
    const askedBy = new Map(asked.flatMap(({ meant, near }, at) => [...near, ...meant].map((token) => [token, at])));
    const filed = await this.ids.taken(FILED);
    const rows = await this.store.selectIn<RawForm>(
      (list) => {
        const sql = `SELECT f."id", f."name" FROM "name_tokens" t
          JOIN "name_form_tokens" p ON p."token_id" = t."id" AND p."form_id" > ${filed}
          JOIN "name_forms" f ON f."id" = p."form_id" WHERE t."token" IN (${list})`;
        // The word that came into the register last first: it is the rarer one.
        return this.store.page(sql, 'p."token_id" DESC, p."form_id" DESC, p."place" DESC', 0, MOST_UNFILED);
      },
      [...askedBy.keys()],
    );
    const met = (name: string) => new Set(name.split(' ').flatMap((token) => askedBy.get(token) ?? [])).size;
    return rows.filter(({ name }) => met(name) >= Math.min(2, asked.length));
  }

  private async withToken({ meant, near }: AskedToken): Promise<RawForm[]> {
    return this.store.selectIn<RawForm>(
      (list) => {
        const sql = `SELECT f."id", f."name" FROM "name_tokens" t JOIN "name_form_tokens" p ON p."token_id" = t."id"
        JOIN "name_forms" f ON f."id" = p."form_id" WHERE t."token" IN (${list})`;
        return this.store.page(sql, 'p."token_id", p."form_id", p."place"', 0, MOST_OF_ONE);
      },
      [...meant, ...near],
    );
  }
}

interface RawForm {
  id: number | string;
  name: string;
}
