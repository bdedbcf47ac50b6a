import { addDays } from '@libs/calendar';
import fc from 'fast-check';
import { penaltiesByMonth, ruleOf, type LateCharge, type PenaltyTerms } from './penalty.rules';

const MONTHLY: PenaltyTerms = { method: 'MONTHLY', ratePpm: 10_000, flatAmount: null, startDays: 15, capPpm: null };
const CHARGE: LateCharge = { amount: 100_000, dueOn: '2026-01-31', payments: [] };
const of = (terms: Partial<PenaltyTerms>, charge: Partial<LateCharge>, today: string) =>
  Object.fromEntries(penaltiesByMonth({ ...MONTHLY, ...terms }, { ...CHARGE, ...charge }, today));

describe('a monthly penalty', () => {
  it('begins the days after due that the rule says, and again every month', () => {
    expect(of({}, {}, '2026-02-14')).toEqual({});
    expect(of({}, {}, '2026-02-15')).toEqual({ '2026-02': 1000 });
    expect(of({}, {}, '2026-03-14')).toEqual({ '2026-02': 1000 });
    expect(of({}, {}, '2026-04-15')).toEqual({ '2026-02': 1000, '2026-03': 1000, '2026-04': 1000 });
  });

  it('is on what is unpaid: a payment the day before counts, one on the day does not', () => {
    const paid = (on: string) => of({}, { payments: [{ on, amount: 60_000 }] }, '2026-03-15');
    expect(paid('2026-02-14')).toEqual({ '2026-02': 400, '2026-03': 400 });
    expect(paid('2026-02-15')).toEqual({ '2026-02': 1000, '2026-03': 400 });
  });

  it('rounds half up to the minor unit', () => {
    expect(of({}, { amount: 50 }, '2026-02-15')).toEqual({ '2026-02': 1 });
    expect(of({}, { amount: 49 }, '2026-02-15')).toEqual({});
  });

  it('falls on the end of shorter months', () => {
    const days = { dueOn: '2026-01-30', amount: 100 };
    expect(of({ startDays: 1 }, days, '2026-02-27')).toEqual({ '2026-01': 1 });
    expect(of({ startDays: 1 }, days, '2026-02-28')).toEqual({ '2026-01': 1, '2026-02': 1 });
  });

  it('ends at the cap, the last month with what is left of it', () => {
    expect(of({ capPpm: 25_000 }, {}, '2027-01-01')).toEqual({ '2026-02': 1000, '2026-03': 1000, '2026-04': 500 });
  });
});

describe('a flat penalty', () => {
  const flat = { method: 'FLAT' as const, ratePpm: null, flatAmount: 5000 };
  it('is once', () => expect(of(flat, {}, '2028-01-01')).toEqual({ '2026-02': 5000 }));
  it('is not for what was paid in time', () => {
    expect(of(flat, { payments: [{ on: '2026-02-14', amount: 100_000 }] }, '2028-01-01')).toEqual({});
    expect(of(flat, { payments: [{ on: '2026-02-15', amount: 100_000 }] }, '2028-01-01')).toEqual({ '2026-02': 5000 });
  });
});

describe('a daily penalty', () => {
  const daily = { method: 'DAILY' as const, ratePpm: 100 };
  it('is charged for the days of months that are over', () => {
    expect(of(daily, {}, '2026-02-28')).toEqual({});
    // 15 to 28 February, then 31 days of March.
    expect(of(daily, {}, '2026-04-10')).toEqual({ '2026-02': 140, '2026-03': 310 });
  });
  it('counts a payment from the day after it', () => {
    const payments = [{ on: '2026-02-20', amount: 100_000 }];
    expect(of(daily, { payments }, '2026-06-01')).toEqual({ '2026-02': 60 });
  });
});

