import fc from 'fast-check';
import { parseTariff, rate, TariffBook } from '@libs/tariff';
import { JWU_42 } from '../../../test/support/tariff/jwu';
import { withoutSewer } from '../tariffs/tariffs.rules';
import { difference, headsOf, linesOf } from './water-lines.rules';

const FULL = {
  ...JWU_42,
  maintenance: { amount: '3' },
  sewer: { percent: '20', of: ['WATER'] },
  minimum: { amount: '60', of: ['WATER', 'FIXED'] },
  tax: { percent: '16', of: ['WATER', 'FIXED', 'MINIMUM', 'SEWER'] },
  cap: { amount: '700', of: ['WATER', 'FIXED', 'MINIMUM', 'SEWER', 'TAX'] },
};
const tariff = parseTariff(FULL);
const rated = (litres: number) =>
  rate(new TariffBook([tariff]), {
    ...{ class: 'DOMESTIC', size: 15, units: 1, from: '2024-01-01', to: '2024-01-31', litres },
  });
const heads = (litres: number) => headsOf(rated(litres), () => tariff);
const total = (sums: Iterable<number>) => [...sums].reduce((sum, each) => sum + each, 0);
const litres = fc.integer({ min: 0, max: 400_000 });

describe('the heads of a rating', () => {
  it('sum to its total, whatever is capped, and none is below zero', () => {
    fc.assert(
      fc.property(litres, (used) => {
        const sums = [...heads(used).values()];
        expect(total(sums)).toBe(rated(used).total);
        expect(sums.every((each) => each >= 0)).toBe(true);
      }),
    );
  });

  it('differ by what the totals differ by', () => {
    fc.assert(
      fc.property(litres, litres, (a, b) => {
        const change = difference(heads(a), heads(b));
        expect(total(change.map(([, amount]) => amount))).toBe(rated(b).total - rated(a).total);
        expect(change.every(([, amount]) => amount !== 0)).toBe(true);
      }),
    );
  });

  it('are lines of a bill but where they come to nothing', () => {
    expect(linesOf([['WATER', 100], ['SEWER', 0], ['VAT', -5]], null)).toEqual([{ head: 'WATER', amount: 100, detail: null }]); // prettier-ignore
    expect(linesOf([['WATER', 1]], 'x', '2026-01')).toEqual([{ head: 'WATER', amount: 1, detail: 'x', period: '2026-01' }]); // prettier-ignore
  });
});

it('a tariff without sewer is one: what was of the sewer alone is gone, and what was of that', () => {
  const minimum = { amount: '10', of: ['SEWER'] };
  const tax = { percent: '16', of: ['WATER', 'SEWER', 'MINIMUM'] };
  const dry = withoutSewer({ ...JWU_42, sewer: { price: '1' }, minimum, tax } as never);
  expect(dry).toEqual({ ...JWU_42, tax: { percent: '16', of: ['WATER'] } });
  expect(parseTariff(dry).charges.map(({ component }) => component)).toEqual(['FIXED', 'TAX']);
});
