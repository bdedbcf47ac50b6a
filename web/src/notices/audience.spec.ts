import { parametersOf, typedOf } from './audience';

const parameter = (name: string, kind: 'text' | 'number' | 'flag' | 'numbers' | 'amount') => ({
  ...{ name, kind, required: false, values: null, aboutAr: name, aboutEn: name },
});
const source = {
  ...{ code: 'x', aboutAr: 'x', aboutEn: 'x' },
  parameters: [
    parameter('zone', 'text'),
    parameter('above', 'amount'),
    parameter('route', 'number'),
    parameter('all', 'flag'),
    parameter('ids', 'numbers'),
  ],
};

it('parameters of an audience are sent as its source asks for them, the empty ones not at all', () => {
  const typed = { zone: ' Z-1 ', above: ' 2,000.50 ', route: '7', all: true, ids: '1, 2،3 x', other: 'left out' };
  expect(parametersOf(source, typed)).toEqual({
    zone: 'Z-1',
    above: '2,000.50',
    route: 7,
    all: true,
    ids: [1, 2, 3, 'x'],
  });
  expect(parametersOf(source, { zone: ' ', above: '', all: false })).toEqual({});
  expect(parametersOf(source, { route: '1.5' })).toEqual({ route: '1.5' });
});

it('what was kept is typed on as it was', () => {
  const kept = { zone: 'Z-1', above: '2000.50', route: 7, all: true, ids: [1, 2] };
  expect(parametersOf(source, typedOf(kept))).toEqual(kept);
});
