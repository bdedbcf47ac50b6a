import * as fc from 'fast-check';
import {
  addDuration,
  compare,
  fixedClock,
  formatArabicDate,
  instantAt,
  isWeekend,
  localDateOf,
  localTimeOf,
  parseLegacyDate,
  parseLegacyPeriod,
  startOfLocalDay,
  systemClock,
  weekdayOf,
} from './index';

const anyDate = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2100-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const toArabic = (text: string) => text.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0x630));

describe('instants', () => {
  it('come from the system clock in UTC with milliseconds', () => {
    expect(systemClock.now()).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  });

  it('stand still in a fixed clock until it is advanced or set', () => {
    const clock = fixedClock('2024-01-31T23:59:00.000Z');
    expect(clock.now()).toBe('2024-01-31T23:59:00.000Z');
    expect(clock.advance({ minutes: 1, seconds: 0.5 })).toBe('2024-02-01T00:00:00.500Z');
    expect(clock.now()).toBe('2024-02-01T00:00:00.500Z');
    clock.set('2020-01-01T00:00:00Z');
    expect(clock.now()).toBe('2020-01-01T00:00:00.000Z');
    expect(() => fixedClock('soon')).toThrow(RangeError);
  });

  it('move by elapsed time, a day being 24 hours', () => {
    expect(addDuration('2024-02-28T10:00:00.000Z', { days: 2, hours: -1 })).toBe('2024-03-01T09:00:00.000Z');
    expect(() => addDuration('9999-12-31T23:59:59.000Z', { seconds: 1 })).toThrow(RangeError);
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -1e6, max: 1e6 }), (date, seconds) => {
        const start = date.toISOString();
        expect(addDuration(addDuration(start, { seconds }), { seconds: -seconds })).toBe(start);
        expect(compare(addDuration(start, { seconds }), start)).toBe(Math.sign(seconds));
      }),
    );
  });
});

describe('local days in Hebron', () => {
  it('follow winter and summer time', () => {
    expect(localDateOf('2024-01-10T21:59:59.999Z')).toBe('2024-01-10');
    expect(localDateOf('2024-01-10T22:00:00.000Z')).toBe('2024-01-11');
    expect(localDateOf('2024-07-10T20:59:59.999Z')).toBe('2024-07-10');
    expect(localDateOf('2024-07-10T21:00:00.000Z')).toBe('2024-07-11');
    expect(localDateOf('2024-07-10T21:00:00.000Z', 'UTC')).toBe('2024-07-10');
    expect(localDateOf('2024-07-10T21:00:59.999Z', 'UTC')).toBe('2024-07-10');
    expect(localDateOf('2024-07-10T21:00:59.999Z')).toBe('2024-07-11');
    expect(() => localDateOf('2024-07-10T21:00:60.000Z')).toThrow(RangeError);
    expect(() => localDateOf('yesterday')).toThrow(RangeError);
    expect(() => localDateOf('2024-07-10T21:00:00.000Z', 'Moon/Base')).toThrow(RangeError);
  });

  it('start at midnight, or at 01:00 where summer time skips it', () => {
    expect(startOfLocalDay('2024-01-11')).toBe('2024-01-10T22:00:00.000Z');
    expect(startOfLocalDay('2024-07-11')).toBe('2024-07-10T21:00:00.000Z');
    expect(startOfLocalDay('2013-03-29')).toBe('2013-03-28T22:00:00.000Z');
    expect(() => startOfLocalDay('2024-02-30')).toThrow(RangeError);
    expect(() => startOfLocalDay('2024-02-20', 'Moon/Base')).toThrow(RangeError);
  });

  it('start exactly where the previous date ends', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const day = date.toISOString().slice(0, 10);
        const start = startOfLocalDay(day);
        expect(localDateOf(start)).toBe(day);
        expect(compare(localDateOf(addDuration(start, { seconds: -0.001 })), day)).toBe(-1);
      }),
    );
  });

  it('have each time once: the first where it comes twice, later where it is skipped', () => {
    expect(instantAt('2026-11-24', '18:00')).toBe('2026-11-24T16:00:00.000Z');
    expect(instantAt('2026-07-24', '18:00')).toBe('2026-07-24T15:00:00.000Z');
    expect(instantAt('2026-10-24', '01:30')).toBe('2026-10-23T22:30:00.000Z');
    expect(instantAt('2026-03-28', '02:30')).toBe('2026-03-28T00:30:00.000Z');
    expect(localTimeOf('2026-03-28T00:30:00.000Z')).toBe('03:30');
    expect(localTimeOf('2026-10-23T23:30:00.000Z')).toBe('01:30');
    expect(weekdayOf('2026-11-29')).toBe(0);
    for (const time of ['24:00', '7:00', '12:60', '']) expect(() => instantAt('2026-11-24', time)).toThrow(RangeError);
    expect(() => instantAt('2026-02-30', '10:00')).toThrow(RangeError);
    expect(() => instantAt('2026-02-20', '10:00', 'Moon/Base')).toThrow(RangeError);
    expect(() => localTimeOf('soon')).toThrow(RangeError);
    fc.assert(
      fc.property(anyDate, (date) => {
        const minute = `${date.toISOString().slice(0, 16)}:00.000Z`;
        const again = instantAt(localDateOf(minute), localTimeOf(minute));
        expect(again === minute || again < minute).toBe(true);
        expect(localTimeOf(again)).toBe(localTimeOf(minute));
      }),
    );
  });

  it('rest on Friday and Saturday', () => {
    const week = ['2024-01-04', '2024-01-05', '2024-01-06', '2024-01-07'];
    expect(week.map(isWeekend)).toEqual([false, true, true, false]);
    expect(isWeekend('1969-12-26')).toBe(true);
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(isWeekend(date.toISOString().slice(0, 10))).toBe([5, 6].includes(date.getUTCDay()));
      }),
    );
  });

  it('are written with the month names used in Palestine', () => {
    expect(formatArabicDate('2024-01-05')).toBe('5 كانون الثاني 2024');
    expect(formatArabicDate('2024-12-31', { digits: 'arabic', weekday: true })).toBe('الثلاثاء ٣١ كانون الأول ٢٠٢٤');
    expect(() => formatArabicDate('2023-02-29')).toThrow(RangeError);
    expect(() => formatArabicDate('5/1/2024')).toThrow(RangeError);
  });
});

