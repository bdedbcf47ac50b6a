import { isOver, monthAfter, monthBefore, monthsOf } from './period.rules';

describe('months of the books', () => {
  it('follow one another', () => {
    expect(monthBefore('2026-01')).toBe('2025-12');
    const months = [...monthsOf(2025), ...monthsOf(2026)];
    for (const [at, month] of months.entries()) {
      if (at > 0) expect(monthBefore(month)).toBe(months[at - 1]);
      if (at > 0) expect(monthAfter(months[at - 1]!)).toBe(month);
    }
  });

  it('are over on the first day of the next', () => {
    expect(isOver('2026-10', '2026-10-31')).toBe(false);
    expect(isOver('2026-10', '2026-11-01')).toBe(true);
    expect(isOver('2026-12', '2026-11-30')).toBe(false);
  });
});
