import type { BankEntry, BankStatement } from '@libs/bank-statements';
import fc from 'fast-check';
import { continuesOne, continuityOf, fingerprintOf, placeKey, sortOut, type Balances } from './statement.rules';

const entry = (more: Partial<BankEntry> = {}): BankEntry => ({
  ref: 'line 2',
  line: 2,
  bookedOn: '2026-11-20',
  valueOn: null,
  amount: 100,
  reference: null,
  references: [],
  counterparty: null,
  counterpartyAccount: null,
  description: null,
  bankReference: null,
  reversal: false,
  instructed: null,
  ...more,
});
const TOLD_AT = '2026-11-05T08:00:00.000Z';
const NONE = { counts: new Map<string, number>(), places: new Set<string>() };

describe('a fingerprint', () => {
  it('is number, day and amount where the bank numbers its movements, else all that it tells', () => {
    const numbered = entry({ bankReference: 'FT1', description: 'حوالة' });
    expect(fingerprintOf({ ...numbered, description: 'حوالة واردة' })).toBe(fingerprintOf(numbered));
    expect(fingerprintOf({ ...numbered, amount: 101 })).not.toBe(fingerprintOf(numbered));
    expect(fingerprintOf(entry({ description: 'FT1' }))).not.toBe(fingerprintOf(entry({ references: ['FT1'] })));
    expect(fingerprintOf(entry({ references: ['FT1'] }))).not.toBe(fingerprintOf(numbered));
  });
});

describe('sortOut', () => {
  it('counts what is alike, and knows a statement that is sent again by its places', () => {
    const twice = [entry(), entry({ ref: 'line 3' })];
    expect(sortOut(twice, NONE, false).map(({ occurrence }) => occurrence)).toEqual([1, 2]);
    const one = { ...NONE, counts: new Map([[fingerprintOf(twice[0]!), 1]]) };
    expect(sortOut(twice, one, false).map(({ occurrence, position }) => [occurrence, position])).toEqual([[2, 1]]);
    const again = { ...NONE, places: new Set([placeKey(twice[0]!)]) };
    expect(sortOut([entry({ description: 'بيان مصحح' })], again, false)).toEqual([]);
  });

  it('takes all of a statement that goes on, but what the bank numbers', () => {
    const known = new Map([entry(), entry({ bankReference: 'FT1' })].map((each) => [fingerprintOf(each), 1]));
    const lines = sortOut([entry(), entry({ bankReference: 'FT1' })], { ...NONE, counts: known }, true);
    expect(lines.map(({ occurrence }) => occurrence)).toEqual([2]);
  });
});

describe('files that overlap by whole days', () => {
  /** Up to three movements on each of some days, few enough amounts that many are alike. */
  const month = fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
  const day = (at: number) => `2026-11-${String(at + 1).padStart(2, '0')}`;

  it('bring each movement once, and leave no gap when they leave no day out', () => {
    fc.assert(
      fc.property(month, fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 4 }), (amounts, ranges) => {
        const all = amounts.flatMap((list, at) => list.map((amount) => ({ day: day(at), amount })));
        const sum = (list: typeof all) => list.reduce((total, { amount }) => total + amount, 0);
        const counts = new Map<string, number>();
        const statements: Balances[] = [];
        const lines: { day: string; amount: number }[] = [];
        const whole = [0, amounts.length - 1] as [number, number];
        for (const [a, b] of [...ranges.map(([x, y]) => [x % amounts.length, y % amounts.length]), whole]) {
          const [from, to] = [day(Math.min(a!, b!)), day(Math.max(a!, b!))];
          const entries = all.filter((each) => each.day >= from && each.day <= to);
          const opening = 50 + sum(all.filter((each) => each.day < from));
          const fresh = sortOut(
            entries.map(({ day: bookedOn, amount }) => entry({ bookedOn, amount })),
            { counts, places: new Set() },
            false,
          );
          for (const { fingerprint, occurrence, entry: own } of fresh) {
            counts.set(fingerprint, occurrence);
            lines.push({ day: own.bookedOn, amount: own.amount });
          }
          const closing = opening + sum(entries);
          statements.push({
            id: statements.length,
            fromOn: from,
            toOn: to,
            openingBalance: opening,
            closingBalance: closing,
            importedAt: TOLD_AT,
          });
        }
        const sorted = (list: typeof all) => list.map(({ day: on, amount }) => `${on} ${amount}`).sort();
        expect(sorted(lines)).toEqual(sorted(all));
        const { gaps, missing, opening } = continuityOf(statements, lines);
        expect([...gaps.values()].every((gap) => gap === 0)).toBe(true);
        expect([missing, opening]).toEqual([0, 50]);
      }),
    );
  });
});

describe('continuity', () => {
  const told = (id: number, fromOn: string, openingBalance: number | null, closingBalance: number | null) => ({
    id,
    fromOn,
    toOn: fromOn,
    openingBalance,
    closingBalance,
    importedAt: TOLD_AT,
  });
  const days = [
    { day: '2026-11-01', amount: 10 },
    { day: '2026-11-03', amount: 5 },
  ];

  it('blames a gap on the first statement after it alone', () => {
    const statements = [
      told(1, '2026-11-01', 100, 110),
      told(2, '2026-11-03', 117, 122),
      told(3, '2026-11-04', 122, 122),
    ];
    const { gaps, missing, closing } = continuityOf(statements, days);
    expect([...gaps]).toEqual([
      [1, 0],
      [2, 7],
      [3, 0],
    ]);
    expect([missing, closing]).toEqual([7, { on: '2026-11-04', amount: 122 }]);
  });

  it('believes the statement of a day that was imported last, whatever its id', () => {
    const first = told(2, '2026-11-03', 100, 104);
    const last = { ...told(1, '2026-11-03', 100, 105), importedAt: '2026-11-05T09:00:00.000Z' };
    expect(continuityOf([first, last], days).closing).toEqual({ on: '2026-11-03', amount: 105 });
  });

  it('says nothing of statements without balances', () => {
    expect(continuityOf([told(1, '2026-11-01', null, null)], days)).toMatchObject({
      opening: null,
      closing: null,
      missing: 0,
    });
  });

  it('goes on where a balance was left, unless it is that statement again', () => {
    const next = { from: '2026-11-01', to: '2026-11-01', openingBalance: 110, closingBalance: 110 } as BankStatement;
    const known = [told(1, '2026-11-01', 100, 110)];
    expect(continuesOne(next, known)).toBe(true);
    expect(continuesOne(next, [...known, told(2, '2026-11-01', 110, 110)])).toBe(false);
    expect(continuesOne({ ...next, openingBalance: 109 }, known)).toBe(false);
    expect(continuesOne({ ...next, from: '2026-10-31' }, known)).toBe(false);
  });
});
