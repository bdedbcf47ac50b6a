import { addDays } from '@libs/calendar';
import * as fc from 'fast-check';
import { JWU_42 } from '../../../test/support/tariff/jwu';
import { naiveLines } from '../../../test/support/tariff/naive';
import { anyCycle, anyTariff, day } from '../../../test/support/tariff/random';
import { parseLitres, parseTariff, rate, TariffBook, type TariffData, TariffError, type Usage } from './index';

const bookOf = (...versions: TariffData[]) => new TariffBook(versions.map(parseTariff));
const january = { class: 'DOMESTIC', size: 15, units: 1, from: '2024-01-01', to: '2024-01-31' };
const anyUsage = fc
  .record({ cycle: anyCycle, units: fc.integer({ min: 1, max: 12 }), litres: fc.nat(400_000) })
  .map(({ cycle, ...usage }): Usage => ({ ...january, ...usage, ...cycle }));

describe('the tariff of January 2024', () => {
  it.each([
    ['0', 4200],
    ['10', 9700],
    ['20', 15200],
    ['20.1', 15272],
    ['40', 29600],
    ['41', 30550],
    ['50', 39100],
    ['80', 67600],
    ['120', 115600],
    ['150', 154600],
  ])('%s m³ are %d agorot', (cubicMetres, total) => {
    expect(rate(bookOf(JWU_42), { ...january, litres: parseLitres(cubicMetres) }).total).toBe(total);
  });

  it('is explained line by line, in integers that JSON keeps', () => {
    const rating = rate(bookOf(JWU_42), { ...january, litres: 50_000 });
    expect(JSON.parse(JSON.stringify(rating))).toEqual(rating);
    expect(rating.parts[0]!.lines).toEqual([
      { component: 'WATER', amount: 11000, litres: 20_000, price: 5_500_000, over: 0, upTo: 20_000 },
      { component: 'WATER', amount: 14400, litres: 20_000, price: 7_200_000, over: 20_000, upTo: 40_000 },
      { component: 'WATER', amount: 9500, litres: 10_000, price: 9_500_000, over: 40_000, upTo: 80_000 },
      { component: 'FIXED', amount: 4200 },
    ]);
  });

  it('is refused where there is none, and so is what is no consumption', () => {
    const book = bookOf({ ...JWU_42, until: '2024-01-20' });
    const usage = { ...january, litres: 1000 };
    expect(() => rate(book, usage)).toThrow('no tariff of DOMESTIC, 15 mm on 2024-01-21');
    expect(() => rate(book, { ...usage, class: 'CAMP' })).toThrow(TariffError);
    const wrong = [
      { litres: -1 },
      { litres: 0.5 },
      { units: 0 },
      { units: 1.5 },
      { from: '2024-02-01' },
      { to: '2024-02-30' },
    ];
    for (const each of wrong) expect(() => rate(book, { ...usage, ...each })).toThrow(RangeError);
  });
});

