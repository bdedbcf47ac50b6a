import fc from 'fast-check';
import { addDuration } from '@libs/calendar';
import { BUCKETS, dueDates } from './buckets';

const TODAY = '2026-11-24';
const bucketsOf = (due: string) =>
  dueDates(TODAY)
    .filter(({ after, until }) => (after === null || due > after) && (until === null || due <= until))
    .map(({ bucket }) => bucket);
const overdue = (days: number) => addDuration(`${TODAY}T00:00:00.000Z`, { days: -days }).slice(0, 10);

describe('ages of debt', () => {
  it('hold every due date once', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 20_000 }), (days) => {
        expect(bucketsOf(overdue(days))).toHaveLength(1);
      }),
    );
  });

  it.each([
    [-1, 'NOT_DUE'],
    [0, 'DAYS_0_30'],
    [30, 'DAYS_0_30'],
    [31, 'DAYS_31_60'],
    [60, 'DAYS_31_60'],
    [61, 'DAYS_61_90'],
    [91, 'DAYS_91_180'],
    [181, 'DAYS_181_365'],
    [365, 'DAYS_181_365'],
    [366, 'YEARS_1_2'],
    [730, 'YEARS_1_2'],
    [731, 'YEARS_2_3'],
    [1096, 'YEARS_3_5'],
    [1825, 'YEARS_3_5'],
    [1826, 'OVER_5_YEARS'],
    [9000, 'OVER_5_YEARS'],
  ])('%i days overdue is %s', (days, bucket) => {
    expect(bucketsOf(overdue(days))).toEqual([bucket]);
    expect(BUCKETS).toContain(bucket);
  });
});
