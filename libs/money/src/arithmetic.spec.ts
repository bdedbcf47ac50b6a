import * as fc from 'fast-check';
import { addMoney, allocateByShares, fromHundredths, roundHalfUp, splitEvenly, sumByCurrency } from './index';

const MAX = Number.MAX_SAFE_INTEGER;
const minorUnits = fc.maxSafeInteger();
const sum = (parts: number[]) => parts.reduce((total, part) => total + BigInt(part), 0n);

describe('amounts of the old systems', () => {
  it('become minor units of their currency', () => {
    expect(fromHundredths(3500, 'ILS')).toBe(3500);
    expect(fromHundredths(3500, 'JOD')).toBe(35000);
    expect(fromHundredths(-1, 'USD')).toBe(-1);
    expect(() => fromHundredths(0.5, 'ILS')).toThrow(RangeError);
    expect(() => fromHundredths(MAX, 'JOD')).toThrow(RangeError);
  });
});

describe('sums', () => {
  it('add within a currency only', () => {
    const shekels = { minor: 100, currency: 'ILS' } as const;
    expect(addMoney(shekels, { minor: -30, currency: 'ILS' })).toEqual({ minor: 70, currency: 'ILS' });
    expect(() => addMoney(shekels, { minor: 1, currency: 'JOD' })).toThrow(TypeError);
    expect(() => addMoney(shekels, { minor: MAX, currency: 'ILS' })).toThrow(RangeError);
    expect(() => addMoney(shekels, { minor: 0.1, currency: 'ILS' })).toThrow(RangeError);
  });

  it('are kept per currency, in the order of reports', () => {
    const sums = sumByCurrency([
      { minor: 5, currency: 'USD' },
      { minor: 1000, currency: 'JOD' },
      { minor: 5, currency: 'USD' },
      { minor: -1000, currency: 'JOD' },
    ]);
    expect([...sums]).toEqual([
      ['JOD', 0],
      ['USD', 10],
    ]);
    expect(sumByCurrency([]).size).toBe(0);
  });
});

describe('roundHalfUp', () => {
  it.each([
    [5, 2, 3],
    [-5, 2, -3],
    [5, -2, -3],
    [4, 3, 1],
    [-4, 3, -1],
    [1, 3, 0],
    [-1, 3, 0],
    [0, -7, 0],
  ])('%d/%d is %d', (n, d, rounded) => expect(roundHalfUp(n, d)).toBe(rounded));

  it('takes products beyond 2^53 as bigint and refuses what it cannot hold', () => {
    expect(roundHalfUp(BigInt(MAX) * 17n, 100n)).toBe(1531223873305968);
    expect(() => roundHalfUp(1, 0)).toThrow(RangeError);
    expect(() => roundHalfUp(0.5, 1)).toThrow(RangeError);
    expect(() => roundHalfUp(2 ** 53, 1)).toThrow(RangeError);
    expect(() => roundHalfUp(BigInt(MAX) * 2n, 1n)).toThrow(RangeError);
  });

  it('is never more than a half away, and symmetric', () => {
    fc.assert(
      fc.property(
        minorUnits,
        fc.oneof(
          fc.integer({ min: 1, max: 1_000_000 }),
          fc.maxSafeNat().map((d) => d || 1),
        ),
        (n, d) => {
          const twiceError = 2n * (BigInt(roundHalfUp(n, d)) * BigInt(d) - BigInt(n));
          expect(twiceError <= BigInt(d) && twiceError >= -BigInt(d)).toBe(true);
          expect(roundHalfUp(-n, d) + roundHalfUp(n, d)).toBe(0);
        },
      ),
    );
  });
});

describe('splitEvenly', () => {
  it('gives the rest to the last', () => {
    expect(splitEvenly(100000, 3)).toEqual([33333, 33333, 33334]);
    expect(splitEvenly(100000, 7)).toEqual([14285, 14285, 14285, 14285, 14285, 14285, 14290]);
    expect(splitEvenly(-100000, 3)).toEqual([-33333, -33333, -33334]);
    expect(splitEvenly(-1, 3)).toEqual([0, 0, -1]);
    expect(splitEvenly(100, 1)).toEqual([100]);
    for (const n of [0, -1, 1.5, NaN]) expect(() => splitEvenly(100, n)).toThrow(RangeError);
    expect(() => splitEvenly(0.1, 2)).toThrow(RangeError);
  });

  it('sums exactly, in equal parts but the last', () => {
    fc.assert(
      fc.property(minorUnits, fc.integer({ min: 1, max: 400 }), (minor, n) => {
        const parts = splitEvenly(minor, n);
        expect(parts).toHaveLength(n);
        expect(sum(parts)).toBe(BigInt(minor));
        expect(new Set(parts.slice(0, -1)).size).toBeLessThanOrEqual(1);
        expect(Math.abs(parts[n - 1]! - parts[0]!)).toBeLessThan(n);
      }),
    );
  });
});

describe('allocateByShares', () => {
  it('gives the largest remainders first, the earlier of equals', () => {
    expect(allocateByShares(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocateByShares(1000, [333, 333, 334])).toEqual([333, 333, 334]);
    expect(allocateByShares(10, [15, 25, 60])).toEqual([2, 2, 6]);
    expect(allocateByShares(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocateByShares(7, [0, 5, 0])).toEqual([0, 7, 0]);
    expect(allocateByShares(MAX, [MAX, MAX])).toEqual([4503599627370496, 4503599627370495]);
  });

  it('refuses weights that share nothing', () => {
    for (const weights of [[], [0, 0], [1, -1], [0.5, 0.5], [NaN]])
      expect(() => allocateByShares(100, weights)).toThrow(RangeError);
    expect(() => allocateByShares(1.5, [1])).toThrow(RangeError);
  });

  it('sums exactly, each within one minor unit of its exact part', () => {
    const weights = fc
      .array(fc.nat(1_000_000), { minLength: 1, maxLength: 40 })
      .filter((all) => all.some((w) => w > 0));
    fc.assert(
      fc.property(minorUnits, weights, (minor, all) => {
        const shares = allocateByShares(minor, all);
        const total = sum(all);
        expect(sum(shares)).toBe(BigInt(minor));
        shares.forEach((share, i) => {
          const error = BigInt(share) * total - BigInt(minor) * BigInt(all[i]!);
          expect(error < total && error > -total).toBe(true);
          if (all[i] === 0) expect(share).toBe(0);
        });
      }),
    );
  });
});
