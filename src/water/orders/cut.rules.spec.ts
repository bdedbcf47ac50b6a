import { covers, cutAllowed, meets } from './cut.rules';

describe('when water may be cut', () => {
  const holidays = new Set(['2026-11-17']);
  it.each([
    ['2026-11-22', true, 'Sunday'],
    ['2026-11-25', true, 'Wednesday'],
    ['2026-11-26', false, 'Thursday, before the weekend'],
    ['2026-11-27', false, 'Friday'],
    ['2026-11-28', false, 'Saturday'],
    ['2026-11-16', false, 'the day before a holiday'],
    ['2026-11-17', false, 'a holiday'],
    ['2026-11-18', true, 'the day after'],
  ])('%s: %s (%s)', (day, allowed) => {
    expect(cutAllowed(day, holidays)).toBe(allowed);
  });
});

describe('a debt large enough', () => {
  const least = { leastBills: 2, leastOwed: 200_000 };
  const owes = (bills: number, owed: number) => ({ bills, owed, oldestDueOn: '2026-01-01' });
  it('has as many bills and as much money', () => {
    expect(meets(owes(2, 200_000), least)).toBe(true);
    expect(meets(owes(1, 900_000), least)).toBe(false);
    expect(meets(owes(9, 199_999), least)).toBe(false);
    expect(meets(undefined, least)).toBe(false);
  });
});

describe('a moratorium', () => {
  const of = (more: object) =>
    ({ fromOn: '2026-11-01', toOn: null, zoneId: null, waterClass: null, ...more }) as Parameters<typeof covers>[0];
  const place = { zoneId: 1, waterClass: 'DOMESTIC' };
  it('covers its days, zone and class', () => {
    expect(covers(of({}), place, '2026-10-31')).toBe(false);
    expect(covers(of({}), place, '2026-11-01')).toBe(true);
    expect(covers(of({ toOn: '2026-11-05' }), place, '2026-11-05')).toBe(true);
    expect(covers(of({ toOn: '2026-11-05' }), place, '2026-11-06')).toBe(false);
    expect(covers(of({ zoneId: 2 }), place, '2026-11-02')).toBe(false);
    expect(covers(of({ zoneId: 1, waterClass: 'CAMP' }), place, '2026-11-02')).toBe(false);
    expect(covers(of({ zoneId: 1, waterClass: 'DOMESTIC' }), place, '2026-11-02')).toBe(true);
  });
});
