import { daysBetween, daysInMonth } from './local-date';
import { addDays, addMonths, monthAfter } from './shift';

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
    ['1969-12-31', 60, '1970-03-01'],
  ])('%s and %i days is %s', (from, days, to) => expect(addDays(from, days)).toBe(to));

  it('refuses a day that does not exist, and one that cannot be written', () => {
    for (const [from, days] of [
      ['2026-02-30', 1],
      ['9999-12-31', 1],
      ['2026-01-01', NaN],
    ] as const) {
      expect(() => addDays(from, days)).toThrow(RangeError);
    }
  });
});

describe('daysBetween', () => {
  it.each([
    ['2024-02-28', '2024-03-01', 2],
    ['2026-03-27', '2026-03-29', 2],
    ['2026-01-01', '2026-01-01', 0],
    ['2026-01-01', '2025-12-31', -1],
    ['1969-12-31', '1970-01-02', 2],
    ['0001-01-01', '9999-12-31', 3652058],
  ])('from %s to %s are %i', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });

  it('refuses a day that does not exist', () =>
    expect(() => daysBetween('2026-02-29', '2026-03-01')).toThrow(RangeError));
});

describe('daysInMonth', () => {
  it.each([
    ['2024-02-10', 29],
    ['2026-02-10', 28],
    ['2000-02-01', 29],
    ['1900-02-01', 28],
    ['2026-04-30', 30],
    ['2026-12-31', 31],
  ])('of %s is %i', (date, days) => expect(daysInMonth(date)).toBe(days));
});

it('months follow one another', () => {
  expect([monthAfter('2025-12'), monthAfter('2026-01', -1), monthAfter('2026-11', 14)]).toEqual([
    '2026-01',
    '2025-12',
    '2028-01',
  ]);
  expect(() => monthAfter('2026-13')).toThrow(RangeError);
});
