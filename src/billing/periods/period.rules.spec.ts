import { isOver, monthsOf } from './period.rules';

describe('months of the books', () => {
  it('are the twelve of a year', () => {
    expect(monthsOf(2026)).toHaveLength(12);
    expect([monthsOf(2026)[0], monthsOf(2026)[11]]).toEqual(['2026-01', '2026-12']);
  });

  it('are over on the first day of the next', () => {
    expect(isOver('2026-10', '2026-10-31')).toBe(false);
    expect(isOver('2026-10', '2026-11-01')).toBe(true);
    expect(isOver('2026-12', '2026-11-30')).toBe(false);
  });
});
