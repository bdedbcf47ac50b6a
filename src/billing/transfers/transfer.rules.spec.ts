import { monthAfter } from '@libs/calendar';
import fc from 'fast-check';
import { buyersPart, firstDay, handOver, movedPart } from './transfer.rules';

const period = fc.tuple(fc.integer({ min: 2015, max: 2030 }), fc.integer({ min: 1, max: 12 }));
const text = ([year, month]: [number, number]) => `${year}-${String(month).padStart(2, '0')}`;
const months = fc.integer({ min: 1, max: 12 });
const day = fc
  .date({ min: new Date('2014-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a charge split by days', () => {
  it('gives the buyer the day of sale and those after it', () => {
    const month = { amount: 30_000, period: '2026-11', months: 1 };
    expect(buyersPart(month, '2026-11-01')).toBe(30_000);
    expect(buyersPart(month, '2026-11-16')).toBe(15_000);
    expect(buyersPart(month, '2026-11-30')).toBe(1000);
    expect(buyersPart(month, '2026-12-01')).toBe(0);
    expect(buyersPart(month, '2026-10-31')).toBe(30_000);
    expect(buyersPart({ amount: 365_000, period: '2026-01', months: 12 }, '2026-12-31')).toBe(1000);
    expect(buyersPart({ amount: 2900, period: '2028-02', months: 1 }, '2028-02-29')).toBe(100);
  });

  it('is never more than the whole, never less than nothing, and less the later the sale', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), period, months, day, day, (amount, from, length, a, b) => {
        const charge = { amount, period: text(from), months: length };
        const [earlier, later] = a < b ? [a, b] : [b, a];
        const [more, less] = [buyersPart(charge, earlier), buyersPart(charge, later)];
        expect(more).toBeGreaterThanOrEqual(less);
        expect(less).toBeGreaterThanOrEqual(0);
        expect(more).toBeLessThanOrEqual(amount);
      }),
    );
  });

  it('moves what is unpaid of the buyer’s part: what the seller paid is for the seller’s days first', () => {
    const charge = { amount: 30_000, cancelled: 0, outstanding: 30_000, period: '2026-11', months: 1 };
    expect(movedPart(charge, '2026-11-16')).toBe(15_000);
    expect(movedPart({ ...charge, outstanding: 20_000 }, '2026-11-16')).toBe(15_000);
    expect(movedPart({ ...charge, outstanding: 9000 }, '2026-11-16')).toBe(9000);
    expect(movedPart({ ...charge, cancelled: 10_000, outstanding: 20_000 }, '2026-11-16')).toBe(10_000);
  });
});

describe('a charge that a sale moved', () => {
  it('is for the days from that sale', () => {
    const moved = { amount: 1500, period: '2026-11', months: 1, from: '2026-11-16' };
    expect(buyersPart(moved, '2026-11-25')).toBe(600);
    expect(buyersPart(moved, '2026-11-16')).toBe(1500);
    expect(buyersPart(moved, '2026-11-01')).toBe(1500);
    expect(buyersPart({ ...moved, months: 2 }, '2026-12-01')).toBe(1011);
  });

  it('begins with the sale or its span, whichever is later, and with its span again when the sale was reversed', () => {
    expect(firstDay({ period: '2026-11' }, '2026-11-16', false)).toBe('2026-11-16');
    expect(firstDay({ period: '2026-11' }, '2026-10-16', false)).toBe('2026-11-01');
    expect(firstDay({ period: '2026-11', from: '2026-11-16' }, '2026-11-10', false)).toBe('2026-11-16');
    expect(firstDay({ period: '2026-11' }, '2026-11-16', true)).toBe('2026-11-01');
    expect(firstDay({ period: '2026-11', from: '2026-11-10' }, '2026-11-16', true)).toBe('2026-11-10');
  });
});

describe('a recurring charge', () => {
  const monthly = { everyMonths: 1, fromPeriod: '2026-01', toPeriod: null };
  const yearly = { everyMonths: 12, fromPeriod: '2026-03', toPeriod: null };

  it('is shared in the span that no bill was made of, and the buyer’s from the next', () => {
    expect(handOver(monthly, '2026-11-16', '2026-10')).toEqual({ unbilled: ['2026-11'], first: '2026-12' });
    expect(handOver(monthly, '2026-11-16', '2026-11')).toEqual({ unbilled: [], first: '2026-12' });
    expect(handOver(monthly, '2026-11-16', null)).toEqual({ unbilled: ['2026-11'], first: '2026-12' });
    expect(handOver(yearly, '2027-02-10', '2026-03')).toEqual({ unbilled: [], first: '2027-03' });
    expect(handOver(yearly, '2027-02-10', null)).toEqual({ unbilled: ['2026-03'], first: '2027-03' });
  });

  it('is the seller’s whole for the month before, when the sale is on the first', () => {
    expect(handOver(monthly, '2026-11-01', '2026-09')).toEqual({ unbilled: ['2026-10'], first: '2026-11' });
    expect(handOver(monthly, '2026-11-01', '2026-10')).toEqual({ unbilled: [], first: '2026-11' });
  });

  it('is owed for every span since the last bill, also those before the one of the sale', () => {
    expect(handOver(monthly, '2026-11-16', '2026-09')).toEqual({ unbilled: ['2026-10', '2026-11'], first: '2026-12' });
    expect(handOver({ ...monthly, toPeriod: '2026-10' }, '2026-11-16', '2026-08')).toEqual({
      unbilled: ['2026-09', '2026-10'],
      first: null,
    });
    const quarterly = { everyMonths: 3, fromPeriod: '2026-01', toPeriod: null };
    expect(handOver(quarterly, '2026-11-16', '2026-04')).toEqual({
      unbilled: ['2026-07', '2026-10'],
      first: '2027-01',
    });
  });

  it('is billed to nobody twice when the sale is reported late', () => {
    expect(handOver(monthly, '2026-09-16', '2026-11')).toEqual({ unbilled: [], first: '2026-12' });
  });

  it('follows only while it runs', () => {
    expect(handOver({ ...monthly, toPeriod: '2026-11' }, '2026-11-16', null)).toEqual({
      unbilled: ['2026-11'],
      first: null,
    });
    expect(handOver({ ...monthly, toPeriod: '2026-08' }, '2026-11-16', null)).toEqual({ unbilled: [], first: null });
    expect(handOver({ ...monthly, fromPeriod: '2027-01' }, '2026-11-16', null)).toEqual({
      unbilled: [],
      first: '2027-01',
    });
  });

  it('begins for the buyer in a month of its rhythm, after all that was billed', () => {
    fc.assert(
      fc.property(period, months, day, fc.option(period), (from, everyMonths, soldOn, billed) => {
        const fromPeriod = text(from);
        const lastBilled = billed && text(billed);
        const { unbilled, first } = handOver({ everyMonths, fromPeriod, toPeriod: null }, soldOn, lastBilled);
        expect(first! >= fromPeriod && first! > (lastBilled ?? '')).toBe(true);
        expect(first! >= soldOn.slice(0, 7)).toBe(true);
        for (const month of unbilled) expect(monthAfter(month, everyMonths) <= first!).toBe(true);
        if (lastBilled !== null) expect(unbilled.every((month) => month > lastBilled)).toBe(true);
      }),
    );
  });
});
