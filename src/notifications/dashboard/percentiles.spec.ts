import fc from 'fast-check';
import { percentile } from './percentiles';

describe('a percentile', () => {
  it.each([
    [[], 95, null],
    [[7], 50, 7],
    [[1, 2], 50, 1],
    [[3, 1, 2], 50, 2],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 95, 10],
    [Array.from({ length: 100 }, (_, at) => at + 1), 95, 95],
  ])('of %j at %i is %s', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  it('is a value that enough of them do not exceed, and the smallest such', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const found = percentile(list, percent)!;
        const notAbove = (limit: number) => list.filter((each) => each <= limit).length / list.length;
        expect(list).toContain(found);
        expect(notAbove(found)).toBeGreaterThanOrEqual(percent / 100);
        const smaller = list.filter((each) => each < found);
        for (const each of smaller) expect(notAbove(each)).toBeLessThan(percent / 100);
      }),
    );
  });
});
