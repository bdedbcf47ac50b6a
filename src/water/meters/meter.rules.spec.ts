import { givesFeeBack, METER_MOVES, outcomeOf, shows } from './meter.rules';

describe('a meter on the bench', () => {
  const tolerance = 400;
  it.each([
    [{ low: 0, nominal: 0, high: 0 }, 'RIGHT'],
    [{ low: 800, nominal: 400, high: -400 }, 'RIGHT'],
    [{ low: 801, nominal: 0, high: 0 }, 'FAST'],
    [{ low: 0, nominal: 401, high: 0 }, 'FAST'],
    [{ low: -801, nominal: 0, high: 0 }, 'SLOW'],
    [{ low: null, nominal: 0, high: 0 }, 'SLOW'],
    [{ low: -900, nominal: 0, high: 500 }, 'FAST'],
    [{ low: null, nominal: null, high: null }, 'STOPPED'],
  ])('%j is %s', (errors, outcome) => {
    expect(outcomeOf(errors, tolerance)).toBe(outcome);
    expect(givesFeeBack(outcome as 'RIGHT')).toBe(outcome !== 'RIGHT');
  });

  it('leads nowhere once it is retired, and stands nowhere by a move', () => {
    expect(METER_MOVES.RETIRED).toEqual([]);
    expect(Object.values(METER_MOVES).flat()).not.toContain('INSTALLED');
  });

  it('shows what its digits allow', () => {
    expect([shows(5, 0), shows(5, 99_999), shows(5, 100_000), shows(5, -1)]).toEqual([true, true, false, false]);
  });
});
