import { UnitOfWork } from '@libs/persistence';
import { startTestApp, type TestApp } from '../support/app';
import { runRequests } from '../support/bill-runs';
import { charged } from '../support/charged';
import { olderIds } from '../support/older-ids';
import { prepaidDesk } from '../support/prepaid';
import { MONTHLY } from '../support/water';
import { Installation } from '../../src/water/meters/meter.entity';
import { Subscription } from '../../src/water/subscriptions/subscription.entity';
import { TokenVendors } from '../../src/water/prepaid/token-vendor';

let app: TestApp;
let prepaid: ReturnType<typeof prepaidDesk>;
let run: ReturnType<typeof runRequests>;
beforeEach(async () => {
  app = await startTestApp({ WATER_TOKEN_VENDOR: 'sandbox' });
  [prepaid, run] = [prepaidDesk(app), runRequests(app)];
  await prepaid.desk.tariff();
});
afterEach(async () => {
  expect(await charged(app).faults()).toEqual([]);
  await app.close();
});

const at = (day: string) => {
  app.clock.set(`${day}T08:00:00.000Z`);
  app.forgetTokens();
};
const post = (path: string, body: object, as = 'officer') => prepaid.till.post(path, body, { as });
const received = async (...serials: string[]): Promise<number[]> => {
  const { body } = await post('/water/meters', { digits: 5, sizeMm: 15, serials });
  return body.meters.map(({ id }: { id: number }) => id);
};
const register = (id: number, decoderNumber: string, as?: string) =>
  post(`/water/meters/${id}/prepaid`, { decoderNumber }, as);
const replace = (id: number, on: string, off: [serial: string, finalReading: number], serial: string) =>
  post(`/water/subscriptions/${id}/meter/replace`, {
    ...{ on, reason: 'تبديل نوع العداد', off: { serial: off[0], finalReading: off[1], to: 'STOCK' } },
    put: { serial, initialReading: 0 },
  });
const exceptions = async (id: number) =>
  (await app.request('GET', `/billing/bill-runs/${id}/exceptions`, { as: 'auditor' })).body.items.map(
    ({ accountId, reason }: { accountId: number; reason: string }) => [accountId, reason],
  );
const serialOf = async (installationId: number) =>
  `M${(await prepaid.desk.store.reads(Installation).findOneBy({ id: installationId }))!.meterId}`;

describe('a prepaid meter', () => {
  it('is registered while it is in stock, once, with its decoder', async () => {
    const [one, other] = (await received('P1', 'P2')) as [number, number];
    expect((await register(one, '0100200300', 'clerk')).status).toBe(403);
    expect((await register(one, 'abcdefgh')).status).toBe(422);
    expect(await register(one, '0100200300')).toMatchObject({
      status: 201,
      body: { meterId: one, decoderNumber: '0100200300', prepaidOn: '2026-11-24' },
    });
    const known = (id: number) => app.request('GET', `/water/meters/${id}/prepaid`, { as: 'clerk' });
    expect((await known(one)).body.decoderNumber).toBe('0100200300');
    expect((await known(other)).status).toBe(404);
    expect((await register(one, '0100200301')).body.code).toBe('water.decoder-known');
    expect((await register(other, '0100200300')).body.code).toBe('water.decoder-known');
    expect((await register(999_999, '0100200302')).status).toBe(404);
    const { meterId } = await prepaid.subscription();
    expect((await register(meterId, '0100200303')).body.code).toBe('water.meter-state');
  });
});

