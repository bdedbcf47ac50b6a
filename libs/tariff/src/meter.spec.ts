import * as fc from 'fast-check';
import { consumed } from './index';

const meter = { digits: 5, most: 300 };

describe('consumed', () => {
  it.each([
    [120, 150, { ok: true, cubicMetres: 30, rolledOver: false }],
    [120, 120, { ok: true, cubicMetres: 0, rolledOver: false }],
    [0, 99_999, { ok: true, cubicMetres: 99_999, rolledOver: false }],
    [99_990, 15, { ok: true, cubicMetres: 25, rolledOver: true }],
    [99_999, 0, { ok: true, cubicMetres: 1, rolledOver: true }],
    [99_900, 200, { ok: true, cubicMetres: 300, rolledOver: true }],
    [99_900, 201, { ok: false, reason: 'suspected-error' }],
    [1500, 1490, { ok: false, reason: 'suspected-error' }],
    [100_000, 5, { ok: false, reason: 'not-on-the-meter' }],
    [5, 100_000, { ok: false, reason: 'not-on-the-meter' }],
    [5, -1, { ok: false, reason: 'not-on-the-meter' }],
    [5, 7.5, { ok: false, reason: 'not-on-the-meter' }],
    [5, NaN, { ok: false, reason: 'not-on-the-meter' }],
  ])('%d to %d', (previous, current, result) => expect(consumed(previous, current, meter)).toEqual(result));

  it('finds any plausible consumption again, wherever the meter stood', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 8 }), fc.nat(9999), fc.nat(300), (digits, previous, used) => {
        const end = 10 ** digits;
        expect(consumed(end - 1 - previous, (end - 1 - previous + used) % end, { digits, most: 300 })).toEqual({
          ok: true,
          cubicMetres: used,
          rolledOver: used > previous,
        });
      }),
    );
  });
});
