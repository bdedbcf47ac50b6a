import * as fc from 'fast-check';
import { CURRENCIES, formatAmount, parseAmount, toDecimalString } from './index';

const currency = fc.constantFrom(...CURRENCIES);
const minorUnits = fc.maxSafeInteger();

describe('parseAmount', () => {
  it.each([
    ['35.00', 'ILS', 3500],
    ['1,961.52', 'ILS', 196152],
    ['1,234,567', 'ILS', 123456700],
    ['35.00', 'JOD', 35000],
    ['0.005', 'JOD', 5],
    ['.5', 'USD', 50],
    ['-12.5', 'USD', -1250],
    ['+12', 'USD', 1200],
    ['\u200F−12', 'USD', -1200],
    ['-0', 'ILS', 0],
    [' 007.10 ', 'ILS', 710],
    ['١٬٢٣٤٫٥٠', 'ILS', 123450],
    ['۱۲۳۴٫۵', 'ILS', 123450],
    ['١،٢٣٤', 'ILS', 123400],
    ['\u202A12\u202C', 'ILS', 1200],
    ['90071992547409.91', 'ILS', Number.MAX_SAFE_INTEGER],
  ] as const)('%j %s is %d', (text, code, minor) => expect(parseAmount(text, code)).toEqual({ ok: true, minor }));

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['12.3x', 'not-a-number'],
    ['-', 'not-a-number'],
    ['.', 'not-a-number'],
    ['12.', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['--1', 'not-a-number'],
    ['1-', 'not-a-number'],
    ['1 000', 'not-a-number'],
    [',100', 'not-a-number'],
    ['1,00', 'not-a-number'],
    ['1234,000', 'not-a-number'],
    ['1,2345', 'not-a-number'],
    ['1,23.5', 'not-a-number'],
    ['1.234,5', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['12.345', 'too-many-decimals'],
    ['12.340', 'too-many-decimals'],
    ['90071992547409.92', 'out-of-range'],
    ['9'.repeat(400), 'out-of-range'],
  ] as const)('%j is %s', (text, error) => expect(parseAmount(text, 'ILS')).toEqual({ ok: false, error }));

  it('reads back what is written, in either form', () => {
    fc.assert(
      fc.property(minorUnits, currency, (minor, code) => {
        const same = { ok: true, minor };
        expect(parseAmount(toDecimalString(minor, code), code)).toEqual(same);
        expect(parseAmount(formatAmount(minor, code), code)).toEqual(same);
        expect(parseAmount(formatAmount(minor, code, { digits: 'arabic' }), code)).toEqual(same);
      }),
    );
  });
});

describe('amounts as text', () => {
  it('group thousands and keep every decimal', () => {
    expect(formatAmount(123456789, 'ILS')).toBe('1,234,567.89');
    expect(formatAmount(100000, 'ILS')).toBe('1,000.00');
    expect(formatAmount(-99999, 'USD')).toBe('-999.99');
    expect(formatAmount(5, 'JOD')).toBe('0.005');
    expect(formatAmount(0, 'ILS')).toBe('0.00');
    expect(formatAmount(1234500, 'JOD', { digits: 'arabic' })).toBe('١٬٢٣٤٫٥٠٠');
  });

  it('are plain decimals for machines', () => {
    expect(toDecimalString(-123456789, 'JOD')).toBe('-123456.789');
    expect(toDecimalString(Number.MAX_SAFE_INTEGER, 'ILS')).toBe('90071992547409.91');
    expect(() => toDecimalString(0.5, 'ILS')).toThrow(RangeError);
    expect(() => formatAmount(2 ** 53, 'ILS')).toThrow(RangeError);
  });
});