describe('bill runs', () => {
  it('name who buys water in advance, and bill what else is on the account', async () => {
    const alone = await prepaid.subscription();
    await prepaid.desk.read(alone, '2026-10-31', 10);
    const beside = await prepaid.subscription();
    const billed = await prepaid.desk.subscription({ accountId: beside.accountId });
    await prepaid.desk.read(billed, '2026-10-31', 10);
    const last = { cause: 'CLOSING', readOn: '2026-11-20', reading: 15, dueOn: '2026-12-15', reason: 'رحيل' };
    expect(await post(`/water/subscriptions/${alone.id}/final-bills`, last)).toMatchObject({
      body: { code: 'water.final-bill-impossible', reason: 'water.prepaid' },
    });
    const idle = await prepaid.subscription({ state: 'TEMP_CLOSED' });
    const made = await run.made('ISSUED', { feeder: 'water', period: '2026-10' });
    expect(made).toMatchObject({ state: 'ISSUED', bills: 1 });
    expect(await exceptions(made.id)).toEqual([
      [alone.accountId, 'water.prepaid'],
      [idle.accountId, 'water.prepaid'],
    ]);
    expect(await prepaid.desk.charges(beside.accountId)).toEqual([
      ['2026-10', 'WATER', 5500],
      ['2026-10', 'WATER_FIXED', 4200],
    ]);
  });

  it('bill the meter before it to its last reading, and the meter after it from its first day', async () => {
    const one = await prepaid.desk.subscription({ installedOn: '2026-10-31' });
    const [token] = (await received('P1', 'N1')) as [number];
    await register(token, '0100200300');
    expect((await replace(one.id, '2026-11-24', [await serialOf(one.installationId), 8], 'P1')).status).toBe(200);
    const november = await run.made('POSTED', { feeder: 'water', period: '2026-11' });
    expect(november).toMatchObject({ bills: 1 });
    expect(await prepaid.desk.charges(one.accountId)).toEqual([
      ['2026-11', 'WATER', 4400],
      ['2026-11', 'WATER_FIXED', 3360],
    ]);
    expect((await prepaid.quote(one.id, 2000)).body.lines).toContainEqual({ head: 'WATER_FIXED', amount: '840' });

    at('2027-01-10');
    const december = await run.made('CALCULATED', {
      feeder: 'water',
      period: '2026-12',
      issueOn: '2027-01-10',
      dueOn: '2027-01-25',
    });
    expect(await exceptions(december.id)).toEqual([[one.accountId, 'water.prepaid']]);
    expect((await replace(one.id, '2027-01-10', ['P1', 30], 'N1')).status).toBe(200);
    expect((await prepaid.quote(one.id, 9700)).body.code).toBe('water.meter-not-prepaid');
    const { id } = (await prepaid.desk.store.reads(Installation).findOneBy({ openSubscriptionId: one.id }))!;
    at('2027-01-31');
    await prepaid.desk.read({ id: one.id, installationId: id }, '2027-01-31', 4);
    await run.made('POSTED', { feeder: 'water', period: '2027-01', issueOn: '2027-01-31', dueOn: '2027-02-15' });
    expect((await prepaid.desk.charges(one.accountId)).slice(2)).toEqual([
      ['2027-01', 'WATER', 2200],
      ['2027-01', 'WATER_FIXED', Math.round((4200 * 21) / 31)],
    ]);
  });
});

it('a quote knows which meter stands, though another was put up and taken off on its day', async () => {
  const one = await prepaid.desk.subscription({ installedOn: '2026-10-31' });
  const [token] = (await received('P1', 'N1')) as [number];
  await register(token, '0100200300');
  const older = await olderIds(app);
  const first = [await serialOf(one.installationId), 8] as [string, number];
  expect((await replace(one.id, '2026-11-24', first, 'N1')).status).toBe(200);
  older();
  expect((await replace(one.id, '2026-11-24', ['N1', 0], 'P1')).status).toBe(200);
  expect(await prepaid.quote(one.id, 2000)).toMatchObject({ status: 200, body: { meterId: token } });
});

describe('a prepaid meter that was taken off', () => {
  const goneOn = '2026-12-20';
  const gone = async () => {
    const one = await prepaid.desk.subscription({ installedOn: '2026-10-31' });
    const [token] = (await received('P1')) as [number];
    await register(token, '0100200300');
    await replace(one.id, '2026-11-24', [await serialOf(one.installationId), 8], 'P1');
    await run.made('POSTED', { feeder: 'water', period: '2026-11' });
    at(goneOn);
    const off = { serial: 'P1', finalReading: 30, to: 'STOCK' };
    const path = `/water/subscriptions/${one.id}/meter/remove`;
    expect((await post(path, { on: goneOn, reason: 'رحيل', off })).status).toBe(200);
    return one;
  };

  it('has no final bill either', async () => {
    const { id } = await gone();
    const last = { cause: 'CLOSING', readOn: goneOn, reading: 30, dueOn: '2027-01-15', reason: 'رحيل' };
    expect((await post(`/water/subscriptions/${id}/final-bills`, last)).body).toMatchObject({
      ...{ code: 'water.final-bill-impossible', reason: 'water.prepaid' },
    });
  });

  it('gets no token any more; one that was given out stays known', async () => {
    await prepaid.till.shift((await prepaid.till.till('W1')).id);
    const { id, meterId } = await prepaid.subscription();
    const [given, sold] = [(await prepaid.sell(id, 9700)).body, (await prepaid.sell(id, 5500)).body];
    const { token } = (await prepaid.token(given.id)).body;
    const off = { serial: `M${meterId}`, finalReading: 5, to: 'STOCK' };
    await post(`/water/subscriptions/${id}/meter/remove`, { on: '2026-11-24', reason: 'رحيل', off });
    expect((await prepaid.token(sold.id)).body.code).toBe('water.prepaid-meter-gone');
    expect((await prepaid.token(given.id)).body.token).toBe(token);
    expect((await prepaid.cancel(sold.id)).body).toMatchObject({ state: 'CANCELLED', token: null });
  });

  it('leaves no days to the bills of a subscription that rests', async () => {
    const tariff = { ...MONTHLY, code: 'IDLE', from: '2026-11-01' };
    await prepaid.desk.tariff(tariff, { idleStates: ['TEMP_CLOSED'] });
    const { id, accountId } = await gone();
    const before = await prepaid.desk.charges(accountId);
    await app.app.get(UnitOfWork).run(() => {
      return prepaid.desk.store.update(Subscription, { id }, { state: 'TEMP_CLOSED' });
    });
    at('2027-01-10');
    const dates = { issueOn: '2027-01-10', dueOn: '2027-01-25' };
    await run.made('POSTED', { feeder: 'water', period: '2026-12', ...dates });
    expect((await prepaid.desk.charges(accountId)).slice(before.length)).toEqual([
      ['2026-12', 'WATER_FIXED', Math.round((4200 * 11) / 31)],
    ]);
  });
});

