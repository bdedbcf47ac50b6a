import { walkAnomalies } from './walk.rules';

const LIMITS = { run: 5, seconds: 10 };
const marked = (steps: [value: number, consumption: number | null, second?: number][]) =>
  walkAnomalies(
    steps.map(([value, consumption, second]) => ({
      value,
      consumption,
      at: second === undefined ? null : new Date(second * 1000).toISOString(),
    })),
    LIMITS,
  ).map((found) => [...found].join());

describe('the walk of a reader', () => {
  it('shows the same consumption, or the same last digits, in a row of five', () => {
    const same = [113, 214, 315, 416, 517].map((value): [number, number] => [value, 24]);
    expect(marked(same)).toEqual(Array(5).fill('COPIED'));
    expect(marked([...same.slice(1), [99, 7]])).toEqual(Array(5).fill(''));
    expect(
      marked([
        [120, 1],
        [220, 2],
        [520, 3],
        [20, 4],
        [9920, 5],
        [21, 6],
      ]),
    ).toEqual([...Array(5).fill('COPIED'), '']);
    expect(marked(same.map(([value]) => [value, 0]))).toEqual(Array(5).fill(''));
  });

  it('takes time', () => {
    const steps = (gap: number) =>
      [11, 22, 33, 44, 55].map((value, at): [number, number, number] => [value, value, at * gap]);
    expect(marked(steps(9))).toEqual(Array(5).fill('TOO_FAST'));
    expect(marked(steps(10))).toEqual(Array(5).fill(''));
    expect(marked(steps(1).slice(0, 4))).toEqual(Array(4).fill(''));
  });

  it('has no times where the sender gives none', () => {
    expect(marked([11, 22, 33, 44, 55].map((value) => [value, value]))).toEqual(Array(5).fill(''));
    expect(marked([])).toEqual([]);
  });
});
