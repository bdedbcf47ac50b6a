import fc from 'fast-check';
import type { RecordState } from './one-record.entity';
import { RECORD_STATES } from './one-record.entity';
import { ACTS, after, isActivated, isApproved, type Act } from './state.rules';

type Stateful = Parameters<typeof after>[1];
const draft: Stateful = { state: 'DRAFT', resumesAs: null };

/** Every allowed step of a random life, with the state before and after it. */
function life(acts: readonly Act[]) {
  let current = draft;
  const steps: { act: Act; from: Stateful; to: Stateful }[] = [];
  for (const act of acts) {
    const to = after(act, current);
    if (!to) continue;
    steps.push({ act, from: current, to });
    current = to;
  }
  return steps;
}

const lives = fc.array(fc.constantFrom(...ACTS), { maxLength: 60 }).map(life);

describe('states of a record', () => {
  it.each<[Act, RecordState[]]>([
    ['SUBMIT', ['DRAFT']],
    ['APPROVE', ['PENDING_APPROVAL']],
    ['REJECT', ['PENDING_APPROVAL']],
    ['ACTIVATE', ['APPROVED', 'ACTIVATED']],
    ['SUSPEND', ['APPROVED', 'ACTIVATED']],
    ['REINSTATE', ['SUSPENDED']],
    ['REVOKE', ['DRAFT', 'APPROVED', 'ACTIVATED', 'SUSPENDED']],
    ['MERGE', ['APPROVED', 'ACTIVATED', 'SUSPENDED']],
  ])('%s is allowed from %j alone', (act, from) => {
    expect(RECORD_STATES.filter((state) => after(act, { state, resumesAs: null }))).toEqual(from);
  });

  it('nothing is approved without having been submitted, nothing activated without having been approved', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const [at, { act, to }] of steps.entries()) {
          const before = steps.slice(0, at + 1).map((step) => step.act);
          if (isApproved(to)) expect(before.lastIndexOf('SUBMIT')).toBeLessThan(before.lastIndexOf('APPROVE'));
          if (isActivated(to)) expect(before).toContain('ACTIVATE');
          if (act === 'APPROVE') expect(steps[at - 1]!.act).toBe('SUBMIT');
        }
      }),
    );
  });

  it('a suspension goes back to where it came from', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const [at, { act, to }] of steps.entries()) {
          if (act === 'REINSTATE') expect(to).toEqual(steps[at - 1]!.from);
        }
      }),
    );
  });

  it('resumesAs is set while suspended, and kept for a merge to be undone', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { to } of steps) {
          if (to.state === 'SUSPENDED') expect(['APPROVED', 'ACTIVATED']).toContain(to.resumesAs);
          else if (to.state !== 'MERGED_INTO') expect(to.resumesAs).toBeNull();
        }
      }),
    );
  });

  it('nothing leads out of REVOKED and MERGED_INTO', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const ends = steps.filter(({ from }) => from.state === 'REVOKED' || from.state === 'MERGED_INTO');
        expect(ends).toEqual([]);
      }),
    );
  });
});