describe('rating', () => {
  it('equals a second calculation in rational numbers, line by line', () => {
    fc.assert(
      fc.property(anyTariff, fc.array(anyUsage, { minLength: 10, maxLength: 10 }), (tariff, usages) => {
        const book = bookOf(tariff);
        for (const usage of usages) expect(linesOf(book, usage)).toEqual(shown(naiveLines([tariff], usage)));
      }),
      { numRuns: 300 },
    );
  });

  it('equals it where a cycle was cut short, and where fees are asked for some of its days', () => {
    const cuts = fc.record(
      { cycleMonths: fc.integer({ min: 1, max: 2 }), fees: fc.integer({ min: -2, max: 70 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyTariff, anyUsage, cuts, (tariff, whole, { cycleMonths, fees }) => {
        const feesTo = fees === undefined ? {} : { feesTo: addDays(whole.from, fees) };
        const usage = { ...whole, ...feesTo, ...(cycleMonths && { cycleMonths }) };
        expect(linesOf(bookOf(tariff), usage)).toEqual(shown(naiveLines([tariff], usage)));
        const rating = rate(bookOf(tariff), usage);
        expect(rate(bookOf(tariff), rating)).toEqual(rating);
      }),
      { numRuns: 300 },
    );
  });

  it('charges each day of a month once, however it is cut', () => {
    const fee: TariffData = { ...JWU_42, fixed: { amount: '42' } };
    const parts = [
      { from: '2024-02-01', to: '2024-02-10' },
      { from: '2024-02-11', to: '2024-02-29' },
    ];
    const fees = parts.map((days) => rate(bookOf(fee), { ...january, ...days, litres: 0, cycleMonths: 1 }).total);
    expect(fees).toEqual([1448, 2752]);
    const [first] = parts;
    const whole = { ...january, ...first!, to: '2024-02-29', litres: 30_000, cycleMonths: 1 };
    const [all, some, none] = ['2024-02-29', '2024-02-10', '2024-01-31'].map(
      (feesTo) => rate(bookOf(fee), { ...whole, feesTo }).total,
    );
    expect([all! - some!, some! - none!]).toEqual([2752, 1448]);
    expect(rate(bookOf(fee), { ...whole, cycleMonths: 2 }).parts[0]!.lines[0]).toMatchObject({ upTo: 10_000 });
    expect(() => rate(bookOf(fee), { ...whole, cycleMonths: 0 })).toThrow(RangeError);
  });

  it('equals it at block edges and one litre beside them', () => {
    fc.assert(
      fc.property(anyTariff, anyUsage, (tariff, usage) => {
        const book = bookOf(tariff);
        for (const { over } of tariff.blocks.steps) {
          for (const beside of [-1, 0, 1]) {
            const at = { ...usage, litres: Math.max(0, parseLitres(over) * usage.units + beside) };
            expect(linesOf(book, at)).toEqual(shown(naiveLines([tariff], at)));
          }
        }
      }),
    );
  });

  it('equals it where the tariff changes inside the cycle', () => {
    fc.assert(
      fc.property(anyTariff, anyTariff, anyTariff, anyUsage, fc.nat(60), (a, b, c, usage, gap) => {
        const start = (Date.parse(usage.from) - Date.parse('2024-01-01')) / 86_400_000;
        const versions = [
          a,
          { ...b, currency: a.currency, code: 'B', from: day(start + 1 + gap) },
          { ...c, currency: a.currency, code: 'C', from: day(start + 20 + gap), sizes: [15, 25] },
        ];
        const book = bookOf(...versions);
        const rating = rate(book, usage);
        expect(linesOf(book, usage)).toEqual(shown(naiveLines(versions, usage)));
        expect(rating.parts.reduce((sum, part) => sum + part.litres, 0)).toBe(usage.litres);
        expect(rating.parts.reduce((sum, part) => sum + part.total, 0)).toBe(rating.total);
      }),
    );
  });

  it('equals it where class, size or units change inside the cycle as well', () => {
    const terms = fc.record({ size: fc.constantFrom(15, 20), units: fc.integer({ min: 1, max: 5 }), gap: fc.nat(60) });
    fc.assert(
      fc.property(anyTariff, anyTariff, anyUsage, terms, terms, (a, b, usage, one, two) => {
        const versions = [a, { ...b, currency: a.currency, code: 'B', class: 'COMMERCIAL' }];
        const first = (Date.parse(usage.from) - Date.parse('2024-01-01')) / 86_400_000 + one.gap;
        const was = [
          { ...one, class: 'COMMERCIAL', until: day(first) },
          { ...two, class: 'DOMESTIC', until: day(first + 1 + two.gap) },
        ].filter(({ until }) => until < usage.to);
        const changing = { ...usage, was };
        const book = bookOf(...versions);
        expect(linesOf(book, changing)).toEqual(shown(naiveLines(versions, changing)));
        const rating = rate(book, changing);
        expect(rating.parts.reduce((sum, part) => sum + part.litres, 0)).toBe(usage.litres);
        expect(rate(book, rating)).toEqual(rating);
      }),
    );
  });

  it('counts each class for its own days', () => {
    const shop = { code: 'SHOP', class: 'COMMERCIAL', from: '2024-01-01', currency: 'ILS' as const };
    const blocks = { steps: [{ over: '0', upTo: null, price: '10' }] };
    const book = bookOf(JWU_42, { ...shop, blocks, fixed: { amount: '62' } });
    const was = [{ ...january, until: '2024-01-15' }];
    const { parts, total } = rate(book, { ...january, class: 'COMMERCIAL', litres: 62_000, was });
    // 15 of 31 days: 30 m³, blocks of 20 × 15/31 = 9.677 m³; 16 days: 32 m³.
    expect(parts.map(({ from, litres, lines }) => [from, litres, lines.map(({ amount }) => amount)])).toEqual([
      ['2024-01-01', 30_000, [5323, 6968, 10113, 2032]],
      ['2024-01-16', 32_000, [32000, 3200]],
    ]);
    expect(total).toBe(24436 + 35200);
  });

  it('refuses terms that end outside the cycle or out of order', () => {
    for (const days of [['2023-12-31'], ['2024-02-01'], ['2024-01-20', '2024-01-10']]) {
      const was = days.map((until) => ({ ...january, until }));
      expect(() => rate(bookOf(JWU_42), { ...january, litres: 0, was })).toThrow(RangeError);
    }
  });

  it('never costs less for more water', () => {
    fc.assert(
      fc.property(anyTariff, anyUsage, fc.nat(50_000), (tariff, usage, more) => {
        const book = bookOf(tariff);
        const total = (litres: number) => rate(book, { ...usage, litres }).total;
        expect(total(usage.litres + more)).toBeGreaterThanOrEqual(total(usage.litres));
      }),
      { numRuns: 500 },
    );
  });

  it('tells litres of the blocks that sum to the consumption, and lines that sum to the total', () => {
    fc.assert(
      fc.property(anyTariff, anyUsage, fc.nat(60), (tariff, usage, gap) => {
        const start = (Date.parse(usage.from) - Date.parse('2024-01-01')) / 86_400_000;
        const { parts, total } = rate(bookOf(tariff, { ...tariff, code: 'B', from: day(start + 1 + gap) }), usage);
        const lines = parts.flatMap((part) => part.lines);
        const water = lines.filter(({ component }) => component === 'WATER');
        expect(water.every(({ litres }) => litres! >= 0)).toBe(true);
        expect(water.reduce((sum, { litres }) => sum + litres!, 0)).toBe(usage.litres);
        expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
      }),
    );
  });

  // By months it need not: a day of November has more of a month than one of December, and the same water.
  it('of a cycle cut by a version that changes nothing differs by rounding alone', () => {
    const blocksAndFee = anyTariff
      .filter(({ blocks, fixed }) => blocks.per !== 'MONTH' && fixed?.per !== 'MONTH')
      .map(({ code, class: of, from, currency, blocks, fixed }) => ({
        code,
        class: of,
        from,
        currency,
        blocks,
        fixed,
      }));
    fc.assert(
      fc.property(blocksAndFee, anyUsage, (tariff, usage) => {
        fc.pre(tariff.from < usage.to);
        const whole = rate(bookOf(tariff), usage);
        const cut = rate(bookOf(tariff, { ...tariff, code: 'B', from: usage.to }), usage);
        const lines = [...whole.parts, ...cut.parts].reduce((sum, part) => sum + part.lines.length, 0);
        expect(Math.abs(cut.total - whole.total)).toBeLessThanOrEqual(lines / 2);
      }),
    );
  });

  it('stays exact where products leave the safe integers, and refuses amounts that do', () => {
    const dear = bookOf({
      ...JWU_42,
      fixed: undefined,
      blocks: { steps: [{ over: '0', upTo: null, price: '999999.999999' }] },
    });
    expect(rate(dear, { ...january, litres: 10_000_000 }).total).toBe(999_999_999_999);
    expect(rate(dear, { ...january, litres: 9_999_999 }).total).toBe(999_999_899_999);
    expect(() => rate(dear, { ...january, litres: 10 ** 12 })).toThrow(RangeError);
  });
});

const linesOf = (book: TariffBook, usage: Usage) =>
  rate(book, usage).parts.flatMap(({ lines }) =>
    lines.filter(({ amount }) => amount !== 0).map(({ component, amount }) => `${component} ${amount}`),
  );
const shown = (lines: [string, bigint][]) =>
  lines.filter(([, amount]) => amount !== 0n).map(([name, amount]) => `${name} ${amount}`);
