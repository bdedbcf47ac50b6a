import { addDays, addDuration, compare, localTimeOf } from '@libs/calendar';
import * as fc from 'fast-check';
import { currentAndNext, scheduleOn, slotFaults, turnsBetween, type Slot } from './supply.rules';

const weekly = (weekday: number, from: string, to: string, moreDays?: number): Slot => ({
  rhythm: 'WEEKLY',
  weekday,
  from,
  to,
  ...(moreDays && { moreDays }),
});
const plan = (slots: Slot[], effectiveFrom = '2026-01-01', edition = 1) => ({ effectiveFrom, edition, slots });
const hours = ({ fromAt, untilAt }: { fromAt: string; untilAt: string }) =>
  (Date.parse(untilAt) - Date.parse(fromAt)) / 3_600_000;

describe('turns of supply', () => {
  it('come on their weekday, every so many days, or on their date', () => {
    const slots: Slot[] = [
      weekly(0, '08:00', '12:00'),
      { rhythm: 'CYCLE', on: '2026-11-20', everyDays: 4, from: '18:00', to: '23:00' },
      { rhythm: 'DATED', on: '2026-11-26', from: '06:00', to: '09:00' },
    ];
    const turns = turnsBetween([plan(slots)], [], '2026-11-22', '2026-11-29');
    expect(turns.map(({ date, fromAt }) => [date, localTimeOf(fromAt)])).toEqual([
      ['2026-11-22', '08:00'],
      ['2026-11-24', '18:00'],
      ['2026-11-26', '06:00'],
      ['2026-11-28', '18:00'],
      ['2026-11-29', '08:00'],
    ]);
    expect(turnsBetween([plan(slots)], [], '2026-11-15', '2026-11-19').map(({ date }) => date)).toEqual(['2026-11-15']);
  });

  it('end the next day when they end no later than they begin, or days after', () => {
    const of = (slot: Slot) => turnsBetween([plan([slot])], [], '2026-11-22', '2026-11-22').map(hours);
    expect(of(weekly(0, '20:00', '06:00'))).toEqual([10]);
    expect(of(weekly(0, '20:00', '20:00'))).toEqual([24]);
    expect(of(weekly(0, '20:00', '06:00', 1))).toEqual([34]);
    expect(of(weekly(0, '06:00', '20:00', 2))).toEqual([62]);
  });

  it('are an hour shorter in the night when summer time begins and longer when it ends', () => {
    const night = [weekly(5, '22:00', '06:00')];
    const spring = turnsBetween([plan(night)], [], '2026-03-27', '2026-03-27');
    const autumn = turnsBetween([plan(night)], [], '2026-10-23', '2026-10-23');
    expect([spring.map(hours), autumn.map(hours)]).toEqual([[7], [9]]);
    expect([...spring, ...autumn].map(({ untilAt }) => localTimeOf(untilAt))).toEqual(['06:00', '06:00']);
    // 02:00 to 03:00 is not there on 28 March: the turn of that hour begins and ends when it would.
    const skipped = turnsBetween([plan([weekly(6, '02:30', '03:30')])], [], '2026-03-28', '2026-03-28');
    expect(skipped.map(hours)).toEqual([0]);
  });

  it('follow the schedule in force on the day they begin: the latest that has come, its last edition', () => {
    const old = plan([weekly(0, '08:00', '09:00')], '2026-01-01', 1);
    const later = plan([weekly(0, '10:00', '11:00')], '2026-11-29', 2);
    const corrected = plan([weekly(0, '12:00', '13:00')], '2026-11-29', 3);
    const schedules = [corrected, old, later];
    expect(scheduleOn(schedules, '2025-12-31')).toBeNull();
    expect(scheduleOn(schedules, '2026-11-28')).toBe(old);
    expect(scheduleOn(schedules, '2026-11-29')).toBe(corrected);
    const turns = turnsBetween(schedules, [], '2026-11-22', '2026-11-29');
    expect(turns.map(({ fromAt }) => localTimeOf(fromAt))).toEqual(['08:00', '12:00']);
  });

  it('do not begin on a day without supply; an extra turn does', () => {
    const schedules = [plan([weekly(0, '08:00', '09:00'), weekly(6, '22:00', '10:00')])];
    const none = { date: '2026-11-29', kind: 'NO_SUPPLY' as const, from: null, to: null };
    const extra = { date: '2026-11-29', kind: 'EXTRA' as const, from: '14:00', to: '15:00' };
    const turns = turnsBetween(schedules, [none, extra], '2026-11-28', '2026-11-29');
    expect(turns.map(({ date, extra }) => [date, extra])).toEqual([
      ['2026-11-28', false],
      ['2026-11-29', true],
    ]);
    expect(turnsBetween([], [extra], '2026-11-29', '2026-11-29')).toHaveLength(1);
    expect(turnsBetween([], [], '2026-11-01', '2026-11-29')).toEqual([]);
  });

  it('tell the one that runs and the next', () => {
    const turns = turnsBetween(
      [plan([weekly(0, '08:00', '12:00'), weekly(2, '08:00', '12:00')])],
      [],
      '2026-11-22',
      '2026-11-25',
    );
    const [sunday, tuesday] = turns as [(typeof turns)[0], (typeof turns)[0]];
    expect(currentAndNext(turns, addDuration(sunday.fromAt, { seconds: -1 }))).toEqual({ current: null, next: sunday });
    expect(currentAndNext(turns, sunday.fromAt)).toEqual({ current: sunday, next: tuesday });
    expect(currentAndNext(turns, sunday.untilAt)).toEqual({ current: null, next: tuesday });
    expect(currentAndNext(turns, tuesday.untilAt)).toEqual({ current: null, next: null });
    expect(currentAndNext([], sunday.fromAt)).toEqual({ current: null, next: null });
  });

  it('never end before they begin, on any day of any year', () => {
    const time = fc.tuple(fc.nat(23), fc.nat(59)).map((pair) => pair.map((n) => String(n).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), time, time, fc.nat(3), (day, from, to, moreDays) => {
        const on = addDays('2020-01-01', day);
        const slot: Slot = { rhythm: 'DATED', on, from, to, moreDays };
        const [turn] = turnsBetween([plan([slot], '2020-01-01')], [], on, on);
        expect(compare(turn!.fromAt, turn!.untilAt)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('slots', () => {
  const faults = (...slots: Slot[]) => slotFaults(slots, '2026-12-01');

  it('need what their rhythm needs and nothing else', () => {
    expect(faults({ rhythm: 'WEEKLY', from: '08:00', to: '09:00' })).toEqual([
      { at: 0, field: 'weekday', code: 'required' },
    ]);
    expect(faults(weekly(1, '08:00', '09:00'), { rhythm: 'CYCLE', weekday: 2, from: '08:00', to: '09:00' })).toEqual([
      { at: 1, field: 'weekday', code: 'unexpected' },
      { at: 1, field: 'on', code: 'required' },
      { at: 1, field: 'everyDays', code: 'required' },
    ]);
    expect(faults({ rhythm: 'DATED', on: '2028-01-01', from: '08:00', to: '09:00' })).toEqual([
      { at: 0, field: 'on', code: 'tooLate' },
    ]);
    expect(faults()).toEqual([]);
  });

  it('do not overlap, whenever their rhythms meet', () => {
    expect(faults(weekly(1, '08:00', '12:00'), weekly(1, '12:00', '14:00'))).toEqual([]);
    expect(faults(weekly(1, '08:00', '12:00'), weekly(1, '11:59', '14:00'))).toEqual([{ at: 1, code: 'overlaps' }]);
    expect(faults(weekly(1, '22:00', '06:00', 1), weekly(3, '05:00', '07:00'))).toEqual([{ at: 1, code: 'overlaps' }]);
    const cycle = (on: string, everyDays: number): Slot => ({
      rhythm: 'CYCLE',
      on,
      everyDays,
      from: '08:00',
      to: '09:00',
    });
    expect(faults(cycle('2026-12-01', 4), cycle('2026-12-03', 4))).toEqual([]);
    expect(faults(cycle('2026-12-02', 13), cycle('2026-12-01', 14))).toEqual([{ at: 1, code: 'overlaps' }]);
    expect(
      faults(weekly(0, '08:00', '09:00'), { rhythm: 'DATED', on: '2027-10-03', from: '07:00', to: '08:30' }),
    ).toEqual([{ at: 1, code: 'overlaps' }]);
    expect(faults({ rhythm: 'CYCLE', on: '2026-12-01', everyDays: 1, from: '20:00', to: '20:00' })).toEqual([]);
  });
});
