import fc from 'fast-check';
import { deadlineOf, standingOf, totalsOf, worthWarning } from './dunning.rules';
import { WARNING_STATES, type Service, type Warning } from './warning.entity';

const debt = fc.record({
  currency: fc.constantFrom('ILS', 'JOD', 'USD'),
  amount: fc.integer({ min: 1, max: 1_000_000 }),
});
const sum = (list: readonly { amount: number }[]) => list.reduce((all, { amount }) => all + amount, 0);

describe('what a party is warned of', () => {
  it('is all that it owes in the currencies in which it owes enough, and nothing in the others', () => {
    fc.assert(
      fc.property(fc.array(debt), fc.nat({ max: 2_000_000 }), (debts, least) => {
        const named = worthWarning(debts, { ILS: least });
        for (const currency of ['ILS', 'JOD', 'USD']) {
          const [owed, kept] = [debts, named].map((list) => list.filter((each) => each.currency === currency));
          expect(kept).toEqual(currency !== 'ILS' || sum(owed!) >= least ? owed : []);
        }
        expect(sum(totalsOf(named))).toBe(sum(named));
      }),
    );
  });
});

it('may be paid until the fifteenth day after the day of service, summer time or leap day notwithstanding', () => {
  expect(deadlineOf('2026-11-24', 15)).toBe('2026-12-09');
  expect(deadlineOf('2026-10-20', 15)).toBe('2026-11-04');
  expect(deadlineOf('2028-02-20', 15)).toBe('2028-03-06');
});

describe('where a warning stands', () => {
  const service = { means: 'IN_PERSON' } as Service;
  const warning = (state: Warning['state'], more: Partial<Warning> = {}) => ({
    ...{ state, service: null, referral: null, deadlineOn: null },
    ...more,
  });
  const served = (state: Warning['state']) => warning(state, { service, deadlineOn: '2026-12-09' });

  it('is paid once nothing is owed, unless it was withdrawn or the court has it', () => {
    for (const state of WARNING_STATES) {
      const ends = state === 'WITHDRAWN' || state === 'OBJECTED' ? state : 'PAID';
      expect(standingOf(served(state), false, '2026-12-10')).toBe(ends);
    }
  });

  it('expires after its last day, and not on it', () => {
    expect(standingOf(served('SERVED'), true, '2026-12-09')).toBe('SERVED');
    expect(standingOf(served('SERVED'), true, '2026-12-10')).toBe('EXPIRED');
    expect(standingOf(warning('ISSUED'), true, '2030-01-01')).toBe('ISSUED');
    expect(standingOf(served('OBJECTED'), true, '2030-01-01')).toBe('OBJECTED');
  });

  it('is where it was before when a payment falls through', () => {
    expect(standingOf(warning('PAID'), true, '2026-12-10')).toBe('ISSUED');
    expect(standingOf(served('PAID'), true, '2026-12-09')).toBe('SERVED');
    expect(standingOf(served('PAID'), true, '2026-12-10')).toBe('EXPIRED');
    const referral = { number: '1', recordedBy: 1, recordedAt: '2026-12-20T00:00:00.000Z' };
    expect(standingOf({ ...served('PAID'), referral }, true, '2027-01-01')).toBe('REFERRED');
  });
});
