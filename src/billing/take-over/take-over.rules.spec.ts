import fc from 'fast-check';
import {
  byTenure,
  corrections,
  headOf,
  NO_DAY,
  openItems,
  serviceTypeOf,
  type MirrorMovement,
} from './take-over.rules';

const movement: fc.Arbitrary<MirrorMovement> = fc.record({
  id: fc.integer({ min: 1, max: 8 }),
  datedOn: fc.constantFrom(null, '2019-05-01', '2020-01-31', '2024-02-29'),
  kind: fc.constantFrom('فاتورة', 'قبض'),
  debit: fc.integer({ min: 0, max: 1000 }),
  credit: fc.integer({ min: 0, max: 1000 }),
  currency: fc.constant('ILS'),
});
/** Of an extract: a movement stands in it once. */
const extract = fc.uniqueArray(movement, { selector: ({ id }) => id, maxLength: 8 });

const sum = (list: readonly { amount: number }[]) => list.reduce((all, { amount }) => all + amount, 0);
const balance = (list: readonly MirrorMovement[]) => list.reduce((all, { debit, credit }) => all + debit - credit, 0);

describe('corrections', () => {
  it('bring the books from any extract to the next, and then there are none', () => {
    fc.assert(
      fc.property(fc.array(extract, { minLength: 1, maxLength: 4 }), (extracts) => {
        const books: { movementId: number; postedOn: string; amount: number }[] = [];
        for (const movements of extracts) {
          books.push(...corrections(movements, books));
          expect(corrections(movements, books)).toEqual([]);
          expect(sum(books)).toBe(balance(movements));
          for (const day of [NO_DAY, '2019-05-01', '2020-01-31', '2024-02-29']) {
            const until = movements.filter(({ datedOn }) => (datedOn ?? NO_DAY) <= day);
            expect(sum(books.filter(({ postedOn }) => postedOn <= day))).toBe(balance(until));
          }
        }
      }),
    );
  });

  it('take a movement back from its old day when it has another', () => {
    const [moved] = [{ id: 1, datedOn: '2020-02-01', kind: 'فاتورة', debit: 500, credit: 0, currency: 'ILS' }];
    expect(corrections([moved!], [{ movementId: 1, postedOn: '2020-01-01', amount: 500 }])).toEqual([
      { movementId: 1, postedOn: '2020-02-01', amount: 500, kind: 'فاتورة' },
      { movementId: 1, postedOn: '2020-01-01', amount: -500, kind: '' },
    ]);
  });
});

describe('the tenures of a number', () => {
  const tenures = [
    { id: 1, openedOn: '2019-01-01', closedOn: '2020-01-31' },
    { id: 2, openedOn: '2020-01-31', closedOn: '2020-01-31' },
    { id: 3, openedOn: '2020-01-31', closedOn: null },
  ];
  const taken = fc.record({
    movementId: fc.integer({ min: 1, max: 8 }),
    postedOn: fc.constantFrom('2019-05-01', '2024-02-29'),
    amount: fc.integer({ min: -1000, max: 1000 }),
    accountId: fc.constantFrom(1, 3),
  });

  it('share all movements: a new one by its day, one that was taken over before where it was', () => {
    const takenOnce = fc.uniqueArray(taken, { selector: ({ movementId }) => movementId });
    fc.assert(
      fc.property(extract, takenOnce, (movements, before) => {
        const parts = byTenure(tenures, movements, before);
        expect(parts.flatMap((part) => part.movements).length).toBe(movements.length);
        for (const { account, movements: own } of parts) {
          for (const { id, datedOn } of own) {
            const takenOn = before.find(({ movementId }) => movementId === id)?.accountId;
            expect(account.id).toBe(takenOn ?? ((datedOn ?? NO_DAY) < '2020-01-31' ? 1 : 3));
          }
        }
      }),
    );
  });
});

describe('opening items', () => {
  const entry = fc.record({
    movementId: fc.nat(),
    postedOn: fc.constantFrom('2019-05-01', '2020-01-31', '2024-02-29'),
    amount: fc.integer({ min: -1000, max: 1000 }).filter((amount) => amount !== 0),
    kind: fc.constant('فاتورة'),
  });

  it('differ by the sum of the entries, and no account both owes and has an advance', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        const { charges, credits } = openItems(entries);
        const open = (list: readonly { open: number }[]) => list.reduce((all, each) => all + each.open, 0);
        expect(open(charges) - open(credits)).toBe(sum(entries));
        expect(Math.min(charges.length, credits.length)).toBe(0);
        for (const each of [...charges, ...credits]) {
          expect(each.open).toBeGreaterThan(0);
          expect(each.open).toBeLessThanOrEqual(each.amount);
        }
        const at = (day: string) => open(charges.filter(({ on }) => on === day));
        const debits = (day: string) => sum(entries.filter(({ postedOn, amount }) => postedOn === day && amount > 0));
        // Oldest first: a day is paid only when every day before it is.
        const days = ['2019-05-01', '2020-01-31', '2024-02-29'];
        const first = days.findIndex((day) => at(day) > 0);
        if (first >= 0) for (const day of days.slice(first + 1)) expect(at(day)).toBe(debits(day));
      }),
    );
  });
});

describe('names of the old systems', () => {
  it('give the service and the head; what nobody knows is OTHER', () => {
    expect(serviceTypeOf(' مياه ')).toBe('WATER');
    expect(serviceTypeOf('شيء')).toBe('OTHER');
    expect(headOf('ضريبة معارف', 'PROPERTY')).toBe('EDUCATION_TAX');
    expect(headOf('فاتورة', 'WATER')).toBe('WATER');
    expect(headOf('', 'PROPERTY')).toBe('PROPERTY_TAX');
  });
});
