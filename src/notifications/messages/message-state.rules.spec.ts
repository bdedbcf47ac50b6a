import fc from 'fast-check';
import { afterReport, MESSAGE_STATES, movedBy, REPORTED, type MessageState } from './message-state.rules';

const reports = fc.array(fc.constantFrom(...REPORTED), { maxLength: 12 });
const after = (state: MessageState, list: readonly (typeof REPORTED)[number][]) => list.reduce(afterReport, state);

describe('the state of a message after reports', () => {
  it('is never left again once it is DELIVERED', () => {
    fc.assert(
      fc.property(reports, reports, (before, later) => {
        expect(after('SENT', [...before, 'DELIVERED', ...later])).toBe('DELIVERED');
      }),
    );
  });

  it('is the same in whatever order they come, and however often', () => {
    const shuffled = reports.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(after('SENDING', other)).toBe(after('SENDING', list));
      }),
    );
  });

  it('of what has not left, or was kept back or taken back, is not moved', () => {
    fc.assert(
      fc.property(fc.constantFrom<MessageState>('QUEUED', 'SUPPRESSED', 'CANCELLED'), reports, (state, list) => {
        expect(after(state, list)).toBe(state);
      }),
    );
  });

  it.each([
    ['SENT', 'PENDING', 'PENDING'],
    ['PENDING', 'SENT', 'PENDING'],
    ['TEMPORARY_FAILURE', 'DELIVERED', 'DELIVERED'],
    ['PERMANENT_FAILURE', 'DELIVERED', 'DELIVERED'],
    ['PERMANENT_FAILURE', 'EXPIRED', 'PERMANENT_FAILURE'],
    ['EXPIRED', 'TEMPORARY_FAILURE', 'EXPIRED'],
  ] as const)('%s, reported %s: %s', (current, reported, next) => {
    expect(afterReport(current, reported)).toBe(next);
  });

  it('moves exactly the states that it says it moves', () => {
    for (const reported of REPORTED) {
      for (const state of MESSAGE_STATES) {
        expect(movedBy(reported).includes(state)).toBe(afterReport(state, reported) !== state);
      }
    }
  });
});
