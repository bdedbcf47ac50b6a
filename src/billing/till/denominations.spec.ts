import fc from 'fast-check';
import { DENOMINATIONS } from '@libs/money';
import { counted } from './denominations';

describe('a count', () => {
  it('is worth its pieces', () => {
    const pieces = fc
      .constantFrom(...DENOMINATIONS.ILS)
      .chain((denomination) =>
        fc.record({ denomination: fc.constant(denomination), pieces: fc.integer({ min: 0, max: 100_000 }) }),
      );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (list) => {
        const one = list.flatMap(({ denomination, pieces: count }) => BigInt(denomination) * BigInt(count));
        expect(BigInt(counted(list))).toBe(one.reduce((sum, each) => sum + each, 0n));
      }),
    );
    expect(
      counted([
        { denomination: 250, pieces: 3 },
        { denomination: 5, pieces: 0 },
      ]),
    ).toBe(750);
  });

  it('knows each note and coin once, the largest first', () => {
    for (const list of Object.values(DENOMINATIONS)) {
      expect([...new Set(list)].sort((a, b) => b - a)).toEqual([...list]);
    }
  });
});
