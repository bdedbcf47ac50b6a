import fc from 'fast-check';
import { takeFromLines, takeFromTenders, type LineRest, type TenderRest } from './refund.rules';

const sum = (list: readonly { amount: number }[]) => list.reduce((total, { amount }) => total + amount, 0);

const rests = fc.array(
  fc.record({ accountId: fc.integer({ min: 1, max: 3 }), amount: fc.integer({ min: 0, max: 1000 }) }),
  {
    minLength: 1,
    maxLength: 6,
  },
);
const wanted = fc.array(
  fc.record({ accountId: fc.integer({ min: 1, max: 3 }), amount: fc.integer({ min: 1, max: 1000 }) }),
  { minLength: 1, maxLength: 4 },
);

describe('what is taken back of the lines', () => {
  it('is what is wanted of each account, no credit more than is left of it; or nothing at all', () => {
    fc.assert(
      fc.property(rests, wanted, (list, asked) => {
        const lines = list.map((each, at): LineRest => ({ ...each, lineId: at, creditId: at, currency: 'ILS' }));
        const result = takeFromLines(asked, lines);
        const of = (accountId: number, all: readonly { accountId: number; amount: number }[]) =>
          sum(all.filter((each) => each.accountId === accountId));
        const enough = [1, 2, 3].every((id) => of(id, asked) <= of(id, lines));
        expect('taken' in result).toBe(enough);
        if (!('taken' in result)) return;
        for (const id of [1, 2, 3]) expect(of(id, result.taken)).toBe(of(id, asked));
        expect(new Set(result.taken.map(({ creditId }) => creditId)).size).toBe(result.taken.length);
        for (const part of result.taken) expect(part.amount).toBeLessThanOrEqual(lines[part.creditId]!.amount);
      }),
    );
  });
});

describe('how the money goes back', () => {
  const tender = (tenderId: number, ledger: TenderRest['ledger'], amount: number, cheque = false) => ({
    tenderId,
    ledger,
    amount,
    cheque,
    currency: 'ILS',
    dimension: null,
  });

  it('is cash first and what a cheque brought last', () => {
    const all = [tender(1, 'TRANSFER_CLEARING', 50, true), tender(2, 'CARD_CLEARING', 30), tender(3, 'CASH', 20)];
    const order = (total: number) =>
      takeFromTenders(new Map([['ILS', total]]), all).map(({ tenderId, amount }) => [tenderId, amount]);
    expect(order(10)).toEqual([[3, 10]]);
    expect(order(60)).toEqual([
      [3, 20],
      [2, 30],
      [1, 10],
    ]);
    expect(() => order(101)).toThrow(RangeError);
  });

  it('sums to what is taken back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(500), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (amounts, part) => {
          const all = amounts.map((amount, at) => tender(at, at % 2 ? 'CASH' : 'CARD_CLEARING', amount));
          const total = Math.floor(sum(all) * part);
          expect(sum(takeFromTenders(new Map([['ILS', total]]), all))).toBe(total);
        },
      ),
    );
  });
});
