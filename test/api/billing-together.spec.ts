import { startTestApp, type TestApp } from '../support/app';
import { wrongs } from '../support/billing-together/checks';
import { Town } from '../support/billing-together/town';
import { random } from '../support/requests';

/** More of it: `TOGETHER=first seed,seeds,steps npx jest test/api/billing-together`. */
const [FIRST, SEEDS, STEPS] = (process.env.TOGETHER ?? '1,3,140').split(',').map(Number) as [number, number, number];
const EVERY = 10;
/** What has to happen for the rest to mean something. */
const ACTS = ['pay', 'reverse', 'part', 'resolve', 'run-post', 'transfer-approve', 'callback-SUCCESS', 'answer'];

describe('all slices of billing together', () => {
  const done: Record<string, number> = {};

  it.each(Array.from({ length: SEEDS }, (_, at) => FIRST + at))(
    'leave books that hold, seed %i',
    async (seed) => {
      const app: TestApp = await startTestApp({
        PAYMENT_GATEWAY: 'sandbox',
        LATE_PAYMENTS: ['suspense', 'accept'][seed % 2]!,
        CHEQUE_RELIEF: ['RECEIVED', 'AT_SIGHT', 'CLEARED'][seed % 3]!,
      });
      const town = new Town(app, random(seed));
      await town.begin();
      const told: string[] = [];
      for (let step = 1; step <= STEPS; step++) {
        told.push(await town.step());
        if (step % EVERY === 0) expect([await wrongs(app), told.slice(-EVERY)]).toEqual([{}, expect.anything()]);
      }
      for (const [act, times] of Object.entries(town.done)) done[act] = (done[act] ?? 0) + times;
      await app.close();
    },
    STEPS * 1000,
  );

  it('have all had something to do', () => {
    expect(ACTS.filter((act) => !done[act])).toEqual([]);
  });
});
