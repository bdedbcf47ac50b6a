import * as fc from 'fast-check';
import { JWU_17, JWU_42 } from '../../../test/support/tariff/jwu';
import { anyCycle, anyTariff, day } from '../../../test/support/tariff/random';
import { parseTariff, rate, rerate, TariffBook, type TariffData, TariffError, trueUp, type Usage } from './index';

const bookOf = (...versions: TariffData[]) => new TariffBook(versions.map(parseTariff));
const january: Usage = { class: 'DOMESTIC', size: 15, units: 1, from: '2024-01-01', to: '2024-01-31', litres: 50_000 };
const february = { ...january, from: '2024-02-01', to: '2024-02-29' };
const before = bookOf(JWU_42);

describe('rerate', () => {
  it('lists a credit for each period, by component, with the rating that takes its place', () => {
    const previous = [0, 20_100, 150_000].map((litres) => rate(before, { ...january, litres }));
    const differences = rerate(JSON.parse(JSON.stringify(previous)), bookOf(JWU_17));
    expect(differences.map(({ before: was, after, amount }) => [was, after, amount])).toEqual([
      [4200, 1700, -2500],
      [15272, 12772, -2500],
      [154600, 152100, -2500],
    ]);
    expect(differences[0]).toMatchObject({ from: january.from, to: january.to, rating: { total: 1700, litres: 0 } });
    expect(differences[0]!.components).toEqual([{ component: 'FIXED', amount: -2500 }]);
  });

  it('tells of periods of the same total whose components differ', () => {
    const moved = { ...JWU_42, fixed: { amount: '40' }, maintenance: { amount: '2' } };
    expect(rerate([rate(before, january)], bookOf(moved))).toMatchObject([
      {
        amount: 0,
        components: [
          { component: 'FIXED', amount: -200 },
          { component: 'MAINTENANCE', amount: 200 },
        ],
      },
    ]);
  });

  it('finds nothing where nothing changed, and undoes itself where it did', () => {
    fc.assert(
      fc.property(anyTariff, anyTariff, anyCycle, fc.nat(300_000), (a, b, cycle, litres) => {
        const [one, two] = [bookOf(a), bookOf({ ...b, currency: a.currency })];
        const rating = rate(one, { ...january, ...cycle, litres });
        expect(rerate([rating], one)).toEqual([]);
        for (const there of rerate([rating], two)) {
          expect(there.components.reduce((sum, { amount }) => sum + amount, 0)).toBe(there.amount);
          expect(rerate([there.rating], one)).toMatchObject([{ amount: 0 - there.amount, rating }]);
        }
      }),
    );
  });

  it('refuses a period in another currency, or one that changes it', () => {
    const dinars: TariffData = { ...JWU_42, code: 'JOD', currency: 'JOD' };
    expect(() => rerate([rate(before, january)], bookOf(dinars))).toThrow('the currency changes');
    expect(() => rate(bookOf(JWU_42, { ...dinars, from: '2024-01-31' }), january)).toThrow('the currency changes');
  });
});

describe('trueUp', () => {
  const estimated = [january, february].map((cycle) => rate(before, { ...cycle, litres: 30_000 }));

  it('ends with the estimated cycles when the reading does', () => {
    const { cycles, differences } = trueUp(before, estimated, 60_000);
    expect(cycles.map(({ litres }) => litres)).toEqual([31_000, 29_000]);
    expect(differences.map(({ amount }) => amount)).toEqual([720, -720]);
    expect(trueUp(before, cycles, 60_000).differences).toEqual([]);
  });

  it('gives back what was estimated too much', () => {
    const { differences } = trueUp(before, estimated, 0);
    expect(differences.map(({ after, amount }) => [after, amount])).toEqual([
      [4200, -18200],
      [4200, -18200],
    ]);
  });

  it('refuses cycles that do not follow on one another, and none', () => {
    expect(() => trueUp(before, [...estimated].reverse(), 1000)).toThrow(TariffError);
    expect(() => trueUp(before, [estimated[0]!], 1000, { ...february, from: '2024-02-02' })).toThrow(
      '/1/from: 2024-02-02 does not follow on 2024-01-31',
    );
    expect(() => trueUp(before, [], 1000)).toThrow(RangeError);
  });

  it('bills the litres exactly, and no more than all of them in the last cycle would cost', () => {
    const lengths = fc.array(fc.integer({ min: 25, max: 35 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(lengths, fc.nat(300_000), fc.nat(40_000), (days, litres, guess) => {
        let start = 0;
        const usages = days.map((length) => ({ ...january, from: day(start), to: day((start += length) - 1) }));
        const guesses = usages
          .slice(0, -1)
          .map((usage) => rate(before, { ...usage, litres: Math.min(guess, litres / 5) | 0 }));
        const { cycles, differences } = trueUp(before, guesses, litres, usages.at(-1));
        expect(cycles.reduce((sum, cycle) => sum + cycle.litres, 0)).toBe(litres);
        const rest = litres - guesses.reduce((sum, { litres: of }) => sum + of, 0);
        const unfair = rate(before, { ...usages.at(-1)!, litres: rest }).total;
        const fair = cycles.at(-1)!.total + differences.reduce((sum, { amount }) => sum + amount, 0);
        expect(fair).toBeLessThanOrEqual(unfair + days.length * 6);
      }),
    );
  });
});
