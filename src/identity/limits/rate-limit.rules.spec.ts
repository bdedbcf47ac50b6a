import fc from 'fast-check';
import { addDuration } from '@libs/calendar';
import { takeOne, type Rate } from './rate-limit.rules';

const NOW = '2026-11-24T08:00:00.000Z';
const at = (seconds: number) => addDuration(NOW, { seconds });

/** The seconds of requests that passed, and what the others were told. */
function run(times: readonly number[], rate: Rate) {
  const passed: number[] = [];
  const refused: { at: number; wait: number }[] = [];
  let usedUntil: string | null = null;
  for (const time of times) {
    const taken = takeOne(usedUntil, at(time), rate);
    if ('usedUntil' in taken) {
      passed.push(time);
      usedUntil = taken.usedUntil;
    } else refused.push({ at: time, wait: taken.waitSeconds });
  }
  return { passed, refused, usedUntil };
}

describe('a rate', () => {
  it('lets so many pass at once, and then one each share', () => {
    const rate = { most: 5, seconds: 300 };
    const { passed, refused } = run([0, 0, 0, 0, 0, 0, 59, 60, 60, 120], rate);
    expect(passed).toEqual([0, 0, 0, 0, 0, 60, 120]);
    expect(refused).toEqual([
      { at: 0, wait: 60 },
      { at: 59, wait: 1 },
      { at: 60, wait: 60 },
    ]);
  });

  const times = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 80 });
  const rates = fc.record({ most: fc.integer({ min: 1, max: 10 }), seconds: fc.integer({ min: 10, max: 600 }) });

  it('never lets more pass in a window than all at once and the shares that went by', () => {
    fc.assert(
      fc.property(times, rates, (unsorted, rate) => {
        const { passed } = run(
          [...unsorted].sort((a, b) => a - b),
          rate,
        );
        for (const start of passed) {
          const within = passed.filter((time) => time >= start && time <= start + rate.seconds);
          expect(within.length).toBeLessThanOrEqual(2 * rate.most);
        }
      }),
    );
  });

  it('says when to come again: then it passes, and not a second and a half before', () => {
    fc.assert(
      fc.property(times, rates, (unsorted, rate) => {
        const sorted = [...unsorted].sort((a, b) => a - b);
        const { usedUntil } = run(sorted, rate);
        const last = sorted[sorted.length - 1]!;
        const taken = takeOne(usedUntil, at(last), rate);
        if ('usedUntil' in taken) return;
        expect('usedUntil' in takeOne(usedUntil, at(last + taken.waitSeconds), rate)).toBe(true);
        expect('usedUntil' in takeOne(usedUntil, at(last + taken.waitSeconds - 1.5), rate)).toBe(false);
      }),
    );
  });
});
