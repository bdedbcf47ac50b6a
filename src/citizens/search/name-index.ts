import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { LegacyMirror, type LegacyCitizenObserver } from '../../legacy';
import { KnownTokens } from './known-tokens';
import { partiesOf } from './name-keys';
import { FORMS, NameSettling } from './name-settling';
import { RegisterRows } from './register-rows';
import { CitizenName, NameForm, NameFormToken } from './search.entities';
import { SEARCH } from './search.problems';

/** How often a rebuild was begun since one ended. */
const REBUILDS = 'name_index_rebuilds';
const ROWS_A_UNIT = 2000;
const ROWS_A_DELETE = 1000;
/** In the order in which they may be emptied. */
const TABLES = ['citizen_names', 'name_form_keys', 'name_form_tokens', 'name_forms', 'name_token_typos', 'name_tokens'];

/** Keeps the names of the register findable, those on the rows and those approved, in the unit of work that changes them. */
@Injectable()
export class NameIndex implements LegacyCitizenObserver, OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly mirror: LegacyMirror,
    private readonly register: RegisterRows,
    private readonly tokens: KnownTokens,
    private readonly settling: NameSettling,
  ) {}

  onModuleInit(): void {
    this.mirror.observe(this);
  }

  /** Inside a unit of work: what the index said of these rows before is replaced. */
  async citizensWritten(citizens: readonly { id: number; rawName: string }[]): Promise<void> {
    await this.hold();
    await this.write(citizens);
  }

  /** Inside a unit of work: another name than before is approved of these rows, or none any more. */
  async approvalsChanged(citizenIds: readonly number[]): Promise<void> {
    if (citizenIds.length === 0) return;
    await this.hold();
    await this.write(await this.mirror.labels(citizenIds));
  }

  /** Imports, approvals and rebuilds write one after the other: each finds the names and words that the others have added. */
  private async hold(): Promise<void> {
    await this.ids.reserve(FORMS, 0);
  }

  private async write(citizens: readonly { id: number; rawName: string }[]): Promise<void> {
    const approved = await this.register.approvedNames(citizens.map(({ id }) => id));
    const names = citizens.map(({ id, rawName }) => ({ id, forms: formsOf(rawName, approved.get(id)) }));
    const formIds = await this.idsOfForms([...new Set(names.flatMap(({ forms }) => forms))]);
    for (let start = 0; start < names.length; start += ROWS_A_DELETE) {
      const part = names.slice(start, start + ROWS_A_DELETE).map(({ id }) => id);
      await this.store.remove(CitizenName, { citizenId: In(part) });
    }
    const rows = names.flatMap(({ id, forms }) => forms.map((form) => [formIds.get(form)!, id]));
    await this.store.bulkInsert(CitizenName, ['formId', 'citizenId'], rows);
  }

  /** After an import: what only the whole register tells, such as which words are misspellings. */
  importEnded(): Promise<void> {
    return this.settling.run();
  }

  /** @throws {Problem} citizens.names-rebuilding when a name would find a part of its rows alone */
  async requireWhole(): Promise<void> {
    if (await this.isCut()) throw new Problem(SEARCH['citizens.names-rebuilding']);
  }

  /**
   * Empties the index and writes it again from the mirror, in units of 2,000 rows. Until it is whole again, also where this
   * is cut off, names are not searched; numbers are.
   * @returns the rows indexed
   */
  async rebuild(): Promise<number> {
    await this.uow.run(async () => {
      await this.hold();
      await this.ids.reserve(REBUILDS, 1);
      for (const table of TABLES) await this.store.sql(`DELETE FROM "${table}"`);
      await this.settling.reset();
      await this.tokens.outdate();
    });
    let total = 0;
    for (let last = 0; ;) {
      const rows = await this.mirror.labelsAfter(last, ROWS_A_UNIT);
      if (rows.length === 0) break;
      await this.uow.run(() => this.citizensWritten(rows));
      total += rows.length;
      last = rows[rows.length - 1]!.id;
    }
    await this.settling.run();
    await this.uow.run(() => this.ids.restart(REBUILDS));
    return total;
  }

  /** What is left to do: a rebuild that was cut off, or names approved since the last import. */
  async mend(): Promise<void> {
    if (await this.isCut()) await this.rebuild();
    else await this.settling.run();
  }

  async needsMending(): Promise<boolean> {
    return (await this.isCut()) || !(await this.settling.isDone());
  }

  private async isCut(): Promise<boolean> {
    return (await this.ids.taken(REBUILDS)) > 0;
  }

  private async idsOfForms(names: string[]): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    const rows = await this.store.selectIn<{ id: number | string; name: string }>(
      (list) => `SELECT "id", "name" FROM "name_forms" WHERE "name" IN (${list})`,
      names,
    );
    for (const { id, name } of rows) found.set(name, Number(id));
    const added = names.filter((name) => !found.has(name));
    if (added.length === 0) return found;
    // Without a gap, so that an import that was cut off and continued leaves the index of an undisturbed one.
    const first = await this.ids.reserve(FORMS, added.length);
    added.forEach((name, at) => found.set(name, first + at));
    await this.addForms(added.map((name, at) => ({ id: first + at, tokens: name.split(' ') })));
    return found;
  }

  private async addForms(forms: { id: number; tokens: string[] }[]): Promise<void> {
    const known = await this.tokens.learn([...new Set(forms.flatMap(({ tokens }) => tokens))]);
    await this.store.bulkInsert(
      NameForm,
      ['id', 'name'],
      forms.map(({ id, tokens }) => [id, tokens.join(' ')]),
    );
    await this.store.bulkInsert(
      NameFormToken,
      ['tokenId', 'formId', 'place'],
      forms.flatMap(({ id, tokens }) => placesOf(tokens).map(([token, place]) => [known.get(token)!, id, place])),
    );
  }
}

const MOST_TOKENS = 12;

function formsOf(rawName: string, approvedName = ''): string[] {
  return [
    ...new Set(
      [...partiesOf(rawName), ...partiesOf(approvedName)].map((tokens) => tokens.slice(0, MOST_TOKENS).join(' ')),
    ),
  ];
}

/** Each token with each of its places: 0 first, 1 between, 2 last. */
function placesOf(tokens: readonly string[]): [token: string, place: number][] {
  const last = tokens.length - 1;
  const places = tokens.map((token, at): [string, number] => [token, at === 0 ? 0 : at === last ? 2 : 1]);
  return [...new Map(places.map((each) => [each.join(' '), each])).values()];
}
