import fc from 'fast-check';
import { receivables, unbalanced } from '../books/posting.rules';
import { OpenItems } from '../books/open-items';
import { ADJUSTMENT_KINDS, type Adjustment } from './adjustment.entity';
import { postingOf, withinLimit } from './adjustment.rules';

const LIMITS = { ILS: 50_000, JOD: 100_000 };

describe('limits', () => {
  it('count what was posted before', () => {
    const of = (amount: number, before: number, currency = 'ILS') => withinLimit({ amount, currency }, before, LIMITS);
    expect([of(50_000, 0), of(50_001, 0), of(20_000, 30_000), of(20_000, 30_001), of(100_000, 0, 'JOD')]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('let nothing pass in a currency that has none', () => {
    expect(withinLimit({ amount: 1, currency: 'USD' }, 0, LIMITS)).toBe(false);
  });
});

describe('postingOf', () => {
  it('balances, and moves the receivable by the amount: down for credit notes and write-offs, up for debit notes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ADJUSTMENT_KINDS), fc.integer({ min: 1, max: 10 ** 12 }), (kind, amount) => {
        const adjustment = {
          id: 7,
          kind,
          accountId: 3,
          chargeId: kind === 'DEBIT_NOTE' ? null : 5,
          head: 'WATER',
          amount,
          currency: 'ILS',
          period: null,
          dueOn: null,
          reason: 'x'.repeat(500),
        } as Adjustment;
        const request = { ...postingOf(adjustment, 'INCOME'), on: '2026-11-24', by: 1 };
        const items = new OpenItems();
        const dates = { period: '2026-01', priority: 10, chargedOn: '2026-01-01', dueOn: '2026-01-31' };
        items.addCharge({ id: 5, accountId: 3, ...dates, amount, cancelled: 0, outstanding: amount });
        const moved = receivables(request, items);
        expect(moved.get(3)).toBe(kind === 'DEBIT_NOTE' ? amount : -amount);
        expect(unbalanced(request, moved, new Map([[3, { currency: 'ILS' }]]))).toEqual([]);
      }),
    );
  });
});
