import { addDays, addMonths } from '@libs/calendar';
import { estimate } from './estimate.rules';
import type { Past } from './judgement.rules';

const past = (period: string, value: number, consumption: number | null, more: Partial<Past> = {}): Past => ({
  ...{ id: 1, version: 1, installationId: 1, period, readOn: addDays(addMonths(`${period}-01`, 1), -1), value },
  ...{ consumption, state: 'BILLED', source: 'FIELD', anomalies: [] },
  ...more,
});
const basis = (history: Past[], more = {}) => ({
  ...{ history, installation: { id: 1, initialReading: 100, installedOn: '2026-10-31' } },
  ...{ register: { digits: 5, multiplier: 1 }, classAverage: 0.5, mostEstimates: 3, ...more },
});
const estimated = (history: Past[], more = {}) => estimate(basis(history, more), '2026-11', '2026-11-30');
const RECENT = [
  past('2026-07', 900, 31),
  past('2026-08', 962, 62),
  past('2026-09', 992, 30),
  past('2026-10', 1023, 31),
];

describe('an estimate', () => {
  it('is as in the same season last year', () => {
    const season = [past('2025-10', 500, 10), past('2025-11', 590, 90), ...RECENT];
    expect(estimated(season)).toEqual({ method: 'SEASON', consumption: 90, value: 1113 });
    const guessed = [past('2025-10', 500, 10), past('2025-11', 590, 90, { source: 'ESTIMATE' }), ...RECENT];
    expect(estimated(guessed)).toMatchObject({ method: 'CYCLES' });
  });

  it('else by the average of three cycles, else of the class', () => {
    expect(estimated(RECENT)).toEqual({ method: 'CYCLES', consumption: 40, value: 1063 });
    expect(estimated([])).toEqual({ method: 'CLASS', consumption: 15, value: 115 });
    expect(estimated([], { classAverage: null })).toEqual({ exception: 'NO_BASIS' });
    expect(estimate(basis([]), '2026-11', '2026-10-31')).toEqual({ exception: 'NO_DAYS' });
  });

  it('is not made where nobody knows where the register stands', () => {
    const installation = { id: 1, initialReading: null, installedOn: '2012-04-02' };
    expect(estimated([], { installation })).toEqual({ exception: 'VISIT' });
    expect(estimated(RECENT, { installation })).toEqual({ method: 'CYCLES', consumption: 40, value: 1063 });
  });

  it('goes over the end of the register, in its whole units', () => {
    const end = [past('2026-10', 99_990, null)];
    expect(estimated(end, { classAverage: 1 })).toEqual({ method: 'CLASS', consumption: 30, value: 20 });
    const tens = { register: { digits: 5, multiplier: 10 }, classAverage: 1.5 };
    expect(estimated(end, tens)).toEqual({ method: 'CLASS', consumption: 50, value: 99_995 });
  });

  it('is made three times in a row, then somebody goes there', () => {
    const guessed = ['2026-08', '2026-09', '2026-10'].map((period) => past(period, 990, 30, { source: 'ESTIMATE' }));
    expect(estimated([past('2026-07', 900, 31), ...guessed])).toEqual({ exception: 'VISIT' });
    expect(estimated([past('2026-07', 900, 31), ...guessed.slice(1)])).toMatchObject({
      consumption: expect.any(Number),
    });
  });
});
