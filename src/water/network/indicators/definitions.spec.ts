import { rate } from './definitions';

describe('an indicator', () => {
  it.each([
    ['COLLECTION_RATIO', 1, 3, {}, 3333],
    ['COLLECTION_RATIO', 2, 3, {}, 6667],
    ['NON_REVENUE_WATER', -5, 10, {}, -5000],
    ['AVERAGE_CONSUMPTION', 100, 3, {}, 3333],
    // 6 leaks of 12.5 km in 73 days are 240 a 100 km and year.
    ['NETWORK_FAILURES', 6, 12_500, { times: 100_000 * (365 / 73) }, 2400],
    ['SUBSCRIPTIONS', 7, 1, {}, 7],
  ] as const)('%s of %d and %d', (code, numerator, denominator, options, value) => {
    expect(rate(code, numerator, denominator, options).value).toBe(value);
  });

  it('is not said of nothing or of what is not known', () => {
    for (const [numerator, denominator] of [
      [0, 0],
      [null, 5],
      [5, null],
    ] as const) {
      expect(rate('METERS_READ', numerator, denominator, { missing: ['INPUT'] })).toEqual({
        ...{ code: 'METERS_READ', group: null, value: null, numerator, denominator },
        missing: ['INPUT'],
      });
    }
  });
});
