import { Store, UnitOfWork } from '@libs/persistence';
import { LinkTransaction } from '../../src/citizens/transactions/transaction.entity';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows, nationalId, oneRecordFlow, type Held } from '../support/one-records';

describe('one-records: two at once, the chain, permissions, the report', () => {
  let app: TestApp;
  let flow: ReturnType<typeof oneRecordFlow>;
  let seed = 3000;
  beforeEach(async () => {
    app = await startTestApp();
    flow = oneRecordFlow(app);
  });
  afterEach(() => app.close());

  const rows = (count: number) =>
    addLegacyRows(
      app,
      Array.from({ length: count }, () => ({ name: 'ليلى صالح حمد' })),
    );
  const verify = async (year = 2026) =>
    (await app.request('GET', `/citizens/transactions/verify?year=${year}`, { as: 'auditor' })).body;
  const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();
  const tamper = (work: (store: Store) => Promise<unknown>) =>
    app.app.get(UnitOfWork).run(() => work(app.app.get(Store)));

  it('two clerks change one record: one wins, the other is told', async () => {
    const [first, second, third] = (await rows(3)) as [number, number, number];
    const record = await flow.draft([first]);
    const link = (as: string, legacyCitizenId: number) =>
      flow.act(as, record, 'links', { legacyCitizenId, relation: 'SAME_PERSON' });
    const answers = await Promise.all([link('clerk', second), link('clerk2', third)]);
    expect(statuses(answers)).toEqual([201, 412]);
    const { body } = await app.request('GET', `/one-records/${record.id}`, { as: 'clerk' });
    expect(body).toMatchObject({ version: 2, links: [{}, {}] });
    expect(await verify()).toMatchObject({ transactions: 2, intact: true });
  });

  it('two clerks claim one row for two records: one wins, the other learns the holder', async () => {
    const [shared, mine, yours] = (await rows(3)) as [number, number, number];
    const [one, two] = [await flow.draft([mine]), await flow.draft([yours])];
    const link = (as: string, record: Held) =>
      flow.act(as, record, 'links', { legacyCitizenId: shared, relation: 'SAME_PERSON' });
    const answers = await Promise.all([link('clerk', one), link('clerk2', two)]);
    expect(statuses(answers)).toEqual([201, 409]);
    const winner = answers[0].status === 201 ? one : two;
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body).toMatchObject({ code: 'citizens.row-held', holder: { id: winner.id, number: winner.number } });
  });

  it('two clerks claim one document: one wins, the other learns the holder', async () => {
    const [mine, yours] = (await rows(2)) as [number, number];
    const [one, two] = [await flow.draft([mine]), await flow.draft([yours])];
    const number = nationalId(seed++);
    const answers = await Promise.all([flow.identify('clerk', one, number), flow.identify('clerk2', two, number)]);
    expect(statuses(answers)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('citizens.document-held');
  });

  it('the chain holds for whoever looks while others write', async () => {
    const made = (await rows(20)).map((id) => flow.draft([id]));
    const looks = Array.from({ length: 20 }, () => verify());
    expect((await Promise.all(looks)).map(({ intact }) => intact)).toEqual(Array(20).fill(true));
    await Promise.all(made);
    expect(await verify()).toMatchObject({ transactions: 20, intact: true });
  });

  it('two checkers approve at once: one transaction', async () => {
    const pending = await flow.pending(await rows(1), nationalId(seed++));
    const answers = await Promise.all(['officer', 'officer2'].map((as) => flow.act(as, pending, 'approve')));
    expect(statuses(answers)).toEqual([200, 412]);
  });

  it('numbers records and transactions without gaps, whatever is refused in between', async () => {
    const citizens = await rows(20);
    const answers = await Promise.all(
      citizens.flatMap((id) => [
        flow.create('clerk', [id]),
        flow.create('clerk2', [id]),
        flow.create('clerk', [999_999]),
      ]),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const made = answers.filter(({ status }) => status === 201).map(({ body }) => body.number);
    expect(made.sort()).toEqual(citizens.map((_, at) => `2026-${String(at + 1).padStart(6, '0')}`));
    expect(await verify()).toMatchObject({ transactions: 20, intact: true, firstBroken: null });
  });

  it('counts each year of Hebron anew', async () => {
    const [first, second] = (await rows(2)) as [number, number];
    await flow.draft([first]);
    app.clock.set('2026-12-31T22:30:00.000Z');
    app.forgetTokens();
    expect((await flow.draft([second])).number).toBe('2027-000001');
    expect(await verify(2027)).toMatchObject({ transactions: 1, intact: true });
    expect(await verify(2025)).toMatchObject({ transactions: 0, intact: true, lastHash: null });
  });

  it.each<[string, number, (store: Store) => Promise<unknown>]>([
    ['an altered reason', 3, (store) => store.update(LinkTransaction, { number: 3 }, { reason: 'غيره' })],
    [
      'another employee',
      2,
      async (store) => {
        const [{ id }] = (await store.sql<{ id: number }>(`SELECT "id" FROM "users" WHERE "username" = 'auditor'`)) as [
          { id: number },
        ];
        return store.update(LinkTransaction, { number: 2 }, { employeeId: Number(id) });
      },
    ],
    ['an altered state', 1, (store) => store.update(LinkTransaction, { number: 1 }, { after: { state: 'APPROVED' } })],
    ['another time', 4, (store) => store.update(LinkTransaction, { number: 4 }, { at: '2026-11-24T08:00:00.001Z' })],
    ['a removed one', 2, (store) => store.remove(LinkTransaction, { number: 2 })],
    ['a cut-off end', 4, (store) => store.remove(LinkTransaction, { number: 4 })],
  ])('shows %s', async (_, number, forge) => {
    const record = await flow.approved(await rows(1), nationalId(seed++));
    expect(await verify()).toMatchObject({ transactions: 4, intact: true, firstBroken: null });
    expect(record.version).toBe(4);
    await tamper(forge);
    expect(await verify()).toMatchObject({ transactions: 4, intact: false, firstBroken: number });
  });

  it('a forged hash breaks the next one', async () => {
    await flow.approved(await rows(1), nationalId(seed++));
    await tamper((store) => store.update(LinkTransaction, { number: 4 }, { previousHash: '0'.repeat(64) }));
    expect((await verify()).firstBroken).toBe(4);
  });

  it('lists transactions by action and employee, states only to those who see documents', async () => {
    const record = await flow.approved(await rows(1), nationalId(seed++));
    const { body } = await app.request('GET', '/citizens/transactions?year=2026&action=SUBMIT', { as: 'clerk' });
    expect(body.items).toMatchObject([{ transactionNumber: '2026/3', oneRecordId: record.id, action: 'SUBMIT' }]);
    const mine = await app.request('GET', `/citizens/transactions?employeeId=${body.items[0].employeeId}`, {
      as: 'clerk',
    });
    expect(mine.body.total).toBe(3);
    expect((await app.request('GET', '/one-records/999999/transactions', { as: 'clerk' })).status).toBe(404);
    expect((await app.request('GET', '/citizens/transactions/verify', { as: 'auditor' })).status).toBe(422);
  });

  it('asks for the version and refuses who may not', async () => {
    const record = await flow.draft(await rows(1));
    const path = `/one-records/${record.id}`;
    expect((await app.request('POST', `${path}/submit`, { as: 'clerk' })).status).toBe(428);
    expect((await app.request('GET', '/one-records/999999', { as: 'clerk' })).status).toBe(404);
    expect((await app.request('GET', '/one-records/by-number/2026-999999', { as: 'clerk' })).status).toBe(404);
    expect((await flow.act('clerk', { id: 999_999, version: 1 }, 'submit')).status).toBe(404);
    const open = { partyType: 'INDIVIDUAL', rows: [{ legacyCitizenId: 1, relation: 'SAME_PERSON', approved: true }] };
    for (const as of ['cashier', 'auditor', 'administrator', 'integration']) {
      expect((await app.request('POST', '/one-records', { as, body: open })).status).toBe(403);
      for (const step of ['submit', 'approve']) expect((await flow.act(as, record, step)).status).toBe(403);
    }
    for (const step of ['suspend', 'reinstate']) {
      expect((await flow.act('officer', record, step, { reason: 'سبب' })).status).toBe(403);
    }
    expect((await app.request('GET', path)).status).toBe(401);
    expect((await app.request('GET', '/citizens/transactions/verify?year=2026', { as: 'clerk' })).status).toBe(403);
    expect((await app.request('GET', '/citizens/reports/linkage', { as: 'clerk' })).status).toBe(403);
  });

  it('reports how far the linking is, who did it, and what waits', async () => {
    const empty = await app.request('GET', '/citizens/reports/linkage', { as: 'supervisor' });
    expect(empty.body).toMatchObject({ legacyRows: 0, unlinkedHundredths: 0, activationHundredths: 0 });
    const [a, b, c] = (await rows(3)) as [number, number, number];
    await addLegacyRows(app, [{ name: 'ليلى', docType: 'هوية', docNo: nationalId(seed++) }]);
    await flow.approved([a], nationalId(seed++));
    const linked = await flow.draft([b, c]);
    const less = await flow.done(flow.act('clerk2', linked, `links/${c}/unlink`, { reason: 'خطأ' }));
    const named = await flow.done(flow.identify('clerk', less, nationalId(seed++)));
    const pending = await flow.done(flow.act('clerk', named, 'submit'));
    app.clock.advance({ days: 8 });
    app.forgetTokens();
    const { body } = await app.request('GET', '/citizens/reports/linkage?days=7', { as: 'supervisor' });
    expect(body).toMatchObject({
      legacyRows: 4,
      unlinkedRows: 2,
      unlinkedHundredths: 5000,
      rowsWithoutDocument: 3,
      withoutDocumentHundredths: 7500,
      approvedRecords: 1,
      activatedRecords: 0,
      pendingTooLong: 1,
      pending: [{ oneRecordId: pending.id, number: pending.number }],
    });
    expect(body.employees).toMatchObject([
      { employeeName: 'سناء كنعان', links: 3, reversals: 0 },
      { employeeName: 'باسل عودة', links: 0, reversals: 1 },
    ]);
  });
});
