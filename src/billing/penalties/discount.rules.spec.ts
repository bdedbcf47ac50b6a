import fc from 'fast-check';
import { discountQuote, overlaps } from './discount.rules';

const window = (opensOn: string, closesOn: string, ratePpm: number) => ({
  head: 'PROPERTY_TAX',
  periodFrom: '2026-01',
  periodTo: '2026-12',
  opensOn,
  closesOn,
  ratePpm,
});
const WINDOWS = [
  window('2026-01-01', '2026-01-31', 80_000),
  window('2026-02-01', '2026-02-28', 60_000),
  window('2026-03-01', '2026-03-31', 40_000),
];
const TAX = { id: 1, head: 'PROPERTY_TAX', period: '2026-01', dueOn: '2026-01-01', outstanding: 100_050 };
const quoted = (on: string, charges = [TAX]) => discountQuote(charges, WINDOWS, on);

describe('an early payment', () => {
  it.each([
    ['2026-01-01', 8004],
    ['2026-01-31', 8004],
    ['2026-02-01', 6003],
    ['2026-03-31', 4002],
  ])('on %s is lowered by %i', (on, discount) => {
    expect(quoted(on)).toEqual({ arrears: 0, lines: [{ chargeId: 1, outstanding: 100_050, discount }] });
  });

  it('has no discount outside the windows, for other heads or other years', () => {
    expect(quoted('2026-04-01')).toEqual({ arrears: 100_050, lines: [] });
    const others = [
      { ...TAX, head: 'RENT', dueOn: '2026-06-01' },
      { ...TAX, period: '2027-01', dueOn: '2027-01-01' },
    ];
    expect(quoted('2026-01-15', others)).toEqual({ arrears: 0, lines: [] });
  });

  it('has none with arrears, which what is due on the day is not', () => {
    const old = { ...TAX, id: 2, period: '2025-01', dueOn: '2025-01-01', outstanding: 5 };
    expect(quoted('2026-01-15', [TAX, old])).toMatchObject({ arrears: 5, lines: [{ chargeId: 1, discount: 0 }] });
    const due = { ...old, dueOn: '2026-01-15' };
    expect(quoted('2026-01-15', [TAX, due])).toMatchObject({ arrears: 0, lines: [{ discount: 8004 }] });
  });

  it('never gets more than is owed', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), fc.nat(1_000_000), (outstanding, ratePpm) => {
        const [line] = discountQuote([{ ...TAX, outstanding }], [{ ...WINDOWS[0]!, ratePpm }], '2026-01-01').lines;
        expect(line!.discount).toBeGreaterThanOrEqual(0);
        expect(line!.discount).toBeLessThanOrEqual(outstanding);
      }),
    );
  });
});

describe('overlaps', () => {
  it('needs a day, a period and a head in common', () => {
    const [january, february] = WINDOWS as [(typeof WINDOWS)[0], (typeof WINDOWS)[0]];
    expect(overlaps(january, february)).toBe(false);
    expect(overlaps(january, { ...february, opensOn: '2026-01-31' })).toBe(true);
    expect(overlaps(january, { ...january, head: 'RENT' })).toBe(false);
    expect(overlaps(january, { ...january, periodFrom: '2027-01', periodTo: '2027-12' })).toBe(false);
  });
});
