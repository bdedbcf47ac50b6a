import fc from 'fast-check';
import { exceedsWholeOn, segmentsOf, sharesOf, unsettled, WHOLE, type Collected, type Rule } from './share.rules';

const rule = (partnerId: number, basisPoints: number, fromDay = '2026-01-01', head = 'PROPERTY_TAX'): Rule => ({
  head,
  partnerId,
  basisPoints,
  fromDay,
});
const collected = (amount: number, day = '2026-03-10', currency = 'ILS', head = 'PROPERTY_TAX'): Collected => ({
  head,
  currency,
  day,
  amount,
});

describe('shares of what is collected', () => {
  it('are 90 to 10 of the sum of a month, not of its payments', () => {
    const payments = [1, 1, 1, 1, 1].map((amount) => collected(amount));
    expect(sharesOf(1, [rule(1, 9000)], payments)).toEqual([
      {
        head: 'PROPERTY_TAX',
        currency: 'ILS',
        period: '2026-03',
        rateFrom: '2026-01-01',
        basisPoints: 9000,
        collected: 5,
        share: 5,
      },
    ]);
    expect(sharesOf(1, [rule(1, 9000)], [collected(1_000_005)])[0]!.share).toBe(900_005);
    expect(sharesOf(1, [rule(1, 8400)], [collected(-10_001)])[0]!.share).toBe(-8401);
  });

  it('follow the rule of the day, by month, head and currency, and end with a rule of nothing', () => {
    const rules = [
      rule(1, 9000),
      rule(1, 8400, '2026-03-16'),
      rule(1, 0, '2026-05-01'),
      rule(1, 5000, '2026-01-01', 'SEWER'),
    ];
    const lines = sharesOf(1, rules, [
      collected(100, '2025-12-31'),
      collected(100, '2026-03-15'),
      collected(100, '2026-03-16'),
      collected(100, '2026-04-01', 'JOD'),
      collected(100, '2026-05-01'),
      collected(100, '2026-05-01', 'ILS', 'SEWER'),
      collected(100, '2026-05-01', 'ILS', 'WATER'),
    ]);
    expect(
      lines.map(({ head, currency, period, rateFrom, share }) => [head, currency, period, rateFrom, share]),
    ).toEqual([
      ['PROPERTY_TAX', 'ILS', '2026-03', '2026-01-01', 90],
      ['PROPERTY_TAX', 'ILS', '2026-03', '2026-03-16', 84],
      ['PROPERTY_TAX', 'JOD', '2026-04', '2026-03-16', 84],
      ['SEWER', 'ILS', '2026-05', '2026-01-01', 50],
    ]);
  });

  it('never sum to more than the whole', () => {
    expect(exceedsWholeOn([rule(1, 9000), rule(2, 1000)])).toBeNull();
    expect(exceedsWholeOn([rule(1, 9000), rule(2, 1001, '2026-06-01')])).toBe('2026-06-01');
    expect(exceedsWholeOn([rule(1, 9000), rule(2, 5000, '2026-06-01'), rule(1, 5000, '2026-06-01')])).toBeNull();
    expect(segmentsOf([rule(2, 5000, '2026-06-01'), rule(1, 9000)]).map(({ from }) => from)).toEqual([
      '2026-01-01',
      '2026-06-01',
    ]);
  });

  const weights = fc
    .array(fc.integer({ min: 1, max: WHOLE }), { minLength: 1, maxLength: 4 })
    .filter((list) => list.reduce((all, each) => all + each, 0) <= WHOLE);
  const days = fc.array(
    fc.record({
      amount: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      day: fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, '0')}`),
    }),
    { maxLength: 12 },
  );

  it('of all partners and the municipality are the whole to the minor unit', () => {
    fc.assert(
      fc.property(weights, days, (points, list) => {
        const rules = points.map((basisPoints, at) => rule(at + 1, basisPoints));
        const amounts = list.map(({ amount, day }) => collected(amount, day));
        const total = amounts.reduce((all, { amount }) => all + amount, 0);
        const parts = rules.map(({ partnerId }) => sharesOf(partnerId, rules, amounts)[0]?.share ?? 0);
        const own = total - parts.reduce((all, each) => all + each, 0);
        const exact = (basisPoints: number) => (total * basisPoints) / WHOLE;
        parts.forEach((share, at) => expect(Math.abs(share - exact(points[at]!))).toBeLessThanOrEqual(1));
        expect(Math.abs(own - exact(WHOLE - points.reduce((all, each) => all + each, 0)))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('that are settled bit by bit are in the end what they are at once', () => {
    fc.assert(
      fc.property(weights, fc.array(days, { minLength: 1, maxLength: 5 }), (points, batches) => {
        const rules = points.map((basisPoints, at) => rule(at + 1, basisPoints));
        const all: Collected[] = [];
        let [settledCollected, settledShare] = [0, 0];
        for (const batch of batches) {
          all.push(...batch.map(({ amount, day }) => collected(amount, day)));
          const now = sharesOf(1, rules, all);
          const settled = now.map((line) => ({ ...line, collected: settledCollected, share: settledShare }));
          for (const line of unsettled(now, settled)) {
            settledCollected += line.collected;
            settledShare += line.share;
          }
          expect(unsettled(now, now)).toEqual([]);
        }
        const [line] = sharesOf(1, rules, all);
        expect([settledCollected, settledShare]).toEqual([line?.collected ?? 0, line?.share ?? 0]);
      }),
    );
  });

  it('that were settled and are gone are taken back', () => {
    const now = sharesOf(1, [rule(1, 9000)], [collected(100)]);
    expect(unsettled([], now)).toMatchObject([{ collected: -100, share: -90 }]);
  });
});