describe('dates of the old systems', () => {
  it.each([
    ['12/08/2011', '2011-08-12'],
    ['9/9/2018', '2018-09-09'],
    ['19/9/2018', '2018-09-19'],
    ['6/12/2014', '2014-12-06'],
    ['2014-09-25', '2014-09-25'],
    ['2014/09/25', '2014-09-25'],
    [' 01/02/2018 ', '2018-02-01'],
    ['٢٩/٠٢/٢٠١٦', '2016-02-29'],
    ['29/02/2000', '2000-02-29'],
  ])('%s is %s', (raw, date) => expect(parseLegacyDate(raw)).toBe(date));

  it.each([
    '2011/13/40',
    '00/00/0000',
    '31/02/2018',
    '31/04/2018',
    '29/02/2018',
    '29/02/1900',
    '',
    '   ',
    '1/1/18',
    '01/012018',
    '01/01/2018/1',
    '/01/2018',
    '01//2018',
    '01/01-2018',
    '012/1/2018',
    '2018-001-1',
    '2018-1-',
    'أمس',
    '1a/01/2018',
  ])('%s is none', (raw) => expect(parseLegacyDate(raw)).toBeNull());

  it('read back every date in each of the formats', () => {
    fc.assert(
      fc.property(anyDate, (when) => {
        const iso = when.toISOString().slice(0, 10);
        const [y, m, d] = iso.split('-') as [string, string, string];
        for (const raw of [iso, `${y}/${m}/${d}`, `${d}/${m}/${y}`, `${Number(d)}/${Number(m)}/${y}`]) {
          expect(parseLegacyDate(raw)).toBe(iso);
          expect(parseLegacyDate(toArabic(raw))).toBe(iso);
        }
      }),
    );
  });

  it('read periods and refuse impossible months', () => {
    expect(parseLegacyPeriod('01/2018')).toBe('2018-01');
    expect(parseLegacyPeriod(' 7/2018 ')).toBe('2018-07');
    expect(parseLegacyPeriod('١٢/٢٠١٨')).toBe('2018-12');
    for (const raw of ['13/2018', '00/2018', '2018/01', '01/18', '01-2018', '1/20x8', '', '001/2018', '01/0000'])
      expect(parseLegacyPeriod(raw)).toBeNull();
  });
});
