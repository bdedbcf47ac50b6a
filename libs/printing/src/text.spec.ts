import { address, figure, localTime, plain, prose, shortDate, splitAmount } from './text';

const bare = (text: string): string => text.replace(/[\u202C\u202D\u2066-\u2069]/g, '');

describe('text of a sheet', () => {
  it('drops controls and bidi controls, keeps letters, marks and joiners', () => {
    expect(plain('\u202Eأحمد\u202C\u2066\u061C\u200F بن\n\tسعيد\u0000')).toBe('أحمد بن سعيد');
    expect(plain('مُحَمَّد ٥ می\u200Cخواهم')).toBe('مُحَمَّد ٥ می\u200Cخواهم');
    expect(plain('a\uD800b')).toBe('a\uFFFDb');
  });

  it('isolates a text in the direction of its letters', () => {
    expect(prose('ABC شركة')).toBe('\u2067ABC شركة\u2069');
    expect(prose('Salim (Nablus)')).toBe('\u2066Salim (Nablus)\u2069');
    expect(prose(' \u202E ')).toBe('');
  });

  it.each(['09-2390000', '12/3', '٢-٤', '33.33%', '+970 59-912-3456'])(
    'keeps the number %s whole in an Arabic line',
    (number) => {
      expect(prose(`هاتف ${number} عمل`)).toBe(`\u2067هاتف \u2066\u202D${number}\u202C\u2069 عمل\u2069`);
    },
  );

  it('lets a word wider than a column break, and no web address', () => {
    expect(prose('x'.repeat(30)).split('\u200B')).toHaveLength(30);
    expect(prose('م'.repeat(30)).split('\u200A')).toHaveLength(3);
    expect(prose('x'.repeat(13))).toBe(`\u2066${'x'.repeat(13)}\u2069`);
    expect(figure('SB-2025-000123', 'latin')).not.toContain('\u200B');
    expect(address(`https://${'x'.repeat(60)}`)).not.toContain('\u200B');
  });

  it('writes figures in the digits asked for, except where they hold letters', () => {
    expect(figure('9•••782', 'latin')).toBe('\u2066\u202D9•••782\u202C\u2069');
    expect(bare(figure('16/03/2025', 'arabic-indic'))).toBe('١٦/٠٣/٢٠٢٥');
    expect(bare(figure('SB-2025-1', 'arabic-indic'))).toBe('SB-2025-1');
  });

  it.each([
    ['1,234.50', 'latin', '1,234', '.50'],
    ['-0.125', 'latin', '0', '.125'],
    ['7', 'latin', '7', ''],
    ['1,234.50', 'arabic-indic', '١٬٢٣٤', '٫٥٠'],
  ] as const)('parts %s in %s digits at its separator', (text, digits, whole, fraction) => {
    const parts = splitAmount(text, digits);
    expect([bare(parts.whole), bare(parts.fraction)]).toEqual([whole, fraction]);
  });

  it('tells the time on the wall clock of the zone, summer time included', () => {
    expect(localTime('2025-01-10T22:30:00Z', 'Asia/Hebron')).toBe('11/01/2025 00:30');
    expect(localTime('2025-07-10T22:30:00Z', 'Asia/Hebron')).toBe('11/07/2025 01:30');
    expect(() => localTime('yesterday', 'Asia/Hebron')).toThrow(RangeError);
    expect(() => localTime('2025-01-10T22:30:00Z', 'Mars/Base')).toThrow(RangeError);
    expect(shortDate('2024-02-29')).toBe('29/02/2024');
    expect(() => shortDate('2025-02-29')).toThrow(RangeError);
  });
});
