import { addDuration, type Instant } from '@libs/calendar';
import * as fc from 'fast-check';
import { afterFailure, isLocked } from './lockout.rules';

const POLICY = { lockoutFailures: 5, lockoutMinutes: 30 };
const START = '2026-11-24T08:00:00.000Z';
const at = (minutes: number): Instant => addDuration(START, { minutes });
const NONE = { failures: [], lockedUntil: null };

const failing = (...minutes: number[]) =>
  minutes.reduce<ReturnType<typeof afterFailure>>((state, each) => afterFailure(state, at(each), POLICY), NONE);

describe('lockout', () => {
  it('comes with the fifth failure and lasts the window', () => {
    expect(failing(0, 1, 2, 3).lockedUntil).toBeNull();
    expect(failing(0, 1, 2, 3, 4).lockedUntil).toBe(at(34));
  });

  it('ends to the millisecond', () => {
    const locked = failing(0, 1, 2, 3, 4);
    expect(isLocked(locked, addDuration(at(34), { seconds: -0.001 }))).toBe(true);
    expect(isLocked(locked, at(34))).toBe(false);
    expect(isLocked(NONE, at(0))).toBe(false);
  });

  it('counts a window that slides: a failure exactly its length ago is outside', () => {
    expect(failing(0, 10, 20, 29, 30).lockedUntil).toBeNull();
    expect(failing(0, 10, 20, 29, 30, 31).lockedUntil).toBe(at(61));
  });

  it('starts anew after a lock', () => {
    expect(failing(0, 1, 2, 3, 4, 35)).toEqual({ failures: [at(35)], lockedUntil: null });
  });

  it('happens exactly when enough failures lie within one window', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }), (gaps) => {
        const minutes = gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0));
        const locksAt = minutes.findIndex((minute, index) => index >= 4 && minute - minutes[index - 4]! < 30);
        let state: ReturnType<typeof afterFailure> = NONE;
        const seen = minutes.findIndex(
          (minute) => (state = afterFailure(state, at(minute), POLICY)).lockedUntil !== null,
        );
        expect(seen).toBe(locksAt);
      }),
    );
  });
});
