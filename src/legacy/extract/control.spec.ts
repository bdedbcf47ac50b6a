import { compareWithControl, parseControl, type Control } from './control';
import { ExtractError } from './faults';

const CONTROL: Control = {
  rows: { citizens: 2 },
  refused: { citizens: { 'no name': 1 } },
  movements_minor_units: { ILS: { debit: 3500, credit: 0 }, JOD: { debit: 3500, credit: 7 } },
};
const TOTALS = { ILS: { debit: '3500', credit: '0' }, JOD: { debit: '35000', credit: '70' } };

it('compares hundredths with minor units', () => {
  expect(compareWithControl(CONTROL, CONTROL.refused, TOTALS)).toEqual([]);
});

it('tells every difference, either way', () => {
  const totals = { JOD: { debit: '35001', credit: '70' }, USD: { debit: '1', credit: '0' } };
  expect(compareWithControl(CONTROL, { services: { 'citizen unknown': 2 } }, totals)).toEqual([
    { what: 'citizens refused: no name', expected: '1', actual: '0' },
    { what: 'services refused: citizen unknown', expected: '0', actual: '2' },
    { what: 'movements ILS debit', expected: '3500', actual: '0' },
    { what: 'movements JOD debit', expected: '35000', actual: '35001' },
    { what: 'movements USD debit', expected: '0', actual: '1' },
  ]);
});

it.each([
  '',
  'null',
  '[]',
  '{"rows": {}, "refused": {}}',
  '{"rows": {"citizens": "2"}, "refused": {}, "movements_minor_units": {}}',
  '{"rows": {"people": 2}, "refused": {}, "movements_minor_units": {}}',
  '{"rows": {}, "refused": {"citizens": 3}, "movements_minor_units": {}}',
  '{"rows": {}, "refused": {}, "movements_minor_units": {"ILS": {"debit": 1}}}',
])('refuses %s', (text) => expect(() => parseControl(text)).toThrow(ExtractError));

it('takes what it should be, also after a byte order mark', () => {
  expect(parseControl(`\ufeff${JSON.stringify(CONTROL)}`)).toEqual(CONTROL);
});
