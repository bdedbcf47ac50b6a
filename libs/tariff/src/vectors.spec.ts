import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toDecimalString } from '@libs/money';
import { JWU_17, JWU_42 } from '../../../test/support/tariff/jwu';
import { parseLitres, parseTariff, rate, rerate, TariffBook, type TariffData, trueUp, type Usage } from './index';

const page = readFileSync(join(__dirname, '../../../docs/tariff-vectors.md'), 'utf8');
const january: Usage = { class: 'DOMESTIC', size: 15, units: 1, from: '2024-01-01', to: '2024-01-31', litres: 0 };
const { steps } = JWU_42.blocks;
const per = (span: 'MONTH' | number) => ({ blocks: { per: span, steps } });

const bookOf = (...versions: TariffData[]) => new TariffBook(versions.map(parseTariff));
const rated = (cubicMetres: string, change: Partial<TariffData> = {}, usage: Partial<Usage> = {}) =>
  rate(bookOf({ ...JWU_42, ...change }), { ...january, ...usage, litres: parseLitres(cubicMetres) });
const cycles = ['2024-01', '2024-02', '2024-03'].map((month, at) => ({
  from: `${month}-01`,
  to: `${month}-${[31, 29, 31][at]}`,
}));
const april = { ...january, from: '2024-04-01', to: '2024-04-30' };
const trued = () =>
  trueUp(
    bookOf(JWU_42),
    cycles.map((cycle) => rated('10', {}, cycle)),
    160_000,
    april,
  );
const sum = (all: readonly { amount: number }[]) => all.reduce((total, { amount }) => total + amount, 0);

/** Each a heading of the page, with its result. */
const VECTORS: [title: string, result: string, calculated: () => number][] = [
  ['Nothing used', '42.00', () => rated('0').total],
  ['The end of a block belongs to it', '152.00', () => rated('20').total],
  ['A litre above', '152.01', () => rated('20.001').total],
  ['All five blocks', '1546.00', () => rated('150').total],
  ['Half of an agora', '42.28', () => rated('0.05').total],
  ['Three flats on one meter', '480.00', () => rated('75', {}, { units: 3 }).total],
  ['The fee for each flat', '564.00', () => rated('75', { fixed: { amount: '42', each: 'UNIT' } }, { units: 3 }).total],
  ['A minimum', '60.00', () => rated('2', { minimum: { amount: '60', of: ['WATER', 'FIXED'] } }).total],
  [
    'Maintenance, sewer and tax',
    '418.99',
    () =>
      rated('41', {
        maintenance: { amount: '3' },
        sewer: { percent: '20', of: ['WATER'] },
        tax: { percent: '16', of: ['WATER', 'FIXED', 'MAINTENANCE', 'SEWER'] },
      }).total,
  ],
  ['Sewer by the cubic metre', '183.28', () => rated('20.5', { sewer: { price: '1.35' } }).total],
  [
    'A cap on the water, sewer on what is left',
    '642.00',
    () => rated('80', { cap: { amount: '500', of: ['WATER'] }, sewer: { percent: '20', of: ['WATER', 'CAP'] } }).total,
  ],
  ['A cap on all', '600.00', () => rated('80', { cap: { amount: '600', of: ['WATER', 'FIXED'] } }).total],
  [
    'Two months',
    '687.00',
    () => rated('90', { ...per('MONTH'), fixed: { amount: '42', per: 'MONTH' } }, { to: '2024-02-29' }).total,
  ],
  ['Sixty-one days of thirty', '640.80', () => rated('90', per(30), { to: '2024-03-01' }).total],
  [
    'The first days of a subscription',
    '75.10',
    () =>
      rated('10', { ...per('MONTH'), fixed: { amount: '42', per: 'MONTH' } }, { from: '2024-03-20', to: '2024-03-31' })
        .total,
  ],
  [
    'The tariff changes on the 15th',
    '377.29',
    () => rate(bookOf(JWU_42, { ...JWU_17, from: '2024-01-15' }), { ...january, litres: 50_000 }).total,
  ],
  ['Dinars have three decimals', '6.956', () => rated('12.5', dinars).total],
  ['True-up of three estimated cycles: charged for them', '603.94', () => sum(trued().differences)],
  ['True-up of three estimated cycles: the current one', '293.62', () => trued().cycles.at(-1)!.total],
  ['The fee of 42 becomes 17 again', '-25.00', () => sum(rerate([rated('50')], bookOf(JWU_17)))],
];
const dinars: Partial<TariffData> = {
  currency: 'JOD',
  blocks: { steps: [{ over: '0', upTo: null, price: '0.4565' }] },
  fixed: { amount: '1.250' },
};

describe('docs/tariff-vectors.md', () => {
  it.each(VECTORS)('%s: %s', (title, result, calculated) => {
    expect(toDecimalString(calculated(), result.split('.')[1]!.length === 3 ? 'JOD' : 'ILS')).toBe(result);
    expect(page).toContain(`. ${title}: ${result}\n`);
  });

  it('has no other', () => expect(page.match(/^## \d+\. /gm)).toHaveLength(VECTORS.length));
});
