import * as fc from 'fast-check';
import { type BankEntry, type Expectation, proposeMatches, type Proposal } from './index';

const entry = (amount: number, bookedOn: string, told: Partial<BankEntry> = {}): BankEntry => ({
  ref: 'line 1',
  line: 1,
  bookedOn,
  valueOn: null,
  amount,
  reference: null,
  references: told.reference ? [told.reference] : [],
  counterparty: null,
  counterpartyAccount: null,
  description: null,
  bankReference: null,
  reversal: false,
  instructed: null,
  ...told,
});
const expected = (id: string, amount: number, date: string, reference = ''): Expectation => ({
  ...{ id, reference, amount, date },
  currency: 'ILS',
  kind: 'bill',
});
const DAY = '2024-03-12';

/** `EXACT a`, `AMBIGUOUS a b`, `NONE`. */
const short = (proposal: Proposal<Expectation>) => {
  if ('expectation' in proposal) return `${proposal.match} ${proposal.expectation.id}`;
  const others = 'candidates' in proposal ? proposal.candidates : proposal.sameReference;
  return [proposal.match, ...others.map(({ id }) => id)].join(' ');
};
const propose = (entries: BankEntry[], expectations: Expectation[], days?: number) =>
  proposeMatches(entries, expectations, { currency: 'ILS', days }).map(short);

describe('by reference and amount', () => {
  const bill = expected('a', 35025, '2024-01-01', 'INV-2024-000123');

  it.each([
    [{ reference: 'INV-2024-000123' }],
    [{ reference: 'inv 2024/000123' }],
    [{ reference: 'INV-٢٠٢٤-٠٠٠١٢٣' }],
    [{ reference: 'E2E', references: ['E2E', 'INV2024000123'] }],
    [{ description: 'فاتورة مياه INV-2024-000123 عن شباط' }],
  ])('is exact: %j', (told) => expect(propose([entry(35025, DAY, told)], [bill])).toEqual(['EXACT a']));

  it.each([
    [{ reference: 'INV-2024-000124' }],
    [{ reference: '000123' }],
    [{ description: 'INV-2024-0001234' }],
    [{ counterparty: 'INV-2024-000123' }],
    [{}],
  ])('is not: %j', (told) => expect(propose([entry(35025, DAY, told)], [bill])).toEqual(['NONE']));

  it('finds a short reference, or one without digits, only where references stand', () => {
    for (const reference of ['12', 'المياه']) {
      const short = expected('a', 100, '2024-01-01', reference);
      expect(propose([entry(100, DAY, { reference })], [short])).toEqual(['EXACT a']);
      expect(propose([entry(100, DAY, { description: `x ${reference} y` })], [short])).toEqual(['NONE']);
    }
  });

  it('tells of one with another amount, sign or currency', () => {
    const told = { reference: 'INV-2024-000123' };
    expect(propose([entry(35024, DAY, told)], [bill])).toEqual(['NONE a']);
    expect(propose([entry(-35025, DAY, told)], [bill])).toEqual(['NONE a']);
    expect(proposeMatches([entry(35025, DAY, told)], [bill], { currency: 'JOD' }).map(short)).toEqual(['NONE']);
  });

  it('serves the earlier of two payments, and tells the later that it is a second', () => {
    const [late, early] = [
      entry(35025, DAY, { reference: 'INV2024000123' }),
      entry(35025, '2024-03-11', { reference: 'INV2024000123' }),
    ];
    expect(propose([late, early, late], [bill])).toEqual(['NONE a', 'EXACT a', 'NONE a']);
    expect(propose([late, late], [bill])).toEqual(['EXACT a', 'NONE a']);
  });

  it('leaves it to a person which of two of one reference is meant', () => {
    const [second, first] = [expected('2', 100, '2024-02-01', 'PLAN-77'), expected('1', 100, '2024-01-01', 'plan 77')];
    expect(propose([entry(100, DAY, { reference: 'PLAN-77' })], [second, first])).toEqual(['AMBIGUOUS 1 2']);
  });

  it('lets one entry decide for another', () => {
    const open = [expected('a', 100, DAY, 'R-00001'), expected('b', 100, DAY, 'R-00002')];
    const both = entry(100, DAY, { references: ['R-00001', 'R-00002'] });
    expect(propose([both, entry(100, DAY, { reference: 'R-00001' })], open)).toEqual(['EXACT b', 'EXACT a']);
  });

  it('speaks of what it names, whatever else has its amount', () => {
    const open = [bill, expected('b', 500, DAY)];
    expect(propose([entry(500, DAY, { reference: 'INV-2024-000123' })], open)).toEqual(['NONE a']);
  });
});

