import fc from 'fast-check';
import { compareLists, totalsOf, type Paid } from './reconciliation.rules';

const paid = fc.record({
  reference: fc.string({ minLength: 1, maxLength: 6 }),
  currency: fc.constantFrom('ILS', 'JOD', 'USD'),
  amount: fc.integer({ min: 1, max: 1_000_000 }),
  refunded: fc.boolean(),
});
const list = fc.uniqueArray(paid, { selector: ({ reference }) => reference });
const numbered = (all: readonly Paid[]) => all.map((each, at) => ({ ...each, transactionId: at + 1 }));
const NOBODY = new Map<string, number>();

describe('the lists of a day', () => {
  it('agree when they are the same, in whatever order', () => {
    fc.assert(
      fc.property(list, (all) => {
        expect(compareLists(numbered(all), [...all].reverse(), NOBODY)).toEqual([]);
        expect(totalsOf(all)).toEqual(totalsOf([...all].reverse()));
      }),
    );
  });

  it('have no findings only when counts and sums agree', () => {
    fc.assert(
      fc.property(list, list, (ours, theirs) => {
        if (compareLists(numbered(ours), theirs, NOBODY).length > 0) return;
        expect(totalsOf(ours)).toEqual(totalsOf(theirs));
      }),
    );
  });

  it('name every transaction that one side alone has', () => {
    fc.assert(
      fc.property(list, list, (ours, theirs) => {
        const found = compareLists(numbered(ours), theirs, NOBODY);
        const of = (kind: string) => found.filter((each) => each.kind === kind).map(({ reference }) => reference);
        const [here, there] = [ours, theirs].map((all) => new Set(all.map(({ reference }) => reference)));
        expect(of('UNKNOWN_HERE').sort()).toEqual([...there!].filter((each) => !here!.has(each)).sort());
        expect(of('UNKNOWN_THERE').sort()).toEqual([...here!].filter((each) => !there!.has(each)).sort());
      }),
    );
  });

  it('differ in amount, currency and refund', () => {
    const here = { reference: 'A', currency: 'ILS', amount: 100, refunded: false };
    const kinds = (there: Partial<Paid>) =>
      compareLists(numbered([here]), [{ ...here, ...there }], NOBODY).map(({ kind }) => kind);
    expect(kinds({ amount: 101 })).toEqual(['AMOUNT_DIFFERS']);
    expect(kinds({ currency: 'JOD' })).toEqual(['AMOUNT_DIFFERS']);
    expect(kinds({ refunded: true })).toEqual(['REFUND_DIFFERS']);
    expect(compareLists([], [here], new Map([['A', 7]]))).toMatchObject([
      { kind: 'NOT_SUCCESSFUL_HERE', transactionId: 7 },
    ]);
  });
});
