import { addDays, addMonths } from './shift';

describe('addMonths', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-15', -13, '2025-02-15'],
    ['2026-03-15', 0, '2026-03-15'],
  ])('%s and %i months is %s', (from, months, to) => expect(addMonths(from, months)).toBe(to));

  it('refuses a day that does not exist', () => expect(() => addMonths('2026-02-30', 1)).toThrow(RangeError));
});

describe('addDays', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-27', 2, '2026-03-29'],
  ])('%s and %i days is %s', (from, days, to) => expect(addDays(from, days)).toBe(to));
});
