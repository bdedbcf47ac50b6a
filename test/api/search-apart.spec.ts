import { CitizenSearch } from '../../src/citizens';
import { RegisterMatch } from '../../src/citizens/matching/runs/register-match';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows, oneRecordFlow } from '../support/one-records';
import { STRANGERS } from '../support/strangers';

const [NAME, PHONE, REASON] = ['كمال يوسف عمر الخباز', '0568765432', 'شخصان مختلفان بالاسم نفسه'];

describe('rows that a clerk found to be two persons, in search', () => {
  let app: TestApp;
  let [whole, short] = [0, 0];
  beforeAll(async () => {
    app = await startTestApp();
    const [first, second] = await addLegacyRows(app, [
      { name: NAME, phone: PHONE },
      { name: 'كمال الخباز', phone: PHONE },
    ]);
    [whole, short] = [first!, second!];
    await addLegacyRows(app, STRANGERS);
    await app.app.get(RegisterMatch).run({ trigger: 'CLI' });
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
  });
  afterAll(() => app.close());

  const act = (path: string, body: object, version = 1) =>
    app.request('POST', path, { as: 'clerk', body, headers: { 'if-match': `"${version}"` } });
  /** Whether the short row is said to be on the phone of the whole one. */
  const areTied = async () => {
    const { items } = (await act('/citizens/search', { text: NAME, purpose: 'LINKING' })).body;
    const { why } = items.find(({ citizenId }: { citizenId: number }) => citizenId === short);
    return why.some(({ en }: { en: string }) => en === 'same phone as a row that fits the name better');
  };

  it('are tied until a proposal of both is rejected, and again when that is lifted', async () => {
    expect(await areTied()).toBe(true);
    const { items } = (await app.request('GET', '/citizens/match-proposals', { as: 'clerk' })).body;
    const { id, version } = items.find(({ rows }: { rows: { citizenId: number }[] }) =>
      rows.some(({ citizenId }) => citizenId === short),
    );
    expect((await act(`/citizens/match-proposals/${id}/reject`, { reason: REASON }, version)).status).toBe(200);
    expect(await areTied()).toBe(false);
    const apart = await app.request('GET', `/citizens/rows-apart?legacyCitizenId=${short}`, { as: 'clerk' });
    expect((await act(`/citizens/rows-apart/${apart.body.items[0].id}/lift`, { reason: REASON })).status).toBe(200);
    expect(await areTied()).toBe(true);
  });

  it('are not tied where one is found to be somebody else than the record of the other', async () => {
    const flow = oneRecordFlow(app);
    const record = await flow.draft([whole]);
    expect(await areTied()).toBe(true);
    await flow.done(flow.act('clerk', record, 'not-same', { legacyCitizenId: short, reason: REASON }));
    expect(await areTied()).toBe(false);
  });
});
