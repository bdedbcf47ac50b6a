import { addDays } from '@libs/calendar';
import { UnitOfWork } from '@libs/persistence';
import { Corrections, Proofs } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Installation } from '../../src/water/meters/meter.entity';
import { PrepaidMeter } from '../../src/water/prepaid/prepaid.entity';
import { Subscription } from '../../src/water/subscriptions/subscription.entity';
import { startTestApp, type TestApp } from '../support/app';
import { runRequests } from '../support/bill-runs';
import { charged, keyed } from '../support/charged';
import { prepaidDesk } from '../support/prepaid';
import { JWU_42 } from '../support/tariff/jwu';
import { MONTHLY } from '../support/water';

let app: TestApp;
let prepaid: ReturnType<typeof prepaidDesk>;
let run: ReturnType<typeof runRequests>;
let books: ReturnType<typeof charged>;
beforeEach(async () => {
  app = await startTestApp({ WATER_TOKEN_VENDOR: 'sandbox' });
  [prepaid, run, books] = [prepaidDesk(app), runRequests(app), charged(app)];
  await prepaid.till.shift((await prepaid.till.till('W1')).id);
});
afterEach(async () => {
  expect(await books.faults()).toEqual([]);
  expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  await app.close();
});

const at = (day: string) => {
  app.clock.set(`${day}T08:00:00.000Z`);
  app.forgetTokens();
};
const post = (path: string, body: object) => prepaid.till.post(path, body, { as: 'officer' });
const received = async (serial: string): Promise<number> =>
  (await post('/water/meters', { digits: 5, sizeMm: 15, serials: [serial] })).body.meters[0].id;
const token = async (serial: string, decoderNumber: string) => {
  const registered = await post(`/water/meters/${await received(serial)}/prepaid`, { decoderNumber });
  expect(registered.status).toBe(201);
  await app.app.get(UnitOfWork).run(() => {
    return prepaid.desk.store.update(PrepaidMeter, { decoderNumber }, { prepaidOn: '2026-11-01' });
  });
};
const standing = async (id: number) =>
  (await prepaid.desk.store.reads(Installation).findOneBy({ openSubscriptionId: id }))!;
const serialOf = async (id: number) =>
  (await app.request('GET', `/water/subscriptions/${id}`, { as: 'clerk' })).body.meter.serial as string;
const replace = async (id: number, on: string, finalReading: number, serial: string) => {
  const { status } = await post(`/water/subscriptions/${id}/meter/replace`, {
    ...{ on, reason: 'تبديل نوع العداد', put: { serial, initialReading: 0 } },
    off: { serial: await serialOf(id), finalReading, to: 'STOCK' },
  });
  expect(status).toBe(200);
};
const billed = (period: string, issueOn: string) =>
  run.made('POSTED', { feeder: 'water', period, issueOn, dueOn: addDays(issueOn, 15) });
const read = async (id: number, on: string, value: number) =>
  prepaid.desk.read({ id, installationId: (await standing(id)).id }, on, value);

