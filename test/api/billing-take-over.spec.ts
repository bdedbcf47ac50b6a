import { OutboxMessage } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Accounts } from '../../src/billing/accounts/accounts';
import { Books } from '../../src/billing/books/books';
import { LedgerEntry } from '../../src/billing/books/posting.entity';
import { LegacyMirror, LegacyMovement, LegacyService } from '../../src/legacy';
import { startTestApp, type TestApp } from '../support/app';
import { legacyApp } from '../support/legacy-app';
import { seedRecord } from '../support/records';
import { PERSON, statementRequests } from '../support/statements';

/** What the mirror itself says, asked past everything that may have taken it over. */
const MIRROR = `SELECT m."service_id", m."currency", SUM(m."debit") - SUM(m."credit") AS "balance" FROM "legacy_movements" m
  WHERE m."vanished_run_id" IS NULL GROUP BY m."service_id", m."currency" ORDER BY m."service_id", m."currency"`;
const BOOKS = `SELECT a."legacy_service_id" AS "service_id", a."currency", SUM(e."amount") AS "balance"
  FROM "billing_accounts" a JOIN "ledger_entries" e ON e."account_id" = a."id"
  GROUP BY a."legacy_service_id", a."currency" ORDER BY a."legacy_service_id", a."currency"`;

interface Row {
  service_id: number;
  currency: string;
  balance: number;
}

const rows = async (store: Store, sql: string): Promise<[number, string, number][]> =>
  (await store.sql<Row>(sql)).map((row) => [Number(row.service_id), row.currency, Number(row.balance)]);

describe('taking the balances of an extract over', () => {
  const legacy = legacyApp();

  it('gives what the mirror says to the minor unit, and again changes nothing', async () => {
    await legacy.take();
    const { app, drain } = legacy.app;
    await drain();
    const store = legacy.store;
    const known = (list: [number, string, number][]) => list.filter(([, currency]) => /^(ILS|JOD|USD)$/.test(currency));
    expect((await rows(store, BOOKS)).length).toBeGreaterThan(20);
    expect(await rows(store, BOOKS)).toEqual(known(await rows(store, MIRROR)));
    const again = await app.get(TakeOvers).run();
    expect(again).toMatchObject({ state: 'DONE', accounts: 0, movements: 0 });
    for (const { debit, credit, taken } of again.totals!) expect(BigInt(debit) - BigInt(credit)).toBe(BigInt(taken));
    await legacy.take(legacy.anotherExtract(60, 2));
    await drain();
    expect(known(await rows(store, BOOKS)).filter(([, , balance]) => balance !== 0)).toEqual(
      known(await rows(store, MIRROR)).filter(([, , balance]) => balance !== 0),
    );
  });

  it('is asked for by every import', async () => {
    await legacy.take();
    expect(await legacy.store.reads(OutboxMessage).existsBy({ type: 'billing.take-over' })).toBe(true);
  });
});

