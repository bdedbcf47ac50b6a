import { startTestApp, type TestApp } from '../support/app';
import { tillDesk } from '../support/till';

let app: TestApp;
let desk: ReturnType<typeof tillDesk>;
beforeAll(async () => {
  app = await startTestApp();
  desk = tillDesk(app);
  await desk.cashier('cashier-b');
});
afterAll(() => app.close());

let tills = 0;
const newTill = () => desk.till(`S-${++tills}`, 'SHIFTS');
const dimension = ({ id }: { id: number }) => `shift:${id}`;

/** Counted with nothing missing, and closed. */
async function settle(shift: { id: number }, pieces: Record<string, [string, number][]> = {}, as = 'cashier') {
  expect((await desk.count(shift.id, pieces, as)).status).toBe(200);
  const closed = await desk.close(shift.id);
  expect(closed.status).toBe(200);
  return closed.body;
}

describe('tills', () => {
  it('are put into use, renamed and taken out of use', async () => {
    const make = (body: object, as = 'supervisor') => app.request('POST', '/tills', { as, body });
    const { status, body } = await make({ code: 'a-1', office: 'oss', name: 'صندوق' });
    expect({ status, body }).toMatchObject({ status: 201, body: { code: 'A-1', office: 'OSS', active: true } });
    expect((await make({ code: 'A-1', office: 'OSS', name: 'آخر' })).body.code).toBe('billing.till-code-taken');
    expect((await make({ code: 'x', office: 'O-1', name: 'صندوق' })).status).toBe(422);
    expect((await make({ code: 'y', office: 'OSS', name: 'صندوق' }, 'cashier')).status).toBe(403);
    const change = (version: number, changes: object) =>
      app.request('PATCH', `/tills/${body.id}`, {
        as: 'administrator',
        body: changes,
        headers: { 'if-match': `"${version}"` },
      });
    expect((await change(1, { name: 'صندوق المالية' })).body).toMatchObject({ name: 'صندوق المالية', version: 2 });
    expect((await change(1, { name: 'متأخر' })).status).toBe(412);
    const shift = await desk.shift(body.id);
    expect((await change(2, { active: false })).body.code).toBe('billing.till-in-use');
    await settle(shift);
    expect((await change(2, { active: false })).body).toMatchObject({ active: false, version: 3 });
    expect((await desk.post('/shifts', { tillId: body.id, floats: [] })).body.code).toBe('billing.till-out-of-use');
    const all = await app.request('GET', '/tills', { as: 'cashier' });
    expect(all.body).toContainEqual(expect.objectContaining({ code: 'A-1', name: 'صندوق المالية' }));
  });
});