it('the water balance counts what prepaid meters have measured, though no bill does', async () => {
  const one = await prepaid.subscription();
  await prepaid.desk.read(one, '2026-10-31', 10);
  await prepaid.desk.read(await prepaid.desk.subscription(), '2026-10-31', 7);
  const { body } = await app.request('GET', '/water/balance?from=2026-10&to=2026-10', { as: 'officer' });
  expect(body.total).toMatchObject({ billedMetered: 10, pendingReadings: 1 });
});

describe('the vending system', () => {
  const vendor = (token: () => Promise<string>) => {
    Object.assign(app.app.get(TokenVendors), { current: { step: 100, token } });
  };

  it('may fail: the top-up stands, and its token is asked for again', async () => {
    await prepaid.till.shift((await prepaid.till.till('W1')).id);
    const { id } = await prepaid.subscription();
    vendor(() => Promise.reject(new Error('closed')));
    const sold = (await prepaid.sell(id, 9699)).body;
    expect(sold).toMatchObject({ litres: 9900, price: '9645', rest: '54' });
    expect(await prepaid.token(sold.id)).toMatchObject({ status: 502, body: { code: 'water.vendor-failed' } });
    vendor(() => Promise.resolve('12'));
    expect((await prepaid.token(sold.id)).body.code).toBe('water.vendor-failed');
    vendor(() => Promise.resolve('1'.repeat(20)));
    expect((await prepaid.token(sold.id)).body).toMatchObject({ state: 'VENDED', token: '1'.repeat(20) });
  });

  it('answers in vain for what is cancelled meanwhile', async () => {
    await prepaid.till.shift((await prepaid.till.till('W1')).id);
    const { id, accountId } = await prepaid.subscription();
    const sold = (await prepaid.sell(id, 9700)).body;
    vendor(async () => {
      expect((await prepaid.cancel(sold.id)).status).toBe(200);
      return '1'.repeat(20);
    });
    expect((await prepaid.token(sold.id)).body.code).toBe('water.top-up-state');
    expect((await prepaid.list(id)).body.items).toMatchObject([{ state: 'CANCELLED', token: null }]);
    expect(await charged(app).balance(accountId)).toBe(0);
  });

  it('sells nothing where none is set up', async () => {
    Object.assign(app.app.get(TokenVendors), { current: null });
    const { id } = await prepaid.subscription();
    expect((await prepaid.quote(id, 9700)).body.code).toBe('water.vendor-none');
  });
});

it('a later day takes a top-up back by reversal, the cash out of an open drawer', async () => {
  const till = (await prepaid.till.till('W1')).id;
  const shift = await prepaid.till.shift(till);
  const { id, accountId } = await prepaid.subscription();
  const sold = (await prepaid.sell(id, 9700)).body;
  await prepaid.till.count(shift.id, { ILS: [['1.00', 97]] });
  await prepaid.till.close(shift.id);
  at('2026-11-25');
  expect((await prepaid.cancel(sold.id)).body.code).toBe('billing.void-too-late');
  expect((await prepaid.cancel(sold.id, { undo: 'REVERSAL' })).body.code).toBe('billing.paying-shift-required');
  const open = await prepaid.till.shift(till, 'cashier', [{ currency: 'ILS', amount: '200.00' }]);
  const back = await prepaid.cancel(sold.id, { undo: 'REVERSAL', payingShiftId: open.id });
  expect(back).toMatchObject({ status: 200, body: { state: 'CANCELLED' } });
  expect(await charged(app).balance(accountId)).toBe(0);
});
