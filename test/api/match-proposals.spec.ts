import { Store, UnitOfWork } from '@libs/persistence';
import { bandOf } from '../../src/citizens/matching/bands';
import { MatchProposal } from '../../src/citizens/matching/matching.entities';
import { RegisterMatch } from '../../src/citizens/matching/runs/register-match';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows, nationalId, oneRecordFlow, type LegacyRow } from '../support/one-records';
import { STRANGERS } from '../support/strangers';

const PHONE = '0561234567';
const withId = (name: string, n: number): LegacyRow => ({ name, docType: 'هوية', docNo: nationalId(n), phone: PHONE });
const ROWS: LegacyRow[] = [
  { ...withId('سفيان غسان مروان السكري', 1), owes: [{ currency: 'ILS', amount: 5000 }] },
  { ...withId('سفيان غسان السكرى', 1), docNo: nationalId(1).slice(0, 8) },
  { name: 'سفيان غسان مروان سكري', phone: PHONE },
  withId('سفيان غسان مروان السكري وشركه وجيه نائل فائق العسلي', 1),
  { ...withId('وجيه نائل فائق العسلي', 2), phone: '0567654321' },
  { name: 'وجيه نائل العسلي', phone: '0567654321' },
];

describe('proposals of a matching', () => {
  let app: TestApp;
  let flow: ReturnType<typeof oneRecordFlow>;
  let ids: number[];
  beforeEach(async () => {
    app = await startTestApp();
    flow = oneRecordFlow(app);
    ids = await addLegacyRows(app, ROWS);
    await addLegacyRows(app, STRANGERS);
    await match();
  });
  afterEach(() => app.close());

  const match = () => app.app.get(RegisterMatch).run({ trigger: 'CLI' });
  const list = async (query = '', as = 'clerk') =>
    (await app.request('GET', `/citizens/match-proposals${query}`, { as })).body;
  const rowsOf = ({ rows }: any): number[] => rows.map(({ citizenId }: any) => ids.indexOf(citizenId));
  const open = async () => (await list()).items.map(rowsOf).sort();
  const proposalOf = async (row: number, query = '') =>
    (await list(query)).items.find((each: any) => rowsOf(each).includes(row));
  const act = (what: string, { id, version }: any, body: unknown, as = 'clerk') =>
    app.request('POST', `/citizens/match-proposals/${id}/${what}`, {
      as,
      body,
      headers: { 'if-match': `"${version}"` },
    });
  const selected = (rows: number[]) => ({
    partyType: 'INDIVIDUAL',
    rows: rows.map((row, at) => ({
      legacyCitizenId: ids[row],
      relation: 'SAME_PERSON',
      ...(at === 0 && { approved: true }),
    })),
  });
  const pair = (a: number, b: number) => ({ legacyCitizenId: ids[a], otherCitizenId: ids[b] });
  const REASON = 'أخوان يسكنان معاً';

  it('are listed, the surest first, with masked numbers and services', async () => {
    const { items, total } = await list();
    expect(total).toBe(2);
    expect(items.map(rowsOf)).toEqual(
      expect.arrayContaining([
        [0, 1, 2],
        [4, 5],
      ]),
    );
    expect(items[0].bits).toBeGreaterThanOrEqual(items[1].bits);
    const { rows, ...proposal } = await proposalOf(0);
    expect(proposal).toMatchObject({
      state: 'OPEN',
      band: bandOf(proposal.bits),
      oneRecordId: null,
      decidedBy: null,
      version: 1,
    });
    expect(rows[0]).toMatchObject({
      name: 'سفيان غسان مروان السكري',
      docNo: `*****${nationalId(1).slice(-4)}`,
      phone: '+970*****4567',
      services: 1,
      joint: false,
      oneRecord: null,
    });
    expect(Math.min(...rows.map(({ bits }: any) => bits))).toBe(proposal.bits);
    expect(JSON.stringify(items)).not.toContain(nationalId(1));
    const bands = await Promise.all(['sure', 'likely', 'look'].map((band) => list(`?band=${band}`)));
    expect(bands.reduce((sum, { total: each }) => sum + each, 0)).toBe(2);
    expect((await list('?state=ACCEPTED')).total).toBe(0);
    const pages = [await list('?pageSize=1'), await list('?pageSize=1&page=2')];
    expect(pages.map((page) => page.items[0].id)).toEqual(items.map(({ id }: any) => id));
    expect((await list('?band=certain')).code).toBe('http.invalid');
  });

  it('say why pair by pair, name joint rows and rows that come near, and the look is audited', async () => {
    const { id } = await proposalOf(0);
    const { body } = await app.request('GET', `/citizens/match-proposals/${id}`, { as: 'officer' });
    expect(body.pairs).toHaveLength(3);
    const [first] = body.pairs;
    expect(first).toMatchObject(pair(0, 1));
    expect(first.reasons).toEqual(expect.arrayContaining([{ ar: 'الهوية: متطابقة', en: 'ID: same' }]));
    expect(body.related).toMatchObject([{ citizenId: ids[3], party: 'FIRST_PARTY', joint: true }]);
    expect(body.near.map(({ citizenId }: any) => citizenId)).not.toEqual(expect.arrayContaining([ids[0]]));
    const audited = await app.request('GET', '/audit?action=citizens.proposal.viewed', { as: 'auditor' });
    expect(audited.body.items[0]).toMatchObject({ actor: 'officer', detail: { id, citizenIds: ids.slice(0, 3) } });
    const unknown = await app.request('GET', '/citizens/match-proposals/999999', { as: 'clerk' });
    expect(unknown.body.code).toBe('http.not-found');
  });

  it('become a draft of the chosen rows when accepted, once', async () => {
    const proposal = await proposalOf(0);
    const { status, body } = await act('accept', proposal, selected([0, 1]));
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'DRAFT', partyType: 'INDIVIDUAL', version: 1 });
    expect(body.links.map(({ legacyCitizenId }: any) => legacyCitizenId)).toEqual([ids[0], ids[1]]);
    const accepted = await proposalOf(0, '?state=ACCEPTED');
    expect(accepted).toMatchObject({ id: proposal.id, oneRecordId: body.id, version: 2 });
    expect(rowsOf(accepted)).toEqual([0, 1, 2]);
    expect((await act('accept', proposal, selected([0, 1]))).body.code).toBe('http.stale');
    expect((await act('accept', accepted, selected([0, 1]))).body.code).toBe('citizens.proposal-decided');
    expect((await act('reject', accepted, { reason: REASON })).body.code).toBe('citizens.proposal-decided');

    // The row that was left out is proposed to the record that holds the others.
    await match();
    const again = await proposalOf(2);
    expect(again.id).not.toBe(proposal.id);
    expect(again.rows.map(({ oneRecord }: any) => oneRecord?.number ?? null)).toEqual([body.number, body.number, null]);
    const held = await act('accept', again, selected([2, 0]));
    expect([held.status, held.body.code]).toEqual([409, 'citizens.row-held']);
    expect(held.body).toMatchObject({ legacyCitizenId: ids[0], holder: { id: body.id, number: body.number } });
    expect(await proposalOf(2)).toMatchObject({ state: 'OPEN', version: again.version });
    await flow.done(flow.act('clerk', body, 'links', { legacyCitizenId: ids[2], relation: 'SAME_PERSON' }));
    await match();
    expect(await proposalOf(2, '?state=ACCEPTED')).toMatchObject({ oneRecordId: body.id, decidedBy: null });
    expect(await open()).toEqual([[4, 5]]);
  });

  it('refuse rows that are not theirs, and what no record may be', async () => {
    const proposal = await proposalOf(0);
    const foreign = await act('accept', proposal, selected([0, 4]));
    expect([foreign.status, foreign.body.code]).toEqual([422, 'citizens.row-not-proposed']);
    expect(foreign.body.legacyCitizenId).toBe(ids[4]);
    const { rows } = selected([0, 1]);
    const none = rows.map((row) => ({ ...row, approved: false }));
    const refused = await act('accept', proposal, { partyType: 'INDIVIDUAL', rows: none });
    expect(refused.body.code).toBe('citizens.approved-row');
    const related = [...rows, { legacyCitizenId: ids[3], relation: 'TENANT', shareHundredths: 10 }];
    const shared = await act('accept', proposal, { partyType: 'INDIVIDUAL', rows: related });
    expect(shared.body.code).toBe('citizens.share-not-allowed');
    const path = `/citizens/match-proposals/${proposal.id}/accept`;
    const unversioned = await app.request('POST', path, { as: 'clerk', body: selected([0, 1]) });
    expect(unversioned.body.code).toBe('http.version-required');
    expect((await act('accept', { id: 999_999, version: 1 }, selected([0]))).body.code).toBe('http.not-found');
    expect((await act('accept', proposal, { rows: [] })).body.code).toBe('http.invalid');
    expect(await proposalOf(0)).toMatchObject({ state: 'OPEN', version: 1 });
  });

  it('let one of two clerks win', async () => {
    const proposal = await proposalOf(0);
    const answers = await Promise.all([
      act('accept', proposal, selected([0, 1, 2])),
      act('accept', proposal, selected([0, 1, 2]), 'clerk2'),
      act('reject', proposal, { reason: REASON }, 'officer'),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(2);
    const records = await app.request('GET', '/one-records', { as: 'clerk' });
    expect(records.body.total).toBe(answers[2]!.status < 300 ? 0 : 1);
  });

  it('that were rejected are never made again, until the finding is lifted', async () => {
    const proposal = await proposalOf(4);
    expect((await act('reject', proposal, { reason: REASON, pairs: [pair(4, 0)] })).body.code).toBe(
      'citizens.row-not-proposed',
    );
    expect((await act('reject', proposal, { reason: REASON, pairs: [pair(4, 4)] })).body.code).toBe(
      'citizens.pair-of-one',
    );
    expect((await act('reject', proposal, {})).body.code).toBe('http.invalid');
    const rejected = await act('reject', proposal, { reason: REASON });
    expect(rejected.body).toMatchObject({ state: 'REJECTED', reason: REASON, version: 2 });
    expect(rowsOf(rejected.body)).toEqual([4, 5]);
    await match();
    expect(await open()).toEqual([[0, 1, 2]]);

    const refused = await flow.create('clerk', [ids[4]!, ids[5]!]);
    expect([refused.status, refused.body.code]).toEqual([409, 'citizens.not-same-person']);
    expect(refused.body).toMatchObject({ legacyCitizenId: ids[5], reason: REASON });

    const found = await app.request('GET', `/citizens/rows-apart?legacyCitizenId=${ids[5]}`, { as: 'auditor' });
    expect(found.body).toMatchObject({ total: 1, items: [{ ...pair(4, 5), active: true, proposalId: proposal.id }] });
    const lift = (as: string) =>
      app.request('POST', `/citizens/rows-apart/${found.body.items[0].id}/lift`, {
        as,
        body: { reason: 'خطأ في الرفض' },
      });
    expect((await lift('auditor')).status).toBe(403);
    expect((await lift('clerk')).body).toMatchObject({ active: false, reason: REASON, liftReason: 'خطأ في الرفض' });
    expect((await lift('clerk')).body.code).toBe('http.not-found');
    await match();
    expect(await open()).toEqual([
      [0, 1, 2],
      [4, 5],
    ]);
  });

  it('keep the rows together that a clerk did not part', async () => {
    await act('reject', await proposalOf(0), { reason: REASON, pairs: [pair(2, 0), pair(2, 1)] });
    await match();
    expect(await open()).toEqual([
      [0, 1],
      [4, 5],
    ]);
    const list = await app.request(
      'GET',
      `/citizens/rows-apart?proposalId=${(await proposalOf(0, '?state=REJECTED')).id}`,
      {
        as: 'clerk',
      },
    );
    expect(list.body.total).toBe(2);
  });

  it('respect what was decided about records: held together, held apart, not the same', async () => {
    const first = await flow.draft([ids[0]!]);
    const second = await flow.draft([ids[2]!]);
    await match();
    // Row 1 is one of them, the two never.
    for (const rows of await open()) expect(rows).not.toEqual(expect.arrayContaining([0, 2]));
    const proposal = await proposalOf(0);
    expect(rowsOf(proposal)).toEqual([0, 1]);
    await flow.done(flow.act('clerk', first, 'not-same', { legacyCitizenId: ids[1], reason: REASON }));
    await match();
    expect((await open()).some((rows: number[]) => rows.includes(0))).toBe(false);
    await flow.done(flow.act('clerk', second, 'not-same', { legacyCitizenId: ids[1], reason: REASON }));
    await match();
    expect(await open()).toEqual([[4, 5]]);
  });

  it('are outdated where all their rows went to different records meanwhile', async () => {
    const proposal = await proposalOf(4);
    await flow.draft([ids[4]!]);
    await flow.draft([ids[5]!]);
    await match();
    expect(await proposalOf(0)).toBeTruthy();
    const store = app.app.get(Store);
    expect(await store.reads(MatchProposal).findOneBy({ id: proposal.id })).toMatchObject({ state: 'OUTDATED' });
  });

  it('are held against the ID that was approved, not the one on the row', async () => {
    const record = await flow.draft([ids[5]!]);
    await flow.done(flow.identify('clerk', record, nationalId(77)));
    await match();
    expect(await open()).toEqual([[0, 1, 2]]);
  });

  it('keep what a clerk decides while a matching is writing', async () => {
    const proposal = await proposalOf(4);
    const added = await addLegacyRows(app, [{ name: 'وجيه نائل فائق العسلي', phone: '0567654321' }]);
    ids.push(...added);
    let rejected: any;
    await app.app.get(RegisterMatch).run({
      trigger: 'CLI',
      onProgress: async ({ stage }) => {
        if (stage === 'CLUSTER') rejected ??= await act('reject', proposal, { reason: REASON });
      },
    });
    expect(rejected.status).toBe(200);
    const decided = await app.app
      .get(UnitOfWork)
      .run(() => app.app.get(Store).reads(MatchProposal).findOneBy({ id: proposal.id }));
    expect(decided).toMatchObject({ state: 'REJECTED', version: 2, rowCount: 2 });
    const joins = async () => (await open()).some((rows: number[]) => rows.includes(4) && rows.includes(5));
    expect(await joins()).toBe(false);
    await match();
    expect(await joins()).toBe(false);
  });

  it.each(['cashier', 'administrator', 'integration'])('are not for the %s', async (as) => {
    expect((await list('', as)).status).toBe(403);
    const proposal = await proposalOf(0);
    expect((await act('accept', proposal, selected([0]), as)).status).toBe(403);
    expect((await act('reject', proposal, { reason: REASON }, as)).status).toBe(403);
  });
});
