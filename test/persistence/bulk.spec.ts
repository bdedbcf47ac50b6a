import { openDatabase, Store, UnitOfWork, writerDataSource, type Database } from '@libs/persistence';
import { temporaryDatabase, type TemporaryDatabase } from '@libs/testing';
import type { MssqlParameter } from 'typeorm';
import { Charge } from '../../src/billing/books/open-item.entity';
import { LedgerPeriod } from '../../src/billing/books/posting.entity';
import { NameToken } from '../../src/citizens/search/search.entities';
import { migrate } from '../../src/migrate';
import { SCHEMA } from '../../src/schema';

/** What would go to a SQL Server, without one. */
async function offline() {
  const source = writerDataSource('mssql://nobody:nothing@localhost:1/none', SCHEMA);
  await (source as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  const sent: { sql: string; parameters: MssqlParameter[] }[] = [];
  const query = (sql: string, parameters: MssqlParameter[]) => Promise.resolve(void sent.push({ sql, parameters }));
  const database = { embedded: false, unit: {}, writer: source, manager: { query } };
  return { store: new Store(database as unknown as Database), sent };
}

describe('many rows in one statement of SQL Server', () => {
  it('are changed by a join with their JSON', async () => {
    const { store, sent } = await offline();
    await store.bulkUpdate(
      LedgerPeriod,
      ['state', 'changedAt', 'reason'],
      [
        { id: 7, values: ['CLOSED', '2026-11-24T08:00:00.000Z', null] },
        { id: 8, values: ['OPEN', '2026-11-24T08:00:00.000Z', 'سبب'] },
      ],
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]!.sql).toBe(
      `UPDATE t SET "state" = j."state", "changed_at" = j."changed_at", "reason" = j."reason" FROM "ledger_periods" t ` +
        `JOIN OPENJSON(@0) WITH ("state" nvarchar(MAX) '$[0]', "changed_at" datetime2(3) '$[1]', ` +
        `"reason" nvarchar(MAX) '$[2]', "id" bigint '$[3]') j ON j."id" = t."id"`,
    );
    const [{ value, type, params }] = sent[0]!.parameters as [MssqlParameter];
    expect([type, params]).toEqual(['nvarchar', [65_535]]);
    expect(JSON.parse(value as string)).toEqual([
      ['CLOSED', '2026-11-24T08:00:00.000Z', null, 7],
      ['OPEN', '2026-11-24T08:00:00.000Z', 'سبب', 8],
    ]);
  });

  it('go in parts of 2,000, below what locks a whole table, each row once and in its place, and none makes no statement', async () => {
    const { store, sent } = await offline();
    const rows = Array.from({ length: 12_001 }, (_, id) => ({ id, values: [id * 2, id * 3] }));
    await store.bulkUpdate(Charge, ['cancelled', 'outstanding'], rows);
    const parts = sent.map(({ parameters: [json] }) => JSON.parse(json!.value as string) as number[][]);
    expect(parts.map(({ length }) => length)).toEqual([...Array<number>(6).fill(2000), 1]);
    expect(parts.flat()).toEqual(rows.map(({ id, values }) => [...values, id]));
    expect(new Set(sent.map(({ sql }) => sql)).size).toBe(1);
    await store.bulkUpdate(Charge, ['cancelled'], []);
    expect(sent).toHaveLength(parts.length);
  });

  it('are inserted in the same way', async () => {
    const { store, sent } = await offline();
    await store.bulkInsert(LedgerPeriod, ['id', 'period'], [[1, '2026-10']]);
    expect(sent[0]!.sql).toBe(
      `INSERT INTO "ledger_periods" ("id", "period") SELECT "id", "period" FROM ` +
        `OPENJSON(@0) WITH ("id" bigint '$[0]', "period" nvarchar(MAX) '$[1]')`,
    );
  });
});

describe('many rows on the database at hand', () => {
  let temporary: TemporaryDatabase;
  let database: Database;

  beforeAll(async () => {
    temporary = await temporaryDatabase();
    await migrate(temporary.url);
    database = await openDatabase(temporary.url, SCHEMA);
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await temporary.drop();
  });

  it('have the values given to each and keep the others', async () => {
    const [store, uow] = [new Store(database), new UnitOfWork(database)];
    const columns = ['id', 'token', 'root', 'given', 'middle', 'family'] as const;
    const token = (id: number) => [id, `اسم${id}`, `جذر${id}`, id, 0, 1];
    await uow.run(async () => {
      await store.bulkInsert(NameToken, columns, [1, 2, 3].map(token));
      await store.bulkUpdate(
        NameToken,
        ['root', 'family'],
        [
          { id: 1, values: ['بيت ؟ "x"', 70] },
          { id: 3, values: ['', 2_000_000_000] },
          { id: 99, values: ['لا أحد', 0] },
        ],
      );
    });
    const rows = await store.reads(NameToken).find({ order: { id: 'ASC' } });
    expect(rows).toMatchObject([
      { id: 1, token: 'اسم1', root: 'بيت ؟ "x"', given: 1, family: 70 },
      { id: 2, token: 'اسم2', root: 'جذر2', given: 2, family: 1 },
      { id: 3, token: 'اسم3', root: '', given: 3, family: 2_000_000_000 },
    ]);
  });
});
