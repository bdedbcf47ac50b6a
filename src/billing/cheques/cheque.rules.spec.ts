import fc from 'fast-check';
import { CHEQUE_STATES, type ChequeState } from './cheque.entity';
import { drawerKey, drawerName, funding, gradeOf, openOf, reliefOf, STEPS } from './cheque.rules';

const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);

/** Lines, and tenders that sum to them in each currency. */
const paid = fc
  .array(fc.record({ currency: fc.constantFrom('ILS', 'JOD'), amount: fc.integer({ min: 1, max: 10 ** 9 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((lines) =>
    fc.record({
      lines: fc.constant(lines),
      tenders: fc
        .tuple(
          ...['ILS', 'JOD'].map((currency) => {
            const total = sum(lines.filter((line) => line.currency === currency).map(({ amount }) => amount));
            const cheque = fc.option(
              fc.record({
                dueOn: fc.constantFrom('2026-01-01', '2026-11-24', '2027-01-01', '2027-02-01'),
                relief: fc.constantFrom('NOW' as const, 'DEFERRED' as const),
              }),
              { nil: undefined },
            );
            return fc
              .array(fc.tuple(fc.integer({ min: 0, max: total }), cheque), { maxLength: 4 })
              .chain((cuts) => fc.tuple(fc.constant(cuts), cheque))
              .map(([cuts, last]) => {
                const ends = [...cuts.map(([end]) => end).sort((a, b) => a - b), total];
                return ends.map((end, at) => ({
                  pays: { currency, amount: end - (ends[at - 1] ?? 0) },
                  cheque: at < cuts.length ? cuts[at]![1] : last,
                }));
              });
          }),
        )
        .map((both) => both.flat().filter(({ pays }) => pays.amount > 0)),
    }),
  );

describe('funding', () => {
  it('pays every line and uses up every tender, to the minor unit and in its currency', () => {
    fc.assert(
      fc.property(paid, ({ lines, tenders }) => {
        const parts = funding(lines, tenders);
        lines.forEach(({ amount }, line) => {
          expect(sum(parts.filter((part) => part.line === line).map((part) => part.amount))).toBe(amount);
        });
        tenders.forEach(({ pays }, tender) => {
          expect(sum(parts.filter((part) => part.tender === tender).map((part) => part.amount))).toBe(pays.amount);
        });
        for (const part of parts) expect(tenders[part.tender]!.pays.currency).toBe(lines[part.line]!.currency);
      }),
    );
  });

  it('takes what counts now before what counts later, and that by due date', () => {
    fc.assert(
      fc.property(paid, ({ lines, tenders }) => {
        for (const currency of ['ILS', 'JOD']) {
          const order = funding(lines, tenders)
            .filter(({ line }) => lines[line]!.currency === currency)
            .map(({ tender }) => tenders[tender]!.cheque)
            .map((cheque) => (cheque ? `${cheque.relief === 'NOW' ? 1 : 2} ${cheque.dueOn}` : '0'));
          expect(order).toEqual([...order].sort());
        }
      }),
    );
  });

  it('is as a cashier would do it', () => {
    const ils = (amount: number) => ({ currency: 'ILS', amount });
    const later = { dueOn: '2027-01-01', relief: 'DEFERRED' as const };
    const parts = funding(
      [ils(100), ils(50)],
      [
        { pays: ils(70), cheque: later },
        { pays: ils(20), cheque: { ...later, dueOn: '2026-12-01' } },
        { pays: ils(60) },
      ],
    );
    expect(parts).toEqual([
      { line: 0, tender: 2, amount: 60 },
      { line: 0, tender: 1, amount: 20 },
      { line: 0, tender: 0, amount: 20 },
      { line: 1, tender: 0, amount: 50 },
    ]);
  });
});

describe('relief', () => {
  it.each([
    ['CLEARED', '2020-01-01', 'DEFERRED'],
    ['AT_SIGHT', '2026-11-24', 'NOW'],
    ['AT_SIGHT', '2026-11-25', 'DEFERRED'],
    ['RECEIVED', '2030-01-01', 'NOW'],
  ] as const)('%s, due %s: %s', (policy, dueOn, relief) => {
    expect(reliefOf(policy, dueOn, '2026-11-24')).toBe(relief);
  });
});

describe('the life of a cheque', () => {
  it('leads from every state to an end, and from the ends nowhere', () => {
    const ends = CHEQUE_STATES.filter((state) => STEPS[state].length === 0);
    expect(ends).toEqual(['CLEARED', 'CANCELLED']);
    const reach = (from: ChequeState, seen = new Set<ChequeState>()): Set<ChequeState> => {
      if (!seen.has(from)) {
        seen.add(from);
        STEPS[from].forEach((to) => reach(to, seen));
      }
      return seen;
    };
    expect([...reach('RECEIVED')].sort()).toEqual([...CHEQUE_STATES].sort());
    for (const state of CHEQUE_STATES) expect(ends.some((end) => reach(state).has(end))).toBe(true);
  });
});

describe('a drawer', () => {
  it.each([
    [0, 0, 'A'],
    [50, 0, 'A'],
    [10, 1, 'B'],
    [200, 3, 'B'],
    [9, 1, 'C'],
    [1, 1, 'C'],
    [8, 2, 'C'],
    [7, 2, 'D'],
    [3, 3, 'D'],
  ])('of %i cheques with %i returned has grade %s', (answered, returned, grade) => {
    expect(gradeOf(answered, returned)).toBe(grade);
  });

  it('is known by ID, else by account, else by the name however it is spelled', () => {
    const said = { bank: '89', drawerName: drawerName('أحمد الحاج'), drawerId: null, drawerAccount: null };
    expect(drawerKey({ ...said, drawerId: '900000001', drawerAccount: '12' })).toBe('ID:900000001');
    expect(drawerKey({ ...said, drawerAccount: '12' })).toBe('AC:89:12');
    expect(drawerKey(said)).toBe(drawerKey({ ...said, bank: '21', drawerName: drawerName('احمد  الحاج') }));
  });
});

describe('the charges that a cheque is for', () => {
  it('are those still open, each no further than it is open', () => {
    const open = new Map([
      [1, 50],
      [2, 30],
      [3, 0],
    ]);
    expect(
      openOf(
        [
          { amount: 40, chargeIds: [1, 3] },
          { amount: 30, chargeIds: [1, 2] },
          { amount: 20, chargeIds: [1] },
          { amount: 10, chargeIds: null },
        ],
        open,
      ),
    ).toEqual([[1], [1, 2], [], []]);
  });
});