describe('a shift', () => {
  it('is one a cashier and one a till, also when two ask at once', async () => {
    const [one, two] = [await newTill(), await newTill()];
    const open = (tillId: number, as: string) => desk.post('/shifts', { tillId, floats: [] }, { as });
    const sameTill = await Promise.all([open(one.id, 'cashier'), open(one.id, 'cashier-b')]);
    expect(sameTill.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(sameTill.find(({ status }) => status === 409)!.body.code).toBe('billing.till-in-use');
    const [winner, loser] = sameTill[0].status === 201 ? ['cashier', 'cashier-b'] : ['cashier-b', 'cashier'];
    for (const { id } of [one, two]) expect((await open(id, winner)).body.code).toBe('billing.shift-already-open');
    const other = await open(two.id, loser);
    expect(other.status).toBe(201);
    await settle(sameTill.find(({ status }) => status === 201)!.body, {}, winner);
    await settle(other.body, {}, loser);
    expect((await open(999_999_999, 'cashier')).status).toBe(404);
    expect((await open(one.id, 'supervisor')).status).toBe(403);
  });

  it('has at most one float a currency, in the decimals of the currency', async () => {
    const till = await newTill();
    const open = async (...floats: object[]) => (await desk.post('/shifts', { tillId: till.id, floats })).body;
    const ils = { currency: 'ILS', amount: '200.00' };
    expect(await open(ils, ils)).toMatchObject({ errors: [{ pointer: '/floats/1/currency', code: 'twice' }] });
    expect(await open({ ...ils, amount: '1.005' })).toMatchObject({ errors: [{ code: 'tooManyDecimals' }] });
    expect(await open({ ...ils, amount: '-1' })).toMatchObject({ errors: [{ code: 'positive' }] });
    expect(await open({ ...ils, currency: 'EUR' })).toMatchObject({ code: 'http.invalid' });
  });

  it('is counted blind, closed by a supervisor, and what is over or short is posted', async () => {
    const shift = await desk.shift((await newTill()).id, 'cashier', [
      { currency: 'ILS', amount: '200.00' },
      { currency: 'JOD', amount: '0.000' },
    ]);
    const account = await desk.account({ charges: [100_000] });
    const dinars = await desk.account({ currency: 'JOD', charges: [10_000] });
    const serials = [
      (await desk.pay(account.id, '150', { tendered: '200' })).body.serial,
      (await desk.pay(account.id, '50', { kind: 'CARD' })).body.serial,
      (await desk.pay(dinars.id, '10', { currency: 'JOD' })).body.serial,
    ];
    const report = (as: string) => app.request('GET', `/shifts/${shift.id}/report`, { as });
    for (const as of ['cashier', 'supervisor', 'auditor']) {
      expect((await report(as)).body.code).toBe('billing.shift-not-counted');
      const seen = await app.request('GET', `/shifts/${shift.id}`, { as });
      expect(JSON.stringify(seen.body)).not.toMatch(/expected|float/);
    }
    expect((await desk.close(shift.id)).body.code).toBe('billing.shift-not-counted');
    expect((await desk.count(shift.id, {}, 'cashier-b')).body.code).toBe('billing.not-your-shift');
    expect((await desk.count(shift.id, { ILS: [['30', 1]] })).body.code).toBe('billing.denomination-unknown');
    expect((await desk.count(shift.id, { ILS: [['20', 1], ['20.00', 1]] })).body).toMatchObject({ errors: [{ pointer: '/counts/0/pieces/1/denomination', code: 'twice' }] }); // prettier-ignore
    // 350 should be there in shekels, and ten dinars.
    const counted = await desk.count(shift.id, { ILS: [['200', 1], ['100', 1], ['20', 2], ['0.5', 10]], JOD: [['10', 1], ['0.25', 2]] }); // prettier-ignore
    expect(counted.body).toMatchObject({ state: 'COUNTED' });
    expect(JSON.stringify(counted.body)).not.toContain('expected');
    expect((await desk.count(shift.id, { ILS: [['200', 9]] })).body.code).toBe('billing.shift-not-open');
    expect((await desk.pay(account.id, '1')).body.code).toBe('billing.no-open-shift');
    const before = await desk.ledger('OVER_SHORT');
    expect((await desk.close(shift.id, 'cashier')).status).toBe(403);
    const closed = await desk.close(shift.id, 'supervisor', 'نقص خمسة شواكل');
    expect(closed.body).toMatchObject({
      state: 'CLOSED',
      note: 'نقص خمسة شواكل',
      cash: [
        {
          currency: 'ILS',
          float: { amount: '20000' },
          expected: { amount: '35000' },
          counted: { amount: '34500' },
          difference: { amount: '-500' },
          pieces: [
            { denomination: '20000', pieces: 1 },
            { denomination: '10000', pieces: 1 },
            { denomination: '2000', pieces: 2 },
            { denomination: '50', pieces: 10 },
          ],
        },
        { currency: 'JOD', expected: { amount: '10000' }, counted: { amount: '10500' }, difference: { amount: '500' } },
      ],
      taken: [
        { kind: 'CARD', count: 1, sum: { currency: 'ILS', amount: '5000' } },
        { kind: 'CASH', count: 1, sum: { currency: 'ILS', amount: '15000' } },
        { kind: 'CASH', count: 1, sum: { currency: 'JOD', amount: '10000' } },
      ],
      receipts: { first: serials[0], last: serials[2], count: 3 },
    });
    expect((await desk.ledger('OVER_SHORT')) - before).toBe(500);
    expect(await desk.ledger('CASH', 'ILS', dimension(shift))).toBe(14_500);
    expect(await desk.ledger('CASH', 'JOD', dimension(shift))).toBe(10_500);
    expect((await desk.close(shift.id)).body.code).toBe('billing.shift-closed');
    expect((await report('cashier')).body.cash).toEqual(closed.body.cash);
    expect((await report('cashier')).status).toBe(200);
  });

  it('takes money on its own day only', async () => {
    const shift = await desk.shift((await newTill()).id);
    const account = await desk.account({ charges: [1000] });
    app.clock.advance({ days: 1 });
    app.forgetTokens();
    try {
      expect(await desk.pay(account.id, '10')).toMatchObject({
        status: 409,
        body: { code: 'billing.shift-of-another-day' },
      });
    } finally {
      await settle(shift);
    }
  });

  it('is closed once when two supervisors do it at once', async () => {
    const shift = await desk.shift((await newTill()).id, 'cashier', [{ currency: 'ILS', amount: '10' }]);
    await desk.count(shift.id, {});
    const before = await desk.ledger('OVER_SHORT');
    const both = await Promise.all([desk.close(shift.id), desk.close(shift.id, 'supervisor2')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await desk.ledger('OVER_SHORT')) - before).toBe(1000);
  });

  it('is seen by its cashier and by those who look after cashiers', async () => {
    const shift = await desk.shift((await newTill()).id);
    const see = (as: string) => app.request('GET', `/shifts/${shift.id}`, { as });
    expect((await see('cashier-b')).status).toBe(404);
    expect((await see('supervisor')).status).toBe(200);
    expect((await see('clerk')).status).toBe(403);
    const list = async (as: string, query = '') =>
      (await app.request('GET', `/shifts?pageSize=100${query}`, { as })).body;
    const own = await list('cashier-b', `&cashierId=${(await see('cashier')).body.cashierId}`);
    expect(new Set(own.items.map(({ cashierName }: any) => cashierName))).toEqual(new Set(['cashier-b']));
    expect((await list('auditor', '&state=OPEN')).items).toMatchObject([{ id: shift.id, tillCode: `S-${tills}` }]);
    expect((await list('auditor', '&from=2027-01-01')).total).toBe(0);
    await settle(shift);
  });
});

describe('a deposit', () => {
  async function closedShift(amount: string, pieces: [string, number][]) {
    const shift = await desk.shift((await newTill()).id);
    const account = await desk.account({ charges: [1_000_000] });
    const { body } = await desk.pay(account.id, amount);
    await settle(shift, { ILS: pieces });
    return { shift, serial: body.serial };
  }
  const deposit = (shiftIds: number[], as = 'supervisor') => desk.post('/deposits', { shiftIds }, { as });

  it('moves the cash of closed shifts into transit, and to the bank when the bank says so', async () => {
    const one = await closedShift('300', [['100', 3]]);
    const two = await closedShift('50', [['50', 1]]);
    const before = await desk.ledger('CASH_IN_TRANSIT');
    const made = await deposit([one.shift.id, two.shift.id]);
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'IN_TRANSIT', amounts: [{ currency: 'ILS', amount: '35000' }], bankReference: null },
    });
    expect(made.body.shiftIds.sort()).toEqual([one.shift.id, two.shift.id].sort());
    for (const { shift } of [one, two]) expect(await desk.ledger('CASH', 'ILS', dimension(shift))).toBe(0);
    expect((await desk.ledger('CASH_IN_TRANSIT')) - before).toBe(35_000);
    expect((await deposit([two.shift.id])).body).toMatchObject({
      code: 'billing.shift-deposited',
      shiftId: two.shift.id,
    });
    const confirm = (as = 'supervisor2', body: object = { bankAccount: 'PS92-001', bankReference: '778812' }) =>
      desk.post(`/deposits/${made.body.id}/confirm`, body, { as });
    expect((await confirm('cashier')).status).toBe(403);
    expect((await confirm('officer', { bankAccount: 'PS92-001' })).status).toBe(422);
    const both = await Promise.all([confirm(), confirm('officer')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('billing.deposit-confirmed');
    expect(await desk.ledger('BANK', 'ILS', 'PS92-001')).toBe(35_000);
    expect(await desk.ledger('CASH_IN_TRANSIT')).toBe(before);
    const got = await app.request('GET', `/deposits/${made.body.id}`, { as: 'auditor' });
    expect(got.body).toMatchObject({ state: 'CONFIRMED', bankReference: '778812' });
    const list = await app.request('GET', '/deposits', { as: 'auditor' });
    expect(list.body.items[0]).toEqual(got.body);
  });

  it('takes a shift once when two make it at once, and no shift that is not closed', async () => {
    const { shift } = await closedShift('20', [['20', 1]]);
    const both = await Promise.all([deposit([shift.id]), deposit([shift.id], 'supervisor2')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const open = await desk.shift((await newTill()).id);
    expect((await deposit([open.id])).body.code).toBe('billing.shift-not-closed');
    await settle(open);
    expect((await deposit([open.id])).body.code).toBe('billing.nothing-to-deposit');
    expect((await deposit([999_999_999])).status).toBe(404);
    expect((await deposit([])).status).toBe(422);
    expect((await deposit([open.id], 'cashier')).status).toBe(403);
    expect((await app.request('GET', '/deposits/999999999', { as: 'auditor' })).status).toBe(404);
  });
});
