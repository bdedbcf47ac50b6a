import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openDatabase, Store, type Database } from '@libs/persistence';
import { CampaignFacts } from '../../src/billing/campaigns/campaign-facts';
import { RecordContacts } from '../../src/citizens/contacts/record-contacts';
import { NotSamePerson } from '../../src/citizens/one-records/link.entity';
import { isActive } from '../../src/citizens/one-records/snapshot';
import { RegisterRows } from '../../src/citizens/search/register-rows';
import { LegacyMirror } from '../../src/legacy';
import { migrate } from '../../src/migrate';
import { Contacts } from '../../src/notifications';
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

  /** What `ask` reads, table by table. */
  async function planOf(ask: (store: Store) => Promise<unknown>): Promise<string[]> {
    const store = new Store(database);
    const sql = jest.spyOn(store, 'sql');
    await ask(store);
    const plan: string[] = [];
    for (const [query, parameters] of sql.mock.calls as [string, unknown[]][]) {
      const steps = await database.manager.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${query}`, parameters);
      plan.push(...steps.map(({ detail }) => detail));
    }
    return plan;
  }

  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

  describe.each([1, 240, 2000])('of %d rows or phones, not of all that were approved', (count) => {
    it('finds the names', async () => {
      const ask = (store: Store) => new RegisterRows(store, new LegacyMirror(store)).approvedNames(numbers(count));
      expect(await planOf(ask)).toEqual([
        'SEARCH l USING INDEX ix_one_record_links_same_person_citizen_id (same_person_citizen_id=?)',
        'SEARCH r USING INTEGER PRIMARY KEY (rowid=?)',
      ]);
    });

    it('finds which phones several have', async () => {
      const ask = (store: Store) => new RecordContacts(store, new Contacts())['shared'](numbers(count).map(String));
      expect(await planOf(ask)).toEqual(['SEARCH r USING INDEX ix_one_records_phone_e164 (phone_e164=?)']);
    });
  });

  describe.each([1, 20])('of %d accounts, not of all', (count) => {
    it('finds what campaigns ask of them, at each payment', async () => {
      const plan = await planOf((store) => new CampaignFacts(store).of(numbers(count)));
      expect(plan.filter((step) => step.startsWith('SCAN'))).toEqual(['SCAN late']);
      expect(plan).toContain('SEARCH a USING INDEX ix_penalty_assessments_penalty_charge_id (penalty_charge_id=?)');
      expect(plan).toContain('SEARCH campaign_debtors USING INDEX ix_campaign_debtors_account_id (account_id=?)');
    });
  });

  it('finds who is not the person of a record by the filtered index', async () => {
    const where = { oneRecordId: 1, ...isActive };
    const query = database.manager.createQueryBuilder(NotSamePerson, 'n').setFindOptions({ where });
    const [sql, parameters] = query.getQueryAndParameters();
    const plan = await database.manager.query<object[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    expect(plan).toMatchObject([{ detail: expect.stringContaining('SEARCH n USING INDEX ix_not_same_persons') }]);
  });
});
