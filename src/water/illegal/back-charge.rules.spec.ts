import fc from 'fast-check';
import { addDays, daysBetween } from '@libs/calendar';
import { byMonth } from './back-charge.rules';

describe('water taken over a period', () => {
  it('goes to its months by days', () => {
    expect(byMonth('2026-01-17', '2026-03-05', 48_000)).toEqual([
      { from: '2026-01-17', to: '2026-01-31', litres: 15_000 },
      { from: '2026-02-01', to: '2026-02-28', litres: 28_000 },
      { from: '2026-03-01', to: '2026-03-05', litres: 5_000 },
    ]);
    expect(byMonth('2026-02-03', '2026-02-03', 7)).toEqual([{ from: '2026-02-03', to: '2026-02-03', litres: 7 }]);
  });

  it('sums to what was taken, day follows day', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(800), fc.nat(10_000_000), (start, length, litres) => {
        const from = addDays('2023-01-01', start);
        const to = addDays(from, length);
        const parts = byMonth(from, to, litres);
        expect(parts.reduce((sum, part) => sum + part.litres, 0)).toBe(litres);
        expect([parts[0]!.from, parts.at(-1)!.to]).toEqual([from, to]);
        parts.slice(1).forEach((part, at) => expect(daysBetween(parts[at]!.to, part.from)).toBe(1));
      }),
    );
  });
});
