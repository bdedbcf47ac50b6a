import * as fc from 'fast-check';
import { maskPhone, parsePhone } from './index';

const mobileNumber = fc.stringMatching(/^5[69][0-9]{7}$/);
const fixedNumber = fc.stringMatching(/^(22[234789]|42[45]|82[01458]|92[369])[0-9]{5}$/);
const prefix = fc.constantFrom('', '0', '+970', '+972', '970', '972', '00970', '00972', '+9700', '+970-0', '(+972) ');
const toArabic = (text: string) => text.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0x630));

describe('parsePhone', () => {
  it.each([
    ['0599123456', '+970599123456'],
    ['0569123456', '+970569123456'],
    ['599123456', '+970599123456'],
    ['561135474', '+970561135474'],
    ['059-7711223', '+970597711223'],
    ['+970599123456', '+970599123456'],
    ['+972599123456', '+970599123456'],
    ['972599123456', '+970599123456'],
    ['00972599123456', '+970599123456'],
    ['00970599123456', '+970599123456'],
    ['+970 (0)59 912 3456', '+970599123456'],
    ['٠٥٩٩١٢٣٤٥٦', '+970599123456'],
    ['۰۵۹۹۱۲۳۴۵۶', '+970599123456'],
    ['\u202A+970 599 123 456\u202C', '+970599123456'],
    ['970599123456+', '+970599123456'],
  ])('%j is the mobile %s', (raw, e164) => expect(parsePhone(raw)).toEqual({ kind: 'mobile', e164 }));

  it.each([
    ['092391234', '+97092391234'],
    ['092-391234', '+97092391234'],
    ['92391234', '+97092391234'],
    ['+97092391234', '+97092391234'],
    ['0097222961234', '+97022961234'],
    ['٠٩٢٣٩١٢٣٤', '+97092391234'],
  ])('%j is the fixed line %s', (raw, e164) => expect(parsePhone(raw)).toEqual({ kind: 'fixed', e164 }));

  it.each([
    '0',
    '0000000000',
    '059912345',
    '05991234567',
    '0549123456',
    '00599123456',
    '092191234',
    '+962799123456',
    '+970',
    '+12025550123',
    'لا يوجد',
    '0599123456x',
    '0599++123456',
    '0599123456/0569123456',
    '9'.repeat(10),
  ])('%j is invalid', (raw) => expect(parsePhone(raw)).toEqual({ kind: 'invalid' }));

  it.each(['', '  ', '-', '\u200F', '+', null, undefined])('%j is empty', (raw) => {
    expect(parsePhone(raw)).toEqual({ kind: 'empty' });
  });

  it('reads every number of the plan behind every prefix, in either digits, and its own result', () => {
    fc.assert(
      fc.property(prefix, fc.oneof(mobileNumber, fixedNumber), (before, national) => {
        const parsed = parsePhone(before + national);
        expect(parsed.e164).toBe(`+970${national}`);
        expect(parsePhone(toArabic(before + national))).toEqual(parsed);
        expect(parsePhone(parsed.e164)).toEqual(parsed);
      }),
    );
  });

  it('gives a number only in the stored form, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9+ -]{0,16}$/)), (raw) => {
        const { kind, e164 } = parsePhone(raw);
        expect(e164 !== undefined).toBe(kind === 'mobile' || kind === 'fixed');
        if (e164 !== undefined) expect(e164).toMatch(/^\+970[0-9]{8,9}$/);
      }),
    );
  });
});

describe('maskPhone', () => {
  it('shows the country code and the end only', () => {
    expect(maskPhone('+970596696981')).toBe('+970*****6981');
    expect(maskPhone('0596696981')).toBe('******6981');
    expect(maskPhone('6981')).toBe('****');
    expect(maskPhone('+9701234')).toBe('********');
    expect(maskPhone('')).toBe('');
  });
});
