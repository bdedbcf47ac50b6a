import { textOf } from '@libs/testing';
import { Proofs } from '../../src/billing';
import { startTestApp, type TestApp } from '../support/app';
import { charged } from '../support/charged';
import { olderIds } from '../support/older-ids';
import { prepaidDesk } from '../support/prepaid';
import { MONTHLY } from '../support/water';

let app: TestApp;
let prepaid: ReturnType<typeof prepaidDesk>;
let books: ReturnType<typeof charged>;
let tillId: number;
beforeAll(async () => {
  app = await startTestApp({ WATER_TOKEN_VENDOR: 'sandbox' });
  [prepaid, books] = [prepaidDesk(app), charged(app)];
  await prepaid.desk.tariff();
  tillId = (await prepaid.till.till('W1')).id;
});
afterAll(async () => {
  expect(await books.faults()).toEqual([]);
  expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  await app.close();
});

const owed = async (accountId: number) =>
  (await books.charges(accountId)).map(({ head, amount, cancelled, outstanding }) => [
    head,
    amount - cancelled,
    outstanding,
  ]);

describe('water bought in advance', () => {
  it('is quoted to everyone at the counter, and sold in an open shift alone', async () => {
    const { id } = await prepaid.subscription();
    expect(await prepaid.quote(id, 9700)).toMatchObject({
      status: 200,
      body: {
        ...{ litres: 10_000, cubicMetres: '10.000', price: '9700', rest: '0', boughtLitres: 0, month: '2026-11' },
        lines: [
          { head: 'WATER', amount: '5500' },
          { head: 'WATER_FIXED', amount: '4200' },
        ],
        blocks: [{ over: '0.000', upTo: '20.000', cubicMetres: '10.000', price: '5.50' }],
      },
    });
    expect((await prepaid.sell(id, 9700)).body.code).toBe('billing.no-open-shift');
    expect((await prepaid.sell(id, 9700, { as: 'clerk' })).status).toBe(403);
    await prepaid.till.shift(tillId);
    for (const wrong of ['0', '1.5', '-3', '99999999999', 'x'])
      expect((await prepaid.quote(id, wrong)).status).toBe(422);
    expect((await prepaid.quote(999_999, 9700)).status).toBe(404);
    expect((await prepaid.sell(999_999, 9700)).status).toBe(404);
    expect((await prepaid.sell(id, 9700, { tender: 'CHEQUE' })).status).toBe(422);
    expect((await prepaid.sell(id, 9700, { tendered: 9000 })).body.code).toBe('http.invalid');
    expect((await prepaid.list(id)).body.items).toEqual([]);
  });

  it('is charged by head and paid by its receipt; its token is given out once it is asked for', async () => {
    const { id, accountId, meterId } = await prepaid.subscription();
    const older = await books.charge(accountId, 50_000, { dueOn: '2026-10-15' });
    const sold = await prepaid.sell(id, 9700, { tendered: 10_000, key: 'once' });
    expect(sold).toMatchObject({
      status: 201,
      body: { state: 'SOLD', litres: 10_000, price: '9700', accountId, meterId, month: '2026-11', token: null },
    });
    expect((await prepaid.sell(id, 9700, { tendered: 10_000, key: 'once' })).body).toEqual(sold.body);
    expect((await prepaid.sell(id, 9800, { tendered: 10_000, key: 'once' })).body.code).toBe(
      'http.idempotency-mismatch',
    );
    expect(await owed(accountId)).toEqual([
      ['WATER', 50_000, 50_000],
      ['WATER', 5500, 0],
      ['WATER_FIXED', 4200, 0],
    ]);
    expect((await books.charges(accountId))[0]!.id).toBe(older);
    const receipt = await app.request('GET', `/payments/${sold.body.receiptSerial}`, { as: 'cashier' });
    expect(receipt.body).toMatchObject({
      lines: [{ accountId, paid: { amount: '9700' }, charges: [{ head: 'WATER' }, { head: 'WATER_FIXED' }] }],
      tenders: [{ kind: 'CASH', change: { amount: '300' } }],
    });
    const given = await prepaid.token(sold.body.id);
    expect(given).toMatchObject({ status: 200, body: { state: 'VENDED', token: expect.stringMatching(/^\d{20}$/) } });
    expect((await prepaid.token(sold.body.id)).body).toEqual(given.body);
    expect((await prepaid.list(id)).body.items).toEqual([given.body]);
    expect((await prepaid.token(sold.body.id, 'clerk')).status).toBe(403);
    expect((await prepaid.token(999_999)).status).toBe(404);
  });

  it('is printed as a slip with its token, once that was given out and while it stands', async () => {
    const { id } = await prepaid.subscription();
    const { body: sold } = await prepaid.sell(id, 9750);
    const slip = (as = 'cashier', topUp = sold.id) => app.request('GET', `/water/top-ups/${topUp}/slip.pdf`, { as });
    expect((await slip()).body.code).toBe('water.no-token-yet');
    const { token } = (await prepaid.token(sold.id)).body;
    const pages = textOf((await slip()).raw);
    expect(pages).toHaveLength(1);
    for (const part of [token, '10.091 م³', '97.50', sold.receiptSerial]) expect(pages[0]).toContain(part);
    expect((await slip('administrator')).status).toBe(403);
    expect((await slip('cashier', 999_999)).status).toBe(404);
    await prepaid.cancel(sold.id, { tokenNotEntered: true });
    expect((await slip()).body.code).toBe('water.top-up-state');
  });

  it('counts its blocks over the calendar month, and takes the fees with the first of a month', async () => {
    const { id, accountId } = await prepaid.subscription();
    await prepaid.sell(id, 9700);
    const second = await prepaid.sell(id, 10_000);
    expect(second.body).toMatchObject({ litres: 16_250, price: '10000' });
    expect((await prepaid.quote(id, 10_000)).body).toMatchObject({
      blocks: [
        { over: '20.000', upTo: '40.000', cubicMetres: '13.750', price: '7.20' },
        { over: '40.000', upTo: '80.000', cubicMetres: '0.105', price: '9.50' },
      ],
    });
    expect(await prepaid.desk.charges(accountId)).toEqual([
      ['2026-11', 'WATER', 15_500],
      ['2026-11', 'WATER_FIXED', 4200],
    ]);
    app.clock.set('2026-12-01T08:00:00.000Z');
    app.forgetTokens();
    expect((await prepaid.quote(id, 9700)).body).toMatchObject({ litres: 10_000, boughtLitres: 0, month: '2026-12' });
    app.clock.set('2026-11-24T08:00:00.000Z');
    app.forgetTokens();
    expect(await books.balance(accountId)).toBe(0);
  });

  it('is refused below its least price', async () => {
    const { id } = await prepaid.subscription();
    const little = { code: 'water.top-up-too-small', least: '4201' };
    expect(await prepaid.quote(id, 4200)).toMatchObject({ status: 422, body: little });
    expect(await prepaid.sell(id, 4200)).toMatchObject({ status: 422, body: little });
  });

  it('leaves what buys no water as an advance, which pays towards the next', async () => {
    const data = { code: 'DEAR', class: 'CONSTRUCTION', from: '2026-01-01', currency: 'ILS' };
    await prepaid.desk.tariff({
      ...MONTHLY,
      fixed: undefined,
      ...data,
      blocks: { steps: [{ over: '0', upTo: null, price: '2500' }] },
    });
    const { id, accountId } = await prepaid.subscription({ waterClass: 'CONSTRUCTION' });
    expect((await prepaid.sell(id, 1100)).body).toMatchObject({ litres: 4, price: '1000', rest: '100' });
    expect(await books.balance(accountId)).toBe(-100);
    expect((await prepaid.sell(id, 1100, { tender: 'CARD', reference: '0451' })).body).toMatchObject({ litres: 4 });
    expect(await books.balance(accountId)).toBe(-200);
    await books.pay(accountId, 2000);
    expect((await prepaid.sell(id, 1000)).body).toMatchObject({ litres: 4, rest: '0' });
    expect(await books.balance(accountId)).toBe(-2200);
  });

  it('is for an active subscription with a prepaid meter and a tariff', async () => {
    const plain = await prepaid.desk.subscription();
    expect((await prepaid.sell(plain.id, 9700)).body.code).toBe('water.meter-not-prepaid');
    const cut = await prepaid.subscription({ state: 'HOLD' });
    expect((await prepaid.sell(cut.id, 9700)).body.code).toBe('water.subscription-state');
    const camp = await prepaid.subscription({ waterClass: 'CAMP' });
    expect((await prepaid.sell(camp.id, 9700)).body.code).toBe('water.no-tariff');
  });

  it('stands one upon the other when two are sold at once', async () => {
    const { id, accountId } = await prepaid.subscription();
    const both = await Promise.all([prepaid.sell(id, 9700), prepaid.sell(id, 9700)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both.map(({ body }) => body.litres as number).sort()).toEqual([10_000, 15_834]);
    expect(await books.balance(accountId)).toBe(0);
  });
});

describe('a top-up that is taken back', () => {
  it('goes back with its payment and charges, the last of its month first', async () => {
    const { id, accountId } = await prepaid.subscription();
    await books.charge(accountId, 3000, { dueOn: '2026-10-15' });
    const [first, second] = [(await prepaid.sell(id, 9700)).body, (await prepaid.sell(id, 5500)).body];
    expect((await prepaid.cancel(first.id)).body.code).toBe('water.top-up-not-last');
    expect((await prepaid.cancel(second.id, {}, 'cashier')).status).toBe(403);
    const back = await prepaid.cancel(second.id);
    expect(back).toMatchObject({
      status: 200,
      body: { state: 'CANCELLED', cancelReason: 'شُحن عداد آخر', token: null },
    });
    expect((await prepaid.cancel(second.id)).body.code).toBe('water.top-up-state');
    expect((await prepaid.token(second.id)).body.code).toBe('water.top-up-state');
    const receipt = await app.request('GET', `/payments/${second.receiptSerial}`, { as: 'cashier' });
    expect(receipt.body).toMatchObject({ state: 'VOIDED' });
    expect((await prepaid.cancel(first.id, { undo: 'REVERSAL' })).body).toMatchObject({ state: 'CANCELLED' });
    expect(await owed(accountId)).toEqual([
      ['WATER', 3000, 3000],
      ['WATER', 0, 0],
      ['WATER_FIXED', 0, 0],
      ['WATER', 0, 0],
    ]);
    expect(await books.balance(accountId)).toBe(3000);
    expect((await prepaid.quote(id, 9700)).body).toMatchObject({ litres: 10_000, boughtLitres: 0 });
  });

  it('knows the last of a month by the time: another process has its ids from another block', async () => {
    const { id } = await prepaid.subscription();
    const older = await olderIds(app);
    const first = (await prepaid.sell(id, 9700)).body;
    older();
    app.clock.set('2026-11-24T08:01:00.000Z');
    const second = (await prepaid.sell(id, 5500)).body;
    expect(second.id).toBeLessThan(first.id);
    expect((await prepaid.list(id)).body.items).toMatchObject([{ id: second.id }, { id: first.id }]);
    expect((await prepaid.cancel(first.id)).body.code).toBe('water.top-up-not-last');
    expect((await prepaid.cancel(second.id)).body).toMatchObject({ state: 'CANCELLED' });
    app.clock.set('2026-11-24T08:00:00.000Z');
  });

  it('needs the word that its token was not entered, once that was given out', async () => {
    const { id, accountId } = await prepaid.subscription();
    const { id: topUp } = (await prepaid.sell(id, 9700)).body;
    const { token } = (await prepaid.token(topUp)).body;
    expect((await prepaid.cancel(topUp)).body.code).toBe('water.token-given-out');
    expect((await prepaid.cancel(topUp, { tokenNotEntered: true })).body).toMatchObject({ state: 'CANCELLED', token });
    expect(await books.balance(accountId)).toBe(0);
  });

  it('is no payment that is voided or reversed by itself', async () => {
    const { id, accountId } = await prepaid.subscription();
    const { id: topUp, receiptSerial } = (await prepaid.sell(id, 9700)).body;
    const undo = (verb: string, body: object = {}, as = 'supervisor') =>
      prepaid.till.post(`/payments/${receiptSerial}/${verb}`, { reason: 'خطأ في الحساب', ...body }, { as });
    const bound = {
      status: 409,
      body: { code: 'billing.payment-bound', document: { type: 'water-top-up', id: topUp } },
    };
    expect(await undo('void', {}, 'cashier')).toMatchObject(bound);
    expect(await undo('reverse')).toMatchObject(bound);
    expect(await undo('partial-reversal', { lines: [{ accountId, amount: '10' }] })).toMatchObject(bound);
    expect(await books.balance(accountId)).toBe(0);
  });
});
