import { SlidingHits } from './sliding-hits';

const TTL = 60_000;

describe('hits in a sliding window', () => {
  let now: number;
  let hits: SlidingHits;
  const hit = (key = 'till', limit = 3) => hits.increment(key, TTL, limit, 2 * TTL);

  beforeEach(() => {
    now = 0;
    hits = new SlidingHits(() => now);
  });

  it('counts each key for itself, and forgets what is older than the window', async () => {
    await hit();
    now = 20_000;
    expect(await hit()).toEqual({ totalHits: 2, timeToExpire: 40, isBlocked: false, timeToBlockExpire: 0 });
    expect(await hit('portal')).toMatchObject({ totalHits: 1, timeToExpire: 60 });
    now = 60_000;
    expect(await hit()).toMatchObject({ totalHits: 2, timeToExpire: 20 });
  });

  it('blocks who comes once too often, counts nothing meanwhile, and begins anew', async () => {
    for (let n = 0; n < 3; n++) expect(await hit()).toMatchObject({ isBlocked: false });
    expect(await hit()).toEqual({ totalHits: 4, timeToExpire: 60, isBlocked: true, timeToBlockExpire: 120 });
    now = 119_500;
    expect(await hit()).toEqual({ totalHits: 4, timeToExpire: 0, isBlocked: true, timeToBlockExpire: 1 });
    now = 120_000;
    expect(await hit()).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('is exact over many more hits than it keeps', async () => {
    for (let second = 0; second < 5_000; second++) {
      now = second * 1000;
      expect((await hit('busy', 60)).totalHits).toBe(Math.min(second + 1, 60));
    }
  });
});