describe('a prepaid meter that a postpaid one takes the place of inside a month', () => {
  const TAXED = { ...MONTHLY, tax: { percent: '16', of: ['WATER', 'FIXED'] } };

  it('has the fees of its days alone: what the top-up paid for the others is given back', async () => {
    await prepaid.desk.tariff(TAXED);
    const { id, accountId } = await prepaid.subscription();
    const sold = (await prepaid.sell(id, 11_252)).body;
    expect(sold).toMatchObject({ litres: 10_000, price: '11252' });
    await prepaid.sell(id, 638);
    await received('N1');
    // Told of four days later.
    await replace(id, '2026-11-17', 10, 'N1');
    const fixed = Math.round((4200 * 17) / 30);
    expect(await prepaid.desk.charges(accountId)).toEqual([
      ['2026-11', 'VAT', Math.round((6050 + fixed) * 0.16)],
      ['2026-11', 'WATER', 6050],
      ['2026-11', 'WATER_FIXED', fixed],
    ]);
    expect(await books.balance(accountId)).toBe(-(1820 + 291));
    expect((await prepaid.list(id)).body.items).toMatchObject([{ endedOn: '2026-11-17' }, { endedOn: '2026-11-17' }]);

    at('2026-11-30');
    await read(id, '2026-11-30', 4);
    await billed('2026-11', '2026-11-30');
    expect(await prepaid.desk.charges(accountId)).toContainEqual(['2026-11', 'WATER_FIXED', 4200]);

    // Cancelled later, what is left of it goes back and no more.
    expect((await prepaid.cancel((await prepaid.list(id)).body.items[0].id, { undo: 'REVERSAL' })).status).toBe(200);
    expect((await prepaid.cancel(sold.id, { undo: 'REVERSAL' })).status).toBe(200);
    expect(await prepaid.desk.charges(accountId)).toContainEqual(['2026-11', 'WATER_FIXED', 1820]);
  });

  it('gives nothing back where another prepaid one takes its place, or nothing was bought', async () => {
    await prepaid.desk.tariff();
    const [one, other] = [await prepaid.subscription(), await prepaid.subscription()];
    await prepaid.sell(one.id, 9700);
    await token('P2', '0100200300');
    await received('N1');
    await replace(one.id, '2026-11-20', 10, 'P2');
    await replace(other.id, '2026-11-20', 10, 'N1');
    expect(await prepaid.desk.charges(one.accountId)).toContainEqual(['2026-11', 'WATER_FIXED', 4200]);
    expect((await prepaid.quote(one.id, 5500)).body).toMatchObject({ boughtLitres: 10_000, litres: 10_000 });
    expect(await prepaid.desk.charges(other.accountId)).toEqual([]);
  });

  it('gives no more back than is left of what was charged', async () => {
    await prepaid.desk.tariff();
    const { id, accountId } = await prepaid.subscription();
    await prepaid.sell(id, 9700);
    const note = { accountId, on: '2026-11-24', by: null, description: 'إشعار دائن', reason: 'سماح' };
    const lines = [{ head: 'WATER_FIXED', period: '2026-11', amount: -4000 }];
    await app.app.get(UnitOfWork).run(() => {
      return app.app.get(Corrections).postMany('water', [{ ...note, document: { type: 'note', id: 1 }, lines }]);
    });
    await received('N1');
    await replace(id, '2026-11-10', 10, 'N1');
    expect(await prepaid.desk.charges(accountId)).toContainEqual(['2026-11', 'WATER_FIXED', 0]);
  });

  it('begins anew when a prepaid one comes back in the month, its fees too', async () => {
    await prepaid.desk.tariff();
    const { id, accountId } = await prepaid.subscription();
    await prepaid.sell(id, 9700);
    await received('N1');
    await token('P2', '0100200300');
    await replace(id, '2026-11-10', 10, 'N1');
    await replace(id, '2026-11-20', 5, 'P2');
    const quote = (await prepaid.quote(id, 5000)).body;
    expect(quote).toMatchObject({ boughtLitres: 0 });
    expect(quote.lines).toContainEqual({ head: 'WATER_FIXED', amount: '1400' });
    await prepaid.sell(id, 5000);
    await billed('2026-11', '2026-11-24');
    expect(await prepaid.desk.charges(accountId)).toContainEqual(['2026-11', 'WATER_FIXED', 4200]);
  });
});