describe('by amount and date', () => {
  it('is likely within the days, either way', () => {
    const open = [expected('a', 500, '2024-03-10')];
    expect(propose([entry(500, '2024-03-13')], open)).toEqual(['LIKELY a']);
    expect(propose([entry(500, '2024-03-07')], open)).toEqual(['LIKELY a']);
    expect(propose([entry(500, '2024-03-14')], open)).toEqual(['NONE']);
    expect(propose([entry(500, '2024-03-14')], open, 4)).toEqual(['LIKELY a']);
    expect(propose([entry(501, '2024-03-10')], open)).toEqual(['NONE']);
    expect(propose([entry(500, '2024-03-01')], [expected('a', 500, '2024-02-29')], 1)).toEqual(['LIKELY a']);
  });

  it('is ambiguous with two that would do, or for two entries', () => {
    const [a, b] = [expected('a', 500, '2024-03-12'), expected('b', 500, '2024-03-11')];
    expect(propose([entry(500, DAY)], [a, b])).toEqual(['AMBIGUOUS b a']);
    expect(propose([entry(500, DAY), entry(500, DAY)], [a])).toEqual(['AMBIGUOUS a', 'AMBIGUOUS a']);
  });

  it('does not count what a reference has settled', () => {
    const open = [expected('a', 500, DAY, 'R-00001'), expected('b', 500, DAY, 'R-00002')];
    expect(propose([entry(500, DAY), entry(500, DAY, { reference: 'R-00002' })], open)).toEqual([
      'LIKELY a',
      'EXACT b',
    ]);
  });
});

it('refuses two expectations of one id', () => {
  expect(() => propose([], [expected('a', 1, DAY), expected('a', 2, DAY)])).toThrow(RangeError);
});

describe('always', () => {
  const amount = fc.integer({ min: 1, max: 4 });
  const day = fc.integer({ min: 1, max: 9 }).map((of) => `2024-03-0${of}`);
  const reference = fc.constantFrom('', 'REF-10001', 'REF-10002', 'REF-10003');
  const entries = fc.array(
    fc
      .tuple(amount, day, reference, reference)
      .map(([of, on, first, second]) => entry(of, on, { references: [first, second], description: second })),
    { maxLength: 8 },
  );
  const expectations = fc
    .array(fc.tuple(amount, day, reference), { maxLength: 8 })
    .map((all) => all.map(([of, on, told], at) => expected(`x${at}`, of, on, told)));
  const days = fc.integer({ min: 0, max: 4 });

  it('one expectation goes to one entry, and what is proposed is so', () => {
    fc.assert(
      fc.property(entries, expectations, days, (seen, open, within) => {
        const proposals = proposeMatches(seen, open, { currency: 'ILS', days: within });
        expect(proposals).toHaveLength(seen.length);
        const given = proposals.flatMap((one) => ('expectation' in one ? [one.expectation.id] : []));
        expect(new Set(given).size).toBe(given.length);
        proposals.forEach((proposal, at) => {
          const { amount: paid, references, bookedOn } = seen[at]!;
          const wanted =
            'expectation' in proposal ? [proposal.expectation] : 'candidates' in proposal ? proposal.candidates : [];
          for (const one of wanted) {
            expect(one.amount).toBe(paid);
            if (proposal.match !== 'EXACT')
              expect(given.filter((id) => id === one.id)).toHaveLength(proposal.match === 'LIKELY' ? 1 : 0);
          }
          if (proposal.match === 'EXACT') expect(references).toContain(proposal.expectation.reference);
          if (proposal.match === 'LIKELY') {
            const apart = Math.abs(Number(bookedOn.slice(-2)) - Number(proposal.expectation.date.slice(-2)));
            expect(apart).toBeLessThanOrEqual(within);
          }
        });
      }),
    );
  });

  it('it is the same whatever the order of expectations, and of entries of different days', () => {
    fc.assert(
      fc.property(entries, expectations, days, fc.infiniteStream(fc.nat()), (seen, open, within, random) => {
        const shuffled = <T>(all: T[]) =>
          all
            .map((one) => [random.next().value as number, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
        expect(propose(seen, shuffled(open), within)).toEqual(propose(seen, open, within));
        const apart = seen.filter((one, at) => seen.findIndex(({ bookedOn }) => bookedOn === one.bookedOn) === at);
        const before = new Map(propose(apart, open, within).map((text, at) => [apart[at], text]));
        const other = shuffled(apart);
        expect(propose(other, open, within)).toEqual(other.map((one) => before.get(one)));
      }),
    );
  });

  it('no entry is left without an exact match that is open to it', () => {
    fc.assert(
      fc.property(entries, expectations, (seen, open) => {
        const proposals = proposeMatches(seen, open, { currency: 'ILS' });
        const given = new Set(proposals.flatMap((one) => ('expectation' in one ? [one.expectation.id] : [])));
        proposals.forEach((proposal, at) => {
          if (proposal.match === 'EXACT' || proposal.match === 'AMBIGUOUS') return;
          const { amount: paid, references } = seen[at]!;
          const free = open.filter((one) => one.amount === paid && one.reference && references.includes(one.reference));
          expect(free.filter(({ id }) => !given.has(id))).toEqual([]);
        });
      }),
    );
  });
});
