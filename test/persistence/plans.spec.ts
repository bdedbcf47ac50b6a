import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openDatabase, Store, type Database } from '@libs/persistence';
import { RegisterRows } from '../../src/citizens/search/register-rows';
import { LegacyMirror } from '../../src/legacy';
import { migrate } from '../../src/migrate';
import { SCHEMA } from '../../src/schema';

/** It keeps no statistics: what it reads first it takes from the form of a query. */
describe('the embedded database', () => {
  const folder = mkdtempSync(`${tmpdir()}/baladiya-test-`);
  let database: Database;
  beforeAll(async () => {
    await migrate(`sqlite:${folder}/test.db`);
    database = await openDatabase(`sqlite:${folder}/test.db`, SCHEMA);
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    rmSync(folder, { recursive: true });
  });

  it.each([1, 240, 2000])(
    'finds what was approved of %d rows by these, not by all that was approved',
    async (count) => {
      const store = new Store(database);
      const sql = jest.spyOn(store, 'sql');
      await new RegisterRows(store, new LegacyMirror(store)).approvedNames(Array.from({ length: count }, (_, i) => i));
      const [[query, parameters]] = sql.mock.calls as [[string, number[]]];
      const plan = await database.manager.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${query}`, parameters);
      expect(plan.map(({ detail }) => detail)).toEqual([
        'SEARCH l USING INDEX ix_one_record_links_same_person_citizen_id (same_person_citizen_id=?)',
        'SEARCH r USING INTEGER PRIMARY KEY (rowid=?)',
      ]);
    },
  );
});
