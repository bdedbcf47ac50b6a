import { addDays, addMonths, monthAfter } from '@libs/calendar';
import fc from 'fast-check';
import { averageADay, isBeginning, judge, startOf, type Past } from './judgement.rules';
import { rejudgeAfter, type Site, type Standing } from './rejudge.rules';

const REGISTER = { digits: 5, multiplier: 1 };
const LIMITS = { highPercent: 300, lowPercent: 30, mostAMonth: 5000 };
const lastDay = (period: string) => addDays(addMonths(`${period}-01`, 1), -1);
const past = (period: string, value: number, consumption: number | null, more: Partial<Past> = {}): Standing => ({
  ...{
    id: Number(period.slice(5)),
    version: 1,
    installationId: 1,
    period,
    readOn: lastDay(period),
    value,
    consumption,
  },
  ...{ state: 'VALID', source: 'FIELD', anomalies: [] },
  ...more,
});
const START = { value: 1000, on: '2026-10-31', estimated: 0 };
const context = { average: 1, limits: LIMITS, occupied: true };
const judged = (value: number, more = {}, start = START) =>
  judge({ value, readOn: '2026-11-30' }, start, REGISTER, { ...context, ...more });

describe('a register of which nobody knows where it stood', () => {
  it('is suspect, and is counted from once it is confirmed', () => {
    const unknown = { value: null, on: '2012-04-02', estimated: 0 };
    const context = { average: 1, limits: LIMITS, occupied: true };
    expect(judge({ value: 2822, readOn: '2018-02-28' }, unknown, REGISTER, context)).toEqual({
      ...{ consumption: null, anomalies: ['FIRST'], state: 'SUSPECT' },
    });
    expect(isBeginning({ state: 'CONFIRMED', anomalies: ['FIRST'] })).toBe(true);
    expect(isBeginning({ state: 'SUSPECT', anomalies: ['FIRST'] })).toBe(false);
  });
});

describe('a reading', () => {
  it('is odd above three times and below three tenths of the average, not at them', () => {
    const found = (value: number) => judged(value).anomalies;
    expect([1090, 1091, 1009, 1008, 1001].map(found)).toEqual([[], ['HIGH'], [], ['LOW'], ['LOW']]);
    expect(judged(1091).state).toBe('SUSPECT');
    expect(judged(1030)).toEqual({ consumption: 30, anomalies: [], state: 'VALID' });
  });

  it('of nothing used is odd where somebody lives and used water', () => {
    expect(judged(1000)).toEqual({ consumption: 0, anomalies: ['ZERO'], state: 'SUSPECT' });
    expect(judged(1000, { occupied: false }).state).toBe('VALID');
    expect(judged(1000, { average: 0 }).state).toBe('VALID');
    expect(judged(9000, { average: null })).toEqual({ consumption: 8000, anomalies: [], state: 'VALID' });
  });

  it('that goes back has rolled over when that is plausible', () => {
    const near = { ...START, value: 99_990 };
    expect(judged(20, {}, near)).toEqual({ consumption: 30, anomalies: ['ROLLOVER'], state: 'VALID' });
    expect(judged(990)).toEqual({ consumption: null, anomalies: ['BACKWARD'], state: 'SUSPECT' });
  });

  it('after estimates counts from the last true one', () => {
    expect(judged(1030, {}, { ...START, estimated: 50 })).toMatchObject({ consumption: -20, state: 'VALID' });
  });

  it('begins at the last true reading of its own meter, else at its installation', () => {
    const history = [
      past('2026-08', 900, null),
      past('2026-09', 930, 30),
      past('2026-10', 960, 30, { source: 'ESTIMATE' }),
    ];
    const installation = { id: 1, initialReading: 5, installedOn: '2026-01-01' };
    expect(startOf(history, installation, '2026-11')).toEqual({ value: 930, on: '2026-09-30', estimated: 30 });
    expect(startOf(history, { ...installation, id: 2 }, '2026-11')).toEqual({
      value: 5,
      on: '2026-01-01',
      estimated: 0,
    });
    const unknown = [past('2026-10', 960, null, { source: 'ESTIMATE' })];
    expect(startOf(unknown, installation, '2026-11')).toMatchObject({ value: 960, estimated: 0 });
  });
});

describe('the average', () => {
  it('is made of true readings of six cycles, from one to another', () => {
    const months = Array.from({ length: 9 }, (_, at) => past(`2026-0${at + 1}`, at * 31, at === 0 ? null : 31));
    expect(averageADay(months, '2026-10')).toBeCloseTo((6 * 31) / 183, 10);
    expect(averageADay(months.slice(0, 1), '2026-10')).toBeNull();
    expect(averageADay([], '2026-10')).toBeNull();
  });

  it('leaves out what is suspect, and what came after it', () => {
    const wild = [past('2026-01', 0, null), past('2026-02', 28, 28), past('2026-03', 9000, 8972, { state: 'SUSPECT' })];
    expect(averageADay(wild, '2026-05')).toBe(1);
  });
});

describe('readings in any order', () => {
  const site: Site = {
    ...{ installationId: 1, subscriptionId: 1, number: '1', occupied: true, routeId: null, serial: 'Z' },
    ...{ register: REGISTER, installedOn: '2025-12-31', initialReading: 0 },
  };

  it('come to the same consumptions, which sum to what the register showed', () => {
    const values = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat(1000)), (used, keys) => {
        const rows = used.map((_, at) =>
          past(
            `2026-0${at + 1}`,
            used.slice(0, at + 1).reduce((a, b) => a + b),
            null,
          ),
        );
        const order = rows.map((row) => ({ row, key: keys.next().value as number })).sort((a, b) => a.key - b.key);
        const history: Standing[] = [];
        for (const { row } of order) {
          const later = history.findIndex(({ period }) => period > row.period);
          history.splice(later < 0 ? history.length : later, 0, row);
          rejudgeAfter(history, site, monthAfter(row.period, -1), LIMITS);
        }
        expect(history.map(({ consumption }) => consumption)).toEqual(used);
      }),
    );
  });

  it('drop the estimates that were reckoned from what is no more, and leave what was decided', () => {
    const history = [
      past('2026-01', 10, 10),
      past('2026-02', 40, 30, { source: 'ESTIMATE' }),
      past('2026-03', 60, 20, { state: 'CONFIRMED' }),
      past('2026-04', 80, 20, { state: 'BILLED' }),
    ];
    const { changed, dropped } = rejudgeAfter(history, site, '2026-01', LIMITS);
    expect(dropped.map(({ period }) => period)).toEqual(['2026-02']);
    expect(changed).toMatchObject([{ period: '2026-03', consumption: 50, state: 'CONFIRMED' }]);
    expect(history).toHaveLength(3);
  });
});
