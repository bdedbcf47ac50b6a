import { daysBetween } from '@libs/calendar';
import fc from 'fast-check';
import { suspenseByAge } from './suspense.rules';

const TODAY = '2026-11-24';

describe('suspense by age', () => {
  it('keeps owners, currencies, ages and directions apart; what nobody owns is last', () => {
    const rows = suspenseByAge(
      [
        { ownerId: null, currency: 'ILS', bookedOn: '2026-11-24', open: 100 },
        { ownerId: 7, currency: 'ILS', bookedOn: '2026-11-17', open: 50 },
        { ownerId: 7, currency: 'ILS', bookedOn: '2026-11-16', open: -30 },
        { ownerId: 7, currency: 'ILS', bookedOn: '2026-08-25', open: 1 },
        { ownerId: 7, currency: 'JOD', bookedOn: '2020-01-01', open: 2 },
      ],
      TODAY,
    );
    expect(rows.map(({ ownerId, currency }) => [ownerId, currency])).toEqual([
      [7, 'ILS'],
      [7, 'JOD'],
      [null, 'ILS'],
    ]);
    expect(rows[0]!.ages).toEqual([
      { lines: 1, incoming: 50, outgoing: 0 },
      { lines: 1, incoming: 0, outgoing: 30 },
      { lines: 0, incoming: 0, outgoing: 0 },
      { lines: 1, incoming: 1, outgoing: 0 },
    ]);
  });

  it('loses nothing', () => {
    const open = fc.record({
      ownerId: fc.option(fc.integer({ min: 1, max: 3 })),
      currency: fc.constantFrom('ILS', 'JOD'),
      bookedOn: fc.constantFrom('2026-11-24', '2026-11-01', '2026-09-30', '2019-01-01'),
      open: fc.integer({ min: -1000, max: 1000 }).filter((amount) => amount !== 0),
    });
    fc.assert(
      fc.property(fc.array(open), (list) => {
        const ages = suspenseByAge(list, TODAY).flatMap((row) => row.ages);
        expect(ages.reduce((sum, { incoming, outgoing }) => sum + incoming - outgoing, 0)).toBe(
          list.reduce((sum, each) => sum + each.open, 0),
        );
        expect(ages.reduce((sum, { lines }) => sum + lines, 0)).toBe(list.length);
      }),
    );
  });

  it('counts days by the calendar, over the change of the clock', () => {
    expect([daysBetween('2026-10-23', '2026-10-25'), daysBetween(TODAY, TODAY)]).toEqual([2, 0]);
  });
});
