import fc from 'fast-check';
import { CURRENCIES, toDecimalString, type Currency } from '@libs/money';
import { settle, typedAmount, type ExchangeQuestion, type TenderDraft } from './settlement';

const cheque = {
  number: '',
  bank: '',
  bankName: '',
  branch: '',
  drawer: '',
  drawerId: '',
  drawerAccount: '',
  dueOn: '',
};
let ids = 0;
const tender = (changes: Partial<TenderDraft> = {}): TenderDraft => ({
  ...{ id: ++ids, kind: 'CASH', debt: 'ILS', currency: 'ILS', typed: '', reference: '', cheque },
  ...changes,
});
const total = (amount: number, currency: Currency = 'ILS') => new Map([[currency, amount]]);
const noRate = () => undefined;

describe('tenders against what is to be paid', () => {
  it('give the change of what is handed over', () => {
    const cash = tender({ typed: '200' });
    const { tenders, complete } = settle(total(12_550), [cash], noRate);
    expect(tenders.get(cash.id)).toEqual({ amount: 12_550, pays: 12_550, change: 7450 });
    expect(complete).toBe(true);
  });

  it('mix: what is typed first, cash after it, the empty one takes the rest', () => {
    const [card, cash, transfer] = [
      tender({ kind: 'CARD' }),
      tender({ typed: '50' }),
      tender({ kind: 'TRANSFER', typed: '٣٠٫٥' }),
    ];
    const { tenders, rest, complete } = settle(total(10_000), [card, cash, transfer], noRate);
    expect([transfer, cash, card].map(({ id }) => tenders.get(id)!.pays)).toEqual([3050, 5000, 1950]);
    expect([rest.get('ILS'), complete]).toEqual([0, true]);
  });

  it('are refused where they say too much, nothing, or more decimals than the money has', () => {
    const of = (changes: Partial<TenderDraft>) =>
      settle(total(1000), [tender(changes)], noRate)
        .tenders.values()
        .next().value;
    expect(of({ kind: 'CARD', typed: '10.01' })).toMatchObject({ error: 'tooMuch', pays: 0 });
    expect(of({ typed: '1.005' })).toMatchObject({ error: 'tooManyDecimals' });
    expect(of({ typed: 'x' })).toMatchObject({ error: 'notAnAmount' });
    expect(of({ typed: '0' })).toMatchObject({ error: 'positive' });
    const [one, two] = [tender(), tender()];
    expect(settle(total(1000), [one, two], noRate).tenders.get(two.id)).toMatchObject({ error: 'nothingLeft' });
  });

  it('of another currency ask the rate, and wait for it', () => {
    const shekels = tender({ debt: 'JOD', currency: 'ILS', typed: '600' });
    const asked: ExchangeQuestion[] = [];
    const waiting = settle(total(100_000, 'JOD'), [shekels], (question) => void asked.push(question));
    expect(asked).toEqual([{ owed: '100.000', owedCurrency: 'JOD', paidCurrency: 'ILS', paid: '600.00' }]);
    expect(waiting.complete).toBe(false);
    const { tenders, complete } = settle(total(100_000, 'JOD'), [shekels], () => ({
      relieved: 100_000,
      price: 51_200,
    }));
    expect(tenders.get(shekels.id)).toMatchObject({ amount: 51_200, pays: 100_000, change: 8800 });
    expect(complete).toBe(true);
  });

  it('never pay more or less than is to be paid once they are complete', () => {
    const drafts = fc.array(
      fc.record({
        kind: fc.constantFrom('CASH' as const, 'CARD' as const),
        debt: fc.constantFrom(...CURRENCIES),
        minor: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
      }),
      { maxLength: 6 },
    );
    const totals = fc.dictionary(fc.constantFrom(...CURRENCIES), fc.integer({ min: 1, max: 100_000 }), { minKeys: 1 });
    fc.assert(
      fc.property(totals, drafts, (owed, list) => {
        const sums = new Map(Object.entries(owed) as [Currency, number][]);
        const all = list.map(({ minor, debt, ...rest }) =>
          tender({ ...rest, debt, currency: debt, typed: minor === undefined ? '' : toDecimalString(minor, debt) }),
        );
        const { tenders, rest, complete } = settle(sums, all, noRate);
        for (const { pays, amount, change, error } of tenders.values()) {
          expect(pays).toBe(amount);
          expect(change).toBeGreaterThanOrEqual(0);
          if (error) expect(pays).toBe(0);
        }
        for (const [currency, sum] of sums) {
          const paid = all
            .filter(({ debt }) => debt === currency)
            .reduce((of, { id }) => of + tenders.get(id)!.pays, 0);
          expect(paid + rest.get(currency)!).toBe(sum);
          expect(rest.get(currency)).toBeGreaterThanOrEqual(0);
        }
        if (complete) expect([...rest.values()].every((left) => left === 0)).toBe(true);
      }),
    );
  });
});

describe('a typed amount', () => {
  it('is exact, in Latin and Arabic digits', () => {
    expect(typedAmount('1,234.50', 'ILS')).toEqual({ minor: 123_450 });
    expect(typedAmount('١٢٫٣٤٥', 'JOD')).toEqual({ minor: 12_345 });
    expect(typedAmount('', 'USD')).toEqual({ error: 'notAnAmount' });
  });
});