describe('take-over', () => {
  let app: TestApp;
  let [store, uow, takeOvers]: [Store, UnitOfWork, TakeOvers] = [] as never;

  beforeEach(async () => {
    app = await startTestApp();
    [store, uow, takeOvers] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(TakeOvers)];
  });
  afterEach(() => app.close());

  const change = (where: { id: number }, changes: Partial<LegacyMovement>) =>
    uow.run(() => store.update(LegacyMovement, where, changes));
  const accountOf = async (legacyServiceId: number) => (await store.reads(Account).findOneBy({ legacyServiceId }))!;
  const balance = async ({ id }: Account, asOf?: string) => (await app.app.get(Accounts).balances([id], asOf)).get(id);
  const open = async ({ id }: Account) => {
    const sum = async (table: string, column: string) =>
      Number(
        (
          await store.sql<{ n: number }>(
            `SELECT COALESCE(SUM("${column}"), 0) AS "n" FROM "${table}" WHERE "account_id" = ?`,
            [id],
          )
        )[0]!.n,
      );
    return (await sum('charges', 'outstanding')) - (await sum('credits', 'remaining'));
  };

  it('posts the difference when a movement changes, vanishes, returns or gets another day', async () => {
    const { serviceIds, runId } = await seedRecord(app, [
      {
        services: [
          {
            movements: [
              ['ILS', 10_000, 0, '2024-01-31'],
              ['ILS', 0, 4000, '2024-02-15'],
            ],
          },
        ],
      },
    ]);
    const [serviceId] = serviceIds as [number];
    await takeOvers.run();
    const account = await accountOf(serviceId);
    const movement = (await store.reads(LegacyMovement).findOneBy({ serviceId, debit: 10_000 }))!;
    const expectAll = async (sum: number, movements: number) => {
      expect(await takeOvers.run()).toMatchObject({ state: 'DONE', movements });
      expect(await balance(account)).toBe(sum);
      expect(await open(account)).toBe(sum);
      expect(await takeOvers.run()).toMatchObject({ movements: 0 });
    };
    await expectAll(6000, 0);
    await change({ id: movement.id }, { debit: 12_500 });
    await expectAll(8500, 1);
    await change({ id: movement.id }, { vanishedRunId: runId });
    await expectAll(-4000, 1);
    await change({ id: movement.id }, { vanishedRunId: null });
    await expectAll(8500, 1);
    await change({ id: movement.id }, { datedOn: '2024-03-31' });
    await expectAll(8500, 2);
    expect(await balance(account, '2024-03-30')).toBe(-4000);
    expect(await balance(account, '2024-03-31')).toBe(8500);
    const unbalanced = await store.sql(
      `SELECT "posting_id" FROM "ledger_entries" GROUP BY "posting_id", "currency", "posted_on" HAVING SUM("amount") <> 0`,
    );
    expect(unbalanced).toEqual([]);
  });

  it('keeps a movement of an unknown currency out of the books and says so', async () => {
    const { serviceIds } = await seedRecord(app, [
      {
        services: [
          {
            movements: [
              ['EGP', 700, 0],
              ['ILS', 500, 0],
            ],
          },
          { movements: [['EGP', 100, 0]] },
        ],
      },
    ]);
    const run = await takeOvers.run();
    expect(run).toMatchObject({ state: 'DONE', accounts: 2, movements: 1 });
    expect(run.exceptions).toEqual(
      serviceIds.map((id) => ({ serviceNumber: String(id), reason: 'currency EGP', movements: 1 })),
    );
  });

  it('leaves the statement of balances as it was, and from then on it says what the books say', async () => {
    const record = await seedRecord(app, PERSON);
    const { issue } = statementRequests(app);
    const totals = async () => (await issue(record.id)).body.own.totals;
    const before = await totals();
    expect(before).not.toEqual([]);
    await takeOvers.run();
    expect(await totals()).toEqual(before);

    const account = await accountOf(record.serviceIds[0]!);
    await app.app.get(Books).post({
      kind: 'PAYMENT',
      on: '2026-11-24',
      description: 'قبض',
      by: null,
      entries: [{ ledger: 'CASH', currency: 'ILS', amount: 30_000 }],
      credits: [{ accountId: account.id, amount: 30_000 }],
    });
    const mirror = await app.app.get(LegacyMirror).balances(record.serviceIds);
    expect(mirror.find(({ serviceId }) => serviceId === record.serviceIds[0])).toMatchObject({ balance: 50_050 });
    const [ils] = before as { currency: string; balance: string }[];
    const after = (await totals()) as { currency: string; balance: string }[];
    expect(Number(after[0]!.balance)).toBe(Number(ils!.balance) - 30_000);
    const held = await app.request('GET', `/one-records/${record.id}/accounts`, { as: 'clerk' });
    const shown = held.body.accounts.find(({ id }: { id: number }) => id === account.id);
    expect(shown).toMatchObject({ balance: '50050', relation: 'SAME_PERSON' });
  });

  it('is started by those who may, once, and read by those who may', async () => {
    await seedRecord(app, PERSON);
    const start = (as: string) => app.request('POST', '/billing/take-overs', { as });
    expect((await start('clerk')).status).toBe(403);
    expect((await start('administrator')).status).toBe(202);
    expect(await start('administrator')).toMatchObject({ status: 409, body: { code: 'billing.take-over-running' } });
    await app.drain();
    const { body } = await app.request('GET', '/billing/take-overs', { as: 'auditor' });
    expect(body).toMatchObject({ total: 1, items: [{ state: 'DONE', failure: null }] });
    expect((await app.request('GET', '/billing/take-overs', { as: 'cashier' })).status).toBe(403);
  });

  it('fails when afterwards the books do not say what the mirror says', async () => {
    const { serviceIds } = await seedRecord(app, PERSON);
    await takeOvers.run();
    const [{ id }] = (await store.sql<{ id: number }>(
      `SELECT "id" FROM "ledger_entries" WHERE "ledger" = 'OPENING' AND "currency" = 'ILS' ORDER BY "id"`,
    )) as [{ id: number }];
    await uow.run(() => store.update(LedgerEntry, { id: Number(id) }, { amount: -1 }));
    expect(await takeOvers.run()).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('ILS') });
    expect(serviceIds.length).toBeGreaterThan(0);
  });

  it('opens an account for a service without movements, and none for one that vanished', async () => {
    const { serviceIds, runId } = await seedRecord(app, [{ services: [{}, {}] }]);
    await uow.run(() => store.update(LegacyService, { id: serviceIds[1]! }, { vanishedRunId: runId }));
    expect(await takeOvers.run()).toMatchObject({ accounts: 1, movements: 0 });
    expect(await accountOf(serviceIds[0]!)).toMatchObject({ currency: 'ILS', tenure: 1, state: 'OPEN' });
  });
});