describe('days are charged once', () => {
  it('when the meter changes on the last of a month', async () => {
    await prepaid.desk.tariff();
    const one = await prepaid.desk.subscription({ installedOn: '2026-10-31' });
    await token('P1', '0100200300');
    at('2026-11-30');
    await replace(one.id, '2026-11-30', 8, 'P1');
    await billed('2026-11', '2026-11-30');
    expect((await prepaid.quote(one.id, 550)).body).toMatchObject({ lines: [{ head: 'WATER' }] });
    expect(await prepaid.desk.charges(one.accountId)).toContainEqual(['2026-11', 'WATER_FIXED', 4200]);
  });

  it('where fees and blocks are stated for a cycle', async () => {
    await prepaid.desk.tariff({ ...JWU_42, from: '2026-01-01' });
    const one = await prepaid.desk.subscription({ installedOn: '2026-10-31' });
    await token('P1', '0100200300');
    await replace(one.id, '2026-11-24', 20, 'P1');
    await billed('2026-11', '2026-11-24');
    // 16 m³ of the first block, 4 of the second.
    expect(await prepaid.desk.charges(one.accountId)).toEqual([
      ['2026-11', 'WATER', 16 * 550 + 4 * 720],
      ['2026-11', 'WATER_FIXED', 3360],
    ]);
    expect((await prepaid.quote(one.id, 5000)).body.lines).toContainEqual({ head: 'WATER_FIXED', amount: '840' });
    expect((await prepaid.quote(one.id, 840 + 4 * 550 + 720)).body).toMatchObject({ litres: 5000 });
    await received('N1');
    at('2026-12-10');
    await replace(one.id, '2026-12-10', 9, 'N1');
    at('2026-12-31');
    await read(one.id, '2026-12-31', 4);
    await billed('2026-12', '2026-12-31');
    const december = (await prepaid.desk.charges(one.accountId)).filter(([period]) => period === '2026-12');
    expect(december).toContainEqual(['2026-12', 'WATER_FIXED', Math.round((4200 * 21) / 31)]);
  });

  it('when the meter before the prepaid one was still to be billed: first by itself, the one after it next', async () => {
    await prepaid.desk.tariff();
    const one = await prepaid.desk.subscription({ installedOn: '2026-10-31' });
    await token('P1', '0100200300');
    await received('N1');
    await replace(one.id, '2026-11-15', 10, 'P1');
    at('2026-12-16');
    await replace(one.id, '2026-12-16', 9, 'N1');
    at('2026-12-31');
    await read(one.id, '2026-12-31', 4);
    await billed('2026-12', '2026-12-31');
    at('2027-01-31');
    await read(one.id, '2027-01-31', 9);
    await billed('2027-01', '2027-01-31');
    expect(await prepaid.desk.charges(one.accountId)).toEqual([
      ['2026-12', 'WATER', 5500],
      ['2026-12', 'WATER_FIXED', 2100],
      ['2027-01', 'WATER', 9 * 550],
      ['2027-01', 'WATER_FIXED', Math.round(4200 * (15 / 31 + 1))],
    ]);
  });

  it('when three meters stood there in a month, and the last reading of the first counts for the next', async () => {
    await prepaid.desk.tariff();
    const one = await prepaid.desk.subscription({ installedOn: '2026-10-31' });
    await token('P1', '0100200300');
    await received('N1');
    await read(one.id, '2026-11-03', 3);
    await replace(one.id, '2026-11-05', 5, 'P1');
    await replace(one.id, '2026-11-15', 9, 'N1');
    const months = ['2026-11-30', '2026-12-31', '2027-01-31'];
    for (const [index, day] of months.entries()) {
      at(day);
      await read(one.id, day, 4 * (index + 1));
      await billed(day.slice(0, 7), day);
    }
    expect(await prepaid.desk.charges(one.accountId)).toEqual([
      // Of the first block 3 and 2 days' share: 2 m³ and 4/3 m³.
      ['2026-11', 'WATER', 2 * 550 + 720],
      ['2026-11', 'WATER_FIXED', 420],
      ['2026-12', 'WATER', 733 + 480],
      ['2026-12', 'WATER_FIXED', 280],
      ['2027-01', 'WATER', 12 * 550],
      ['2027-01', 'WATER_FIXED', 4200 / 2 + 2 * 4200],
    ]);
  });
});

