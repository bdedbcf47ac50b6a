import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows, nationalId, oneRecordFlow } from '../support/one-records';
import { statementRequests } from '../support/statements';
import { tillDesk } from '../support/till';

const REASON = { reason: 'السجلان لشخص واحد' };
/** Of one who has no ID. */
const PASSPORT = { document: { type: 'PASSPORT', number: 'P310499' } };

describe('accounts that a record holds itself', () => {
  let app: TestApp;
  let flow: ReturnType<typeof oneRecordFlow>;
  let desk: ReturnType<typeof tillDesk>;
  beforeAll(async () => {
    app = await startTestApp();
    [flow, desk] = [oneRecordFlow(app), tillDesk(app)];
    await desk.shift((await desk.till('T-1')).id);
  });
  afterAll(() => app.close());

  const approved = async (seed: number, more?: object) =>
    flow.approved([(await addLegacyRows(app, [{ name: 'علي عمر حنون' }]))[0]!], nationalId(seed), more);
  const of = async (id: number, what: string) =>
    (await app.request('GET', `/one-records/${id}/${what}`, { as: 'cashier' })).body;
  const ids = (list: { id: number }[]) => list.map(({ id }) => id);

  it('are stated beside those of the old systems, while something stands on them', async () => {
    const { id } = await approved(3101);
    await desk.account({ oneRecordId: id, charges: [12_500] });
    const { issue } = statementRequests(app);
    const { body } = await issue(id);
    expect(body.own).toMatchObject({
      accounts: [{ type: 'مياه', status: 'فعال', balance: '12500', currency: 'ILS' }],
      totals: [{ currency: 'ILS', balance: '12500' }],
    });
    expect((await issue(id, { asOf: '1999-12-31' })).body.own).toEqual({ accounts: [], totals: [] });
  });

  it('follow it when it is merged into another, with its payments, and come back with it', async () => {
    const [other, survivor] = [await approved(3103), await approved(3104, PASSPORT)];
    const account = await desk.account({ oneRecordId: other.id, charges: [7000, 5000] });
    const { body: paid } = await desk.pay(account.id, '70.00');
    const pair = { otherId: other.id, otherVersion: other.version, ...REASON };
    const { related } = await flow.done(flow.act('officer', survivor, 'merge', pair));
    expect(await of(survivor.id, 'accounts')).toMatchObject({
      accounts: [{ id: account.id, relation: 'SAME_PERSON', balance: '5000' }],
      totals: [{ currency: 'ILS', balance: '5000' }],
    });
    expect(ids((await of(survivor.id, 'payments')).items)).toEqual([paid.id]);
    await flow.done(flow.act('officer', related, 'unmerge', REASON));
    expect((await of(survivor.id, 'accounts')).accounts).toEqual([]);
    expect(ids((await of(other.id, 'accounts')).accounts)).toEqual([account.id]);
  });
});
