import fc from 'fast-check';
import { isDueIn } from './recurring.rules';

const at = (month: number): string => `${2020 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

it('a quarterly charge from November falls into November, February, May …', () => {
  const charge = { everyMonths: 3, fromPeriod: '2025-11', toPeriod: '2026-08' };
  const months = ['2025-08', '2025-11', '2025-12', '2026-02', '2026-05', '2026-08', '2026-11'];
  expect(months.filter((month) => isDueIn(charge, month))).toEqual(['2025-11', '2026-02', '2026-05', '2026-08']);
});

it('falls into every n-th month between the first and the last and into no other', () => {
  const month = fc.integer({ min: 0, max: 120 });
  fc.assert(
    fc.property(month, fc.integer({ min: 1, max: 24 }), fc.option(month), (from, everyMonths, to) => {
      const charge = { everyMonths, fromPeriod: at(from), toPeriod: to === null ? null : at(to) };
      const wanted: number[] = [];
      for (let each = from; each <= (to ?? 150); each += everyMonths) wanted.push(each);
      const found = Array.from({ length: 151 }, (_, each) => each).filter((each) => isDueIn(charge, at(each)));
      expect(found).toEqual(wanted.filter((each) => each <= 150));
    }),
  );
});
