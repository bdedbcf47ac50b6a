import { fixedClock } from '@libs/calendar';
import { loadConfig } from '@libs/config';
import { LaneLimits } from './lanes';

describe('limits of lanes', () => {
  const clock = fixedClock('2026-11-24T08:00:00.000Z');
  const limits = new LaneLimits(loadConfig({ LANE_LIMITS: 'BULK:2, OTP:600' }), clock);

  it('let so many begin in a minute that starts with the first', () => {
    clock.set('2026-11-24T08:00:30.000Z');
    limits.use('BULK');
    expect(limits.left('BULK')).toBe(1);
    limits.use('BULK');
    clock.set('2026-11-24T08:01:29.999Z');
    expect([limits.left('BULK'), limits.left('OTP'), limits.left('EMERGENCY')]).toEqual([0, 600, Infinity]);
    clock.set('2026-11-24T08:01:30.000Z');
    expect(limits.left('BULK')).toBe(2);
    limits.use('BULK');
    expect(limits.left('BULK')).toBe(1);
  });

  it.each(['BULK', 'BULK:0', 'SLOW:5', 'BULK:x', 'BULK:5;OTP:6'])('are not taken from %s', (text) => {
    expect(() => loadConfig({ LANE_LIMITS: text })).toThrow(/LANE_LIMITS: expected messages a minute/);
  });
});
