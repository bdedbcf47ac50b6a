import fc from 'fast-check';
import { reliefOf, usualIn } from './leak.rules';

const heads = (water: number, sewer: number) => new Map([['WATER', water], ['SEWER', sewer], ['WATER_FIXED', 4200]]); // prettier-ignore

describe('what is given back of a leak', () => {
  it('is a share of what it costs, of the sewer too, never of the fee', () => {
    expect(reliefOf(heads(60_000, 12_000), heads(10_000, 2000), 45_000, { percent: 50 })).toEqual([
      { head: 'WATER', billed: 60_000, usual: 10_000, relief: 25_000 },
      { head: 'SEWER', billed: 12_000, usual: 2000, relief: 5000 },
    ]);
  });

  it('leaves the reduced price for each m³ of the leak', () => {
    // 45 m³ at 2.50 are 112.50 of the 500.00 that they cost: 387.50 of it, and as great a part of the sewer.
    expect(reliefOf(heads(60_000, 12_000), heads(10_000, 2000), 45_000, { price: 2_500_000 })).toEqual([
      { head: 'WATER', billed: 60_000, usual: 10_000, relief: 38_750 },
      { head: 'SEWER', billed: 12_000, usual: 2000, relief: 7750 },
    ]);
    expect(reliefOf(heads(10_100, 0), heads(10_000, 0), 45_000, { price: 2_500_000 })).toEqual([]);
  });

  it('is never more than the leak costs', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 });
    const relief = fc.oneof(
      fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ price: fc.integer({ min: 0, max: 20_000_000 }) }),
    );
    fc.assert(
      fc.property(amount, amount, amount, relief, (water, sewer, excess, rule) => {
        const given = reliefOf(heads(water, sewer), heads(water >> 1, sewer >> 1), excess, rule);
        expect(given.every((each) => each.relief > 0 && each.relief <= each.billed - each.usual)).toBe(true);
      }),
    );
  });
});

it('what is usual is by the days of the cycle', () => {
  expect(usualIn(31, { litres: 60_000, days: 61 })).toBe(30_492);
});
