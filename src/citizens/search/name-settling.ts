import { Injectable } from '@nestjs/common';
import { formKeys, likelyRoots } from '@libs/name-matching';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { soundKeys, typoKeys } from './name-keys';
import { NameFormKey, NameToken, NameTokenTypo } from './search.entities';

interface CountedToken {
  id: number;
  token: string;
  root: string;
  /** As stored: names that bear it first, between, last. */
  stored: [number, number, number];
  counted: [number, number, number];
}

/** Rarer words weigh all the same, counted or not. */
const FEWEST = 4;
/** A count is written again when it has moved by more than this share: a sixteenth is a tenth of a bit. */
const MOVED = 1 / 16;
const ROOTS_A_UNIT = 100;
const COUNTS_A_UNIT = 2000;
const PAGE = 50_000;

/** Sequences without gaps: of the names, and of those that are filed under their keys. */
export const FORMS = 'name_forms';
export const FILED = 'name_forms_filed';
const FORMS_A_UNIT = { least: 50_000, most: 400_000, share: 1 / 20 };

/**
 * Writes down what only the whole register tells of a word: how often it is borne, and whether it is a misspelling of a
 * frequent one (its root); and files new names under the keys of their roots, many at once, in the order of the keys,
 * because keys lie far apart and each alone would cost a page of the table. Roots are never taken back, so that keys are
 * only ever added. Running it again, or after it was cut off, does what is left to do.
 */
@Injectable()
export class NameSettling {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
  ) {}

  async run(): Promise<void> {
    const tokens = await this.read();
    const rootOf = await this.root(tokens);
    await this.file(rootOf);
    await this.count(tokens);
  }

  /** Whether every name is filed under its keys. */
  async isDone(): Promise<boolean> {
    return (await this.ids.taken(FILED)) === (await this.ids.taken(FORMS));
  }

  /** In the unit that empties the index. */
  async reset(): Promise<void> {
    await this.ids.restart(FORMS);
    await this.ids.restart(FILED);
  }

  private async read(): Promise<CountedToken[]> {
    const tokens = new Map<number, CountedToken>();
    for (let last = 0; ;) {
      const sql = 'SELECT "id", "token", "root", "given", "middle", "family" FROM "name_tokens" WHERE "id" > ?';
      const rows = await this.store.sql<RawToken>(this.store.page(sql, '"id"', 0, PAGE), [last]);
      if (rows.length === 0) break;
      for (const { id, token, root, given, middle, family } of rows) {
        const stored: CountedToken['stored'] = [given, middle, family];
        tokens.set(Number(id), { id: Number(id), token, root, stored, counted: [0, 0, 0] });
      }
      last = Number(rows[rows.length - 1]!.id);
    }
    const counts = await this.store.sql<{ id: number | string; place: number | string; n: number }>(
      'SELECT "token_id" AS "id", "place", COUNT(*) AS "n" FROM "name_form_tokens" GROUP BY "token_id", "place"',
    );
    for (const { id, place, n } of counts) {
      const token = tokens.get(Number(id));
      if (token) token.counted[Number(place) as 0] = Number(n);
    }
    return [...tokens.values()];
  }

  private async root(tokens: CountedToken[]): Promise<Map<string, string>> {
    const roots = likelyRoots(
      tokens.map(({ token }) => token),
      tokens.map(({ counted }) => counted[0] + counted[1] + counted[2]),
    );
    const rootOf = new Map<string, string>();
    const misspelt: (CountedToken & { newRoot: string })[] = [];
    for (const [i, token] of tokens.entries()) {
      if (token.root !== token.token) rootOf.set(token.token, token.root);
      else if (roots[i] !== token.token) misspelt.push({ ...token, newRoot: roots[i]! });
    }
    // A root has no root: a key that was left behind would otherwise come back.
    const next = new Map([...rootOf, ...misspelt.map(({ token, newRoot }): [string, string] => [token, newRoot])]);
    for (const each of misspelt) while (next.has(each.newRoot)) each.newRoot = next.get(each.newRoot)!;
    for (let start = 0; start < misspelt.length; start += ROOTS_A_UNIT) {
      const part = misspelt.slice(start, start + ROOTS_A_UNIT);
      await this.uow.run(() => this.reroot(part, rootOf));
      for (const { token, newRoot } of part) rootOf.set(token, newRoot);
    }
    return rootOf;
  }

  private async file(rootOf: ReadonlyMap<string, string>): Promise<void> {
    for (;;) {
      const filed = await this.ids.taken(FILED);
      const { least, most, share } = FORMS_A_UNIT;
      const size = Math.round(Math.min(most, Math.max(least, filed * share)));
      const forms = await this.store.sql<{ id: number | string; name: string }>(
        this.store.page('SELECT "id", "name" FROM "name_forms" WHERE "id" > ?', '"id"', 0, size),
        [filed],
      );
      if (forms.length === 0) return;
      const keys = forms.flatMap(({ id, name }) =>
        formKeys(name.split(' ').map((token) => rootOf.get(token) ?? token)).map((key) => [key, Number(id)] as const),
      );
      keys.sort(([a], [b]) => a - b);
      await this.uow.run(async () => {
        await this.store.bulkInsert(NameFormKey, ['formKey', 'formId'], keys);
        await this.ids.reserve(FILED, forms.length);
      });
    }
  }

  private async reroot(
    part: (CountedToken & { newRoot: string })[],
    rootOf: ReadonlyMap<string, string>,
  ): Promise<void> {
    const ids = part.map(({ id }) => id);
    const newRoots = new Map(part.map(({ token, newRoot }) => [token, newRoot]));
    const before = (token: string) => rootOf.get(token) ?? token;
    const after = (token: string) => newRoots.get(token) ?? before(token);
    const forms = await this.store.selectIn<{ id: number | string; name: string }>(
      (list) =>
        `SELECT DISTINCT f."id", f."name" FROM "name_form_tokens" t JOIN "name_forms" f ON f."id" = t."form_id"
         WHERE t."token_id" IN (${list}) AND f."id" <= ?`,
      ids,
      [await this.ids.taken(FILED)],
    );
    const added = forms.flatMap(({ id, name }) => {
      const tokens = name.split(' ');
      const old = new Set(formKeys(tokens.map(before)));
      const fresh = formKeys(tokens.map(after)).filter((key) => !old.has(key));
      return fresh.map((key) => [key, Number(id)]);
    });
    await this.store.bulkInsert(NameFormKey, ['formKey', 'formId'], added);
    await this.store.bulkUpdate(
      NameToken,
      ['root'],
      part.map(({ id, newRoot }) => ({ id, values: [newRoot] })),
    );
    for (const { id, token } of part) {
      await this.store.remove(NameTokenTypo, { typoKey: In([...typoKeys(token), ...soundKeys(token)]), tokenId: id });
    }
  }

  private async count(tokens: CountedToken[]): Promise<void> {
    const moved = tokens.filter(
      ({ stored, counted }) =>
        counted[0] + counted[1] + counted[2] >= FEWEST &&
        counted.some((n, place) => Math.abs(n - stored[place]!) > n * MOVED),
    );
    for (let start = 0; start < moved.length; start += COUNTS_A_UNIT) {
      const rows = moved.slice(start, start + COUNTS_A_UNIT).map(({ id, counted }) => ({ id, values: counted }));
      await this.uow.run(() => this.store.bulkUpdate(NameToken, ['given', 'middle', 'family'], rows));
    }
  }
}

interface RawToken {
  id: number | string;
  token: string;
  root: string;
  given: number;
  middle: number;
  family: number;
}
