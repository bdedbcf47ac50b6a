import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';
import { waterWorks, type WaterWorks } from '../support/water-works';

describe('the water desk', () => {
  let app: TestApp;
  let works: WaterWorks;
  beforeAll(async () => {
    app = await startTestApp();
    works = waterWorks(app);
  });
  afterAll(() => app.close());

  it('finds a subscription by number, meter and account, with the name of its holder', async () => {
    const { id: oneRecordId } = await seedRecord(app, [], { state: 'APPROVED' });
    const one = await works.subscription({ oneRecordId, serial: 'Z-11' });
    await works.subscription({ serial: 'Z-2' });
    const { body } = await works.get(`/subscriptions/${one.id}`);
    const asked = [
      `number=${body.number}`,
      `serial=${body.meter.serial}`,
      `accountId=${body.accountId}`,
      `ids=${one.id},1`,
    ];
    for (const query of asked) {
      const found = await works.get(`/subscriptions?${query}`);
      expect(found.body).toMatchObject({ total: 1, items: [{ ...body, holder: 'محمد أحمد خليل النابلسي' }] });
    }
    expect((await works.get('/subscriptions?serial=NONE')).body).toMatchObject({ total: 0, items: [] });
  });

  it('knows the steps of each request, its documents, what has to be told and the fee', async () => {
    const { body } = await works.get('/request-kinds');
    expect(body).toHaveLength(7);
    const kind = (name: string) => body.find((each: { kind: string }) => each.kind === name);
    expect(kind('METER_TEST')).toEqual({
      kind: 'METER_TEST',
      steps: ['SUBMITTED', 'FEES_DUE', 'PAID', 'EXECUTED', 'CLOSED'],
      documents: [],
      details: [],
      fee: { head: 'METER_TEST', currency: 'ILS', amount: '3000', formatted: '30.00' },
    });
    expect(kind('OWN_READING')).toMatchObject({ fee: null, details: ['reading', 'readOn'] });
  });
});
