import fc from 'fast-check';
import { addDuration, localDateOf, localTimeOf, weekdayOf } from '@libs/calendar';
import { mayLeaveAt } from './quiet-hours.rules';

const QUIET = { from: '21:00', until: '08:00', weekdays: [5] };

describe('quiet hours', () => {
  // Winter: Hebron is two hours ahead. 24 November 2026 is a Tuesday.
  it.each([
    ['2026-11-24T08:00:00.000Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T18:59:59.000Z', '2026-11-24T18:59:59.000Z'],
    ['2026-11-24T19:00:00.000Z', '2026-11-25T06:00:00.000Z'],
    ['2026-11-24T22:30:00.000Z', '2026-11-25T06:00:00.000Z'],
    ['2026-11-25T05:59:59.000Z', '2026-11-25T06:00:00.000Z'],
    // Thursday evening and all of Friday wait for Saturday.
    ['2026-11-26T19:30:00.000Z', '2026-11-28T06:00:00.000Z'],
    ['2026-11-27T10:00:00.000Z', '2026-11-28T06:00:00.000Z'],
    ['2026-11-27T22:10:00.000Z', '2026-11-28T06:00:00.000Z'],
    // Summer time ends in this night.
    ['2026-10-23T20:00:00.000Z', '2026-10-24T06:00:00.000Z'],
  ])('what comes at %s leaves at %s', (now, at) => {
    expect(mayLeaveAt(now, 'BULK', QUIET)).toBe(at);
    expect(mayLeaveAt(now, 'TRANSACTIONAL', QUIET)).toBe(at);
    expect(mayLeaveAt(now, 'OTP', QUIET)).toBe(now);
    expect(mayLeaveAt(now, 'EMERGENCY', QUIET)).toBe(now);
    expect(mayLeaveAt(now, 'BULK', undefined)).toBe(now);
  });

  it('always names a time that is not quiet, and none before now', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }), (minutes) => {
        const now = addDuration('2026-01-01T00:00:00.000Z', { minutes });
        const at = mayLeaveAt(now, 'BULK', QUIET);
        expect(at >= now).toBe(true);
        expect(weekdayOf(localDateOf(at))).not.toBe(5);
        expect(localTimeOf(at) >= '08:00' && localTimeOf(at) < '21:00').toBe(true);
        expect(mayLeaveAt(at, 'BULK', QUIET)).toBe(at);
      }),
    );
  });
});
