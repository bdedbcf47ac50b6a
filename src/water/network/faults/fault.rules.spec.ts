import * as fc from 'fast-check';
import type { Fault } from './fault.entity';
import { rankSimilar, repairTimes } from './fault.rules';

const fault = (id: number, more: Partial<Fault> = {}) =>
  ({ id, kind: 'LEAK', place: 'شارع رفيديا قرب المسجد', subscriptionId: null, reporterPhone: null, ...more }) as Fault;

describe('reports that may say the same', () => {
  it.each([
    ['the same words in another spelling', 'رفيديا، مقابل مسجد', ['SAME_PLACE', 'SAME_KIND']],
    ['more words about the same place', 'حي رفيديا شارع المسجد الكبير بناية الأمل', ['SAME_PLACE', 'SAME_KIND']],
    ['another place', 'الجبل الشمالي، شارع عصيرة', ['SAME_KIND']],
    ['words of every address alone', 'شارع قرب', ['SAME_KIND']],
  ])('%s', (_, place, reasons) => {
    expect(rankSimilar(fault(1), [fault(2, { place })])[0]!.reasons).toEqual(reasons);
  });

  it('take a burst for a leak, and no water for neither', () => {
    expect(rankSimilar(fault(1, { kind: 'BURST', place: 'x' }), [fault(2)])[0]!.reasons).toEqual(['SAME_KIND']);
    expect(rankSimilar(fault(1, { kind: 'NO_WATER', place: 'x' }), [fault(2)])[0]!.reasons).toEqual([]);
  });

  it('stand the likeliest first, then the newest', () => {
    const others = [
      fault(2, { place: 'بعيد' }),
      fault(3, { subscriptionId: 7 }),
      fault(4),
      fault(5, { place: 'غيره', reporterPhone: '+970599000001' }),
      fault(6),
    ];
    const ranked = rankSimilar(fault(1, { subscriptionId: 7, reporterPhone: '+970599000001' }), others);
    expect(ranked.map(({ fault: { id } }) => id)).toEqual([3, 6, 5, 4, 2]);
  });
});

describe('time to repair', () => {
  const after = (minutes: number) => ({
    reportedAt: '2026-11-01T08:00:00.000Z',
    repairedAt: new Date(Date.parse('2026-11-01T08:00:00.000Z') + minutes * 60_000).toISOString(),
  });

  it.each([
    [[], null, null],
    [[90], 90, 90],
    [[60, 120], 90, 120],
    [[10, 20, 30, 40, 50, 60, 70, 80, 90, 1000], 55, 90],
    [[10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 1000], 60, 100],
  ])('of %j', (minutes, medianMinutes, p90Minutes) => {
    expect(repairTimes(minutes.map(after))).toEqual({ count: minutes.length, medianMinutes, p90Minutes });
  });

  it('lies between the shortest and the longest, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 50 }), (minutes) => {
        const { medianMinutes, p90Minutes } = repairTimes(minutes.map(after));
        expect(medianMinutes!).toBeLessThanOrEqual(p90Minutes!);
        expect(medianMinutes!).toBeGreaterThanOrEqual(Math.min(...minutes));
        expect(p90Minutes!).toBeLessThanOrEqual(Math.max(...minutes));
      }),
    );
  });
});
