import { CURRENCIES, parseAmount } from '@libs/money';
import fc from 'fast-check';
import { instalmentsOf, standing, verdict, type Facts } from './plan.rules';

const terms = fc
  .record({
    instalments: fc.integer({ min: 1, max: 120 }),
    downPayment: fc.nat(10 ** 9),
    more: fc.integer({ min: 120, max: 10 ** 12 }),
    firstDueOn: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2080-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  })
  .map(({ more, ...rest }) => ({ ...rest, total: rest.downPayment + more }));

describe('instalmentsOf', () => {
  it.each([
    ['ILS', '1000.00', 3, [33333, 33333, 33334]],
    ['JOD', '100.000', 7, [14285, 14285, 14285, 14285, 14285, 14285, 14290]],
  ])('%s %s in %i parts, the last takes the rest', (currency, total, instalments, expected) => {
    const minor = parseAmount(
      total,
      CURRENCIES.find((code) => code === currency)!,
    ) as { minor: number };
    const parts = instalmentsOf({ total: minor.minor, downPayment: 0, instalments, firstDueOn: '2026-12-31' });
    expect(parts.map(({ amount }) => amount)).toEqual(expected);
  });

  it('falls on the month’s end where the month is shorter, and on the day again afterwards', () => {
    const parts = instalmentsOf({ total: 500, downPayment: 100, instalments: 4, firstDueOn: '2027-12-31' });
    expect(parts.map(({ dueOn }) => dueOn)).toEqual(['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']);
  });

  it('sums to what the down payment leaves, equal but for the last, one a month', () => {
    fc.assert(
      fc.property(terms, (given) => {
        const parts = instalmentsOf(given);
        expect(parts).toHaveLength(given.instalments);
        expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(given.total - given.downPayment);
        expect(new Set(parts.slice(0, -1).map(({ amount }) => amount)).size).toBeLessThanOrEqual(1);
        expect(parts.at(-1)!.amount).toBeGreaterThanOrEqual(parts[0]!.amount);
        expect(parts.at(-1)!.amount - parts[0]!.amount).toBeLessThan(given.instalments);
        expect(new Set(parts.map(({ dueOn }) => dueOn.slice(0, 7))).size).toBe(given.instalments);
      }),
    );
  });
});

describe('standing', () => {
  it('spends what is settled once, in order', () => {
    fc.assert(
      fc.property(terms, fc.nat(1000), (given, thousandths) => {
        const parts = instalmentsOf(given);
        const settled = Math.floor((given.total / 1000) * thousandths);
        const { downPaid, instalments } = standing(given.downPayment, parts, settled, '2050-01-01');
        expect(downPaid + instalments.reduce((sum, { paid }) => sum + paid, 0)).toBe(settled);
        const open = instalments.findIndex(({ state }) => state !== 'PAID');
        if (open >= 0) expect(instalments.slice(open + 1).every(({ paid }) => paid === 0)).toBe(true);
        if (downPaid < given.downPayment) expect(open).toBe(0);
      }),
    );
  });

  it('takes the due day itself to be in time', () => {
    const parts = instalmentsOf({ total: 300, downPayment: 0, instalments: 3, firstDueOn: '2026-12-01' });
    const on = (today: string, settled: number) => standing(0, parts, settled, today);
    expect(on('2026-12-01', 0).missed).toBe(0);
    expect(on('2026-12-02', 0).missed).toBe(1);
    expect(on('2026-12-02', 100).missed).toBe(0);
    expect(on('2027-01-02', 150).instalments.map(({ state }) => state)).toEqual(['PAID', 'MISSED', 'UPCOMING']);
    expect(on('2027-01-01', 150).instalments.map(({ state }) => state)).toEqual(['PAID', 'PARTLY_PAID', 'UPCOMING']);
  });
});

describe('verdict', () => {
  const plan: Facts = {
    state: 'ACTIVE',
    total: 1000,
    downPayment: 200,
    settled: 200,
    missed: 0,
    currentBillUnpaid: false,
    firstDueOn: '2026-12-01',
  };
  const of = (changes: Partial<Facts>, today = '2026-11-30') => verdict({ ...plan, ...changes }, today, 2);
  it.each<[string, Partial<Facts>, unknown]>([
    ['an active plan that is kept', {}, undefined],
    ['one missed', { missed: 1 }, undefined],
    ['two missed', { missed: 2 }, { state: 'DEFAULTED', cause: 'MISSED_INSTALMENTS' }],
    ['a current bill unpaid', { currentBillUnpaid: true }, { state: 'DEFAULTED', cause: 'CURRENT_BILLS' }],
    ['all settled, though late', { settled: 1000, missed: 2 }, { state: 'COMPLETED', cause: 'PAID' }],
    ['a draft whose down payment is short', { state: 'DRAFT', settled: 199 }, undefined],
    ['a draft whose down payment is there', { state: 'DRAFT' }, { state: 'ACTIVE' }],
  ])('of %s', (_, changes, expected) => expect(of(changes)).toEqual(expected));

  it('gives a draft up once its first instalment is past', () => {
    expect(of({ state: 'DRAFT', settled: 0 }, '2026-12-01')).toBeUndefined();
    expect(of({ state: 'DRAFT', settled: 0 }, '2026-12-02')).toEqual({
      state: 'CANCELLED',
      cause: 'DOWN_PAYMENT_UNPAID',
    });
  });
});