describe('a building that is sold inside a month', () => {
  const sold = async (accountId: number, soldOn: string) => {
    const { id: buyerId } = await books.record([]);
    const body = { accountId, buyerId, soldOn, reason: 'بيع شقة', documentNumber: 'عقد بيع 2026/311' };
    const proposed = (await app.request('POST', '/billing/transfers', { as: 'clerk', headers: keyed(), body })).body;
    const path = `/billing/transfers/${proposed.id}`;
    const act = (verb: string, version: number) =>
      app.request('POST', `${path}/${verb}`, {
        ...{ as: verb === 'approve' ? 'officer' : 'supervisor', headers: keyed(version) },
        ...(verb !== 'approve' && { body: { reason: 'لم يتم البيع' } }),
      });
    const approved = await act('approve', proposed.version);
    expect(approved.status).toBe(200);
    const undo = async () => expect((await act('reverse', approved.body.version)).status).toBe(200);
    return { undo };
  };
  const seller = async () => {
    await prepaid.desk.tariff();
    const { accountIds } = await books.record(['ILS']);
    return prepaid.subscription({ accountId: accountIds[0]! });
  };
  const accountOf = async (id: number) => (await prepaid.desk.store.reads(Subscription).findOneBy({ id }))!.accountId;

  it('begins with the first block for the buyer, whose days have their share; the seller has the fees of those before', async () => {
    const { id, accountId } = await seller();
    await prepaid.sell(id, 4200 + 20 * 550 + 5 * 720);
    await sold(accountId, '2026-11-16');
    expect(await prepaid.desk.charges(accountId)).toContainEqual(['2026-11', 'WATER_FIXED', 2100]);
    expect(await books.balance(accountId)).toBe(-2100);
    expect(await prepaid.desk.store.reads(Account).findOneBy({ id: accountId })).toMatchObject({ state: 'OPEN' });

    // Half of the month, half of the block.
    const amount = 2100 + 10 * 550 + 2 * 720;
    const bought = await prepaid.sell(id, amount);
    expect(bought.body).toMatchObject({ litres: 12_000, rest: '0' });
    expect((await prepaid.quote(id, 720)).body).toMatchObject({ boughtLitres: 12_000, litres: 1000 });
    const buyer = await accountOf(id);
    expect(buyer).not.toBe(accountId);
    expect(await prepaid.desk.charges(buyer)).toEqual([
      ['2026-11', 'WATER', 5500 + 1440],
      ['2026-11', 'WATER_FIXED', 2100],
    ]);
    // The seller's last one, though the buyer has bought since.
    const [, first] = (await prepaid.list(id)).body.items;
    expect((await prepaid.cancel(first.id, { undo: 'REVERSAL' })).body).toMatchObject({
      state: 'CANCELLED',
      accountId,
    });
    expect(await books.balance(accountId)).toBe(0);
  });

  it('leaves months that are over to the seller', async () => {
    const { id, accountId } = await seller();
    await prepaid.till.cashier('cashier2');
    at('2026-10-20');
    await prepaid.till.shift((await prepaid.till.till('W2')).id, 'cashier2');
    await prepaid.sell(id, 9700, { as: 'cashier2' });
    at('2026-11-24');
    await sold(accountId, '2026-10-16');
    expect(await prepaid.desk.charges(accountId)).toContainEqual(['2026-10', 'WATER_FIXED', 4200]);
    expect((await prepaid.quote(id, 9700)).body.lines).toContainEqual({ head: 'WATER_FIXED', amount: '4200' });
  });

  it('goes on anew for the seller when the sale is undone', async () => {
    const { id, accountId } = await seller();
    await prepaid.sell(id, 4200 + 20 * 550);
    await (await sold(accountId, '2026-11-16')).undo();
    expect(await accountOf(id)).toBe(accountId);
    const quote = (await prepaid.quote(id, 5000)).body;
    expect(quote).toMatchObject({ boughtLitres: 0 });
    expect(quote.lines).toContainEqual({ head: 'WATER_FIXED', amount: '2100' });
  });
});