const terms = fc.record({
  method: fc.constantFrom('FLAT' as const, 'MONTHLY' as const, 'DAILY' as const),
  ratePpm: fc.nat(50_000),
  flatAmount: fc.nat(10_000),
  startDays: fc.integer({ min: 1, max: 60 }),
  capPpm: fc.option(fc.nat(500_000)),
});
/** Payments in days after due, as shares of the charge that do not pass it. */
const charge = fc
  .record({ amount: fc.integer({ min: 1, max: 10 ** 11 }), days: fc.array(fc.nat(900), { maxLength: 4 }) })
  .map(({ amount, days }) => ({
    amount,
    dueOn: '2025-03-31',
    payments: days.map((day) => ({ on: addDays('2025-03-31', day), amount: Math.floor(amount / 4) })),
  }));
const day = fc.nat(900).map((days) => addDays('2025-03-31', days));
const total = (penalties: Map<string, number>) => [...penalties.values()].reduce((sum, each) => sum + each, 0);

describe('penalties', () => {
  it('never pass the cap, and a month that is assessed stays as it is while nothing is back-dated', () => {
    fc.assert(
      fc.property(terms, charge, day, day, (rule, late, one, two) => {
        const [early, later] = one < two ? [one, two] : [two, one];
        const [before, after] = [penaltiesByMonth(rule, late, early), penaltiesByMonth(rule, late, later)];
        for (const [month, amount] of before) expect(after.get(month)).toBe(amount);
        if (rule.capPpm !== null) expect(total(after)).toBeLessThanOrEqual((late.amount * rule.capPpm) / 1e6 + 0.5);
      }),
    );
  });

  it('are not raised by another payment, nor lowered by taking one back', () => {
    fc.assert(
      fc.property(terms, charge, day, (rule, late, today) => {
        const [, ...fewer] = late.payments;
        const less = total(penaltiesByMonth(rule, late, today));
        expect(less).toBeLessThanOrEqual(total(penaltiesByMonth(rule, { ...late, payments: fewer }, today)));
      }),
    );
  });

  it('a day are what summing day by day gives', () => {
    fc.assert(
      fc.property(charge, fc.integer({ min: 1, max: 60 }), fc.nat(2000), (late, startDays, ratePpm) => {
        const today = '2026-01-01';
        const sums = new Map<string, bigint>();
        for (let at = addDays(late.dueOn, startDays); at < today; at = addDays(at, 1)) {
          const paid = late.payments.filter(({ on }) => on < at).reduce((sum, { amount }) => sum + amount, 0);
          const month = at.slice(0, 7);
          sums.set(month, (sums.get(month) ?? 0n) + BigInt(late.amount - paid));
        }
        const rounded = [...sums].map(([month, sum]) => [
          month,
          Number((sum * BigInt(ratePpm) + 500_000n) / 1_000_000n),
        ]);
        const rule = { method: 'DAILY' as const, ratePpm, flatAmount: null, startDays, capPpm: null };
        expect([...penaltiesByMonth(rule, late, today)]).toEqual(rounded.filter(([, amount]) => amount !== 0));
      }),
      { numRuns: 30 },
    );
  });
});

describe('ruleOf', () => {
  const rule = (id: number, head: string | null, validFrom: string, currency = 'ILS') => ({
    id,
    head,
    serviceType: head ? null : ('WATER' as const),
    currency,
    validFrom,
  });
  const rules = [
    rule(1, null, '2020-01-01'),
    rule(2, 'WATER', '2024-01-01'),
    rule(3, 'WATER', '2026-01-01'),
    rule(4, 'WATER', '2020-01-01', 'JOD'),
  ];
  const found = (dueOn: string, head = 'WATER', currency = 'ILS', serviceType = 'WATER') =>
    ruleOf(rules, { head, serviceType, currency, dueOn })?.id;
  it('is the newest of the head on the due day, else of the service', () => {
    expect([found('2026-01-01'), found('2025-12-31'), found('2023-12-31'), found('2026-05-01', 'SEWER')]).toEqual([
      3, 2, 1, 1,
    ]);
    expect([
      found('2019-12-31'),
      found('2026-05-01', 'WATER', 'USD'),
      found('2026-05-01', 'RENT', 'ILS', 'RENT'),
    ]).toEqual([undefined, undefined, undefined]);
    expect(found('2026-05-01', 'WATER', 'JOD')).toBe(4);
  });
});
