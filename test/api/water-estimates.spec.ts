import type { FindOptionsWhere } from 'typeorm';
import { WaterRating } from '../../src/water/billing/rating.entity';
import { startTestApp, type TestApp } from '../support/app';
import { balances, pay, runRequests } from '../support/bill-runs';
import { charged } from '../support/charged';
import { waterDesk, type WaterDesk } from '../support/water';

let app: TestApp;
let desk: WaterDesk;
let run: ReturnType<typeof runRequests>;
beforeEach(async () => {
  app = await startTestApp();
  desk = waterDesk(app);
  run = runRequests(app);
});
afterEach(async () => {
  expect(await charged(app).faults()).toEqual([]);
  await app.close();
});

const ratings = (where: FindOptionsWhere<WaterRating>) =>
  desk.store.reads(WaterRating).find({ where, order: { period: 'ASC', id: 'ASC' } });

describe('an estimate', () => {
  const bill = (period: string) => run.made('POSTED', { feeder: 'water', period });
  const estimated = async (guesses: number[]) => {
    const one = await desk.subscription({ installedOn: '2026-07-31' });
    let value = 0;
    for (const [at, guess] of guesses.entries()) {
      const [period, day] = [
        ['2026-08', '2026-08-31'],
        ['2026-09', '2026-09-30'],
      ][at] as [string, string];
      await desk.read(one, day, (value += guess), { source: 'ESTIMATE' });
      await bill(period);
    }
    return one;
  };

  it('that was too low is made good in the blocks of its own cycle', async () => {
    await desk.tariff();
    const one = await estimated([10, 10]);
    expect(await ratings({ subscriptionId: one.id })).toMatchObject([{ estimated: true }, { estimated: true }]);
    await desk.read(one, '2026-10-31', 92);
    await bill('2026-10');
    // 92 m³ over 31 + 30 + 31 days are 31 + 30 + 31, not 10 + 10 + 72.
    expect(await desk.charges(one.accountId)).toEqual([
      ['2026-08', 'WATER', 20 * 550 + 11 * 720],
      ['2026-08', 'WATER_FIXED', 4200],
      ['2026-09', 'WATER', 20 * 550 + 10 * 720],
      ['2026-09', 'WATER_FIXED', 4200],
      ['2026-10', 'WATER', 20 * 550 + 11 * 720],
      ['2026-10', 'WATER_FIXED', 4200],
    ]);
    expect(await ratings({ standingSubscriptionId: one.id })).toMatchObject([
      { period: '2026-08', kind: 'TRUE_UP', litres: 31_000, estimated: false },
      { period: '2026-09', kind: 'TRUE_UP', litres: 30_000 },
      { period: '2026-10', kind: 'BILL', litres: 31_000 },
    ]);
  });

  it('that was too high is credited, also when nothing is left to pay it from; the reversal takes both back', async () => {
    await desk.tariff();
    const one = await estimated([40, 40]);
    await pay(app, one.accountId, 2 * (25_400 + 4200));
    await desk.read(one, '2026-10-31', 46, { consumption: -34 });
    const { id } = await bill('2026-10');
    const fair = (m3: number) => m3 * 550 + 4200;
    expect(await desk.charges(one.accountId)).toEqual([
      ['2026-08', 'WATER', 15.5 * 550],
      ['2026-08', 'WATER_FIXED', 4200],
      ['2026-09', 'WATER', 15 * 550],
      ['2026-09', 'WATER_FIXED', 4200],
      ['2026-10', 'WATER', 15.5 * 550],
      ['2026-10', 'WATER_FIXED', 4200],
    ]);
    expect(await balances(app, [one.accountId])).toEqual([2 * fair(15.5) + fair(15) - 2 * 29_600]);
    await run.act(id, 'reverse', 'supervisor', { reason: 'خطأ' });
    expect(await run.get(id)).toMatchObject({ state: 'REVERSED' });
    expect(await balances(app, [one.accountId])).toEqual([0]);
    expect(await desk.charges(one.accountId)).toContainEqual(['2026-08', 'WATER', 25_400]);
    expect(await ratings({ standingSubscriptionId: one.id })).toMatchObject([
      { period: '2026-08', kind: 'BILL', litres: 40_000 },
      { period: '2026-09', kind: 'BILL', litres: 40_000 },
    ]);
    await bill('2026-10');
    expect(await balances(app, [one.accountId])).toEqual([2 * fair(15.5) + fair(15) - 2 * 29_600]);
  });
});
