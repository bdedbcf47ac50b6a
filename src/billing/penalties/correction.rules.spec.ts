import { correctionsOf } from './correction.rules';

const month = (period: string, amount: number, charges: [number, number][], number = charges.length) => ({
  period,
  number,
  amount,
  charges: charges.map(([id, left]) => ({ id, left })),
});
const due = (months: Record<string, number>) => new Map(Object.entries(months));

describe('correctionsOf', () => {
  it('charges new months and leaves those that have not changed', () => {
    expect(correctionsOf(due({ '2026-02': 100, '2026-03': 90 }), [month('2026-02', 100, [[1, 100]])])).toEqual([
      { period: '2026-03', number: 1, amount: 90, takeBack: [] },
    ]);
  });

  it('takes back the newest charge of the month first', () => {
    const before = [month('2026-02', 150, [[1, 100], [2, 50]])]; // prettier-ignore
    expect(correctionsOf(due({ '2026-02': 60 }), before)).toEqual([
      { period: '2026-02', number: 3, amount: -90, takeBack: [{ id: 2, amount: 50 }, { id: 1, amount: 40 }] }, // prettier-ignore
    ]);
    expect(correctionsOf(due({}), before)[0]!.takeBack.reduce((sum, { amount }) => sum + amount, 0)).toBe(150);
  });

  it('does not charge again what staff took back, nor take it back twice', () => {
    const before = [month('2026-02', 100, [[1, 30]])];
    expect(correctionsOf(due({ '2026-02': 100 }), before)).toEqual([]);
    expect(correctionsOf(due({}), before)).toEqual([
      { period: '2026-02', number: 2, amount: -100, takeBack: [{ id: 1, amount: 30 }] },
    ]);
  });
});
