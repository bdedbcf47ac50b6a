import fc from 'fast-check';
import { addTotals, isPeriod, sourceOf, sumOf } from './bill-run.rules';

const HEADS = ['WATER', 'SEWER', 'WASTE'];
const line = fc.record({
  head: fc.constantFrom(...HEADS),
  amount: fc.integer({ min: 1, max: 10_000_000 }),
  detail: fc.constant(null),
});
const bill = fc.record({
  currency: fc.constantFrom('ILS', 'JOD'),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
});
const knows = (head: string) => HEADS.includes(head);

describe('the source of a charge', () => {
  it('is short for the first edition and line, and says the others', () => {
    const bill = { feeder: 'recurring', accountId: 1042, period: '2026-11', edition: 1 };
    expect(sourceOf(bill, 0)).toBe('recurring:1042:2026-11');
    expect(sourceOf(bill, 1)).toBe('recurring:1042:2026-11#2');
    expect(sourceOf({ ...bill, edition: 2 }, 0)).toBe('recurring:1042:2026-11/2');
    expect(sourceOf({ ...bill, edition: 2 }, 2)).toBe('recurring:1042:2026-11/2#3');
  });

  it('is no other bill’s or line’s', () => {
    const key = fc.record({
      feeder: fc.constantFrom('water', 'recurring'),
      accountId: fc.integer({ min: 1, max: 30 }),
      period: fc.constantFrom('2026-10', '2026-11'),
      edition: fc.integer({ min: 1, max: 12 }),
      line: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(key, key, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(sourceOf(a, a.line) === sourceOf(b, b.line)).toBe(same);
      }),
    );
  });

  it('fits its column with the longest of everything', () => {
    const longest = { feeder: 'x'.repeat(20), accountId: Number.MAX_SAFE_INTEGER, period: '2026-11', edition: 99_999 };
    expect(sourceOf(longest, 99_999).length).toBeLessThanOrEqual(100);
  });
});

describe('the sum of a bill', () => {
  it('is that of its lines', () => {
    fc.assert(
      fc.property(bill, ({ lines }) => {
        const amount = lines.reduce((sum, each) => sum + each.amount, 0);
        expect(sumOf({ lines }, knows)).toEqual({ amount });
      }),
    );
  });

  it('is refused for what is no amount, head, period or detail', () => {
    const right = { head: 'WATER', amount: 100, detail: null };
    const refused = (changes: object) => sumOf({ lines: [right, { ...right, ...changes }] }, knows);
    for (const amount of [0, -1, 1.5, NaN, 2 ** 53, Infinity]) expect(refused({ amount })).toHaveProperty('reason');
    expect(refused({ head: 'NONE' })).toEqual({ reason: 'unknown charge head NONE' });
    expect(refused({ period: '2026-13' })).toHaveProperty('reason');
    expect(refused({ detail: 'x'.repeat(201) })).toHaveProperty('reason');
    expect(refused({ amount: Number.MAX_SAFE_INTEGER })).toEqual({ reason: 'sum out of range' });
    expect(sumOf({ reason: 'no tariff' }, knows)).toEqual({ reason: 'no tariff' });
  });
});

describe('the totals of a run', () => {
  it('are the same whatever units they are added in, and nothing is left when all is taken out', () => {
    fc.assert(
      fc.property(fc.array(bill, { maxLength: 12 }), fc.nat(), (bills, cut) => {
        const at = bills.length === 0 ? 0 : cut % bills.length;
        const whole = addTotals([], bills);
        expect(addTotals(addTotals([], bills.slice(0, at)), bills.slice(at))).toEqual(whole);
        const all = bills.flatMap(({ lines }) => lines);
        expect(whole.reduce((sum, { amount }) => sum + amount, 0)).toBe(
          all.reduce((sum, { amount }) => sum + amount, 0),
        );
        expect(addTotals(whole, bills, -1)).toEqual([]);
      }),
    );
  });
});

it('a period is a month that exists', () => {
  expect(['2026-01', '1999-12'].filter(isPeriod)).toHaveLength(2);
  expect(['2026-00', '2026-13', '2026-1', '3000-01', '2026-01-01', ''].filter(isPeriod)).toEqual([]);
});
