import fc from 'fast-check';
import { toDecimalString } from '@libs/money';
import type { CurrencyAmount } from '../till/till.entity';
import { checkTenders, entriesOf, tendersOf, type TypedTender } from './payment.rules';

const refusal = (work: () => unknown): { code?: string; details?: any } => {
  try {
    work();
  } catch (error) {
    return error as object;
  }
  return {};
};

const currencies = fc.constantFrom('ILS' as const, 'JOD' as const, 'USD' as const);
const amounts = fc.array(fc.record({ currency: currencies, amount: fc.integer({ min: 1, max: 10 ** 9 }) }), {
  minLength: 1,
  maxLength: 8,
});

const paying = (list: readonly CurrencyAmount[]) => list.map((pays) => ({ pays }));

describe('tenders', () => {
  it('are read in the decimals of their currency', () => {
    fc.assert(
      fc.property(amounts, (list) => {
        const typed = list.map(({ currency, amount }): TypedTender => {
          return { kind: 'CARD', currency, amount: toDecimalString(amount, currency) };
        });
        expect(tendersOf(typed, 7).map(({ amount }) => amount)).toEqual(list.map(({ amount }) => amount));
      }),
    );
  });

  it('pay exactly what the lines come to, in each currency', () => {
    fc.assert(
      fc.property(amounts, fc.integer(), (lines, seed) => {
        // The same money cut in other pieces.
        const tenders = lines.flatMap(({ currency, amount }) => {
          const part = Math.abs(seed) % amount;
          return part === 0
            ? [{ currency, amount }]
            : [
                { currency, amount: part },
                { currency, amount: amount - part },
              ];
        });
        expect(() => checkTenders(lines, paying([...tenders].reverse()))).not.toThrow();
        const more = tenders.map((each, at) => (at === 0 ? { ...each, amount: each.amount + 1 } : each));
        expect(refusal(() => checkTenders(lines, paying(more))).code).toBe('billing.tenders-differ');
      }),
    );
  });

  it('are in no currency that nothing is paid in, and leave none unpaid', () => {
    const ils = { currency: 'ILS', amount: 100 };
    const jod = { currency: 'JOD', amount: 100 };
    expect(refusal(() => checkTenders([ils], paying([ils, jod]))).code).toBe('billing.currency-mismatch');
    expect(refusal(() => checkTenders([ils, jod], paying([ils]))).code).toBe('billing.tenders-differ');
  });

  it('give change in cash only', () => {
    const cash = { kind: 'CASH', currency: 'ILS', amount: '7.50', tendered: '10' } as const;
    expect(tendersOf([cash], 7)).toEqual([
      {
        kind: 'CASH',
        currency: 'ILS',
        amount: 750,
        tendered: 1000,
        reference: null,
        pays: { currency: 'ILS', amount: 750 },
        dimension: 'shift:7',
      },
    ]);
    const code = (tender: TypedTender) => refusal(() => tendersOf([tender], 7)).details?.errors[0].code;
    expect(code({ ...cash, tendered: '7.49' })).toBe('lessThanAmount');
    expect(code({ ...cash, kind: 'TRANSFER' })).toBe('cashOnly');
    expect(code({ ...cash, tendered: '7.500' })).toBe('tooManyDecimals');
  });

  it('go into the drawer of the shift, or to what clears them', () => {
    const tenders = tendersOf(
      (['CASH', 'CARD', 'TRANSFER'] as const).map((kind) => ({ kind, currency: 'ILS', amount: '5' })),
      7,
    );
    expect(entriesOf(tenders)).toEqual([
      { ledger: 'CASH', currency: 'ILS', amount: 500, dimension: 'shift:7' },
      { ledger: 'CARD_CLEARING', currency: 'ILS', amount: 500, dimension: null },
      { ledger: 'TRANSFER_CLEARING', currency: 'ILS', amount: 500, dimension: null },
    ]);
  });

  it('of another currency are exchanged: each currency sums to what it pays', () => {
    const pays = { currency: 'JOD', amount: '100' };
    const tenders = tendersOf([{ kind: 'CASH', currency: 'ILS', amount: '512', pays }], 7);
    expect(() => checkTenders([{ currency: 'JOD', amount: 100_000 }], tenders)).not.toThrow();
    expect(entriesOf(tenders)).toEqual([
      { ledger: 'CASH', currency: 'ILS', amount: 51_200, dimension: 'shift:7' },
      { ledger: 'EXCHANGE', currency: 'ILS', amount: -51_200 },
      { ledger: 'EXCHANGE', currency: 'JOD', amount: 100_000 },
    ]);
    const same = { kind: 'CASH', currency: 'JOD', amount: '1', pays } as const;
    expect(refusal(() => tendersOf([same], 7)).details?.errors[0].code).toBe('otherCurrency');
  });
});
