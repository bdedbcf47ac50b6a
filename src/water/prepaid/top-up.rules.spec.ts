import { parseTariff, rate, TariffBook } from '@libs/tariff';
import fc from 'fast-check';
import { MONTHLY } from '../../../test/support/water';
import { boughtBlocks, chargedLines, litresFor, MOST_LITRES, prepaidDays } from './top-up.rules';

const book = new TariffBook([
  parseTariff({
    ...MONTHLY,
    sewer: { percent: '20', of: ['WATER'] },
    tax: { percent: '16', of: ['WATER', 'FIXED', 'SEWER'] },
  }),
]);
const total = (litres: number, units = 1) =>
  rate(book, { class: 'DOMESTIC', size: 15, units, from: '2026-11-01', to: '2026-11-30', litres }).total;

describe('the water that an amount buys', () => {
  it('is the most whose price is within the amount, on top of what was bought before', () => {
    const cases = {
      amount: fc.integer({ min: 1, max: 1_000_000 }),
      before: fc.option(fc.integer({ min: 0, max: 300_000 }), { nil: null }),
      units: fc.integer({ min: 1, max: 4 }),
      step: fc.constantFrom(1, 100),
    };
    fc.assert(
      fc.property(fc.record(cases), ({ amount, before, units, step }) => {
        const base = before === null ? 0 : total(before, units);
        const priceOf = (litres: number) => total((before ?? 0) + litres, units) - base;
        const litres = litresFor(amount, priceOf, step);
        expect(litres % step).toBe(0);
        if (litres > 0) expect(priceOf(litres)).toBeLessThanOrEqual(amount);
        expect(priceOf(litres + step)).toBeGreaterThan(amount);
      }),
      { numRuns: 200 },
    );
  });

  it('is bounded where water costs nothing', () => {
    expect(litresFor(100, () => 0, 1)).toBe(MOST_LITRES);
    expect(litresFor(100, () => 0, 300)).toBe(MOST_LITRES - (MOST_LITRES % 300));
  });
});

describe('lines', () => {
  it('sum to the price, though a cap lowers the share of a head', () => {
    expect(chargedLines([['SEWER', -30], ['VAT', 20], ['WATER', 110]])).toEqual([
      { head: 'VAT', amount: 15 },
      { head: 'WATER', amount: 85 },
    ]); // prettier-ignore
    expect(chargedLines([['WATER', 0]])).toEqual([]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.integer({ min: -500, max: 5000 })), { maxLength: 6 }),
        (changes) => {
          const price = Math.max(
            0,
            changes.reduce((sum, [, amount]) => sum + amount, 0),
          );
          const lines = chargedLines(changes);
          expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(price);
          expect(lines.every(({ amount }) => amount > 0)).toBe(true);
        },
      ),
    );
  });
});

describe('the days of a month that are prepaid', () => {
  const days = (day: string, begun: string, paidTo: string | null = null) => prepaidDays(day, begun, paidTo);
  const shared = { to: '2026-11-30', cycleMonths: 1 };

  it('begin with the month, or on the day that is the first of this meter and customer', () => {
    expect(days('2026-11-24', '2026-10-01')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
    expect(days('2026-11-24', '2026-11-21')).toEqual({ from: '2026-11-21', ...shared });
    expect(days('2028-02-29', '2028-02-20')).toEqual({ from: '2028-02-20', to: '2028-02-29', cycleMonths: 1 });
  });

  it('have no fees where a bill has charged them', () => {
    expect(days('2026-11-30', '2026-12-01')).toEqual({ from: '2026-11-30', ...shared, feesTo: '2026-11-29' });
    expect(days('2026-11-24', '2026-11-21', '2026-11-30')).toEqual({
      from: '2026-11-21',
      ...shared,
      feesTo: '2026-11-20',
    });
    expect(days('2026-11-24', '2026-11-21', '2026-11-22')).toEqual({ from: '2026-11-23', ...shared });
    expect(days('2026-11-24', '2026-11-21', '2026-11-20')).toEqual({ from: '2026-11-21', ...shared });
  });
});

describe('the blocks of the water that is bought', () => {
  const linesFor = (litres: number) =>
    rate(book, { class: 'DOMESTIC', size: 15, units: 1, from: '2026-11-01', to: '2026-11-30', litres }).parts.flatMap(
      ({ lines }) => lines,
    );

  it('are those beyond what was bought before, and hold all of it', () => {
    const amounts = { before: fc.integer({ min: 0, max: 200_000 }), more: fc.integer({ min: 1, max: 200_000 }) };
    fc.assert(
      fc.property(fc.record(amounts), ({ before, more }) => {
        const blocks = boughtBlocks(linesFor(before), linesFor(before + more));
        expect(blocks.reduce((sum, { litres }) => sum + litres, 0)).toBe(more);
        for (const { over, upTo } of blocks) {
          expect(over).toBeLessThan(before + more);
          expect(upTo ?? Infinity).toBeGreaterThan(before);
        }
      }),
    );
  });
});
