import { TakeOvers } from '../../src/billing';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows } from '../support/one-records';
import { seedRecord } from '../support/records';
import { tillDesk } from '../support/till';

describe('payers', () => {
  let app: TestApp;
  let desk: ReturnType<typeof tillDesk>;
  beforeAll(async () => {
    app = await startTestApp();
    desk = tillDesk(app);
  });
  afterAll(() => app.close());

  const find = (query: string, as = 'cashier') => app.request('GET', `/billing/payers?${query}`, { as });
  const payers = async (query: string) => (await find(query)).body.payers;
  const record = async (state: 'APPROVED' | 'DRAFT' = 'APPROVED') => {
    const { id } = await seedRecord(app, [{ services: [{ movements: [['ILS', 5000, 0, '2026-05-01']] }] }], { state });
    await app.app.get(TakeOvers).run();
    return id;
  };

  it('are found with their open charges in the order of payment', async () => {
    const oneRecordId = await record();
    const { id, chargeIds } = await desk.account({ oneRecordId, charges: [1000, 2050] });
    await desk.shift((await desk.till('PY-1')).id);
    await desk.pay(id, '4.00');
    const [payer] = await payers(`oneRecordId=${oneRecordId}`);
    expect(payer).toMatchObject({ oneRecordId, citizenId: null, name: expect.stringContaining('محمد') });
    expect(payer.accounts).toHaveLength(2);
    expect(payer.accounts.find((each: { id: number }) => each.id === id)).toMatchObject({
      relation: 'SAME_PERSON',
      named: false,
      balance: { currency: 'ILS', amount: '2650', formatted: '26.50' },
      charges: [
        { id: chargeIds[0], head: 'WATER', nameEn: 'Water', period: '2026-01', outstanding: { amount: '600' } },
        { id: chargeIds[1], period: '2026-02', outstanding: { formatted: '20.50' } },
      ],
    });
  });

  it('are found by the number of an account and by a receipt, with everything else that is theirs', async () => {
    const oneRecordId = await record();
    const { id } = await desk.account({ oneRecordId, charges: [1000] });
    const [byNumber] = await payers(`number=${id}`);
    expect(byNumber.accounts.filter((each: { named: boolean }) => each.named)).toMatchObject([{ id }]);
    expect(byNumber).toMatchObject({ oneRecordId, accounts: { length: 2 } });
    const arabic = [...String(id)].map((digit) => String.fromCharCode(0x660 + Number(digit))).join('');
    expect(await payers(`number=${encodeURIComponent(arabic)}`)).toEqual([byNumber]);
    const paid = await desk.pay(id, '3');
    expect(await payers(`number=${paid.body.serial}`)).toMatchObject([{ oneRecordId, name: byNumber.name }]);
  });

  it('are a payer row while no approved record holds it, and nobody at all for an account without one', async () => {
    const [citizenId] = await addLegacyRows(app, [
      { name: 'سمير داود الحنبلي', owes: [{ currency: 'ILS', amount: 700 }] },
    ]);
    await app.app.get(TakeOvers).run();
    expect(await payers(`citizenId=${citizenId}`)).toMatchObject([
      { oneRecordId: null, citizenId, name: 'سمير داود الحنبلي', accounts: [{ balance: { amount: '700' } }] },
    ]);
    const { id } = await desk.account({ charges: [100] });
    expect(await payers(`number=${id}`)).toMatchObject([{ oneRecordId: null, citizenId: null, accounts: [{ id }] }]);
  });

  it('of a row are its approved record, not a draft', async () => {
    for (const [state, held] of [
      ['APPROVED', true],
      ['DRAFT', false],
    ] as const) {
      const id = await record(state);
      const [link] = await desk.store.sql<{ citizen: number }>(
        'SELECT "legacy_citizen_id" AS "citizen" FROM "one_record_links" WHERE "one_record_id" = ?',
        [id],
      );
      expect(await payers(`citizenId=${Number(link!.citizen)}`)).toMatchObject([{ oneRecordId: held ? id : null }]);
    }
  });

  it('are none for what nobody has, and refused without one question', async () => {
    expect(await payers('number=99999999')).toEqual([]);
    expect(await payers('number=RC-OSS-2026-000001-00')).toEqual([]);
    expect((await find('oneRecordId=99999999')).status).toBe(404);
    for (const query of ['', 'oneRecordId=1&number=2']) {
      expect((await find(query)).body).toMatchObject({ code: 'http.invalid', errors: [{ pointer: '/number' }] });
    }
    expect((await find('number=1', 'administrator')).status).toBe(403);
  });
});
